import { join } from "node:path";
import { ask, type Run, type RunOptions, run } from "./process.ts";

/** The built command. */
export const KFIX = join(import.meta.dirname, "../../dist/kfix.cjs");

/** Runs the built command on the index in a home. */
export function kfix(home: string, words: readonly string[], options: RunOptions = {}): Promise<Run> {
  return run(process.execPath, [KFIX, ...words], { ...options, env: { ...options.env, KFIX_HOME: home } });
}

/** Asks all at once, and gives each answer as JSON, in order. */
export async function askBatch<Answer>(
  home: string,
  command: string,
  records: readonly object[],
): Promise<{ readonly answers: readonly Answer[]; readonly run: Run }> {
  const input = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const done = await kfix(home, [command, "--batch"], { input, keep: true });
  const lines = done.output.split("\n").filter((line) => line !== "");
  if (lines.length !== records.length) throw new Error(`kfix ${command} --batch: ${lines.length} answers`);
  return { answers: lines.map((line): Answer => JSON.parse(line)), run: done };
}

/** Runs git in a repository; gives what it printed. */
export function git(repository: string, ...args: readonly string[]): Promise<string> {
  return ask("git", ["--git-dir", repository, ...args]);
}
