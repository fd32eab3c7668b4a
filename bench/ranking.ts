/**
 * How good the ranking is, on the open cases of the corpora in ../shared/corpus: cross-validated figures of the
 * model (no case is judged by a model that saw it), the shipped model with quotes visible and hidden (hidden: it
 * was fitted on these very cases, so that is no measure of it), and simple ways to rank for comparison.
 *
 *   npm run bench:ranking -- --history CACHE-DIR --repository GIT-DIR --cve CACHE-DIR --cve-repository GIT-DIR
 *       [--corpora DIR] [--work DIR] [--only measure|validate] [--write-models]
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { summaryOf, summaryText } from "./ranking/figures.ts";
import type { Measured } from "./ranking/measure.ts";

const { values } = parseArgs({
  options: {
    history: { type: "string" },
    repository: { type: "string" },
    cve: { type: "string" },
    "cve-repository": { type: "string" },
    corpora: { type: "string", default: "../shared/corpus" },
    work: { type: "string", default: join(tmpdir(), "kfix-ranking") },
    only: { type: "string" },
    "write-models": { type: "boolean", default: false },
  },
});
const work = resolve(values.work);
mkdirSync(work, { recursive: true });
if (values.history && values.repository) await pool("history", values.history, values.repository);
if (values.cve && values["cve-repository"]) await pool("cve", values.cve, values["cve-repository"]);

async function pool(name: "history" | "cve", cacheDir: string, repository: string): Promise<void> {
  if (values.only !== "measure") await validate(name, cacheDir, repository);
  if (values.only !== "validate") await measure(name, cacheDir);
}

async function validate(name: "history" | "cve", cacheDir: string, repository: string): Promise<void> {
  const mined = resolve(work, `mined-${name}.jsonl`);
  const features = resolve(work, name);
  const index = resolve(cacheDir, "index/history.db");
  writeFileSync(
    mined,
    await run(name === "history" ? ["mine-history", index, repository] : ["mine-cve", repository]),
  );
  await Promise.all(
    ["0/2", "1/2"].map((part) => run(["extract", name, cacheDir, features, part, mined, values.corpora])),
  );
  const model = `finder/model-${name === "history" ? "history" : "records"}.json`;
  const near = name === "history" ? ["--near", NEAR] : [];
  const write = values["write-models"] ? ["--model", model] : [];
  console.log(`\n## ${name}: cross-validated, quotes hidden`);
  console.log(await run(["fit", features, "--gains", "", "--calibration", "", ...near, ...write]));
}

/** How much the release just before the fix counts: between the two ways in which the open cases are asked. */
const NEAR = "1.5";

async function measure(name: "history" | "cve", cacheDir: string): Promise<void> {
  const parts = await Promise.all(
    ["0/2", "1/2"].map((part) => run(["measure", name, cacheDir, values.corpora, part])),
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
  console.log(`\n### ${name}: by kind, shipped model, quotes hidden`);
  const masked = all.filter((one) => /^(victim_version|as logged), quotes hidden/.test(one.way));
  for (const kind of [...new Set(masked.map((one) => one.kind))].sort())
    console.log(`${kind.padEnd(16)} ${summaryText(summaryOf(masked.filter((one) => one.kind === kind)))}`);
}

function run([script = "", ...args]: readonly string[]): Promise<string> {
  return new Promise((done, failed) => {
    const file = new URL(`./ranking/${script}.ts`, import.meta.url).pathname;
    const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", failed);
    child.on("close", (status) =>
      status === 0
        ? done(Buffer.concat(chunks).toString())
        : failed(new Error(`${script} ended with ${status}`)),
    );
  });
}
