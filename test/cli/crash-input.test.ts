import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../../cli/main.ts";
import { COMPRESSED } from "../fixtures/compressed.ts";
import { ARM64, KASAN, NULL_DEREF, SOFT_LOCKUP, WARNING } from "../kernel/crash/logs.ts";

let folder: string;
const at = (name: string) => join(folder, name);
const NO_CRASH = "[    1.000000] usb 1-1: new high-speed USB device number 2 using xhci_hcd\n";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kfix-logs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(at(name), ".."), { recursive: true });
    writeFileSync(at(name), content);
  }
}

async function run(
  words: readonly string[],
  { stdin = "", env = {} }: { stdin?: string; env?: object } = {},
) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: Readable.from([Buffer.from(stdin)]), stdout, stderr, env: { ...process.env, ...env } };
  const status = await main(["crash", "--parse-only", ...words], io);
  const said = { stdout: String(stdout.read() ?? ""), stderr: String(stderr.read() ?? "") };
  return { status, ...said };
}

/** The titles that `--json` gives, with the log they are from, one line each. */
async function titlesOf(
  words: readonly string[],
  options?: { stdin?: string; env?: object },
): Promise<string[]> {
  const { stdout } = await run(["--json", ...words], options);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      const { input, crashes } = JSON.parse(line);
      const from = input === undefined ? "" : `${String(input).replace(`${folder}/`, "")}: `;
      return crashes.map((crash: { title: string }) => `${from}${crash.title}`);
    });
}

const NULL_TITLE = "BUG: unable to handle kernel NULL pointer dereference in pick_next_task_fair";

describe("one log", () => {
  test("standard input, by name and by default", async () => {
    expect(await titlesOf([], { stdin: NULL_DEREF })).toEqual([NULL_TITLE]);
    expect(await titlesOf(["-"], { stdin: NULL_DEREF })).toEqual([NULL_TITLE]);
  });
  test.each(COMPRESSED)("%s, whatever the name", async (name, bytes) => {
    put({ [`log-${name}`]: bytes });
    expect(await titlesOf([at(`log-${name}`)])).toEqual([NULL_TITLE]);
  });
  test("bytes that are no text, and NUL", async () => {
    const file = at("bytes");
    const odd = Buffer.from([0xff, 0xfe, 0x80, 0x00, 0xc3, 0x0a]);
    writeFileSync(file, Buffer.concat([Buffer.from("[ 0.1] x "), odd, Buffer.from(NULL_DEREF), odd]));
    expect(await titlesOf([file])).toEqual([NULL_TITLE]);
  });
  test("gzip, cut short: what can be read is answered, and the rest complained of", async () => {
    const log = `${NULL_DEREF}\n${NO_CRASH.repeat(9999)}`;
    put({ "cut.gz": gzipSync(log).subarray(0, -100) });
    const { status, stdout, stderr } = await run([at("cut.gz")]);
    expect(stdout).toContain(NULL_TITLE);
    expect(stderr).toMatch(/cut\.gz: its gzip data is damaged or cut short/);
    expect(status).toBe(2);
  });
  test("UTF-16 of a Windows shell", async () => {
    put({ "utf16.txt": Buffer.from(`\ufeff${WARNING.replaceAll("\n", "\r\n")}`, "utf16le") });
    expect(await titlesOf([at("utf16.txt")])).toEqual(["WARNING in ovl_set_origin"]);
  });
  test("without a crash: an empty list, status 1, and what to give instead", async () => {
    const { status, stdout, stderr } = await run(["--json", "-"], { stdin: NO_CRASH });
    expect(JSON.parse(stdout)).toEqual({ schema: "kfix.crash/1", crashes: [] });
    expect(stderr).toMatch(/no kernel crash was found in standard input/);
    expect(status).toBe(1);
  });
  test("a memory dump", async () => {
    put({ vmcore: `KDUMP   ${"\0".repeat(100)}` });
    const { status, stderr } = await run([at("vmcore")]);
    expect(stderr).toMatch(/makedumpfile --dump-dmesg/);
    expect(status).toBe(2);
  });
});

describe("several logs", () => {
  test("each answer says whose it is", async () => {
    put({ "one.log": NULL_DEREF, "two.log": SOFT_LOCKUP });
    expect(await titlesOf([at("one.log"), "-", at("two.log")], { stdin: ARM64 })).toEqual([
      `one.log: ${NULL_TITLE}`,
      "standard input: BUG: unable to handle kernel paging request in brcmf_sdiod_remove",
      "two.log: BUG: soft lockup in smp_call_function",
    ]);
    const { stdout, status } = await run([at("one.log"), at("two.log")]);
    expect(stdout).toMatch(/==> .*one\.log <==\nBUG: unable[\s\S]*\n==> .*two\.log <==\nBUG: soft/);
    expect(status).toBe(0);
  });
  test("one that cannot be read hides no other, and the status tells of it", async () => {
    put({ "good.log": NULL_DEREF, "quiet.log": NO_CRASH });
    const { status, stdout, stderr } = await run([at("none.log"), at("good.log"), at("quiet.log")]);
    expect(stderr).toMatch(/none\.log cannot be read: there is no such file/);
    expect(stderr).toMatch(/no kernel crash was found in .*quiet\.log/);
    expect(stdout).toContain(NULL_TITLE);
    expect(status).toBe(2);
    expect((await run([at("quiet.log"), at("none.log")])).status).toBe(2);
    expect((await run([at("quiet.log"), at("quiet.log")])).status).toBe(1);
    expect((await run([at("quiet.log"), at("good.log")])).status).toBe(0);
  });
});

describe("folders", () => {
  test("/var/crash of kdump-tools and of kexec-tools, rotated logs", async () => {
    put({
      "crash/202211121506/dmesg.202211121506": NULL_DEREF,
      "crash/202211121506/dump.202211121506": "KDUMP   dump",
      "crash/127.0.0.1-2022-11-12-15:06:31/vmcore-dmesg.txt": WARNING,
      "crash/127.0.0.1-2022-11-12-15:06:31/vmcore": "KDUMP   dump",
      "crash/kern.log": NO_CRASH,
      "crash/kern.log.2.gz": gzipSync(KASAN),
    });
    expect(await titlesOf([at("crash")])).toEqual([
      "crash/127.0.0.1-2022-11-12-15:06:31/vmcore-dmesg.txt: WARNING in ovl_set_origin",
      `crash/202211121506/dmesg.202211121506: ${NULL_TITLE}`,
      "crash/kern.log.2.gz: KASAN: slab-use-after-free Read in tipc_bearer_reset_all",
    ]);
    expect(await run([at("crash")])).toMatchObject({ status: 0, stderr: "" });
  });
  test("nothing in any file", async () => {
    put({ "calm/a.log": NO_CRASH, "calm/b/empty": "" });
    const { status, stderr } = await run([at("calm")]);
    expect(stderr).toMatch(/no kernel crash was found in 2 files/);
    expect(status).toBe(1);
  });
  test("a damaged file in it is complained of", async () => {
    put({ "damaged/a.gz": gzipSync(NO_CRASH).subarray(0, 30), "damaged/b.log": NULL_DEREF });
    const { status, stdout, stderr } = await run([at("damaged")]);
    expect(stdout).toContain(NULL_TITLE);
    expect(stderr).toMatch(/a\.gz: its gzip data is damaged/);
    expect(status).toBe(2);
  });
});

/** As pstore writes a log: the newest lines are part 1. */
function records(log: string, name: (part: number) => string, head: string): Record<string, string> {
  const lines = log.split("\n").map((line, index) => `<4>[   12.${100000 + index}] ${line}\n`);
  const size = Math.ceil(lines.length / 3);
  return Object.fromEntries(
    [1, 2, 3].map((part) => {
      const from = (3 - part) * size;
      return [name(part), `${head} Part${part}\n${lines.slice(from, from + size).join("")}`];
    }),
  );
}

describe("pstore", () => {
  test("efi: the parts of an event are joined, events are kept apart", async () => {
    put({
      ...records(NULL_DEREF, (part) => `efi/dmesg-efi-16553640170${part}001`, "Panic#1"),
      ...records(WARNING, (part) => `efi/dmesg-efi-16553999170${part}001`, "Panic#1"),
      "efi/dmesg.txt":
        "what systemd-pstore joined of the same records: BUG: kernel NULL pointer dereference\n",
    });
    const { stdout, status } = await run(["--json", at("efi")]);
    const [first, second] = stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
    expect(first.input).toBe(`${at("efi")}/Panic#1 (3 parts)`);
    expect(first.crashes[0]).toMatchObject({ title: NULL_TITLE, corrupted: false, cpu: 3 });
    expect(first.crashes[0].frames).toHaveLength(5);
    expect(second.crashes[0]).toMatchObject({ title: "WARNING in ovl_set_origin", corrupted: false });
    expect(status).toBe(0);
  });
  test("ramoops: a record is an event", async () => {
    put({
      "ram/dmesg-ramoops-0": `Oops#1 Part1\n${NULL_DEREF}\n`,
      "ram/dmesg-ramoops-1": `Oops#2 Part1\n${SOFT_LOCKUP}\n`,
      "ram/console-ramoops-0": NO_CRASH,
    });
    expect(await titlesOf([at("ram")])).toEqual([
      `ram/Oops#1 (1 part): ${NULL_TITLE}`,
      "ram/Oops#2 (1 part): BUG: soft lockup in smp_call_function",
    ]);
  });
  test("erst: record numbers say nothing of the order", async () => {
    put(records(KASAN, (part) => `erst/dmesg-erst-631998635105583104${(part * 7) % 5}`, "Oops#1"));
    expect(await titlesOf([at("erst")])).toEqual([
      "erst/Oops#1 (3 parts): KASAN: slab-use-after-free Read in tipc_bearer_reset_all",
    ]);
  });
});

describe.skipIf(process.platform === "win32")("the journal", () => {
  /** A journalctl that prints its arguments and the log. */
  function journalctl(script: string): { env: object } {
    mkdirSync(at("bin"), { recursive: true });
    writeFileSync(at("bin/journalctl"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { env: { PATH: `${at("bin")}:/usr/bin:/bin` } };
  }
  test.each([
    [[], "0"],
    [["-1"], "-1"],
    [["0123456789abcdef0123456789abcdef"], "0123456789abcdef0123456789abcdef"],
  ])("of boot %j", async (words, boot) => {
    put({ "journal.txt": NULL_DEREF.replace(/^/gm, "[   12.345678] hello-world kernel: ") });
    const fake = journalctl(`case "$*" in *--dmesg*--boot=${boot}\\ *) cat ${at("journal.txt")};; esac`);
    expect(await titlesOf(["--journal", ...words], fake)).toEqual([NULL_TITLE]);
  });
  test("a boot that it does not have", async () => {
    const fake = journalctl("echo 'No such boot ID in journal' >&2; exit 1");
    const { status, stderr } = await run(["--journal", "-7"], fake);
    expect(stderr).toMatch(/journalctl failed: No such boot ID in journal\n.*--list-boots/);
    expect(status).toBe(2);
  });
  test("no journalctl", async () => {
    const { status, stderr } = await run(["--journal"], { env: { PATH: at("nowhere") } });
    expect(stderr).toMatch(/there is no journalctl on this machine\n.*dmesg \| kfix crash/);
    expect(status).toBe(2);
  });
  test("an option in place of a boot", async () => {
    const { status, stderr } = await run(["--journal=--vacuum-time=1s"]);
    expect(stderr).toMatch(/--journal takes a boot/);
    expect(status).toBe(2);
  });
});
