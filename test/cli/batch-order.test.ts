import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFullHome } from "./full-home.ts";
import type { Workplace } from "./run-kfix.ts";

let place: Workplace;

beforeAll(async () => {
  place = await makeFullHome();
});

afterAll(() => place.remove());

/** More modules than are looked up one by one. */
const MODULES = ["lumen", "core", "sched", "ext4", "aio", "net", "fs", "kernel", "lumen-drv"];
const FUNCTIONS = ["lumen_ring_poll", "pick_next_task_fair", "aio_complete"];

const LOGS = MODULES.flatMap((module, at) => {
  const name = FUNCTIONS[at % FUNCTIONS.length];
  return ["3.16.1", "3.17.0"].map((kernel) => ({
    id: `${module} ${kernel}`,
    kernel,
    log: [
      "BUG: unable to handle kernel NULL pointer dereference at 0000000000000010",
      `IP: [<ffffffff81234567>] ${name}+0x12/0x80 [${module}]`,
      "Call Trace:",
      ` [<ffffffff81234999>] lumen_open+0x1a/0x30 [${module}]`,
      ` [<ffffffff81234888>] schedule+0x1a/0x30`,
    ].join("\n"),
  }));
});

const NAMES = [...FUNCTIONS, "lumen_open", "schedule"].map((name) => ({ id: name, name }));

test.each([
  ["crash", LOGS],
  ["symbol", NAMES],
])("the answers of a batch of %s do not depend on what was asked before", async (command, records) => {
  const together = await answers(command, records);
  const backwards = await answers(command, [...records].reverse());
  expect(together.size).toBe(records.length);
  expect(JSON.stringify([...together.values()])).toContain('"sha":');
  for (const record of records) {
    expect(backwards.get(record.id)).toEqual(together.get(record.id));
  }
  for (const record of records.slice(-2)) {
    const alone = await answers(command, [record]);
    expect(alone.get(record.id)).toEqual(together.get(record.id));
  }
});

async function answers(command: string, records: readonly { id: string }[]): Promise<Map<string, unknown>> {
  const found = await place.batch([command], records);
  return new Map(records.map(({ id }, at) => [id, found[at]]));
}
