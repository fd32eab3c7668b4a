import { expect, test } from "vitest";
import { FEATURES } from "../../finder/features.ts";
import { Model, softmax } from "../../finder/model.ts";
import historyModel from "../../finder/model-history.json" with { type: "json" };
import recordsModel from "../../finder/model-records.json" with { type: "json" };
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
    bounds: { confirmed: 0.9, likely: 0.5 },
  });
  const features = new Float32Array(FEATURES.length);
  expect(model.score(features)).toBe(-1);
  features[FEATURES.indexOf("touchCount")] = 2;
  expect(model.score(features)).toBe(2.75);
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
