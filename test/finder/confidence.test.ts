import { afterAll, beforeAll, expect, test } from "vitest";
import { isWorthNaming } from "../../finder/crash.ts";
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

/** pick_next_task_fair is in every kernel; that the history knows it says nothing of the time. */
test("what only later kernels print tells the time where a log names no kernel", async () => {
  const headline = "BUG: unable to handle kernel NULL pointer dereference at 0000000000000078";
  const place = "[<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820";
  const log = (entry: string) =>
    `${headline}\nIP: ${place}\nCall Trace:\n [<ffffffff81515a36>] set_task_rq+0x106/0x700\n [<ffffffff8151a5b2>] ${entry}+0x16/0x1b\n`;
  const confidence = async (entry: string) => (await crash(log(entry))).candidates[0]?.confidence;
  expect(await confidence("system_call_fastpath")).not.toBe("possible");
  expect(await confidence("entry_SYSCALL_64_after_hwframe")).toBe("possible");
});

/** A disk that says nonsense is seldom the kernel's fault, whatever the functions that found it. */
test("what a file system found on its disk is no crash that words alone make a fix likely for", async () => {
  const trace =
    "Call Trace:\n [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820\n [<ffffffff81515a36>] set_task_rq+0x106/0x700\n [<ffffffff8151a5b2>] sched_move_task+0x16/0x1b\n";
  const confidence = async (headline: string) =>
    (await crash(`${headline}\n${trace}`)).candidates[0]?.confidence;
  const said = "race between task_group and sched_task_group";
  expect(await confidence(`kernel BUG: ${said}`)).not.toBe("possible");
  expect(await confidence(`EXT4-fs error (device sda1): set_task_rq:12: inode #2: comm ls: ${said}`)).toBe(
    "possible",
  );
});

const quote = (weight: number) => [{ kind: "same-crash-quoted", detail: "", weight }] as const;

test.each([
  ["missing", "likely", [], true],
  ["missing", "possible", [], false],
  ["unknown", "likely", [], true],
  ["fixed", "confirmed", quote(40), false],
  ["not-affected", "confirmed", [], false],
  // its title alone is this crash's
  ["not-affected", "confirmed", quote(12), false],
  // its message quotes this very crash: the records are wrong, or the kernel has more than its number says
  ["not-affected", "confirmed", quote(40), true],
] as const)(
  "a fix that is %s and %s, by evidence %j: named as the answer, %s",
  (status, confidence, evidence, named) => {
    expect(isWorthNaming({ confidence, evidence, verdict: { status } })).toBe(named);
  },
);
