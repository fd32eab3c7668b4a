import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";

let place: Workplace;

beforeAll(async () => {
  place = await Workplace.withHistory();
});
afterAll(() => place.remove());

/** One mangled line with a single function: enough where the history holds the fix of it. */
test.each([["with"], ["without"]])(
  "a pasted syslog is answered, %s the quotes of messages",
  async (quotes) => {
    const mask = quotes === "without" ? ["--mask-quotes"] : [];
    const { stdout } = await place.kfix(["crash", "--json", "--kernel", SEED_KERNEL, ...mask], {
      input: SEED_LOG,
    });
    expect(JSON.parse(stdout)).toMatchObject({
      crashes: [{ answer: { subject: "sched: Fix race between task_group and sched_task_group" } }],
    });
  },
);

test("evidence says what the fix changes, in words", async () => {
  const { stdout } = await place.kfix(["crash", "--kernel", SEED_KERNEL], { input: SEED_LOG });
  expect(stdout).toMatch(/\+ (changes|its message|quotes) /);
});
