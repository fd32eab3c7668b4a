/** A fitted network with one hidden layer, as bench/ranking/network.ts makes it; lists are by feature. */
export interface NetworkFile {
  readonly means: readonly number[];
  readonly scales: readonly number[];
  /** Of each hidden unit: the weights of the features, and its bias. */
  readonly hidden: readonly (readonly number[])[];
  /** What each hidden unit adds to the score. */
  readonly output: readonly number[];
  /** What each feature adds by itself. */
  readonly direct: readonly number[];
}

/** Adds a score from features, beside the trees of a model. */
export class Network {
  /** Of each column of the file, where it stands among the features. */
  readonly #places: Uint8Array;
  readonly #means: Float32Array;
  readonly #scales: Float32Array;
  readonly #direct: Float32Array;
  /** Column after column, of each all hidden units; last their biases. */
  readonly #hidden: Float32Array;
  readonly #output: Float32Array;
  readonly #sums: Float64Array;

  constructor(file: NetworkFile, places: readonly number[]) {
    this.#places = Uint8Array.from(places);
    this.#means = Float32Array.from(file.means);
    this.#scales = Float32Array.from(file.scales);
    this.#direct = Float32Array.from(file.direct);
    this.#hidden = Float32Array.from(
      Array.from({ length: places.length + 1 }, (_, column) =>
        file.hidden.map((weights) => weights[column] ?? 0),
      ).flat(),
    );
    this.#output = Float32Array.from(file.output);
    this.#sums = new Float64Array(file.output.length);
  }

  score(features: Float32Array): number {
    const places = this.#places;
    const hidden = this.#hidden;
    const sums = this.#sums;
    const units = sums.length;
    sums.set(hidden.subarray(places.length * units));
    let score = 0;
    for (let column = 0; column < places.length; column++) {
      const value = features[places[column] ?? 0] ?? 0;
      const input = Math.fround(scaled(value, this.#means[column] ?? 0, this.#scales[column] ?? 1));
      score += (this.#direct[column] ?? 0) * input;
      addTimes(sums, input, hidden, column * units);
    }
    for (let unit = 0; unit < units; unit++) {
      const sum = sums[unit] ?? 0;
      if (sum > 0) score += sum * (this.#output[unit] ?? 0);
    }
    return score;
  }
}

/** The sums of all units grow side by side: each waits for its own last step alone. */
function addTimes(sums: Float64Array, input: number, weights: Float32Array, from: number): void {
  for (let unit = 0; unit < sums.length; unit++)
    sums[unit] = (sums[unit] ?? 0) + (weights[from + unit] ?? 0) * input;
}

/** A feature as the network sees it: large values drawn together, centred, of one spread, and none beyond four of it. */
export function scaled(value: number, mean: number, scale: number): number {
  const flat = Math.sign(value) * Math.log1p(Math.abs(value));
  return Math.max(-4, Math.min(4, (flat - mean) / scale));
}
