import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { afterAll, describe, expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "kfix-look-ups-"));
cpSync(join(ROOT, "dist"), join(folder, "dist"), { recursive: true });
symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytecodes = readdirSync(join(folder, "dist/look-ups")).filter((name) => name.endsWith(".bytecode"));

describe("what V8 made of a look-up, when kfix was built", () => {
  test.each(bytecodes)("%s is taken as it is", (name) => {
    const file = join(folder, "dist/look-ups", name);
    const script = new Script(readFileSync(file.replace(/bytecode$/, "cjs"), "utf8"), {
      cachedData: readFileSync(file),
    });
    expect(script.cachedDataRejected).toBe(false);
  });

  test("is kept of every look-up", () => {
    const programs = readdirSync(join(folder, "dist/look-ups")).filter((name) => name.endsWith(".cjs"));
    expect(bytecodes.map((name) => name.replace("bytecode", "cjs"))).toEqual(programs);
  });

  const file = join(folder, "dist/look-ups/crash.bytecode");
  const whole = readFileSync(file);
  const another = Buffer.from(whole);
  another.writeUInt32LE(another.readUInt32LE(4) ^ 1, 4); // the hash of V8's version
  test.each<[string, () => void]>([
    ["of another V8", () => writeFileSync(file, another)],
    ["cut short", () => writeFileSync(file, whole.subarray(0, 1000))],
    ["empty", () => writeFileSync(file, "")],
    ["absent, as in a published package", () => rmSync(file)],
  ])("is not needed: %s", (_what, change) => {
    change();
    const answer = execFileSync(
      process.execPath,
      [join(folder, "dist/kfix.cjs"), "crash", "--parse-only", "--json"],
      { input: "kernel BUG at fs/inode.c:417!\nRIP: 0010:iput+0x1/0x2\n", encoding: "utf8" },
    );
    expect(JSON.parse(answer)).toMatchObject({ crashes: [{ title: "kernel BUG in iput" }] });
  });
});

test.each(bytecodes)(
  "the program of %s imports nothing while it runs: what V8 made of it could not",
  (name) => {
    expect(readFileSync(join(folder, "dist/look-ups", name.replace("bytecode", "cjs")), "utf8")).not.toMatch(
      /(?<![\w.$])import\(/,
    );
  },
);
