/**
 * Learns which words tell a crash's fix from other commits, and which tell the fixes of one kind of crash from
 * those of others; for each fold, without its cases, to FOLDS.0.json and so on, and all of them to OUT. The words of
 * quoted logs are not counted.
 *
 *   npx tsx bench/ranking/learn-words.ts HISTORY.db REPOSITORY.git mined.jsonl CVE-REPOSITORY mined-cve.jsonl FOLDS [OUT]
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { HistoryReader } from "../../cache/history-reader.ts";
import { openCveStore } from "../../indexer/cve-files.ts";
import { parseCommitMessage } from "../../kernel/commit/message.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { parseAnnouncement } from "../../kernel/cve/announcement.ts";
import { wordsOf } from "../../kernel/words.ts";
import { FOLDS, foldOf } from "./folds.ts";

const [
  historyFile = "",
  repository = "",
  minedFile = "",
  cveRepository = "",
  minedCveFile = "",
  foldFiles = "",
  output,
] = process.argv.slice(2);

interface Example {
  readonly id: string;
  readonly kind: string;
  readonly words: ReadonlySet<string>;
}

const mined = readLines(minedFile);
const minedCve = readLines(minedCveFile);
const fromHistory = await historyExamples();
const fromCve = await cveExamples();
const history = HistoryReader.open(historyFile);

/** Words about defects; what only introduces a quoted log ("following", "backtrace") is not among them. */
const vocabulary = new Set(readFileSync(new URL("defect-words.txt", import.meta.url), "utf8").split(/\s+/));
const total = history.commitCount();

/** How many commits have each word, of all. */
const background = new Map<string, number>();
for (const word of vocabulary) background.set(word, history.withWord(word).length);

for (const fold of [undefined, ...Array(FOLDS).keys()]) {
  const others = ({ id }: Example): boolean => foldOf(id) !== fold;
  const words = learn(fromHistory.filter(others), fromCve.filter(others));
  const file = fold === undefined ? output : `${foldFiles}.${fold}.json`;
  if (file !== undefined) writeFileSync(file, words);
}

/** The file's text. */
function learn(ofHistory: readonly Example[], ofCve: readonly Example[]): string {
  const fix: [string, number][] = [];
  for (const [word, count] of counts(ofHistory)) {
    if (count < 6 || !vocabulary.has(word)) continue;
    const odds =
      Math.log((count + 1) / (ofHistory.length + 2)) -
      Math.log(((background.get(word) ?? 0) + 1) / (total + 2));
    const weight = Math.abs(odds) * Math.sqrt(count);
    if (Math.abs(odds) > 0.3 && weight > 1) fix.push([word, round(odds)]);
  }
  fix.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const head = {
    learned: new Date().toISOString().slice(0, 10),
    from: { history: ofHistory.length, cve: ofCve.length },
    fix: fix.slice(0, 150),
  };
  const rows = Object.entries(head).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const kinds = wordsOfKinds([...ofHistory, ...ofCve]).map(
    ([kind, words]) => `"${kind}": ${JSON.stringify(words)}`,
  );
  return `{\n${rows.join(",\n")},\n"kinds": {\n${kinds.join(",\n")}\n}\n}\n`;
}

function wordsOfKinds(all: readonly Example[]): [string, [string, number][]][] {
  const overall = counts(all);
  return [...new Set(all.map((one) => one.kind))].flatMap((kind): [string, [string, number][]][] => {
    const ours = all.filter((one) => one.kind === kind);
    if (ours.length < 12) return [];
    const words: [string, number, number][] = [];
    for (const [word, count] of counts(ours)) {
      if (count < 3 || !vocabulary.has(word)) continue;
      const p = (count + 0.5) / (ours.length + 1);
      const q = ((overall.get(word) ?? 0) - count + 3) / (all.length - ours.length + 6);
      const odds = Math.log(p / q);
      if (odds > 0.5) words.push([word, round(odds), odds * Math.sqrt(count)]);
    }
    words.sort((a, b) => b[2] - a[2]);
    return [[kind, words.slice(0, 20).map(([word, odds]): [string, number] => [word, odds])]];
  });
}

function readLines(file: string): Map<string, string> {
  const rows: { id: string; log: string }[] = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return new Map(rows.map((row) => [row.id, row.log]));
}

function example(id: string, message: string, log: string): Example[] {
  const kind = parseCrashes(log)[0]?.kind;
  const { subject, prose } = parseCommitMessage(message);
  return kind === undefined ? [] : [{ id, kind, words: new Set([...wordsOf(subject), ...wordsOf(prose)]) }];
}

async function historyExamples(): Promise<Example[]> {
  const { stdout } = spawnSync("git", ["--git-dir", repository, "cat-file", "--batch"], {
    input: [...mined.keys()].map((id) => `${id}\n`).join(""),
    maxBuffer: 1 << 30,
  });
  const found: Example[] = [];
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf(10, at);
    const [sha = "", , size = "0"] = stdout.subarray(at, end).toString().split(" ");
    const commit = stdout.subarray(end + 1, end + 1 + Number(size)).toString("utf8");
    at = end + 2 + Number(size);
    found.push(...example(sha, commit.slice(commit.indexOf("\n\n") + 2), mined.get(sha) ?? ""));
  }
  return found;
}

async function cveExamples(): Promise<Example[]> {
  const store = await openCveStore(cveRepository);
  const published = (await store.list()).published.filter(
    ({ cve, ids }) => minedCve.has(cve) && ids.has("mbox"),
  );
  const contents = store.read(published.flatMap((files) => files.ids.get("mbox") ?? []));
  const found: Example[] = [];
  for (const { cve } of published) {
    const next = await contents.next();
    const announcement = next.done ? undefined : parseAnnouncement(next.value.toString("utf8"));
    if (announcement) found.push(...example(cve, announcement.message, minedCve.get(cve) ?? ""));
  }
  return found;
}

function counts(examples: readonly Example[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { words } of examples) for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
