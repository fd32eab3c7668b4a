/**
 * Gradient boosted regression trees with a listwise objective: within each group (a crash and its candidates) the
 * scores go through a softmax, and the loss is the cross entropy against the one right candidate (ListNet's top-one
 * probability; Cao and others, 2007). Histograms of quantile bins, trees grown best split first.
 */
export interface Group {
  /** Rows of `features`, one a candidate. */
  readonly from: number;
  readonly to: number;
  /** The row of the right one. */
  readonly answer: number;
  readonly weight: number;
}

export interface Matrix {
  readonly columns: number;
  readonly values: Float32Array;
  /** How many candidates each row stands for: of those that hardly matter only some are kept. */
  readonly counts: Float32Array;
}

export interface BoostOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  readonly minHessian: number;
  readonly lambda: number;
  readonly columnShare: number;
  readonly groupShare: number;
  readonly seed: number;
  readonly progress?: (tree: number, score: Float64Array) => void;
}

/** A tree as parallel lists: inner nodes first; a child below zero is the leaf `-child - 1`. */
export interface Tree {
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly leaf: number[];
}

export function predict(trees: readonly Tree[], values: Float32Array, offset: number): number {
  let sum = 0;
  for (const tree of trees) {
    let node = 0;
    do {
      const feature = tree.feature[node] ?? 0;
      node =
        ((values[offset + feature] ?? 0) <= (tree.threshold[node] ?? 0)
          ? tree.left[node]
          : tree.right[node]) ?? -1;
    } while (node >= 0);
    sum += tree.leaf[-node - 1] ?? 0;
  }
  return sum;
}

const BINS = 64;

export function boost(
  matrix: Matrix,
  groups: readonly Group[],
  options: BoostOptions,
): { trees: Tree[]; gains: Float64Array } {
  const rows = matrix.values.length / matrix.columns;
  const random = seeded(options.seed);
  const { bins, edges } = quantise(matrix, rows);
  const score = new Float64Array(rows);
  const gradient = new Float32Array(rows);
  const hessian = new Float32Array(rows);
  const gains = new Float64Array(matrix.columns);
  const trees: Tree[] = [];
  for (let number = 0; number < options.trees; number++) {
    const used: number[] = [];
    for (const group of groups) {
      if (random() > options.groupShare) continue;
      derive(group, matrix.counts, score, gradient, hessian);
      for (let row = group.from; row < group.to; row++) {
        if ((hessian[row] ?? 0) > SLIGHT * group.weight) used.push(row);
        else if (random() < SLIGHT_SHARE) {
          gradient[row] = (gradient[row] ?? 0) / SLIGHT_SHARE;
          hessian[row] = (hessian[row] ?? 0) / SLIGHT_SHARE;
          used.push(row);
        }
      }
    }
    const columns = Array.from({ length: matrix.columns }, (_, at) => at).filter(
      () => random() < options.columnShare,
    );
    const tree = grow(
      { bins, edges, rows, gradient, hessian, gains, options },
      Uint32Array.from(used),
      columns,
    );
    trees.push(tree);
    for (let row = 0; row < rows; row++)
      score[row] = (score[row] ?? 0) + predict([tree], matrix.values, row * matrix.columns);
    options.progress?.(number, score);
  }
  return { trees, gains };
}

/** Rows whose second derivative is smaller are sampled, and count the more (as in Ke and others, LightGBM, 2017). */
const SLIGHT = 0.003;
const SLIGHT_SHARE = 0.1;

function derive(
  group: Group,
  counts: Float32Array,
  score: Float64Array,
  gradient: Float32Array,
  hessian: Float32Array,
): void {
  let max = Number.NEGATIVE_INFINITY;
  for (let row = group.from; row < group.to; row++) max = Math.max(max, score[row] ?? 0);
  let sum = 0;
  for (let row = group.from; row < group.to; row++)
    sum += (counts[row] ?? 1) * Math.exp((score[row] ?? 0) - max);
  for (let row = group.from; row < group.to; row++) {
    const p = ((counts[row] ?? 1) * Math.exp((score[row] ?? 0) - max)) / sum;
    gradient[row] = group.weight * (p - (row === group.answer ? 1 : 0));
    hessian[row] = group.weight * Math.max(1e-6, p * (1 - p));
  }
}

interface Growth {
  readonly bins: readonly Uint8Array[];
  readonly edges: readonly Float32Array[];
  readonly rows: number;
  readonly gradient: Float32Array;
  readonly hessian: Float32Array;
  readonly gains: Float64Array;
  readonly options: BoostOptions;
}

interface Leaf {
  readonly rows: Uint32Array;
  readonly histogram: Float64Array;
  readonly g: number;
  readonly h: number;
  readonly split: Split | undefined;
  /** Where the parent points to it. */
  readonly parent: number;
  readonly side: "left" | "right";
}

interface Split {
  readonly column: number;
  readonly bin: number;
  readonly gain: number;
}

function grow(growth: Growth, rows: Uint32Array, columns: readonly number[]): Tree {
  const tree: Tree = { feature: [], threshold: [], left: [], right: [], leaf: [] };
  const { options } = growth;
  const open: Leaf[] = [];
  const make = (
    members: Uint32Array,
    histogram: Float64Array,
    parent: number,
    side: "left" | "right",
  ): Leaf => {
    let g = 0;
    let h = 0;
    for (const row of members) {
      g += growth.gradient[row] ?? 0;
      h += growth.hessian[row] ?? 0;
    }
    return {
      rows: members,
      histogram,
      g,
      h,
      split: bestSplit(growth, { histogram, g, h }, columns),
      parent,
      side,
    };
  };
  open.push(make(rows, histogramOf(growth, rows, columns), -1, "left"));
  while (open.length < options.leaves) {
    open.sort((a, b) => (b.split?.gain ?? 0) - (a.split?.gain ?? 0));
    const leaf = open[0];
    const split = leaf?.split;
    if (!leaf || !split) break;
    open.shift();
    growth.gains[split.column] = (growth.gains[split.column] ?? 0) + split.gain;
    const node = tree.feature.length;
    tree.feature.push(split.column);
    tree.threshold.push(growth.edges[split.column]?.[split.bin] ?? 0);
    tree.left.push(-1);
    tree.right.push(-1);
    if (leaf.parent >= 0) tree[leaf.side][leaf.parent] = node;
    const column = growth.bins[split.column] ?? new Uint8Array(0);
    const left = leaf.rows.filter((row) => (column[row] ?? 0) <= split.bin);
    const right = leaf.rows.filter((row) => (column[row] ?? 0) > split.bin);
    const smaller = left.length < right.length ? left : right;
    const small = histogramOf(growth, smaller, columns);
    const large = leaf.histogram.map((value, at) => value - (small[at] ?? 0));
    open.push(make(left, smaller === left ? small : large, node, "left"));
    open.push(make(right, smaller === left ? large : small, node, "right"));
  }
  for (const leaf of open) {
    const value = (-options.rate * leaf.g) / (leaf.h + options.lambda);
    tree.leaf.push(value);
    if (leaf.parent >= 0) tree[leaf.side][leaf.parent] = -tree.leaf.length;
    else {
      tree.feature.push(0);
      tree.threshold.push(0);
      tree.left.push(-1);
      tree.right.push(-1);
    }
  }
  return tree;
}

function histogramOf(growth: Growth, rows: Uint32Array, columns: readonly number[]): Float64Array {
  const histogram = new Float64Array(growth.bins.length * BINS * 2);
  for (const column of columns) {
    const bins = growth.bins[column] ?? new Uint8Array(0);
    const base = column * BINS * 2;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      const at = base + (bins[row] ?? 0) * 2;
      histogram[at] = (histogram[at] ?? 0) + (growth.gradient[row] ?? 0);
      histogram[at + 1] = (histogram[at + 1] ?? 0) + (growth.hessian[row] ?? 0);
    }
  }
  return histogram;
}

function bestSplit(
  { edges, options }: Growth,
  { histogram, g, h }: { histogram: Float64Array; g: number; h: number },
  columns: readonly number[],
): Split | undefined {
  const { lambda, minHessian } = options;
  const whole = (g * g) / (h + lambda);
  let best: Split | undefined;
  for (const column of columns) {
    let gl = 0;
    let hl = 0;
    const last = edges[column]?.length ?? 0;
    for (let bin = 0; bin < last; bin++) {
      const at = (column * BINS + bin) * 2;
      gl += histogram[at] ?? 0;
      hl += histogram[at + 1] ?? 0;
      if (hl < minHessian) continue;
      if (h - hl < minHessian) break;
      const gain = (gl * gl) / (hl + lambda) + ((g - gl) * (g - gl)) / (h - hl + lambda) - whole;
      if (gain > (best?.gain ?? 1e-6)) best = { column, bin, gain };
    }
  }
  return best;
}

/** `edges[c][b]` is the largest value of bin b; the last bin has no edge. */
function quantise(matrix: Matrix, rows: number): { bins: Uint8Array[]; edges: Float32Array[] } {
  const bins: Uint8Array[] = [];
  const edges: Float32Array[] = [];
  const step = Math.max(1, Math.floor(rows / 50_000));
  for (let column = 0; column < matrix.columns; column++) {
    const sample: number[] = [];
    for (let row = 0; row < rows; row += step) sample.push(matrix.values[row * matrix.columns + column] ?? 0);
    const sorted = Float32Array.from(sample).sort();
    const distinct = [...new Set(sorted)];
    const cuts =
      distinct.length <= BINS
        ? distinct.slice(0, -1).map((value, at) => (value + (distinct[at + 1] ?? value)) / 2)
        : [
            ...new Set(
              Array.from(
                { length: BINS - 1 },
                (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / BINS)] ?? 0,
              ),
            ),
          ];
    const edge = Float32Array.from(cuts);
    const column_ = new Uint8Array(rows);
    for (let row = 0; row < rows; row++) {
      const value = matrix.values[row * matrix.columns + column] ?? 0;
      let low = 0;
      let high = edge.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= (edge[middle] ?? 0)) high = middle;
        else low = middle + 1;
      }
      column_[row] = low;
    }
    bins.push(column_);
    edges.push(edge);
  }
  return { bins, edges };
}

/** mulberry32: the same numbers in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
