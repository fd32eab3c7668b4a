import { nameParts } from "../kernel/crash/symbol.ts";
import { wordsOf } from "../kernel/words.ts";
import type { CrashQuery } from "./crash-query.ts";
import type { WeightedWords } from "./text-search.ts";

/** Ways to weigh the words of a crash against a message, beside that of the query itself. */
export const WORDINGS = ["report", "lead", "parts", "families", "plain"] as const;

export type Wording = (typeof WORDINGS)[number];

/** Something of each of them. */
export function ofEachWording<Value>(make: (name: Wording) => Value): Record<Wording, Value> {
  return {
    report: make("report"),
    lead: make("lead"),
    parts: make("parts"),
    families: make("families"),
    plain: make("plain"),
  };
}

/**
 * `report`: words of the report, none of the trace. `lead`: of the three innermost functions that are sure. `parts`:
 * parts of functions' names, the more of the trace has one the more. `families`: what functions' names begin with.
 * `plain`: all words alike.
 */
export function wordingsOf(query: CrashQuery): Readonly<Record<Wording, WeightedWords>> {
  const lead = new Map<string, number>();
  for (const { name } of query.functions.filter((place) => place.reliable).slice(0, INNERMOST)) {
    for (const word of wordsOf(name)) {
      const whole = word.includes("_") || !name.includes("_");
      lead.set(word, Math.max(lead.get(word) ?? 0, whole ? 1 : PART));
    }
  }
  const parts = new Map<string, number>();
  const families = new Map<string, number>();
  for (const { name, weight } of query.functions) {
    for (const word of new Set(wordsOf(name))) if (!word.includes("_")) addTo(parts, word, weight);
    const [first = "", ...others] = nameParts(name.toLowerCase());
    if (others.length > 0) addTo(families, first, weight);
  }
  return {
    report: new Map([...query.words].filter(([word]) => !query.traceWords.has(word))),
    lead,
    parts,
    families,
    plain: new Map([...query.words.keys()].map((word) => [word, 1])),
  };
}

function addTo(words: Map<string, number>, word: string, weight: number): void {
  words.set(word, (words.get(word) ?? 0) + weight);
}

const INNERMOST = 3;
const PART = 0.4;
