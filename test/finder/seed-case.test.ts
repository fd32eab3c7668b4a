import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";

let place: Workplace;

beforeAll(async () => {
  place = await Workplace.withHistory();
});
afterAll(() => place.remove());

/** One mangled line with a single function: enough where the history holds the fix of it. */
test("a pasted syslog is answered", async () => {
  const { stdout } = await place.kfix(["crash", "--json", "--kernel", SEED_KERNEL], { input: SEED_LOG });
  expect(JSON.parse(stdout)).toMatchObject({ crashes: [{ answer: { subject: SEED_FIX } }] });
});

/** One name is little to go by: a fix of the same symptom in the same file may come first, and kfix does not answer. */
test("without the quotes of messages its fix is among the first three", async () => {
  const { stdout } = await place.kfix(["crash", "--json", "--kernel", SEED_KERNEL, "--mask-quotes"], {
    input: SEED_LOG,
  });
  const [crash] = JSON.parse(stdout).crashes;
  const subjects = crash.candidates.map((one: { fix: { subject: string } }) => one.fix.subject);
  expect(subjects.slice(0, 3)).toContain(SEED_FIX);
});

const SEED_FIX = "sched: Fix race between task_group and sched_task_group";

test("evidence says what the fix changes, in words", async () => {
  const { stdout } = await place.kfix(["crash", "--kernel", SEED_KERNEL], { input: SEED_LOG });
  expect(stdout).toMatch(/\+ (changes|its message|quotes) /);
});
