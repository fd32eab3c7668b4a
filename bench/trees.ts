/**
 * How well trees answer: the cases of messages.open.jsonl and symbols.open.jsonl (../shared/corpus), asked of the
 * built command in --batch.
 *
 *   npx tsx bench/trees.ts [--home FOLDER] [--misses] [--corpus FOLDER]
 *
 * The folder is a KFIX_HOME with the trees that the cases name: linux-6.1 and linux-3.1, added with --arch all.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

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
    home: { type: "string" },
    corpus: { type: "string", default: fileURLToPath(new URL("../../shared/corpus", import.meta.url)) },
    misses: { type: "boolean", default: false },
    messages: { type: "string", default: "messages.open.jsonl" },
    symbols: { type: "string", default: "symbols.open.jsonl" },
  },
});

const COMMAND = fileURLToPath(new URL("../dist/kfix.js", import.meta.url));

messages();
symbols();

function messages(): void {
  const cases = read<MessageCase>(values.messages);
  const { answers, seconds } = ask(
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

function symbols(): void {
  const cases = read<SymbolCase>(values.symbols);
  const questions = cases.map(({ id, tree, name, arch }) => ({ id, tree, name, arch }));
  const { answers, seconds } = ask("symbol", questions);
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

function ask(command: string, questions: readonly object[]): { answers: Answer[]; seconds: number } {
  const began = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, [COMMAND, command, "--batch"], {
    input: questions.map((question) => JSON.stringify(question)).join("\n"),
    encoding: "utf8",
    maxBuffer: 1 << 30,
    env: { ...process.env, ...(values.home === undefined ? {} : { KFIX_HOME: values.home }) },
  });
  const seconds = (performance.now() - began) / 1000;
  if (stderr !== "") console.error(stderr);
  const answers = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Answer => JSON.parse(line));
  return { answers, seconds };
}

function read<T>(name: string): T[] {
  const file = `${values.corpus}/${name}`;
  if (!existsSync(file)) throw new Error(`${file} is not there`);
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): T => JSON.parse(line));
}

function print(what: string, cases: number, counts: Record<string, number>, seconds: number): void {
  const shares = Object.entries(counts).map(
    ([name, count]) => `${name} ${count} (${((100 * count) / cases).toFixed(1)} %)`,
  );
  console.log(`${what}: ${cases} cases, ${shares.join(", ")}, ${seconds.toFixed(2)} s in one batch`);
}
