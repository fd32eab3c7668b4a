/**
 * A network with one hidden layer beside a plain weighted sum, fitted with the same listwise loss as the trees
 * (boost.ts) by Adam (Kingma and Ba, 2015). It errs otherwise than trees do: both together are better than either.
 */
import type { NetworkFile } from "../../finder/network.ts";
import { scaled } from "../../finder/network.ts";
import { type Group, type Matrix, seeded } from "./boost.ts";

export interface NetworkOptions {
  readonly hidden: number;
  readonly epochs: number;
  readonly seed: number;
}

const BATCH = 16;
const RATE = 0.003;
const DECAY = 0.001;
/** So many of the inputs are left out at random while fitting (Srivastava and others, 2014). */
const DROPPED = 0.1;

export function fitNetwork(matrix: Matrix, groups: readonly Group[], options: NetworkOptions): NetworkFile {
  const { columns } = matrix;
  const { hidden } = options;
  const random = seeded(options.seed);
  const { means, scales } = standardsOf(matrix);
  // Weights of the hidden units, each with its bias last; then the weights of their outputs; then of the plain sum.
  const unit = columns + 1;
  const output = hidden * unit;
  const direct = output + hidden;
  const weights = new Float32Array(direct + columns);
  for (let at = 0; at < output; at++)
    if (at % unit !== columns) weights[at] = normal(random) / Math.sqrt(columns);
  for (let at = output; at < direct; at++) weights[at] = (0.3 * normal(random)) / Math.sqrt(hidden);

  const gradient = new Float32Array(weights.length);
  const adam = new Adam(weights);
  const order = Array.from(groups.keys());
  const steps = options.epochs * Math.ceil(order.length / BATCH);
  for (let step = 0; step < steps; step++) {
    const from = (step * BATCH) % (Math.ceil(order.length / BATCH) * BATCH);
    if (from === 0) shuffle(order, random);
    gradient.fill(0);
    const batch = order.slice(from, from + BATCH);
    for (const at of batch) {
      const group = groups[at];
      if (group) learnFrom(group, batch.length);
    }
    adam.step(gradient, RATE * Math.min(1, (step + 1) / 50) * (1 - step / steps) + 1e-5);
  }
  return {
    means: [...means],
    scales: [...scales],
    hidden: Array.from({ length: hidden }, (_, at) => [...weights.subarray(at * unit, (at + 1) * unit)]),
    output: [...weights.subarray(output, direct)],
    direct: [...weights.subarray(direct)],
  };

  function learnFrom(group: Group, batch: number): void {
    const rows = group.to - group.from;
    const inputs = new Float32Array(rows * columns);
    const active = new Float32Array(rows * hidden);
    const scores = new Float32Array(rows);
    for (let row = 0; row < rows; row++) {
      const base = (group.from + row) * columns;
      const input = inputs.subarray(row * columns, (row + 1) * columns);
      for (let column = 0; column < columns; column++) {
        if (random() < DROPPED) continue;
        const value = matrix.values[base + column] ?? 0;
        input[column] = scaled(value, means[column] ?? 0, scales[column] ?? 1) / (1 - DROPPED);
      }
      let score = dot(weights, direct, input);
      for (let at = 0; at < hidden; at++) {
        const sum = (weights[at * unit + columns] ?? 0) + dot(weights, at * unit, input);
        if (sum <= 0) continue;
        active[row * hidden + at] = sum;
        score += sum * (weights[output + at] ?? 0);
      }
      scores[row] = score;
    }
    const beliefs = beliefsOf(scores, matrix.counts.subarray(group.from, group.to));
    for (let row = 0; row < rows; row++) {
      const wanted = group.from + row === group.answer ? 1 : 0;
      const error = (group.weight * ((beliefs[row] ?? 0) - wanted)) / batch;
      if (Math.abs(error) < NEGLIGIBLE) continue;
      const input = inputs.subarray(row * columns, (row + 1) * columns);
      add(gradient, direct, input, error);
      for (let at = 0; at < hidden; at++) {
        const sum = active[row * hidden + at] ?? 0;
        if (sum === 0) continue;
        gradient[output + at] = (gradient[output + at] ?? 0) + error * sum;
        const back = error * (weights[output + at] ?? 0);
        add(gradient, at * unit, input, back);
        gradient[at * unit + columns] = (gradient[at * unit + columns] ?? 0) + back;
      }
    }
  }
}

const NEGLIGIBLE = 1e-6;

class Adam {
  readonly #weights: Float32Array;
  readonly #mean: Float32Array;
  readonly #square: Float32Array;
  #steps = 0;

  constructor(weights: Float32Array) {
    this.#weights = weights;
    this.#mean = new Float32Array(weights.length);
    this.#square = new Float32Array(weights.length);
  }

  step(gradient: Float32Array, rate: number): void {
    this.#steps++;
    const ofMean = 1 - 0.9 ** this.#steps;
    const ofSquare = 1 - 0.999 ** this.#steps;
    for (let at = 0; at < gradient.length; at++) {
      const slope = gradient[at] ?? 0;
      const mean = 0.9 * (this.#mean[at] ?? 0) + 0.1 * slope;
      const square = 0.999 * (this.#square[at] ?? 0) + 0.001 * slope * slope;
      this.#mean[at] = mean;
      this.#square[at] = square;
      const weight = this.#weights[at] ?? 0;
      const move = mean / ofMean / (Math.sqrt(square / ofSquare) + 1e-8);
      this.#weights[at] = weight - rate * (move + DECAY * weight);
    }
  }
}

/** Mean and spread of each column, of what `scaled` makes of it before it centres. */
function standardsOf({ columns, values }: Matrix): { means: Float64Array; scales: Float64Array } {
  const means = new Float64Array(columns);
  const scales = new Float64Array(columns);
  const rows = values.length / columns;
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const value = values[row * columns + column] ?? 0;
      const flat = Math.sign(value) * Math.log1p(Math.abs(value));
      sum += flat;
      squares += flat * flat;
    }
    means[column] = sum / rows;
    scales[column] = Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2)) + 0.001;
  }
  return { means, scales };
}

function beliefsOf(scores: Float32Array, counts: Float32Array): Float32Array {
  const best = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const powers = scores.map((score, row) => (counts[row] ?? 1) * Math.exp(score - best));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function dot(weights: Float32Array, from: number, input: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < input.length; at++) sum += (weights[from + at] ?? 0) * (input[at] ?? 0);
  return sum;
}

function add(target: Float32Array, from: number, input: Float32Array, times: number): void {
  for (let at = 0; at < input.length; at++)
    target[from + at] = (target[from + at] ?? 0) + times * (input[at] ?? 0);
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}

/** Box and Muller, 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
