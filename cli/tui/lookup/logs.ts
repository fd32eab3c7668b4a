import { resolve } from "node:path";
import type { Crash } from "../../../kernel/crash/crash.ts";
import { LineLimit } from "../../../kernel/crash/line-limit.ts";
import { CrashScanner } from "../../../kernel/crash/parse.ts";
import { KfixError } from "../../../kernel/error.ts";
import { longestLineFrom } from "../../logs/line-limit.ts";
import { readLogs } from "../../read-logs.ts";
import { DEFAULT_SETTINGS } from "../../settings.ts";
import type { LogPlace, ParsedLog } from "./questions.ts";

/**
 * The crashes of a log that was pasted, or of the files, the folder or the journal that are named.
 *
 * Throws `not-found` when there is no crash in it, and what else reading it throws.
 */
export async function parseLog(place: LogPlace): Promise<ParsedLog> {
  const name = nameOf(place);
  const crashes: Crash[] = [];
  const excerpts: string[] = [];
  let problem: unknown;
  let whole = true;
  for await (const pieces of textsOf(place)) {
    const scanner = new CrashScanner();
    const limit = new LineLimit(longestLineFrom(process.env));
    const kept: string[] = [];
    let size = 0;
    const found: Crash[] = [];
    try {
      for await (const read of pieces) {
        const piece = limit.take(read);
        if (size < MOST_TEXT) kept.push(piece);
        size += piece.length;
        found.push(...scanner.push(piece));
      }
    } catch (error) {
      problem = error;
    }
    found.push(...scanner.end());
    whole &&= limit.skipped === undefined;
    crashes.push(...found);
    if (found.length > 0) excerpts.push(excerptOf(kept.join(""), found));
  }
  const said = whole ? name : `${name}, not read whole (KFIX_LONGEST_LINE)`;
  if (crashes.length > 0) return { name: said, crashes, text: excerpts.join("\n").slice(0, MOST_TEXT) };
  if (problem !== undefined) throw problem;
  throw new KfixError("not-found", `no kernel crash was found in ${said}`, {
    hint: "the lines from BUG:, Oops:, WARNING: or Call Trace: on are needed",
  });
}

/** What the log is called on the screen. */
export function nameOf(place: LogPlace): string {
  if ("text" in place) return place.name;
  if ("boot" in place)
    return place.boot === "-1" ? "the last boot's journal" : `the journal of boot ${place.boot}`;
  const [first = "", ...others] = place.paths;
  return others.length > 0 ? `${first} and ${others.length} more` : first;
}

async function* textsOf(place: LogPlace): AsyncGenerator<AsyncIterable<string> | Iterable<string>> {
  if ("text" in place) {
    yield [place.text];
    return;
  }
  const words = "paths" in place ? place.paths.map((path) => resolve(path)) : [];
  const options = "boot" in place ? { journal: place.boot } : {};
  const { stdin, stdout, stderr, env } = process;
  const io = { stdin, stdout, stderr, env, settings: { ...DEFAULT_SETTINGS, quiet: true } };
  for await (const log of readLogs({ words, options, io })) yield log.text();
}

/** A short log whole; of a long one the lines of its crashes and those before, which may name the kernel. */
function excerptOf(text: string, crashes: readonly Crash[]): string {
  if (text.length < SHORT) return text;
  const lines = text.split("\n");
  const named = lines.find((line) => line.includes("Linux version "));
  const parts = crashes
    .slice(0, 20)
    .map(({ lines: [first, last] }) => lines.slice(Math.max(0, first - 6), last + 2));
  return [...(named === undefined ? [] : [named]), ...parts.flat()].join("\n");
}

const SHORT = 200_000;
const MOST_TEXT = 4_000_000;
