/**
 * Fits a model on extracted features and cross-validates it. Train rows are the uses `train` and `unknown`; tests
 * are `victim` and `base`. No case is ever tested by a model that saw it.
 *
 *   npx tsx bench/ranking/fit.ts FEATURES-PREFIX [--only fold,time] [--drop feature,...] [--near WEIGHT] [--model FILE] [--ranks FILE]
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { FEATURES } from "../../finder/features.ts";
import { Model, type ModelFile, softmax } from "../../finder/model.ts";
import type { NetworkFile } from "../../finder/network.ts";
import { type BoostOptions, boost, type Group, type Matrix, type Tree } from "./boost.ts";
import type { Query } from "./extract.ts";
import { boundsOf, calibrationTable, type Outcome, saidText, summaryOf, summaryText } from "./figures.ts";
import { FOLDS, foldOf, SURE } from "./folds.ts";
import { fitNetwork } from "./network.ts";

interface Loaded extends Query {
  readonly values: Float32Array;
  /** How many candidates each row stands for. */
  readonly counts: Float32Array;
}

const [prefix = "", ...flags] = process.argv.slice(2);
const features: readonly string[] = FEATURES;
const columns = features.length;
const dropped = new Set((flag("drop") ?? "").split(","));
const queries = load(prefix);
const options: BoostOptions = {
  trees: Number(flag("trees") ?? 240),
  leaves: Number(flag("leaves") ?? 10),
  rate: Number(flag("rate") ?? 0.07),
  minHessian: Number(flag("hess") ?? 1.5),
  lambda: Number(flag("lambda") ?? 3),
  columnShare: Number(flag("cols") ?? 0.4),
  groupShare: Number(flag("groups") ?? 0.7),
  seed: 7,
};
/** The ways in which open cases are asked. */
const USES = ["victim", "base"] as const;
/** Of a case's candidates in training: so many of the most promising, and a few of the others. */
const KEPT = 30;
/** How much more the release just before the fix counts among the kernels that it is looked for from. */
const nearWeight = Number(flag("near") ?? 0);
/** What is added to the score of commits of the very next release, where the kernel is known. */
const nearBonus = Number(flag("near-bonus") ?? 0);
const only = (flag("only") ?? "fold,time").split(",");
const byTime = [...new Map(queries.map((one) => [one.id, one.time]))].sort((a, b) => a[1] - b[1]);

const training = queries.filter((one) => !isTest(one) || (nearWeight > 0 && one.use === "base"));
const outcomes = new Map<string, Outcome[]>();
if (only.includes("fold")) {
  crossValidate("grouped 5-fold", {
    folds: FOLDS,
    tests: (id, fold) => foldOf(id) === fold,
    trains: (id, fold) => foldOf(id) !== fold,
  });
}
if (only.includes("time")) {
  const block = new Map(byTime.map(([id], at) => [id, Math.floor((at * 6) / byTime.length)]));
  crossValidate("forward in time", {
    folds: 5,
    tests: (id, fold) => block.get(id) === fold + 1,
    trains: (id, fold) => (block.get(id) ?? 9) <= fold,
  });
}
const ranksFile = flag("ranks");
if (ranksFile !== undefined) writeFileSync(ranksFile, JSON.stringify(Object.fromEntries(outcomes)));
const modelFile = flag("model");
if (modelFile !== undefined) writeModel(modelFile);

interface Split {
  readonly folds: number;
  tests(id: string, fold: number): boolean;
  trains(id: string, fold: number): boolean;
}

function crossValidate(name: string, split: Split): void {
  const gains = new Float64Array(columns);
  for (let fold = 0; fold < split.folds; fold++) {
    const fitted = fitModel([...training].filter((one) => split.trains(one.id, fold)));
    fitted.gains.forEach((gain, at) => {
      gains[at] = (gains[at] ?? 0) + gain;
    });
    for (const one of queries) {
      if (!isTest(one) || !split.tests(one.id, fold)) continue;
      const key = `${name}, ${one.use}`;
      outcomes.set(key, [...(outcomes.get(key) ?? []), test(fitted.model, one)]);
    }
  }
  for (const [key, list] of outcomes) {
    if (key.startsWith(name)) console.log(key.padEnd(26), summaryText(summaryOf(list)));
  }
  if (flag("gains") !== undefined) console.log(importance(gains));
  if (flag("calibration") === undefined) return;
  const ways = USES.map((use) => outcomes.get(`${name}, ${use}`) ?? []);
  for (const [way, text] of saidText(ways, (one) => foldOf(one.id)).entries())
    console.log(`${USES[way]}: ${text}`);
  console.log(calibrationTable(outcomes.get(`${name}, victim`) ?? []));
}

function isTest(one: Query): boolean {
  return one.use === "victim" || one.use === "base";
}

function test(file: ModelFile, one: Loaded): Outcome {
  const model = new Model(file);
  const scores = Array.from({ length: one.rows }, (_, row) =>
    model.score(one.values.subarray(row * columns, (row + 1) * columns)),
  );
  const best = Math.max(...scores);
  const mine = scores[one.answer];
  const rank = mine === undefined ? undefined : 1 + scores.filter((score) => score > mine).length;
  return {
    id: one.id,
    kind: one.kind,
    rank,
    belief: Math.max(0, ...softmax(scores)),
    first: one.commits[scores.indexOf(best)],
  };
}

/** Trees and networks, each fitted by itself; the score is the mean of theirs. Trees can do with fewer candidates. */
function fitModel(chosen: readonly Loaded[]): { model: ModelFile; gains: Float64Array } {
  const useful = chosen.filter((one) => one.answer >= 0);
  const few = together(useful.map(thinned));
  const { trees, gains } = boost(few, few.groups, options);
  if (nearBonus > 0) trees.push(nearTree());
  const all = together(useful);
  const network = meanOf([7, 8].map((seed) => fitNetwork(all, all.groups, { hidden: 24, epochs: 7, seed })));
  const round = (value: number): number => Number(value.toPrecision(4));
  const half = (value: number): number => round(value / 2);
  return {
    gains,
    model: {
      features,
      bounds: { confirmed: 1, likely: 1 },
      trees: trees.map(({ feature, threshold, left, right, leaf }) => [
        feature,
        threshold.map(round),
        left,
        right,
        leaf.map(half),
      ]),
      network: {
        means: network.means.map(round),
        scales: network.scales.map(round),
        hidden: network.hidden.map((weights) => weights.map(round)),
        output: network.output.map(half),
        direct: network.direct.map(half),
      },
    },
  };
}

/** The candidates of all cases in one matrix; each case counts alike, however often it is asked. */
function together(useful: readonly Loaded[]): Matrix & { readonly groups: readonly Group[] } {
  const rows = useful.reduce((sum, one) => sum + one.rows, 0);
  const values = new Float32Array(rows * columns);
  const counts = new Float32Array(rows);
  const perCase = new Map<string, number>();
  for (const one of useful) perCase.set(one.id, (perCase.get(one.id) ?? 0) + 1);
  let at = 0;
  const groups = useful.map((one) => {
    values.set(one.values, at * columns);
    counts.set(one.counts, at);
    const weight = (one.use === "base" ? nearWeight : 1) / Math.sqrt(perCase.get(one.id) ?? 1);
    const group = { from: at, to: at + one.rows, answer: at + one.answer, weight };
    at += one.rows;
    return group;
  });
  return { columns, values, counts, groups };
}

/** A kernel just before the fix is commoner than the even draw of training has it: says so to every candidate. */
function nearTree(): Tree {
  return {
    feature: [features.indexOf("releases")],
    threshold: [1.5],
    left: [-1],
    right: [-2],
    leaf: [2 * nearBonus, 0],
  };
}

/** One network that gives the mean of several. */
function meanOf(networks: readonly NetworkFile[]): NetworkFile {
  const share = (value: number): number => value / networks.length;
  const [first] = networks;
  return {
    means: first?.means ?? [],
    scales: first?.scales ?? [],
    hidden: networks.flatMap((one) => one.hidden),
    output: networks.flatMap((one) => one.output.map(share)),
    direct: features.map((_, at) => networks.reduce((sum, one) => sum + share(one.direct[at] ?? 0), 0)),
  };
}

/** The answer, the most promising, and a few of the others, which count the more. */
function thinned(one: Loaded): Loaded {
  const every = isTest(one) ? 6 : 3;
  const rows = Array.from({ length: one.rows }, (_, row) => row).filter(
    (row) => row === one.answer || row < KEPT || row % every === 0,
  );
  const values = new Float32Array(rows.length * columns);
  for (const [at, row] of rows.entries())
    values.set(one.values.subarray(row * columns, (row + 1) * columns), at * columns);
  const counts = Float32Array.from(rows, (row) =>
    row === one.answer || row < KEPT ? (one.counts[row] ?? 1) : every * (one.counts[row] ?? 1),
  );
  return { ...one, rows: rows.length, answer: rows.indexOf(one.answer), values, counts };
}

function writeModel(file: string): void {
  const { model, gains } = fitModel(training);
  const head = {
    fitted: new Date().toISOString().slice(0, 10),
    cases: new Set(training.map((one) => one.id)).size,
    crossValidated: Object.fromEntries([...outcomes].map(([name, list]) => [name, summaryOf(list)])),
    bounds: boundsOf(USES.map((use) => outcomes.get(`grouped 5-fold, ${use}`) ?? [])),
    features,
  };
  const rows = Object.entries(head).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const network = Object.entries(model.network).map(([key, list]) =>
    key === "hidden"
      ? `"hidden": [\n${model.network.hidden.map((one) => JSON.stringify(one)).join(",\n")}\n]`
      : `"${key}": ${JSON.stringify(list)}`,
  );
  rows.push(`"network": {\n${network.join(",\n")}\n}`);
  rows.push(`"trees": [\n${model.trees.map((tree) => JSON.stringify(tree)).join(",\n")}\n]`);
  writeFileSync(file, `{\n${rows.join(",\n")}\n}\n`);
  console.log(importance(gains));
}

function importance(gains: Float64Array): string {
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  const order = [...gains.keys()].sort((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0));
  return order.map((at) => `${features[at]} ${((100 * (gains[at] ?? 0)) / total).toFixed(1)}`).join(", ");
}

function flag(name: string): string | undefined {
  const at = flags.indexOf(`--${name}`);
  return at === -1 ? undefined : (flags[at + 1] ?? "");
}

function load(from: string): Loaded[] {
  const loaded: Loaded[] = [];
  const parts = new RegExp(`^${basename(from)}\\.\\d+\\.json$`);
  for (const file of readdirSync(dirname(from)).filter((name) => parts.test(name))) {
    const meta: { features: string[]; queries: Query[] } = JSON.parse(
      readFileSync(join(dirname(from), file), "utf8"),
    );
    const places = FEATURES.map((name) => (dropped.has(name) ? -1 : meta.features.indexOf(name)));
    const width = meta.features.length;
    const bytes = readFileSync(join(dirname(from), file.replace(/json$/, "bin")));
    const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    let at = 0;
    for (const query of meta.queries) {
      const length = query.rows * width;
      const old = isTest(query) ? 1 : 400 / 70;
      loaded.push({
        ...query,
        counts: Float32Array.from({ length: query.rows }, (_, row) =>
          row < SURE || row === query.answer ? 1 : (query.standFor ?? old),
        ),
        values: picked(all.subarray(at, at + length), width, places),
      });
      at += length;
    }
  }
  return loaded;
}

/** The columns of the features that there are now: a feature that was given up need not be extracted anew. */
function picked(values: Float32Array, width: number, places: readonly number[]): Float32Array {
  const rows = values.length / width;
  const chosen = new Float32Array(rows * places.length);
  for (let row = 0; row < rows; row++)
    places.forEach((from, to) => {
      if (from >= 0) chosen[row * places.length + to] = values[row * width + from] ?? 0;
    });
  return chosen;
}
