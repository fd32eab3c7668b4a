import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { madeSha, writeCveRecords } from "../fixtures/cve-records.ts";
import { oopsIn } from "../fixtures/seed-crash.ts";

const place = new Workplace();
const SUBJECT = "lumen: wait for the ring before it is freed";

beforeAll(async () => {
  writeCveRecords(place.path("vulns"), [
    {
      cve: "CVE-2031-40001",
      message: `${SUBJECT}\n\nThe poller may still be there:\n\n${oopsIn("lumen_poll")}`,
      dyad: [`3.0:${madeSha("a")}:3.10:${madeSha("b")}`],
      sha1: [madeSha("b")],
      files: ["drivers/net/lumen.c"],
    },
  ]);
  await place.kfix(["source", "add", "cve", place.path("vulns")]);
});
afterAll(() => place.remove());

const answer = async (kernel: string): Promise<string> =>
  (await place.kfix(["crash", "--kernel", kernel], { input: oopsIn("lumen_poll") })).stdout;

test("a kernel that has the fix of this very crash is told so, and the fix is named", async () => {
  expect(await answer("3.9.4")).toMatch(/^Fixed by\n {2}lumen: wait for the ring/m);
  expect(await answer("3.10.5")).toContain(`This kernel already has the most likely one: ${SUBJECT}`);
});
