import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CORPUS } from "./cases.ts";

/** Thrown when a part lacks what it measures on; the other parts go on. */
export class MissingInput extends Error {}

const INPUTS = {
  history: "a git repository with the kernel's history",
  tree: "a package with the kernel's source (linux-source-6.1_..._all.deb)",
  cve: "a git repository with the kernel's CVE records",
  corpus: "a folder with cases (messages.open.jsonl and others)",
} as const;

export type InputName = keyof typeof INPUTS;

/** What to measure and on what: options, or KFIX_BENCH_HISTORY and its like. */
export interface BenchOptions {
  /** Parts; empty: all. */
  readonly only: readonly string[];
  /** Where what is measured is built and kept for the next run. */
  readonly work: string;
  /** Few runs, to see whether the programs work. */
  readonly quick: boolean;
  /** Throws `MissingInput`. */
  input(name: InputName): string;
  /** Undefined where it is not there. */
  optionalInput(name: InputName): string | undefined;
}

export function readOptions(words: readonly string[]): BenchOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: text,
      work: { ...text, default: join(tmpdir(), "kfix-bench") },
      quick: { type: "boolean", default: false },
      history: text,
      tree: text,
      cve: text,
      corpus: { ...text, default: CORPUS },
    },
  });
  const given = (name: InputName): string | undefined =>
    values[name] ?? process.env[`KFIX_BENCH_${name.toUpperCase()}`];
  return {
    only: values.only?.split(",") ?? [],
    work: resolve(values.work),
    quick: values.quick,
    optionalInput: (name) => {
      const place = given(name);
      return place !== undefined && existsSync(place) ? resolve(place) : undefined;
    },
    input: (name) => {
      const place = given(name);
      const say = `give ${INPUTS[name]}: --${name} PATH, or KFIX_BENCH_${name.toUpperCase()}`;
      if (place === undefined) throw new MissingInput(say);
      if (!existsSync(place)) throw new MissingInput(`${place} is not there; ${say}`);
      return resolve(place);
    },
  };
}
