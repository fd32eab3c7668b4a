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
  /** Of each hidden unit the weights of all columns, then its bias; behind the last, of some that add nothing. */
  readonly #hidden: Float32Array;
  readonly #output: Float32Array;
  readonly #inputs: Float32Array;
  readonly #sums = new Float64Array(ABREAST);

  constructor(file: NetworkFile, places: readonly number[]) {
    const units = Math.ceil(file.hidden.length / ABREAST) * ABREAST;
    this.#places = Uint8Array.from(places);
    this.#means = Float32Array.from(file.means);
    this.#scales = Float32Array.from(file.scales);
    this.#direct = Float32Array.from(file.direct);
    this.#hidden = new Float32Array(units * (places.length + 1));
    for (const [unit, weights] of file.hidden.entries()) this.#hidden.set(weights, unit * weights.length);
    this.#output = new Float32Array(units);
    this.#output.set(file.output);
    this.#inputs = new Float32Array(places.length);
  }

  score(features: Float32Array): number {
    const inputs = this.#inputs;
    const sums = this.#sums;
    let score = 0;
    for (let column = 0; column < inputs.length; column++) {
      const value = features[this.#places[column] ?? 0] ?? 0;
      inputs[column] = scaled(value, this.#means[column] ?? 0, this.#scales[column] ?? 1);
      score += (this.#direct[column] ?? 0) * (inputs[column] ?? 0);
    }
    for (let unit = 0; unit < this.#output.length; unit += ABREAST) {
      addUp(inputs, this.#hidden, unit * (inputs.length + 1), sums);
      for (let at = 0; at < ABREAST; at++) {
        const sum = sums[at] ?? 0;
        if (sum > 0) score += sum * (this.#output[unit + at] ?? 0);
      }
    }
    return score;
  }
}

/** Units whose sums are made side by side: each waits for its own last step alone. */
const ABREAST = 4;

/** The sums of so many units, the weights of the first of which begin at `from`. */
function addUp(inputs: Float32Array, weights: Float32Array, from: number, sums: Float64Array): void {
  const columns = inputs.length;
  const second = from + columns + 1;
  const third = second + columns + 1;
  const fourth = third + columns + 1;
  let one = weights[from + columns] ?? 0;
  let two = weights[second + columns] ?? 0;
  let three = weights[third + columns] ?? 0;
  let four = weights[fourth + columns] ?? 0;
  for (let at = 0; at < columns; at++) {
    const input = inputs[at] ?? 0;
    one += (weights[from + at] ?? 0) * input;
    two += (weights[second + at] ?? 0) * input;
    three += (weights[third + at] ?? 0) * input;
    four += (weights[fourth + at] ?? 0) * input;
  }
  sums[0] = one;
  sums[1] = two;
  sums[2] = three;
  sums[3] = four;
}

/** A feature as the network sees it: large values drawn together, centred, of one spread, and none beyond four of it. */
export function scaled(value: number, mean: number, scale: number): number {
  const flat = Math.sign(value) * Math.log1p(Math.abs(value));
  return Math.max(-4, Math.min(4, (flat - mean) / scale));
}
