import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CacheFolders, cacheFolders } from "../../cache/folders.ts";
import { packageFile } from "../../cache/package-index.ts";
import { PackageReader } from "../../cache/package-reader.ts";
import { CHANGELOG_SOURCES } from "../../indexer/changelog-sources.ts";
import { SILENT } from "../../indexer/progress.ts";

const stanza = (version: string, ...changes: string[]): string =>
  `linux (${version}) bookworm; urgency=medium\n\n  * New upstream stable update:\n${changes.map((change) => `    - ${change}\n`).join("")}\n -- Somebody <somebody@example.org>  Thu, 01 Feb 2024 21:07:04 +0100\n\n`;

const OLD = stanza("6.1.4-1", "lumen: free the ring when the probe fails (CVE-2030-10001)");
const NEW = stanza("6.1.9-1", 'Revert "lumen: free the ring when the probe fails"', "aio: fix the tail");

let home: string;
let folders: CacheFolders;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kfix-changelog-"));
  folders = cacheFolders({ cacheDir: join(home, "cache") });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const add = (path: string) =>
  CHANGELOG_SOURCES.add(folders, { words: ["changelog", path], name: undefined, hunks: true }, SILENT);

function read<T>(ask: (reader: PackageReader) => T): T {
  const reader = PackageReader.open(packageFile(folders));
  try {
    return ask(reader);
  } finally {
    reader.close();
  }
}

describe("a changelog", () => {
  test("compressed: its changes are found by subject and CVE, a revert as such", async () => {
    const file = join(home, "changelog.Debian.gz");
    writeFileSync(file, gzipSync(NEW + OLD));
    expect(CHANGELOG_SOURCES.recognises([file])).toBe(true);
    expect(await add(file)).toMatchObject({ name: "debian-linux-6.1", changed: true });
    read((reader) => {
      const [changelog] = reader.changelogs();
      expect(changelog).toMatchObject({ distro: "debian", package: "linux", packaging: "deb" });
      expect(reader.versions(changelog?.id ?? 0)).toEqual(["6.1.4-1", "6.1.9-1"]);
      expect(
        reader
          .changesBySubject("lumen: Free the ring when the probe fails")
          .map((one) => [one.version, one.reverts]),
      ).toEqual([
        ["6.1.4-1", false],
        ["6.1.9-1", true],
      ]);
      expect(reader.changesByCve("cve-2030-10001").map((one) => one.version)).toEqual(["6.1.4-1"]);
    });
  });

  test("that was replaced is read anew, another is left", async () => {
    const file = join(home, "changelog");
    writeFileSync(file, OLD);
    await add(file);
    const names = new Set(["debian-linux-6.1"]);
    expect((await CHANGELOG_SOURCES.update(folders, { names, rebuild: false }, SILENT)).changed).toBe(false);
    writeFileSync(file, NEW + OLD);
    expect((await CHANGELOG_SOURCES.update(folders, { names, rebuild: false }, SILENT)).changed).toBe(true);
    expect(read((reader) => reader.changesBySubject("aio: fix the tail"))).toHaveLength(1);
    await CHANGELOG_SOURCES.remove(folders, "debian-linux-6.1", SILENT);
    expect(CHANGELOG_SOURCES.list(folders)).toEqual([]);
  });

  test("of a source tree, and of a Debian package", async () => {
    mkdirSync(join(home, "tree/debian"), { recursive: true });
    writeFileSync(join(home, "tree/debian/changelog"), OLD);
    expect((await add(join(home, "tree"))).changed).toBe(true);
    const deb = makeDebianPackage(NEW + OLD);
    const request = { words: ["changelog", deb], name: "again", hunks: true };
    expect((await CHANGELOG_SOURCES.add(folders, request, SILENT)).added).toContain("2 versions");
  });

  test("what is none is refused", async () => {
    const file = join(home, "notes");
    writeFileSync(file, "nothing of the kind\n");
    await expect(add(file)).rejects.toMatchObject({ code: "bad-input" });
    await expect(add(join(home, "absent"))).rejects.toMatchObject({ code: "bad-input" });
  });
});

/** A package as deb(5) says: an ar archive of debian-binary and data.tar.gz. */
function makeDebianPackage(changelog: string): string {
  const root = join(home, "root");
  mkdirSync(join(root, "usr/share/doc/linux-image-6.1.0-1-amd64"), { recursive: true });
  writeFileSync(
    join(root, "usr/share/doc/linux-image-6.1.0-1-amd64/changelog.Debian.gz"),
    gzipSync(changelog),
  );
  execFileSync("tar", ["-C", root, "-czf", join(home, "data.tar.gz"), "."]);
  const member = (name: string, data: Buffer): Buffer => {
    const header = `${name.padEnd(16)}${"0".padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"100644".padEnd(8)}${String(data.length).padEnd(10)}\`\n`;
    return Buffer.concat([Buffer.from(header), data, Buffer.alloc(data.length % 2, "\n")]);
  };
  const data = execFileSync("cat", [join(home, "data.tar.gz")]);
  const file = join(home, "linux-image-6.1.0-1-amd64_6.1.9-1_amd64.deb");
  writeFileSync(
    file,
    Buffer.concat([
      Buffer.from("!<arch>\n"),
      member("debian-binary", Buffer.from("2.0\n")),
      member("data.tar.gz", data),
    ]),
  );
  return file;
}
