import { spawnSync } from "node:child_process";
import { KfixError } from "../kernel/error.ts";

/**
 * Runs ripgrep in a folder and gives the lines that it printed; none when nothing was found. The user's own
 * configuration file is not read. Throws `environment` when it cannot run, or could not read every file.
 */
export function ripgrep(folder: string, args: readonly string[]): string[] {
  const { status, stdout, stderr, error } = spawnSync(
    ripgrepPath(),
    ["--no-config", "--color=never", ...args],
    {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 256 << 20,
    },
  );
  if (error) throw new KfixError("environment", `ripgrep cannot run: ${error.message}`, { cause: error });
  if (status !== 0 && status !== 1) {
    const said = stderr.trim().split("\n")[0];
    throw new KfixError(
      "environment",
      `ripgrep could not read all of ${folder}: ${said || `status ${status}`}`,
      {
        hint: "see that you may read every file there",
      },
    );
  }
  return stdout.split("\n").filter((line) => line !== "");
}

/**
 * The binary that @vscode/ripgrep has for this platform. That package's own lookup runs when it is loaded, so it is
 * done here, when it is needed. Throws `environment` when the platform has none.
 */
export function ripgrepPath(): string {
  try {
    const { createRequire } = process.getBuiltinModule("node:module");
    const own = createRequire(createRequire(import.meta.filename).resolve("@vscode/ripgrep"));
    const binary = process.platform === "win32" ? "rg.exe" : "rg";
    return own.resolve(`@vscode/ripgrep-${process.platform}-${process.arch}/bin/${binary}`);
  } catch (cause) {
    throw new KfixError("environment", `there is no ripgrep for ${process.platform} ${process.arch}`, {
      hint: "install kfix again with its optional packages: npm install --include=optional",
      cause,
    });
  }
}
