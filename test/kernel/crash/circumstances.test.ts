import { expect, test } from "vitest";
import { parseCrash } from "../../../kernel/crash/parse.ts";

const WARNING = "WARNING: CPU: 2 PID: 3920 at lib/list_debug.c:29 list_lru_add+0xb1/0xc0";

test("a warning's own line names processor and task", () => {
  expect(parseCrash(WARNING)).toMatchObject({ cpu: 2, pid: 3920, comm: undefined });
});

test("the line below it says more", () => {
  const log = `${WARNING}\nCPU: 2 PID: 3920 Comm: mount Not tainted 6.1.0 #1`;
  expect(parseCrash(log)).toMatchObject({ cpu: 2, pid: 3920, comm: "mount" });
});
