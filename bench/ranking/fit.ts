/**
 * Fits a model on extracted features and cross-validates it. Train rows are the uses `train` and `unknown`; tests
 * are `victim` and `base`. No case is ever tested by a model that saw it.
 *
 *   npx tsx bench/ranking/fit.ts FEATURES-PREFIX [--only fold,time] [--drop feature,...] [--model FILE] [--ranks FILE]
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type BoostOptions, boost, type Group, predict, type Tree } from "./boost.ts";
import type { Query } from "./extract.ts";
import { boundsOf, calibrationTable, type Outcome, summaryOf, summaryText } from "./figures.ts";

interface Loaded extends Query {
  readonly values: Float32Array;
}

const [prefix = "", ...flags] = process.argv.slice(2);
const { features, queries } = load(prefix);
const columns = features.length;
const dropped = (flag("drop") ?? "").split(",").map((name) => features.indexOf(name));
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
/** How much more the release just before the fix counts among the kernels that it is looked for from. */
const nearWeight = Number(flag("near") ?? 0);
const bags = Number(flag("bags") ?? 1);
const only = (flag("only") ?? "fold,time").split(",");
const isTest = (one: Query): boolean => one.use === "victim" || one.use === "base";
const byTime = [...new Map(queries.map((one) => [one.id, one.time]))].sort((a, b) => a[1] - b[1]);

const training = [
  ...queries.filter((one) => !isTest(one)),
  ...(nearWeight > 0 ? queries.filter((one) => one.use === "base").map(thinned) : []),
];
const outcomes = new Map<string, Outcome[]>();
if (only.includes("fold")) {
  crossValidate("grouped 5-fold", {
    folds: 5,
    tests: (id, fold) => hash(id) % 5 === fold,
    trains: (id, fold) => hash(id) % 5 !== fold,
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
      outcomes.set(key, [...(outcomes.get(key) ?? []), test(fitted.trees, one)]);
    }
  }
  for (const [key, list] of outcomes) {
    if (key.startsWith(name)) console.log(key.padEnd(26), summaryText(summaryOf(list)));
  }
  if (flag("gains") !== undefined) console.log(importance(gains));
  if (flag("calibration") !== undefined) console.log(calibrationTable(outcomes.get(`${name}, victim`) ?? []));
}

function test(trees: readonly Tree[], one: Loaded): Outcome {
  const scores = Array.from({ length: one.rows }, (_, row) => predict(trees, one.values, row * columns));
  const best = Math.max(...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - best), 0);
  const mine = scores[one.answer];
  const rank = mine === undefined ? undefined : 1 + scores.filter((score) => score > mine).length;
  return { id: one.id, kind: one.kind, rank, belief: 1 / sum, first: one.commits[scores.indexOf(best)] };
}

function fitModel(chosen: readonly Loaded[]): { trees: Tree[]; gains: Float64Array } {
  const useful = chosen.filter((one) => one.answer >= 0);
  const rows = useful.reduce((sum, one) => sum + one.rows, 0);
  const values = new Float32Array(rows * columns);
  const groups: Group[] = [];
  const perCase = new Map<string, number>();
  for (const one of useful) perCase.set(one.id, (perCase.get(one.id) ?? 0) + 1);
  let at = 0;
  for (const one of useful) {
    values.set(one.values, at * columns);
    const weight = (one.use === "base" ? nearWeight : 1) / Math.sqrt(perCase.get(one.id) ?? 1);
    groups.push({ from: at, to: at + one.rows, answer: at + one.answer, weight });
    at += one.rows;
  }
  for (const column of dropped)
    if (column >= 0) for (let row = 0; row < rows; row++) values[row * columns + column] = 0;
  const trees: Tree[] = [];
  const gains = new Float64Array(columns);
  for (let bag = 0; bag < bags; bag++) {
    const fitted = boost({ columns, values }, groups, { ...options, seed: options.seed + bag });
    for (const tree of fitted.trees) trees.push({ ...tree, leaf: tree.leaf.map((value) => value / bags) });
    fitted.gains.forEach((gain, column) => {
      gains[column] = (gains[column] ?? 0) + gain;
    });
  }
  return { trees, gains };
}

/** The answer and every fourth of the others, as the training rows are. */
function thinned(one: Loaded): Loaded {
  const rows = Array.from({ length: one.rows }, (_, row) => row).filter(
    (row) => row === one.answer || row < 50 || row % 6 === 0,
  );
  const values = new Float32Array(rows.length * columns);
  for (const [at, row] of rows.entries())
    values.set(one.values.subarray(row * columns, (row + 1) * columns), at * columns);
  return { ...one, rows: rows.length, answer: rows.indexOf(one.answer), values };
}

function writeModel(file: string): void {
  const { trees, gains } = fitModel(training);
  const tested = outcomes.get("grouped 5-fold, victim") ?? [];
  const head = {
    fitted: new Date().toISOString().slice(0, 10),
    cases: new Set(training.map((one) => one.id)).size,
    crossValidated: Object.fromEntries([...outcomes].map(([name, list]) => [name, summaryOf(list)])),
    bounds: boundsOf(tested),
    features,
  };
  const rows = Object.entries(head).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const lines = trees.map((tree) => JSON.stringify(compact(tree)));
  writeFileSync(file, `{\n${rows.join(",\n")},\n"trees": [\n${lines.join(",\n")}\n]}\n`);
  console.log(importance(gains));
}

function importance(gains: Float64Array): string {
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  const order = [...gains.keys()].sort((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0));
  return order.map((at) => `${features[at]} ${((100 * (gains[at] ?? 0)) / total).toFixed(1)}`).join(", ");
}

function compact(tree: Tree): number[][] {
  const round = (value: number): number => Number(value.toPrecision(4));
  return [tree.feature, tree.threshold.map(round), tree.left, tree.right, tree.leaf.map(round)];
}

function hash(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return sum >>> 3;
}

function flag(name: string): string | undefined {
  const at = flags.indexOf(`--${name}`);
  return at === -1 ? undefined : (flags[at + 1] ?? "");
}

function load(from: string): { features: string[]; queries: Loaded[] } {
  const loaded: Loaded[] = [];
  let names: string[] = [];
  const parts = new RegExp(`^${basename(from)}\\.\\d+\\.json$`);
  for (const file of readdirSync(dirname(from)).filter((name) => parts.test(name))) {
    const meta: { features: string[]; queries: Query[] } = JSON.parse(
      readFileSync(join(dirname(from), file), "utf8"),
    );
    names = meta.features;
    const bytes = readFileSync(join(dirname(from), file.replace(/json$/, "bin")));
    const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    let at = 0;
    for (const query of meta.queries) {
      const length = query.rows * names.length;
      loaded.push({ ...query, values: all.subarray(at, at + length) });
      at += length;
    }
  }
  return { features: names, queries: loaded };
}
