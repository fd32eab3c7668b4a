import { FEATURES } from "./features.ts";
import { Network, type NetworkFile } from "./network.ts";

const FEATURE_NAMES: readonly string[] = FEATURES;

/** A fitted model as bench/ranking/fit.ts writes it. */
export interface ModelFile {
  readonly features: readonly string[];
  /** Of each tree: features, thresholds, left and right children, leaves. A child below zero is the leaf `-child - 1`. */
  readonly trees: readonly (readonly (readonly number[])[])[];
  readonly network: NetworkFile;
  /** From which probability of being right an answer is called so. */
  readonly bounds: { readonly confirmed: number; readonly likely: number };
}

/** Scores candidates by trees and a network: the larger, the likelier; differences are logarithms of odds. */
export class Model {
  /** Of each tree the number of its first node; the nodes of all follow each other, and so do their leaves. */
  readonly #roots: Uint16Array;
  readonly #features: Uint8Array;
  readonly #thresholds: Float32Array;
  /** Of each node the next, where the feature is not above the threshold, then where it is; a leaf as `-leaf - 1`. */
  readonly #next: Int16Array;
  readonly #leaves: Float32Array;
  readonly #network: Network;
  readonly bounds: ModelFile["bounds"];

  constructor(file: ModelFile) {
    const places = file.features.map((name) => FEATURE_NAMES.indexOf(name));
    const roots: number[] = [];
    const features: number[] = [];
    const thresholds: number[] = [];
    const next: number[] = [];
    const leaves: number[] = [];
    for (const [asked = [], bounds = [], left = [], right = [], ends = []] of file.trees) {
      const root = features.length;
      const place = (child = -1): number => (child < 0 ? child - leaves.length : child + root);
      roots.push(root);
      for (const [node, at] of asked.entries()) {
        features.push(places[at] ?? 0);
        next.push(place(left[node]), place(right[node]));
      }
      thresholds.push(...bounds);
      leaves.push(...ends);
    }
    this.#roots = Uint16Array.from(roots);
    this.#features = Uint8Array.from(features);
    this.#thresholds = Float32Array.from(thresholds);
    this.#next = Int16Array.from(next);
    this.#leaves = Float32Array.from(leaves);
    this.#network = new Network(file.network, places);
    this.bounds = file.bounds;
  }

  score(features: Float32Array): number {
    const asked = this.#features;
    const thresholds = this.#thresholds;
    const next = this.#next;
    let sum = 0; // V8 keeps what is a number from the start as a number, and makes an object of every other sum
    sum += this.#network.score(features);
    for (let tree = 0; tree < this.#roots.length; tree++) {
      let node = this.#roots[tree] ?? 0;
      do {
        const isLow = (features[asked[node] ?? 0] ?? 0) <= (thresholds[node] ?? 0);
        node = next[2 * node + (isLow ? 0 : 1)] ?? -1;
      } while (node >= 0);
      sum += this.#leaves[-node - 1] ?? 0;
    }
    return sum;
  }
}

/** Scores as probabilities that add up to 1. */
export function softmax(scores: readonly number[]): number[] {
  const max = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - max));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
