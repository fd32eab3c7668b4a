import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import type { Workplace } from "./run-kfix.ts";

/** An environment in which one command of git waits until it is released (half a minute at most): no chance is left. */
export function heldGit(
  place: Workplace,
  command: string,
): { readonly env: Record<string, string>; readonly release: () => void } {
  const real = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
  const held = `for turn in $(seq 600); do [ -e '${place.path("released")}' ] && break; sleep 0.05; done`;
  const script = `#!/bin/sh\ncase " $* " in *" ${command} "*) ${held};; esac\nexec '${real}' "$@"\n`;
  mkdirSync(place.path("tools"), { recursive: true });
  writeFileSync(place.path("tools/git"), script, { mode: 0o755 });
  return {
    env: { PATH: `${place.path("tools")}:${process.env.PATH}` },
    release: () => writeFileSync(place.path("released"), ""),
  };
}
