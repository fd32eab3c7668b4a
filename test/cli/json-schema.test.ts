import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { historyShas } from "../fixtures/make-history.ts";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";
import { KIND_LOGS } from "../kernel/crash/kind-logs.ts";
import { type Answer, expectValid as held, validators } from "./answer-schemas.ts";
import { FULL_HOME, makeFullHome } from "./full-home.ts";
import { Workplace } from "./run-kfix.ts";

/*
 * Every command's answers, in every state, against the schemas that users get (docs/schema). They allow no member but
 * those they name, so that an answer cannot drift from them.
 */

/** The schemas that an answer was held against. */
const seen = new Set<string>();

/** Fails unless the answer is as its own schema says, which is the one expected. */
function expectValid(answer: Answer, expected: string): void {
  seen.add(held(answer, expected));
}

const shas = historyShas();
const noLog = "[    1.0] usb 1-1: new device\n";
let place: Workplace;
/** CVE records alone: no history, no trees. */
let records: Workplace;

beforeAll(async () => {
  [place, records] = [await makeFullHome(), new Workplace()];
  writeFileSync(place.path("oops"), SEED_LOG);
  writeFileSync(place.path("quiet"), noLog);
  const added = await records.kfix(["source", "add", "cve", place.path("vulns"), "--json"]);
  expectValid(JSON.parse(added.stdout), "update");
});
afterAll(() => {
  place.remove();
  records.remove();
});

/** The answers of a command: one a line. */
async function ask(at: Workplace, words: readonly string[], input?: string): Promise<Answer[]> {
  const { stdout, stderr } = await at.kfix([...words, "--json"], input === undefined ? {} : { input });
  if (stdout === "") throw new Error(stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line): Answer => JSON.parse(line));
}

describe("one question", () => {
  test.each<[string, string, string[]]>([
    ["crash", "crash", ["crash", "$/oops", "--kernel", SEED_KERNEL]],
    ["crash: a kernel that has the fix", "crash", ["crash", "$/oops", "--kernel", "3.19"]],
    ["crash: no kernel is known", "crash", ["crash", "$/oops"]],
    ["crash: several logs, one without a crash", "crash", ["crash", "$/oops", "$/quiet"]],
    ["crash: a log without a crash", "crash", ["crash", "$/quiet"]],
    ["crash: read only", "crash", ["crash", "--parse-only", "$/oops"]],
    ["crash: many logs", "crash-group", ["crash", "--group", "$/oops", "$/quiet", "--kernel", SEED_KERNEL]],
    ["crash: many logs, read only", "crash-group", ["crash", "--group", "--parse-only", "$/oops"]],
    ["fix: a sha", "fix", ["fix", shas.ringFix]],
    ["fix: a CVE", "fix", ["fix", FULL_HOME.cve]],
    ["fix: a subject that a tree carries", "fix", ["fix", FULL_HOME.carried]],
    ["fix: only in a changelog", "fix", ["fix", FULL_HOME.onlyInChangelog]],
    ["fix: fixes of a fix", "fix", ["fix", shas.orphanFix]],
    ["fix: reverted", "fix", ["fix", shas.rcvSpaceFix]],
    ["fix: in a tree", "fix", ["fix", shas.ringFix, "--tree", "$/vendor"]],
    ["symbol: in tree and history", "symbol", ["symbol", "pick_next_task_fair"]],
    ["symbol: a type", "symbol", ["symbol", "struct task_struct"]],
    ["symbol: of an architecture", "symbol", ["symbol", "show_fault_oops", "--arch", "x86_64"]],
    ["message", "message", ["message", "BUG: unable to handle kernel NULL pointer dereference at 00000078"]],
    ["message: nobody prints it", "message", ["message", "no such line in any kernel"]],
    ["grep", "grep", ["grep", "pick_next"]],
    ["grep: nothing", "grep", ["grep", "no_such_text_anywhere"]],
    [
      "check: every verdict",
      "check",
      ["check", "--kernel", "3.16.4", shas.ringFix, shas.throttleFix, "beef".repeat(10)],
    ],
    ["check: fixed", "check", ["check", "--kernel", "3.19", FULL_HOME.cve]],
    ["check: a tree", "check", ["check", "--tree", "$/vendor", shas.ringFix, FULL_HOME.carried]],
    ["source list", "sources", ["source", "list"]],
    ["source update", "update", ["source", "update"]],
    ["source add", "update", ["source", "add", "$/linux.git"]],
    ["status", "status", ["status"]],
    ["doctor", "doctor", ["doctor"]],
  ])("%s", async (_what, schema, words) => {
    const answers = await ask(
      place,
      words.map((word) => word.replace("$/", `${place.folder}/`)),
    );
    for (const answer of answers) expectValid(answer, schema);
  });

  test.each<[string, string[]]>([
    ["crash", ["crash", "--kernel", "3.16.1"]],
    ["fix", ["fix", FULL_HOME.cve]],
    ["check", ["check", "--kernel", "3.16.1", FULL_HOME.cve]],
    ["check", ["check", "--kernel", "3.10.0-1160.el7.x86_64", FULL_HOME.cve]],
    ["status", ["status"]],
    ["sources", ["source", "list"]],
    ["doctor", ["doctor"]],
  ])("by CVE records alone: %s", async (schema, words) => {
    for (const answer of await ask(records, words, SEED_LOG)) expectValid(answer, schema);
  });

  test("a report, of a log and of many", async () => {
    const words = ["--kernel", SEED_KERNEL, "--report", place.path("report.json")];
    for (const asked of [[], ["--group"]]) {
      const { stderr } = await place.kfix(["crash", place.path("oops"), ...asked, ...words]);
      expect(stderr).toContain("wrote the report");
      expectValid(JSON.parse(readFileSync(place.path("report.json"), "utf8")), "report");
    }
  });

  test("an empty home: sources, doctor", async () => {
    const empty = new Workplace();
    for (const answer of await ask(empty, ["source", "list"])) expectValid(answer, "sources");
    for (const answer of await ask(empty, ["doctor"])) expectValid(answer, "doctor");
    empty.remove();
  });

  test("the verdicts of the checks were of every kind", async () => {
    const words = [
      "check",
      "--kernel",
      "3.16.4",
      shas.ringFix,
      shas.throttleFix,
      "beef".repeat(10),
      shas.stableOnlyIn316,
    ];
    const [answer] = await ask(place, words);
    const { checks }: { checks: { verdict: { status: string } }[] } = JSON.parse(JSON.stringify(answer));
    expect(checks.map((one) => one.verdict.status)).toEqual(["missing", "not-affected", "unknown", "fixed"]);
  });
});

describe("a batch", () => {
  const broken = ["no JSON", "[]", { id: 9 }];

  test.each<[string, string[], readonly unknown[], readonly string[]]>([
    ["crash", ["crash"], [{ id: 1, log: SEED_LOG, kernel: SEED_KERNEL }, { log: noLog }], ["crash", "crash"]],
    ["crash", ["crash", "--parse-only"], [{ id: "a", log: SEED_LOG }], ["crash"]],
    [
      "fix",
      ["fix"],
      [
        { id: 1, query: shas.ringFix },
        { id: 2, query: "beef".repeat(10) },
      ],
      ["fix", "error"],
    ],
    [
      "symbol",
      ["symbol"],
      [
        { id: 1, name: "pick_next_task_fair" },
        { id: 2, name: "no_such" },
      ],
      ["symbol", "error"],
    ],
    [
      "message",
      ["message"],
      [
        { id: null, line: "Oops: 0000" },
        { id: 2, line: "x", tree: "none" },
      ],
      ["message", "error"],
    ],
    [
      "check",
      ["check"],
      [
        { id: { a: 1 }, kernel: "3.16.4", fix: shas.ringFix },
        { kernel: "", cve: FULL_HOME.cve },
      ],
      ["check", "check"],
    ],
  ])("%s", async (_what, words, lines, schemas) => {
    const answers = await place.batch(words, [...lines, ...broken]);
    const expected = [...schemas, "error", "error", "error"];
    expect(answers).toHaveLength(expected.length);
    for (const [at, schema] of expected.entries())
      expectValid(JSON.parse(JSON.stringify(answers[at])), schema);
  });

  test("crashes of every kind", async () => {
    const answers = await place.batch(
      ["crash", "--parse-only"],
      KIND_LOGS.map(([kind, , log]) => ({ id: kind, log })),
    );
    for (const answer of answers) expectValid(JSON.parse(JSON.stringify(answer)), "crash");
  });
});

test("every schema was used", () => {
  expect([...seen].sort()).toEqual([...validators.keys()].sort());
});
