import { expect, test } from "vitest";
import { FEATURES } from "../../finder/features.ts";
import { Model, softmax } from "../../finder/model.ts";
import historyModel from "../../finder/model-history.json" with { type: "json" };
import recordsModel from "../../finder/model-records.json" with { type: "json" };
import { Network, scaled } from "../../finder/network.ts";
import { subjectPrefix } from "../../finder/surroundings.ts";

test("a tree goes left up to its threshold, and trees add up", () => {
  const model = new Model({
    features: ["touchCount", "text"],
    trees: [
      [[0], [0.5], [-1], [-2], [-1, 2]],
      [
        [1, 0],
        [3, 1.5],
        [1, -2],
        [-1, -3],
        [0.25, 0, 0.75],
      ],
    ],
    network: { means: [0, 0], scales: [1, 1], hidden: [], output: [], direct: [0, 0] },
    bounds: { confirmed: 0.9, likely: 0.5 },
  });
  const features = new Float32Array(FEATURES.length);
  expect(model.score(features)).toBe(-1);
  features[FEATURES.indexOf("touchCount")] = 2;
  expect(model.score(features)).toBe(2.75);
});

test("a network adds each feature's own weight and what its units make of all", () => {
  const network = new Network(
    {
      means: [0, 0],
      scales: [1, 1],
      hidden: [
        [1, 0, 0.5],
        [-1, 0, 0],
      ],
      output: [10, 100],
      direct: [0, 1],
    },
    [1, 0],
  );
  // The file's first column is the second feature: ln 2 of it passes the first unit, and the other stays shut.
  expect(network.score(Float32Array.of(0, 1))).toBeCloseTo(10 * (Math.LN2 + 0.5));
  expect(network.score(Float32Array.of(1, 0))).toBeCloseTo(10 * 0.5 + Math.LN2);
});

test("a network sees large values drawn together and none out of bounds", () => {
  expect(scaled(Math.E - 1, 0, 0.5)).toBeCloseTo(2);
  expect(scaled(1 - Math.E, 0, 0.5)).toBeCloseTo(-2);
  expect(scaled(1e9, 0, 1)).toBe(4);
});

test("beliefs add up to one and keep the order", () => {
  const beliefs = softmax([1, 3, 2]);
  expect(beliefs.reduce((sum, belief) => sum + belief, 0)).toBeCloseTo(1);
  expect(beliefs[1]).toBeGreaterThan(beliefs[2] ?? 1);
});

/** A model of other features would score nonsense without a word. */
test.each([
  ["history", historyModel],
  ["records", recordsModel],
])("the model of the %s is of the features that are computed", (_name, model) => {
  expect(model.features).toEqual([...FEATURES]);
  expect(model.bounds.confirmed).toBeGreaterThan(model.bounds.likely);
});

test.each([
  ["net: sctp: fix a race", "net sctp"],
  ["[SCSI] fcoe: Fix deadlock", "scsi fcoe"],
  ["Fix a race", ""],
])("the prefix of %s", (subject, prefix) => {
  expect(subjectPrefix(subject)).toBe(prefix);
});
