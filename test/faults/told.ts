import { spawnSync } from "node:child_process";
import { expect } from "vitest";
import { type Finished, KFIX } from "../cli/run-kfix.ts";

/** A message for a person and a documented status; never a stack trace. */
export function expectTold(
  finished: Finished,
  expected: { status: number; says: RegExp; hint: RegExp },
): void {
  expect(finished.stderr).toMatch(expected.says);
  expect(finished.stderr).toMatch(expected.hint);
  expect(finished.stderr).not.toMatch(BUG);
  expect(finished.status).toBe(expected.status);
}

/** A bug of ours, or an error of Node's own. */
export const BUG = /bug in kfix|\n\s+at |^Node\.js v/m;

/** Runs a shell with the command in `$KFIX`; root without the right to pass over permissions. */
export function shell(script: string, env: Readonly<Record<string, string>>): Finished {
  const rights = "-dac_override,-dac_read_search,-fowner";
  const asUser =
    process.getuid?.() === 0 ? ["setpriv", "--bounding-set", rights, "--inh-caps", rights] : ["env"];
  return run([...asUser, "sh", "-c", script], env);
}

/**
 * Runs kfix with its home on a disk of that size, says its status, and runs it again when there is room; then copies that
 * home to `$OUT`. Where no disk may be mounted, a limit on the size of files stands for one.
 */
export function onSmallDisk(words: string, size: string, env: Readonly<Record<string, string>>): Finished {
  const [small, large] = MOUNTS
    ? [`mount -t tmpfs -o size=${size} none "$KFIX_HOME"`, 'mount -o remount,size=100m "$KFIX_HOME"']
    : ["ulimit -S -f 8", "ulimit -S -f unlimited"];
  const kfix = `$KFIX ${words}`;
  const script = `${small} && ${kfix}; echo status $?; ${large} && ${kfix} && cp -a "$KFIX_HOME" "$OUT"`;
  return run([...(MOUNTS ? ["unshare", "-rm"] : []), "sh", "-c", script], env);
}

/** May a disk of one's own be mounted here (unshare(1))? */
export const MOUNTS = spawnSync("unshare", ["-rm", "true"]).status === 0;

function run([command = "", ...args]: readonly string[], env: Readonly<Record<string, string>>): Finished {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", KFIX_CONFIG: "", KFIX: `${process.execPath} ${KFIX}`, ...env },
  });
  return { status, stdout, stderr };
}
