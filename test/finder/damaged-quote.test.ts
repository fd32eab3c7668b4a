import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { madeSha, writeCveRecords } from "../fixtures/cve-records.ts";

const place = new Workplace();

/** A report that lost the functions that took the locks. */
const lockReport = (held: string, taken: string): string => `\
======================================================
[ INFO: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected ]

and this task is already holding:
 (&(&${held})->rlock){-.-...}
which would create a new lock dependency:
 (&(&${held})->rlock){-.-...} -> (&(&${taken})->rlock){+.....}
`;

beforeAll(async () => {
  writeCveRecords(place.path("vulns"), [
    {
      cve: "CVE-2031-40002",
      message: `lumen: take the ring's lock with interrupts off\n\nlockdep says:\n\n${lockReport("lumen->lock", "ring->lock")}`,
      dyad: [`3.0:${madeSha("a")}:3.10:${madeSha("b")}`],
      sha1: [madeSha("b")],
      files: ["drivers/net/lumen.c"],
    },
  ]);
  await place.kfix(["source", "add", "cve", place.path("vulns")]);
});
afterAll(() => place.remove());

test("a report that names no function is not taken for the same as another that names none", async () => {
  const { stdout } = await place.kfix(["crash", "--json"], {
    input: lockReport("queue->lock", "port->lock"),
  });
  const [crash] = JSON.parse(stdout).crashes;
  expect(crash.title).toBe("possible deadlock in corrupted");
  expect(crash.answer).toBeNull();
  const [{ evidence }] = crash.candidates;
  expect(evidence.map(({ kind }: { kind: string }) => kind)).toContain("crash-quoted");
  expect(evidence.map(({ kind }: { kind: string }) => kind)).not.toContain("same-crash-quoted");
});
