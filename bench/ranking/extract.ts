/**
 * Features of cases to a file: the slow half of fitting, done once.
 *
 *   npx tsx bench/ranking/extract.ts history|cve CACHE-DIR OUT PART/PARTS MINED CORPORA FOLD-WORDS
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CveReader } from "../../cache/cve-reader.ts";
import { HistoryReader } from "../../cache/history-reader.ts";
import { gatherCandidates } from "../../finder/candidates.ts";
import { kernelOfCrash } from "../../finder/crash.ts";
import { queryOf } from "../../finder/crash-query.ts";
import { FEATURES, look } from "../../finder/features.ts";
import { LEARNED_WORDS, type LearnedWordsFile, readLearnedWords } from "../../finder/learned-words.ts";
import { CANDIDATES } from "../../finder/ranking.ts";
import { ReleaseTree } from "../../finder/release-tree.ts";
import { surroundingsOf } from "../../finder/surroundings.ts";
import { timelineOfHistory, timelineOfRecords } from "../../finder/timeline.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { mainlineCount } from "../../kernel/mainline-count.ts";
import { identifyKernel } from "../../kernel/running-kernel.ts";
import { seeded } from "./boost.ts";
import { FOLDS, foldOf, SURE } from "./folds.ts";

const [
  pool = "history",
  home = "",
  out = "",
  part = "0/1",
  mined = "",
  corpora = "../shared/corpus",
  foldWords = "",
] = process.argv.slice(2);
const [index = 0, parts = 1] = part.split("/").map(Number);
const LIMIT = CANDIDATES[pool === "cve" ? "records" : "history"];
const SAMPLED = 70;

interface Case {
  id: string;
  log: string;
  victim: string | undefined;
  use: "victim" | "base" | "train" | "unknown";
}
export interface Query {
  id: string;
  use: Case["use"];
  victim: string | undefined;
  time: number;
  kind: string;
  rows: number;
  /** How many candidates each row from `SURE` on stands for. */
  standFor: number;
  answer: number;
  commits: number[];
}

const history = HistoryReader.open(join(home, pool === "cve" ? "index/cve.db" : "index/history.db"));
const facts = history.facts();
const releases = new ReleaseTree(history);
const { cases, answerOf } = pool === "cve" ? cveCases() : historyCases();

function historyCases(): { cases: Case[]; answerOf: (id: string) => number | undefined } {
  const mainline = releases.all.filter((release) => release.kind === "mainline");
  const open: { id: string; oops: string; base_version: string; victim_version: string }[] = rowsOf(
    join(corpora, "fixes.open.jsonl"),
  );
  const found: Case[] = [];
  for (const one of open) {
    found.push({ id: one.id, log: one.oops, victim: one.victim_version, use: "victim" });
    found.push({ id: one.id, log: one.oops, victim: one.base_version, use: "base" });
  }
  const known = new Set(open.map((one) => one.id));
  const training = [
    ...open.map((one) => ({ id: one.id, log: one.oops })),
    ...rowsOf<{ id: string; log: string }>(mined).filter((one) => !known.has(one.id)),
  ];
  for (const one of training) {
    const commit = history.commitsBySha(one.id)[0];
    const release = releases.get(commit?.release);
    if (!commit || !release) continue;
    const first = mainline.findIndex((other) => other.series === release.series);
    const random = randomOf(one.id);
    const back = new Set<number>();
    for (let i = 0; i < 3; i++) back.add(Math.floor(random() * 9));
    for (const distance of back) {
      const victim = mainline[first - 1 - distance];
      if (victim) found.push({ id: one.id, log: one.log, victim: victim.name, use: "train" });
    }
    if (random() < 0.4) found.push({ id: one.id, log: one.log, victim: undefined, use: "unknown" });
  }
  return { cases: found, answerOf: (id) => history.commitsBySha(id)[0]?.id };
}

/** Victims: what the log says; none; and as in the history, 1 to 9 releases before the fix. */
function cveCases(): { cases: Case[]; answerOf: (id: string) => number | undefined } {
  const records = new CveReader(join(home, "index/cve.db"));
  const open: { id: string; oops: string }[] = rowsOf(join(corpora, "modern-quoted.open.jsonl"));
  const found: Case[] = [];
  for (const one of open) {
    found.push({ id: one.id, log: one.oops, victim: "log", use: "victim" });
    found.push({ id: one.id, log: one.oops, victim: undefined, use: "base" });
  }
  const known = new Set(open.map((one) => one.id));
  const training = [
    ...open.map((one) => ({ id: one.id, log: one.oops })),
    ...rowsOf<{ id: string; log: string }>(mined).filter((one) => !known.has(one.id)),
  ];
  for (const one of training) {
    const commit = records.record(one.id)?.commit;
    if (commit === undefined) continue;
    const release = facts.release(commit);
    const random = randomOf(one.id);
    if (random() < 0.5) found.push({ id: one.id, log: one.log, victim: "log", use: "train" });
    else {
      const series = seriesOfCount(release - 1 - Math.floor(random() * 9));
      if (release > 0 && series !== undefined)
        found.push({ id: one.id, log: one.log, victim: series, use: "train" });
    }
    found.push({ id: one.id, log: one.log, victim: undefined, use: "unknown" });
  }
  return { cases: found, answerOf: (id) => records.record(id)?.commit };
}

function seriesOfCount(count: number): string | undefined {
  for (let major = 3; major < 8; major++)
    for (let minor = 0; minor < 21; minor++)
      if (mainlineCount(`${major}.${minor}`) === count) return `${major}.${minor}`;
  return undefined;
}

function rowsOf<Row>(file: string): Row[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function randomOf(id: string): () => number {
  return seeded(createHash("sha1").update(id).digest().readUInt32LE(0));
}

/** Learned without the cases of each fold. */
const learned = Array.from({ length: FOLDS }, (_, fold) => {
  const file: LearnedWordsFile = JSON.parse(readFileSync(`${foldWords}.${fold}.json`, "utf8"));
  return readLearnedWords(file);
});
cases.sort((a, b) => foldOf(a.id) - foldOf(b.id));

const queries: Query[] = [];
const blocks: Float32Array[] = [];
let done = 0;
const began = Date.now();
for (const [at, one] of cases.entries()) {
  if (createHash("sha1").update(one.id).digest().readUInt32LE(4) % parts !== index) continue;
  const answer = answerOf(one.id);
  const crash = parseCrashes(one.log)[0];
  if (answer === undefined || !crash) continue;
  const told = one.victim === "log" ? undefined : one.victim;
  const kernel = one.victim === undefined && pool === "cve" ? identifyKernel("") : kernelOfCrash(crash, told);
  const victim = pool === "cve" ? undefined : releases.all.find((release) => release.name === one.victim);
  const timeline = pool === "cve" ? timelineOfRecords(kernel) : timelineOfHistory(releases, victim);
  const query = queryOf(history, crash);
  const gathered = gatherCandidates(history, query, {
    timeline,
    also: [],
    limit: LIMIT,
    victimTip: victim?.tip,
    learned: learned[foldOf(one.id)] ?? LEARNED_WORDS,
  });
  const view = { history, gathered, timeline, surroundings: surroundingsOf(history, gathered, victim?.tip) };
  let commits = gathered.commits;
  let standFor = 1;
  if (one.use === "train" || one.use === "unknown") {
    const random = seeded(at);
    if (!commits.includes(answer)) continue;
    commits = commits.filter(
      (commit, place) => commit === answer || place < SURE || random() < SAMPLED / LIMIT,
    );
    standFor = LIMIT / SAMPLED;
  }
  const sights = commits.flatMap((commit) => look(view, commit) ?? []);
  const block = new Float32Array(sights.length * FEATURES.length);
  for (const [row, sight] of sights.entries()) block.set(sight.features, row * FEATURES.length);
  blocks.push(block);
  queries.push({
    id: one.id,
    use: one.use,
    victim: one.victim,
    time: answer,
    kind: crash.kind,
    rows: sights.length,
    standFor,
    answer: sights.findIndex((sight) => sight.commit === answer),
    commits: sights.map((sight) => sight.commit),
  });
  if (++done % 200 === 0) console.error(part, done, `${((Date.now() - began) / done).toFixed(0)} ms`);
}
writeFileSync(`${out}.${index}.json`, JSON.stringify({ features: FEATURES, queries }));
writeFileSync(`${out}.${index}.bin`, Buffer.concat(blocks.map((block) => Buffer.from(block.buffer))));
console.error(part, queries.length, "queries", (Date.now() - began) / 1000, "s");
