/**
 * Runs the shipped ranking and the simple ways on the open cases of a pool and prints one JSON object.
 *
 *   npx tsx bench/ranking/measure.ts history|cve CACHE-DIR CORPORA PART/PARTS
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolders } from "../../cache/folders.ts";
import { openIndex } from "../../cli/open-index.ts";
import { answerCrash, kernelOfCrash } from "../../finder/crash.ts";
import { queryOf } from "../../finder/crash-query.ts";
import { poolsOf } from "../../finder/pool.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { BASELINES, rankIn } from "./baselines.ts";

const [pool = "history", cacheDir = "", corpora = "", part = "0/1"] = process.argv.slice(2);
const [index = 0, parts = 1] = part.split("/").map(Number);

interface Case {
  readonly id: string;
  readonly oops: string;
  readonly victim_version?: string;
  readonly base_version?: string;
  readonly mainline_sha?: readonly string[];
}

/** One case asked in one way. */
export interface Measured {
  readonly id: string;
  readonly way: string;
  readonly kind: string;
  readonly rank: number | undefined;
  readonly confidence: string | undefined;
  /** Candidates, best first; at most ten. */
  readonly shas: readonly string[];
  readonly belief: number;
}

const POOL_NAME = pool === "history" ? "history" : "records";
const library = openIndex(cacheFolders({ cacheDir, env: {} }));
const file = pool === "history" ? "fixes.open.jsonl" : "modern-quoted.open.jsonl";
const cases: Case[] = readFileSync(join(corpora, file), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const measured: Measured[] = [];
for (const [at, one] of cases.entries()) {
  if (at % parts !== index) continue;
  const crash = parseCrashes(one.oops)[0];
  if (!crash) {
    for (const maskQuotes of [true, false])
      for (const way of waysOf(one))
        measured.push(lost(one, `${way.name}, quotes ${maskQuotes ? "hidden" : "visible"}`));
    continue;
  }
  const answers = new Set(one.mainline_sha ?? [one.id]);
  const simple = new Map<string, Float32Array>();
  for (const { name, kernel } of waysOf(one)) {
    for (const maskQuotes of [true, false]) {
      const { candidates } = answerCrash(library, crash, { kernel, maskQuotes, limit: 50 });
      const place = candidates.findIndex((candidate) => answers.has(candidate.fix.sha));
      measured.push({
        id: one.id,
        way: `${name}, quotes ${maskQuotes ? "hidden" : "visible"}`,
        kind: crash.kind,
        rank: place === -1 ? undefined : place + 1,
        confidence: candidates[0]?.confidence,
        shas: candidates.slice(0, 10).map((candidate) => candidate.fix.sha),
        belief: candidates[0]?.belief ?? 0,
      });
    }
    const own = poolsOf(library, kernelOfCrash(crash, kernel)).find(({ name }) => name === POOL_NAME);
    if (!own) continue;
    const { history, timeline } = own;
    const query = queryOf(history, crash);
    const answer = [...answers].flatMap((sha) => history.commitsBySha(sha)[0]?.id ?? [])[0];
    for (const baseline of BASELINES) {
      const rank =
        answer === undefined
          ? undefined
          : rankIn(
              remembered(simple, baseline.name, () => baseline.rank(history, query)),
              answer,
              history,
              (id) => !timeline.has(history.facts().release(id)),
            );
      measured.push({ ...lost(one, `${name}: ${baseline.name}`), kind: crash.kind, rank });
    }
  }
}
process.stdout.write(JSON.stringify(measured));

function waysOf(one: Case): { name: string; kernel: string | undefined }[] {
  if (pool === "cve") return [{ name: "as logged", kernel: undefined }];
  return [
    { name: "victim_version", kernel: one.victim_version },
    { name: "base_version", kernel: one.base_version },
  ];
}

/** What a simple way makes of a crash does not depend on the kernel. */
function remembered(known: Map<string, Float32Array>, name: string, make: () => Float32Array): Float32Array {
  const values = known.get(name) ?? make();
  known.set(name, values);
  return values;
}

function lost(one: Case, way: string): Measured {
  return {
    id: one.id,
    way,
    kind: "none",
    rank: undefined,
    confidence: undefined,
    shas: [],
    belief: 0,
  };
}
