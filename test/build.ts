import { execFileSync } from "node:child_process";

/** The tests of the command run what a user runs: the built program. */
export default function build(): void {
  execFileSync(process.execPath, ["build.mjs"], { cwd: new URL("..", import.meta.url), stdio: "inherit" });
}
