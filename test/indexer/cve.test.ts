import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cveFile, readCveSource } from "../../cache/cve-index.ts";
import { CveReader } from "../../cache/cve-reader.ts";
import { type CacheFolders, cacheFolders } from "../../cache/folders.ts";
import { CVE_SOURCES } from "../../indexer/cve-sources.ts";
import { SILENT } from "../../indexer/progress.ts";
import { type MadeRecord, madeSha, writeCveRecords } from "../fixtures/cve-records.ts";
import { git } from "../fixtures/make-repository.ts";

const LEAK: MadeRecord = {
  cve: "CVE-2030-10001",
  message: "lumen: free the ring when the probe fails\n\nThe descriptor ring stayed allocated.",
  dyad: [`5.4:${madeSha("1")}:5.10.7:${madeSha("2")}`, `5.4:${madeSha("1")}:5.11:${madeSha("3")}`],
  sha1: [madeSha("3")],
  files: ["drivers/net/lumen.c"],
};
const CRASH: MadeRecord = {
  cve: "CVE-2031-10002",
  message:
    "lumen: fix a NULL pointer dereference in lumen_poll\n\n" +
    "BUG: kernel NULL pointer dereference, address: 0000000000000010\n" +
    "RIP: 0010:lumen_poll+0x12/0x90 [lumen]\nCall Trace:\n <IRQ>\n net_rx_action+0x10/0x20\n __do_softirq+0x1/0x2\n\n" +
    "Poll only what was opened.",
  dyad: [`5.11:${madeSha("3")}:6.1:${madeSha("4")}`],
  sha1: [madeSha("4")],
  files: ["drivers/net/lumen.c"],
};

let home: string;
let records: string;
let folders: CacheFolders;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kfix-cve-"));
  records = join(home, "vulns");
  folders = cacheFolders({ cacheDir: join(home, "cache") });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const add = () => CVE_SOURCES.add(folders, { words: ["cve", records], name: undefined, hunks: true }, SILENT);
const update = () => CVE_SOURCES.update(folders, { names: new Set(["cve"]), rebuild: false }, SILENT);

function read<T>(ask: (reader: CveReader) => T): T {
  const reader = new CveReader(cveFile(folders));
  try {
    return ask(reader);
  } finally {
    reader.close();
  }
}

describe("CVE records in a folder", () => {
  test("are found by name, by any fix's sha, by the commit that brought the bug, by subject, words, file and quoted crash", async () => {
    writeCveRecords(records, [LEAK, CRASH]);
    expect(await add()).toMatchObject({ changed: true, added: "2 CVE records" });
    read((reader) => {
      const leak = reader.record("cve-2030-10001");
      expect(leak && reader.windows(leak)).toHaveLength(2);
      expect(reader.recordsFixedBy(madeSha("2").slice(0, 12))).toEqual([leak]);
      expect(reader.recordsIntroducedBy(madeSha("3")).map((one) => one.cve)).toEqual([CRASH.cve]);
      const [commit] = reader.texts.commitsBySubject("lumen: free the ring when the probe fails");
      expect(commit?.id).toBe(leak?.commit);
      const { ids, length } = reader.texts.withWord("descriptor");
      expect([...ids.subarray(0, length)]).toEqual([leak?.commit]);
      const path = reader.texts.pathId("drivers/net/lumen.c") ?? 0;
      expect(reader.texts.commitsTouching("path_touch", path)).toHaveLength(2);
      expect(reader.texts.commitsQuotingFrame("net_rx_action")).toEqual([reader.record(CRASH.cve)?.commit]);
      expect(reader.newestOf("5.10")).toBe("5.10.7");
    });
  });

  test("a later crash whose bug came with an earlier fix follows it", async () => {
    writeCveRecords(records, [LEAK, CRASH]);
    await add();
    read((reader) => {
      const leak = reader.record(LEAK.cve)?.commit ?? 0;
      const followers = reader.texts.referencesTo(leak, "fixes").map((said) => said.commit);
      expect(followers).toEqual([reader.record(CRASH.cve)?.commit]);
    });
  });

  test("an update reads what changed, adds what is new and drops what was rejected", async () => {
    writeCveRecords(records, [LEAK]);
    await add();
    expect((await update()).changed).toBe(false);

    writeCveRecords(records, [
      { ...LEAK, dyad: [...LEAK.dyad, `5.4:${madeSha("1")}:5.4.99:${madeSha("5")}`] },
      CRASH,
    ]);
    expect(await update()).toMatchObject({ changed: true, added: "2 CVE records" });
    read((reader) => {
      expect(reader.recordCount()).toBe(2);
      expect(reader.recordsFixedBy(madeSha("5")).map((one) => one.cve)).toEqual([LEAK.cve]);
      expect(reader.texts.commitCount()).toBe(2);
    });

    rmSync(join(records, "cve/published/2030"), { recursive: true });
    writeCveRecords(records, [{ ...LEAK, rejected: true }]);
    await update();
    read((reader) => {
      expect(reader.record(LEAK.cve)).toBeUndefined();
      expect(reader.isRejected(LEAK.cve)).toBe(true);
      expect(reader.texts.commitsBySubject("lumen: free the ring when the probe fails")).toEqual([]);
    });
  });

  test("a text that changed is read anew", async () => {
    writeCveRecords(records, [LEAK]);
    await add();
    writeCveRecords(records, [{ ...LEAK, message: "lumen: free the ring\n\nAll of it." }]);
    await update();
    read((reader) => {
      expect(reader.texts.commit(reader.record(LEAK.cve)?.commit ?? 0)?.subject).toBe("lumen: free the ring");
      expect(reader.texts.commitCount()).toBe(1);
    });
  });

  test("are forgotten on demand, and the user's folder stays", async () => {
    writeCveRecords(records, [LEAK]);
    await add();
    await CVE_SOURCES.remove(folders, "cve", SILENT);
    expect(CVE_SOURCES.list(folders)).toEqual([]);
    expect(readCveSource(folders)).toBeUndefined();
  });

  test("a folder without records is refused, with what to give instead", async () => {
    records = home;
    await expect(add()).rejects.toMatchObject({ code: "bad-input" });
  });
});

describe("CVE records in a git repository", () => {
  test("are read from its objects, on the branch that has them", async () => {
    writeCveRecords(records, [LEAK, CRASH]);
    await git(records, ["-c", "init.defaultBranch=master", "init", "-q", "."]);
    await git(records, ["add", "."]);
    await git(records, [
      "-c",
      "user.name=T",
      "-c",
      "user.email=t@example.org",
      "commit",
      "-q",
      "-m",
      "records",
    ]);
    await git(records, ["checkout", "-q", "--orphan", "main"]);
    await git(records, ["rm", "-rqf", "."]);
    expect(await add()).toMatchObject({ added: "2 CVE records" });
    expect(await update()).toMatchObject({ changed: false });
  });
});
