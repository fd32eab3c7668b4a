import { afterAll, beforeAll, expect, test } from "vitest";
import type { CrashAnswerJson } from "../../cli/answers/crash.ts";
import { Workplace } from "../cli/run-kfix.ts";

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.withHistory();
});
afterAll(() => place.remove());

const oops = (pointer: string): string =>
  `BUG: unable to handle kernel NULL pointer dereference at 0000000000000078
IP: [<ffffffff810a0000>] ${pointer}
PID: 1 Comm: x Not tainted 3.16.0 #1
`;
const WARNING = `WARNING: CPU: 1 PID: 1 at /build/linux/kernel/sched/core.c:77 odd_name+0x6b8/0x820()
CPU: 1 PID: 1 Comm: x Not tainted 3.16.0 #1
`;

const CASES: readonly (readonly [what: string, log: string, file: string, neighbours: string | undefined])[] =
  [
    [
      "the function's own",
      oops("pick_next_task_fair+0x6b8/0x820"),
      "changes kernel/sched/fair.c, where pick_next_task_fair is",
      "in kernel/sched/, as functions of the trace",
    ],
    [
      "of functions that are named alike",
      oops("pick_next_task_rt+0x6b8/0x820"),
      "changes kernel/sched/fair.c, to which the name of pick_next_task_rt points",
      "in kernel/sched/, to which names in the log point",
    ],
    [
      "of the module's name",
      oops("odd_name+0x6b8/0x820 [lumen]"),
      "changes drivers/net/lumen.c, to which the name of the module lumen points",
      undefined,
    ],
    [
      "in the log",
      WARNING,
      "changes kernel/sched/core.c, which the log names",
      "in kernel/sched/, as a file that the log names",
    ],
  ];

for (const [what, log, file, neighbours] of CASES)
  test(`evidence says why a file belongs to the crash: ${what}`, async () => {
    const { stdout } = await place.kfix(["crash", "--json", "--kernel", "3.16"], { input: log });
    const answer: CrashAnswerJson = JSON.parse(stdout);
    const evidence = answer.crashes.flatMap((crash) =>
      (crash.candidates ?? []).flatMap((one) => one.evidence),
    );
    const said = (kind: string): Set<string> =>
      new Set(
        evidence
          .filter((one) => one.kind === kind)
          .map((one) => one.detail)
          .filter((detail) => /^(?:in|changes) /.test(detail)),
      );
    expect(said("files")).toContain(file);
    if (neighbours !== undefined) expect([...said("neighbourhood")]).toEqual([neighbours]);
  });
