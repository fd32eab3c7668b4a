import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { madeSha, writeCveRecords } from "../fixtures/cve-records.ts";

const place = new Workplace();

/** A report whose title is the same for all that ran out of memory. */
const outOfMemory = (comm: string, frame: string): string => `\
${comm} invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0
CPU: 0 PID: 77 Comm: ${comm} Not tainted 3.16.7 #1
Call Trace:
 dump_stack+0x41/0x51
 dump_header+0x76/0x1e8
 oom_kill_process+0x21d/0x370
 ${frame}+0x1a/0x90
Out of memory: Kill process 77 (${comm}) score 900 or sacrifice child
`;

const record = (number: number, comm: string, frame: string) => ({
  cve: `CVE-2031-5000${number}`,
  message: `${frame}: free the ring's pages\n\nA leak ends so:\n\n${outOfMemory(comm, frame)}`,
  dyad: [`3.0:${madeSha("a")}:3.1${number}:${madeSha(String(number))}`],
  sha1: [madeSha(String(number))],
  files: ["drivers/net/lumen.c"],
});

beforeAll(async () => {
  writeCveRecords(place.path("vulns"), [
    record(7, "ringd", "lumen_ring_fill"),
    record(8, "portd", "lumen_port_open"),
  ]);
  await place.kfix(["source", "add", "cve", place.path("vulns")]);
});
afterAll(() => place.remove());

test("a fix whose message quotes a report with the title of many is not named for all of them", async () => {
  const { stdout } = await place.kfix(["crash", "--json"], { input: outOfMemory("java", "harbor_map") });
  const [crash] = JSON.parse(stdout).crashes;
  expect(crash.kind).toBe("oom");
  expect(crash.answer).toBeNull();
  for (const { confidence, evidence } of crash.candidates) {
    expect(confidence).toBe("possible");
    expect(evidence.map(({ kind }: { kind: string }) => kind)).not.toContain("same-crash-quoted");
  }
});
