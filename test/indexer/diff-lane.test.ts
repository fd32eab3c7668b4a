import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DiffLane } from "../../indexer/diff-lane.ts";
import { makeRepository } from "../fixtures/make-repository.ts";
import { write } from "../fixtures/source-edit.ts";
import { commit, type Step } from "../fixtures/steps.ts";

const FUNCTION = "int probe(void)\n{\n\treturn 0;\n}\n";
/** In git's order: `drivers.c` and `drivers-old/` stand before what is in `drivers/`, `drivers0/` behind it. */
const PATHS = [
  "arch/x86/a.c",
  "drivers-old/a.c",
  "drivers.c",
  "drivers/net/b.c",
  "drivers/z.c",
  "drivers0/a.c",
  "net/c.h",
];

/** One commit that makes all files, then one for each of these sets of paths. */
function history(...changes: readonly string[][]): Step[] {
  const edited = (paths: readonly string[], text: string) => paths.map((path) => write(path, text));
  return [
    commit("master", { subject: "begin", edits: edited(PATHS, FUNCTION) }),
    ...changes.map((paths, at) =>
      commit("master", {
        name: `change-${at}`,
        subject: `change ${at}`,
        edits: edited(paths, FUNCTION.replace("0", String(at + 1))),
      }),
    ),
  ];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kfix-lane-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function touched(shas: readonly string[], options: { shared: boolean; batch: number }) {
  const lane = new DiffLane(folder, [], options);
  try {
    const answers = [];
    for (let at = 0; at < shas.length; at += options.batch)
      answers.push(lane.touched(shas.slice(at, at + options.batch)));
    return (await Promise.all(answers)).flat();
  } finally {
    await lane.close();
  }
}

test("two processes that share the paths tell what one tells, commits and files in the same order", async () => {
  const changes = [
    PATHS,
    ["net/c.h"],
    ["drivers/z.c"],
    ["arch/x86/a.c", "drivers/z.c"],
    ["README"],
    ["drivers/z.c", "net/c.h"],
  ];
  const { shas } = await makeRepository(folder, history(...changes));
  const all = [...shas.values()];
  const whole = await touched(all, { shared: false, batch: 100 });
  expect(whole.map(({ files }) => files.map(({ path }) => path))).toEqual(
    changes.filter((paths) => !paths.includes("README")),
  );
  expect(await touched(all, { shared: true, batch: 100 })).toEqual(whole);
  expect(await touched(all, { shared: true, batch: 2 })).toEqual(whole);
});

test("a git that ended answers what it is asked all the same: with why it ended", async () => {
  const lane = new DiffLane(join(folder, "nowhere"), [], { shared: true });
  for (let turn = 0; turn < 3; turn++)
    await expect(lane.touched(["0".repeat(40)])).rejects.toThrow(/git|diff-tree/);
  await lane.close().catch(() => {});
});
