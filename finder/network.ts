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
  readonly #means: Float32Array;
  readonly #scales: Float32Array;
  readonly #hidden: readonly Float32Array[];
  readonly #output: Float32Array;
  readonly #direct: Float32Array;
  /** Of each column of the file, where it stands among the features. */
  readonly #places: Uint8Array;
  readonly #inputs: Float32Array;

  constructor(file: NetworkFile, places: readonly number[]) {
    this.#means = Float32Array.from(file.means);
    this.#scales = Float32Array.from(file.scales);
    this.#hidden = file.hidden.map((weights) => Float32Array.from(weights));
    this.#output = Float32Array.from(file.output);
    this.#direct = Float32Array.from(file.direct);
    this.#places = Uint8Array.from(places);
    this.#inputs = new Float32Array(places.length);
  }

  score(features: Float32Array): number {
    const inputs = this.#inputs;
    let score = 0;
    for (let at = 0; at < inputs.length; at++) {
      const value = features[this.#places[at] ?? 0] ?? 0;
      inputs[at] = scaled(value, this.#means[at] ?? 0, this.#scales[at] ?? 1);
      score += (this.#direct[at] ?? 0) * (inputs[at] ?? 0);
    }
    this.#hidden.forEach((weights, unit) => {
      let sum = weights[inputs.length] ?? 0;
      for (let at = 0; at < inputs.length; at++) sum += (weights[at] ?? 0) * (inputs[at] ?? 0);
      if (sum > 0) score += sum * (this.#output[unit] ?? 0);
    });
    return score;
  }
}

/** A feature as the network sees it: large values drawn together, centred, of one spread, and none beyond four of it. */
export function scaled(value: number, mean: number, scale: number): number {
  const flat = Math.sign(value) * Math.log1p(Math.abs(value));
  return Math.max(-4, Math.min(4, (flat - mean) / scale));
}
