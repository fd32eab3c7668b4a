import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { FULL_HOME } from "../cli/full-home.ts";
import type { Finished, Workplace } from "../cli/run-kfix.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";

const SUBJECT = "sched: Fix race between task_group and sched_task_group";

/** Questions that together read every part of every index. */
export async function askEverything(place: Workplace): Promise<Finished[]> {
  const asked: (readonly [words: readonly string[], input?: string])[] = [
    [["fix", SUBJECT, "--json"]],
    [["fix", FULL_HOME.cve, "--json"]],
    [["fix", FULL_HOME.onlyInChangelog, "--json"]],
    [["symbol", "pick_next_task_fair", "--json"]],
    [["message", "BUG: unable to handle kernel NULL pointer dereference", "--json"]],
    [["crash", "--json", "-k", "3.16.7"], SEED_LOG],
  ];
  return Promise.all(asked.map(([words, input]) => place.kfix(words, input === undefined ? {} : { input })));
}

/** Changes one bit of a file in place, in the byte at this share of its length. */
export function flipByte(file: string, share: number): void {
  const at = Math.floor(statSync(file).size * share);
  const descriptor = openSync(file, "r+");
  const byte = Buffer.alloc(1);
  readSync(descriptor, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ (1 << (at % 8));
  writeSync(descriptor, byte, 0, 1, at);
  closeSync(descriptor);
}

/**
 * What became of answers: the damage was `told`, with its remedy, all are right (`harmless`), one is
 * `wrong` and does not say so, or kfix `crashed`.
 */
export function sameAnswers(
  right: readonly Finished[],
  now: readonly Finished[],
): { kind: "told" | "harmless" | "wrong" | "crashed"; detail: string } {
  let told = false;
  for (const [at, answer] of now.entries()) {
    const wanted = right[at];
    if (/bug in kfix|\n\s+at /.test(answer.stderr) || answer.status === null)
      return { kind: "crashed", detail: answer.stderr.slice(0, 400) };
    if (/is damaged[\s\S]*--rebuild/.test(answer.stderr)) told = true;
    else if (answer.stdout !== wanted?.stdout || answer.status !== wanted.status)
      return { kind: "wrong", detail: answer.stderr + answer.stdout.slice(0, 200) };
  }
  return told ? { kind: "told", detail: "" } : { kind: "harmless", detail: "" };
}
