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
  readonly #trees: readonly Tree[];
  readonly #network: Network;
  readonly bounds: ModelFile["bounds"];

  constructor(file: ModelFile) {
    const places = file.features.map((name) => FEATURE_NAMES.indexOf(name));
    this.#trees = file.trees.map(([features = [], thresholds = [], left = [], right = [], leaves = []]) => ({
      features: Uint8Array.from(features, (at) => places[at] ?? 0),
      thresholds: Float32Array.from(thresholds),
      left: Int8Array.from(left),
      right: Int8Array.from(right),
      leaves: Float32Array.from(leaves),
    }));
    this.#network = new Network(file.network, places);
    this.bounds = file.bounds;
  }

  score(features: Float32Array): number {
    let sum = this.#network.score(features);
    for (const tree of this.#trees) {
      let node = 0;
      do {
        const low = (features[tree.features[node] ?? 0] ?? 0) <= (tree.thresholds[node] ?? 0);
        node = (low ? tree.left[node] : tree.right[node]) ?? -1;
      } while (node >= 0);
      sum += tree.leaves[-node - 1] ?? 0;
    }
    return sum;
  }
}

interface Tree {
  readonly features: Uint8Array;
  readonly thresholds: Float32Array;
  readonly left: Int8Array;
  readonly right: Int8Array;
  readonly leaves: Float32Array;
}

/** Scores as probabilities that add up to 1. */
export function softmax(scores: readonly number[]): number[] {
  const max = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - max));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
