import { expect, test } from "vitest";
import { normaliseSubject } from "../../../kernel/commit/subject.ts";

test.each([
  ["sched: Fix race  between A and B", "sched: fix race between a and b"],
  ["[PATCH 2/3] sched: Fix race", "sched: fix race"],
  ["UPSTREAM: sched: Fix race", "sched: fix race"],
  ["BACKPORT: FROMGIT: sched: Fix race", "sched: fix race"],
  ['"sched: Fix race"', "sched: fix race"],
  ["sched: Fix race.", "sched: fix race"],
])("%s", (subject, normal) => expect(normaliseSubject(subject)).toBe(normal));
