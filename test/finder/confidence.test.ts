import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { KASAN } from "../kernel/crash/logs.ts";

let place: Workplace;

beforeAll(async () => {
  place = await Workplace.withHistory();
});
afterAll(() => place.remove());

async function crash(log: string, words: readonly string[] = []) {
  const { stdout } = await place.kfix(["crash", "--json", ...words], { input: log });
  const [found] = JSON.parse(stdout).crashes;
  return found;
}

/** The best of the candidates shares the frames that every work of a queue has. */
test("a crash of code and of a time that the history does not know is not answered", async () => {
  const found = await crash(KASAN);
  expect(found.function).toBe("tipc_bearer_reset_all");
  expect(found.answer).toBeNull();
  expect(new Set(found.candidates.map((one: { confidence: string }) => one.confidence))).toEqual(
    new Set(["possible"]),
  );
});

test("nor is one of unknown code on a kernel that it knows", async () => {
  const log = KASAN.replaceAll("6.5.0-rc4-00037-g6812694a5f2b", "3.16.0")
    .replace(/process_one_work.*\n.*worker_thread.*\n/, "")
    .replace(/^.*Workqueue:.*\n/m, "");
  expect((await crash(log)).answer).toBeNull();
});
