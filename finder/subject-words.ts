import { normaliseSubject } from "../kernel/commit/subject.ts";
import { nameParts } from "../kernel/crash/symbol.ts";
import { wordsOf } from "../kernel/words.ts";
import type { CrashQuery } from "./crash-query.ts";
import { subjectPrefix } from "./surroundings.ts";
import { sumOf } from "./text-search.ts";

/** What a commit's subject says of a crash. */
export interface SubjectSight {
  readonly subject: string;
  /** In the form in which two spellings of it are the same. */
  readonly normal: string;
  /** Each once. */
  readonly words: readonly string[];
  /** Words of the crash in it, each counting as much as it is rare. */
  readonly text: number;
  /** See `subjectPrefix`. */
  readonly prefix: string;
  /** What `text` is of the prefix alone. */
  readonly prefixText: number;
  /** How much of its prefix is words of the crash; -1 without one. */
  readonly prefixShare: number;
  /** How much an identifier in it is of the family of a function of the trace. */
  readonly family: number;
}

export function sightOfSubject(subject: string, query: CrashQuery): SubjectSight {
  const words = [...new Set(wordsOf(subject))];
  const prefix = subjectPrefix(subject);
  const prefixWords = [...new Set(wordsOf(prefix))];
  let inPrefix = 0;
  for (const word of prefixWords) if (query.words.has(word)) inPrefix++;
  let family = 0;
  for (const word of words) if (word.includes("_")) family = Math.max(family, kinship(word, query));
  return {
    subject,
    normal: normaliseSubject(subject),
    words,
    text: sumOf(words, query.rarities),
    prefix,
    prefixText: sumOf(prefixWords, query.rarities),
    prefixShare: prefixWords.length > 0 ? inPrefix / prefixWords.length : -1,
    family,
  };
}

/** The parts with which the name and a function's begin alike, three at most; the very same name counts as four. */
function kinship(name: string, { functions }: CrashQuery): number {
  const own = nameParts(name); // words are lower-case
  let most = 0;
  for (const { parts: theirs, weight } of functions) {
    let alike = 0;
    while (alike < own.length && alike < theirs.length && own[alike] === theirs[alike]) alike++;
    const same = alike === own.length && alike === theirs.length;
    most = Math.max(most, weight * (same ? SAME_NAME : Math.min(3, alike)));
  }
  return most;
}

const SAME_NAME = 4;
