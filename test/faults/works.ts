import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Workplace } from "../cli/run-kfix.ts";
import { writeCveRecords } from "../fixtures/cve-records.ts";
import { historyShas, makeKernelHistory } from "../fixtures/make-history.ts";
import { git } from "../fixtures/make-repository.ts";

/** Something long that may be stopped at any moment. */
export interface Work {
  readonly name: string;
  /** Makes, in a fresh place, what the work begins with. */
  prepare(place: Workplace, shared: SharedInputs): Promise<void>;
  readonly words: (place: Workplace, shared: SharedInputs) => readonly string[];
}

/** Inputs that every run reads and none changes. */
export interface SharedInputs {
  readonly repository: string;
  readonly records: string;
  readonly archive: string;
}

/** Makes the inputs in a folder. */
export async function makeSharedInputs(folder: string): Promise<SharedInputs> {
  const repository = join(folder, "linux.git");
  await makeKernelHistory(repository);
  const records = join(folder, "vulns");
  const shas = historyShas();
  writeCveRecords(
    records,
    Array.from({ length: 200 }, (_, at) => ({
      cve: `CVE-2031-${20_000 + at}`,
      message: `net: lumen: The fix number ${at}\n\nAs it was announced.`,
      dyad: [`3.17:${shas.ringBug}:3.18:${shas.ringFix}`],
      sha1: [shas.ringFix],
      files: ["drivers/net/lumen.c"],
    })),
  );
  const archive = join(folder, "linux-3.18.tar");
  await git(repository, ["archive", "--prefix=linux-3.18/", "-o", archive, "v3.18"]);
  return { repository, records, archive };
}

const nothing = async (): Promise<void> => {};

export const WORKS: readonly Work[] = [
  {
    name: "clone",
    prepare: nothing,
    words: (_place, { repository }) => ["source", "add", `file://${repository}`, "--name", "linux"],
  },
  {
    name: "index",
    prepare: nothing,
    words: (_place, { repository }) => ["source", "add", repository, "--name", "linux"],
  },
  {
    name: "update",
    prepare: async (place, { repository }) => {
      const words = ["--git-dir", place.repository, "fetch", "-q", `file://${repository}`, "+refs/*:refs/*"];
      await makeKernelHistory(place.repository, { upTo: "v3.17" });
      await place.kfix(["source", "add", place.repository, "--name", "linux"]);
      await git(place.folder, words);
    },
    words: () => ["source", "update"],
  },
  {
    name: "import",
    prepare: nothing,
    words: (_place, { records }) => ["source", "add", "cve", records],
  },
  {
    name: "unpack",
    prepare: nothing,
    words: (_place, { archive }) => ["source", "add", archive, "--arch", "all"],
  },
];

/** A copy of a prepared home, so that a work can be stopped again and again. */
export function copyHome(from: Workplace, to: Workplace): void {
  mkdirSync(from.home, { recursive: true });
  cpSync(from.home, to.home, { recursive: true, preserveTimestamps: true });
}
