import { spawnSync } from "node:child_process";
import { basename } from "node:path";

/**
 * Opens a file at a line in the user's editor (environ(7): VISUAL, EDITOR; else vi), and waits for its end. The
 * terminal must be free. Gives what is wrong.
 */
export function openEditor(path: string, line: number, env: NodeJS.ProcessEnv): string | undefined {
  // As git and crontab(1) do: the variable may hold arguments, so a shell splits it; the file is never part of its text.
  const command = env.VISUAL || env.EDITOR || "vi";
  const style = STYLES.find((one) => one.editors.includes(basename(command.split(/\s+/)[0] ?? "")));
  const words = style ? style.words(path, line) : [`+${line}`, path];
  const { error, status } = spawnSync("/bin/sh", ["-c", `${command} "$@"`, command, ...words], {
    stdio: "inherit",
    env,
  });
  if (error) return `the editor could not be started: ${error.message}`;
  return status === 0
    ? undefined
    : `${command} ended with ${status ?? "a signal"}; EDITOR names another editor`;
}

/** Editors that take the line in another way than `+LINE FILE`, as their manuals say. */
const STYLES: readonly {
  readonly editors: readonly string[];
  readonly words: (path: string, line: number) => readonly string[];
}[] = [
  { editors: ["code", "codium", "cursor"], words: (path, line) => ["--wait", "--goto", `${path}:${line}`] },
  { editors: ["subl", "zed", "hx", "helix"], words: (path, line) => [`${path}:${line}`] },
];
