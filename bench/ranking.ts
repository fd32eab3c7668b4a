/**
 * How good the ranking is, on the open cases of the corpora in ../shared/corpus: cross-validated figures of the
 * model (no case is judged by a model or by words that saw it), simple ways to rank for comparison, and the shipped
 * model with quotes visible and hidden (hidden: it was fitted on these very cases, so that is no measure of it, but
 * tells whether `kfix crash --batch` answers the same).
 *
 *   npm run bench:ranking -- --history CACHE-DIR --repository GIT-DIR --cve CACHE-DIR --cve-repository GIT-DIR
 *       [--corpora DIR] [--work DIR] [--only measure|validate] [--write-models]
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { summaryOf, summaryText } from "./ranking/figures.ts";
import type { Measured } from "./ranking/measure.ts";

const { values } = parseArgs({
  options: {
    history: { type: "string", default: "" },
    repository: { type: "string", default: "" },
    cve: { type: "string", default: "" },
    "cve-repository": { type: "string", default: "" },
    corpora: { type: "string", default: "../shared/corpus" },
    work: { type: "string", default: join(tmpdir(), "kfix-ranking") },
    only: { type: "string" },
    "write-models": { type: "boolean", default: false },
  },
});
const work = resolve(values.work);
mkdirSync(work, { recursive: true });
const began = Date.now();
const POOLS = [
  { name: "history", cacheDir: values.history, model: "finder/model-history.json", corpus: "fixes" },
  { name: "cve", cacheDir: values.cve, model: "finder/model-records.json", corpus: "modern-quoted" },
] as const;
/**
 * How much the second way in which open cases are asked counts in training (the kernel just before the fix; records:
 * no kernel), and what speaks for the very next release.
 */
const NEAR = { history: ["--near", "2", "--near-bonus", "0.6"], cve: ["--near", "2"] };
const HALVES = ["0/2", "1/2"];
type PoolOfCases = (typeof POOLS)[number];

if (values.only !== "measure") {
  await mineAndLearn();
  for (const pool of POOLS) await extract(pool);
  for (const text of await Promise.all(POOLS.map(validate))) console.log(text);
}
if (values.only !== "validate") for (const pool of POOLS) await measure(pool);
console.log(`\n${Math.round((Date.now() - began) / 1000)} s`);

/** Cases to fit on, and the words that their messages have. */
async function mineAndLearn(): Promise<void> {
  const index = resolve(values.history, "index/history.db");
  const [history, cve] = await Promise.all([
    run(["mine-history", index, values.repository]),
    run(["mine-cve", values["cve-repository"]]),
  ]);
  writeFileSync(minedFile("history"), history);
  writeFileSync(minedFile("cve"), cve);
  await run([
    ...["learn-words", index, values.repository, minedFile("history")],
    ...[values["cve-repository"], minedFile("cve"), resolve(work, "words")],
    ...(values["write-models"] ? ["finder/learned-words.json"] : []),
  ]);
}

async function extract({ name, cacheDir }: PoolOfCases): Promise<void> {
  await Promise.all(
    HALVES.map((half) =>
      run([
        ...["extract", name, cacheDir, resolve(work, name), half],
        ...[minedFile(name), values.corpora, resolve(work, "words")],
      ]),
    ),
  );
}

async function validate({ name, model }: PoolOfCases): Promise<string> {
  const write = values["write-models"] ? ["--model", model] : [];
  const told = ["--gains", "", "--calibration", "", ...NEAR[name], ...write];
  return `\n## ${name}: cross-validated, quotes hidden\n${await run(["fit", resolve(work, name), ...told])}`;
}

async function measure(pool: PoolOfCases): Promise<void> {
  const { name, cacheDir } = pool;
  const parts = await Promise.all(
    HALVES.map((half) => run(["measure", name, cacheDir, values.corpora, half])),
  );
  const all = parts.flatMap((text): Measured[] => JSON.parse(text));
  writeFileSync(resolve(work, `measured-${name}.json`), JSON.stringify(all));
  console.log(`\n## ${name}: the shipped model and simple ways`);
  for (const way of new Set(all.map((one) => one.way))) {
    const ofWay = all.filter((one) => one.way === way);
    console.log(`${summaryText(summaryOf(ofWay))}  ${way}`);
    if (!way.includes("quotes")) continue;
    for (const confidence of ["confirmed", "likely", "possible"]) {
      const said = ofWay.filter((one) => one.confidence === confidence);
      const right = said.filter((one) => one.rank === 1).length;
      if (said.length > 0)
        console.log(`    ${confidence}: ${said.length}, right ${(right / said.length).toFixed(3)}`);
    }
  }
  const masked = all.filter((one) => /^(victim_version|as logged), quotes hidden/.test(one.way));
  console.log(`\n### ${name}: by kind, shipped model, quotes hidden`);
  for (const kind of [...new Set(masked.map((one) => one.kind))].sort())
    console.log(`${kind.padEnd(16)} ${summaryText(summaryOf(masked.filter((one) => one.kind === kind)))}`);
  console.log(`\n### ${name}: ${await agreement(pool, masked)}`);
}

/** Asks every tenth case of the built command, and compares its first ten with those of the same code in-process. */
async function agreement({ cacheDir, corpus }: PoolOfCases, measured: readonly Measured[]): Promise<string> {
  const cases: { id: string; oops: string; victim_version?: string }[] = readFileSync(
    join(values.corpora, `${corpus}.open.jsonl`),
    "utf8",
  )
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const asked = cases.filter((_, at) => at % 10 === 0);
  const input = asked.map(({ id, oops, victim_version }) =>
    JSON.stringify({ id, log: oops, ...(victim_version === undefined ? {} : { kernel: victim_version }) }),
  );
  const kfix = new URL("../dist/kfix.cjs", import.meta.url).pathname;
  const output = await ended(
    [kfix, "crash", "--batch", "--mask-quotes", "--cache-dir", resolve(cacheDir)],
    `${input.join("\n")}\n`,
  );
  let same = 0;
  for (const line of output.trim().split("\n")) {
    const { id, crashes = [] }: BatchAnswer = JSON.parse(line);
    const ours = measured.find((one) => one.id === id)?.shas ?? [];
    const theirs = (crashes[0]?.candidates ?? []).map(({ fix }) => fix.sha);
    if (ours.join() === theirs.join()) same++;
  }
  return `kfix crash --batch --mask-quotes agrees in ${same} of ${asked.length} cases`;
}

interface BatchAnswer {
  readonly id: string;
  readonly crashes?: readonly {
    readonly candidates: readonly { readonly fix: { readonly sha: string } }[];
  }[];
}

function minedFile(name: PoolOfCases["name"]): string {
  return resolve(work, `mined-${name}.jsonl`);
}

function run([script = "", ...args]: readonly string[]): Promise<string> {
  return ended(["--import", "tsx", new URL(`./ranking/${script}.ts`, import.meta.url).pathname, ...args]);
}

/** What a Node program prints. */
function ended(args: readonly string[], input = ""): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", failed);
    child.on("close", (status) => {
      if (status === 0 || status === 1) done(Buffer.concat(chunks).toString());
      else failed(new Error(`${args.join(" ")} ended with ${status}`));
    });
    child.stdin.end(input);
  });
}
