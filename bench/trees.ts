/**
 * How well trees answer: the cases of messages.open.jsonl and symbols.open.jsonl (../shared/corpus), asked of the
 * built command in --batch.
 *
 *   npx tsx bench/trees.ts [--home FOLDER] [--misses] [--corpus FOLDER]
 *
 * The folder is a KFIX_HOME with the trees that the cases name: linux-6.1 and linux-3.1, added with --arch all.
 */
import { parseArgs } from "node:util";
import { readCases } from "./measure/cases.ts";
import { askBatch } from "./measure/kfix.ts";

interface Place {
  readonly path: string;
  readonly line: number;
  readonly function?: string;
}

interface MessageCase {
  readonly id: string;
  readonly tree: string;
  readonly line: string;
  readonly expect: Place & { readonly also: readonly (Place | string)[] };
  readonly joined: boolean;
}

interface SymbolCase {
  readonly id: string;
  readonly tree: string;
  readonly name: string;
  readonly arch: string | null;
  readonly expect: readonly Place[];
}

const { values } = parseArgs({
  options: {
    home: { type: "string", default: process.env.KFIX_HOME ?? "" },
    corpus: { type: "string" },
    misses: { type: "boolean", default: false },
    messages: { type: "string", default: "messages.open.jsonl" },
    symbols: { type: "string", default: "symbols.open.jsonl" },
  },
});

await messages();
await symbols();

async function messages(): Promise<void> {
  const cases = readCases<MessageCase>(values.messages, values.corpus) ?? [];
  const { answers, seconds } = await ask(
    "message",
    cases.map(({ id, tree, line }) => ({ id, tree, line })),
  );
  let first = 0;
  let amongThree = 0;
  for (const [index, one] of cases.entries()) {
    const matches = answers[index]?.matches ?? [];
    const at = matches.findIndex((match) => fits(one, match));
    if (at === 0) first++;
    if (at >= 0 && at < 3) amongThree++;
    if (at !== 0 && values.misses) {
      console.log(`${at < 0 ? "MISS" : `#${at + 1}`} ${one.id} ${JSON.stringify(one.line)}`);
      for (const match of matches.slice(0, 3))
        console.log(`     ${match.path}:${match.line} ${match.score} ${JSON.stringify(match.format)}`);
      if (answers[index]?.error) console.log(answers[index]?.error);
    }
  }
  print("messages", cases.length, { first, "among three": amongThree }, seconds);
}

async function symbols(): Promise<void> {
  const cases = readCases<SymbolCase>(values.symbols, values.corpus) ?? [];
  const questions = cases.map(({ id, tree, name, arch }) => ({ id, tree, name, arch }));
  const { answers, seconds } = await ask("symbol", questions);
  let exact = 0;
  for (const [index, one] of cases.entries()) {
    const found = answers[index]?.definitions ?? [];
    const same =
      found.length === one.expect.length &&
      one.expect.every((place) => found.some((other) => other.path === place.path && near(other, place)));
    if (same) exact++;
    else if (values.misses) {
      console.log(
        `MISS ${one.id}\n  expected ${one.expect.map((place) => `${place.path}:${place.line}`).join(" ")}`,
      );
      console.log(
        `  found    ${found.map((place) => `${place.path}:${place.line}`).join(" ")}`,
        answers[index]?.error ?? "",
      );
    }
  }
  print("symbols", cases.length, { exact }, seconds);
}

/** The expected place or another with the same format; a call of several lines may be counted from either end. */
function fits(one: MessageCase, match: Place): boolean {
  const places = [one.expect, ...one.expect.also.map(placeOf)];
  return places.some((place) => place.path === match.path && near(place, match));
}

function placeOf(also: Place | string): Place {
  if (typeof also !== "string") return also;
  const [path = "", line = "0"] = also.split(":");
  return { path, line: Number(line) };
}

function near(a: Place, b: Place): boolean {
  return Math.abs(a.line - b.line) <= 2;
}

interface Answer {
  readonly matches?: readonly (Place & { readonly score: number; readonly format: string })[];
  readonly definitions?: readonly Place[];
  readonly error?: unknown;
}

async function ask(
  command: string,
  questions: readonly object[],
): Promise<{ answers: readonly Answer[]; seconds: number }> {
  const { answers, run } = await askBatch<Answer>(values.home, command, questions);
  return { answers, seconds: run.seconds };
}

function print(what: string, cases: number, counts: Record<string, number>, seconds: number): void {
  const shares = Object.entries(counts).map(
    ([name, count]) => `${name} ${count} (${((100 * count) / cases).toFixed(1)} %)`,
  );
  console.log(`${what}: ${cases} cases, ${shares.join(", ")}, ${seconds.toFixed(2)} s in one batch`);
}
