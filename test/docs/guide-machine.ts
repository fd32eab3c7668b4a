/** The machine on which the commands of docs/guide.md are run: small, made for the purpose, with the names of a real one. */
import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { KFIX, Workplace } from "../cli/run-kfix.ts";
import { writeCveRecords } from "../fixtures/cve-records.ts";
import { historyShas, makeKernelHistory } from "../fixtures/make-history.ts";
import { NULL_DEREF, SOFT_LOCKUP } from "../kernel/crash/logs.ts";

const TREE = new URL("../fixtures/tree", import.meta.url).pathname;

/** What stands in the guide, and what stands for it here: no network, no root. */
const PLACES: readonly (readonly [string, string])[] = [
  ["https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git", "linux.git"],
  ["https://git.kernel.org/pub/scm/linux/security/vulns.git", "vulns"],
  ["/usr/share/doc/linux-image-$(uname -r)/changelog.Debian.gz", "changelog.Debian.gz"],
  ["debian:linux-source-6.1", "linux-source"],
  ["/sys/fs/pstore /var/crash", "crash"],
  ["/srv/logs", "logs"],
  ["~/src/vendor-kernel", "linux-source"],
  ["~/src/linux", "linux.git"],
];

/** Debian's kernel before the fix and after it. */
const UNAMES: Readonly<Record<string, string>> = {
  crashed: "Linux web-01 3.16.0-4-amd64 #1 SMP Debian 3.16.4-1 (2014-10-06) x86_64 GNU/Linux",
  upgraded: "Linux web-01 3.16.0-4-amd64 #1 SMP Debian 3.16.7-2 (2014-11-06) x86_64 GNU/Linux",
};

export const OOPS = NULL_DEREF.replace("3.16.36-1+deb8u2", "3.16.4-1");

export class GuideMachine {
  readonly #place = new Workplace();
  #uname = "crashed";

  static async make(): Promise<GuideMachine> {
    const machine = new GuideMachine();
    await makeKernelHistory(machine.#place.path("linux.git"));
    const shas = historyShas();
    writeCveRecords(machine.#place.path("vulns"), [
      {
        cve: "CVE-2031-20001",
        message: "net: lumen: The fix of the ring\n\nAs it was announced.",
        dyad: [
          `3.17:${shas.ringBug}:3.18:${shas.ringFix}`,
          `3.16.2:${shas.ringBugIn316}:3.16.7:${shas.ringFixIn316}`,
        ],
        sha1: [shas.ringFix],
        files: ["drivers/net/lumen.c"],
      },
    ]);
    cpSync(TREE, machine.#place.path("linux-source"), { recursive: true });
    machine.#write("changelog.Debian.gz", gzipSync(DEBIAN_CHANGELOG));
    machine.#write("crash/web-01-2014-10-20-03:10/vmcore-dmesg.txt", OOPS);
    for (const [host, log] of Object.entries(FLEET))
      machine.#write(`logs/${host}/kern.log`, syslog(host, log));
    machine.#write("hosts.txt", "web-01 3.16.4\nweb-02 3.16.7\ndb-1 3.17.1\nold-1 3.14.2\n");
    machine.#program("journalctl", `cat <<'LOG'\n${OOPS}\nLOG`);
    machine.#program("dmesg", `cat <<'LOG'\n${OOPS}\nLOG`);
    machine.#program("rpm", `cat <<'LOG'\n${RPM_CHANGELOG}\nLOG`);
    machine.#program("kfix", `exec "${process.execPath}" "${KFIX}" "$@"`);
    machine.runs("crashed");
    return machine;
  }

  /** From now on `uname` is that of the kernel before or after the upgrade. */
  runs(kernel: string): void {
    const line = UNAMES[kernel];
    if (line === undefined) throw new Error(`no kernel ${kernel}: ${Object.keys(UNAMES).join(", ")}`);
    this.#uname = kernel;
    this.#program("uname", `[ "$1" = -r ] && echo 3.16.0-4-amd64 || echo '${UNAMES[this.#uname]}'`);
  }

  /** Runs a block of the guide in a shell, as a reader would. */
  run(block: string): Promise<{ readonly status: number | null; readonly output: string }> {
    const script = PLACES.reduce(
      (text, [real, here]) => text.replaceAll(real, this.#place.path(here)),
      block,
    );
    return new Promise((resolve, reject) => {
      const child = spawn("bash", ["-c", script], {
        cwd: this.#place.folder,
        env: {
          ...process.env,
          PATH: `${this.#place.path("bin")}:${process.env.PATH}`,
          KFIX_HOME: this.#place.home,
          KFIX_PAGER: "cat",
          NO_COLOR: "1",
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      const add = (piece: Buffer) => {
        output += piece.toString("utf8");
      };
      child.stdout.on("data", add);
      child.stderr.on("data", add);
      child.on("error", reject);
      child.on("close", (status) =>
        resolve({ status, output: output.replaceAll(`${this.#place.folder}/`, "") }),
      );
    });
  }

  remove(): void {
    this.#place.remove();
  }

  #write(name: string, data: string | Uint8Array): void {
    mkdirSync(dirname(this.#place.path(name)), { recursive: true });
    writeFileSync(this.#place.path(name), data);
  }

  #program(name: string, script: string): void {
    this.#write(`bin/${name}`, `#!/bin/bash\n${script}\n`);
    chmodSync(this.#place.path(`bin/${name}`), 0o755);
  }
}

const FLEET: Readonly<Record<string, string>> = {
  "web-01": OOPS,
  "web-02": OOPS,
  "db-1": SOFT_LOCKUP,
};

function syslog(host: string, log: string): string {
  return `${log
    .split("\n")
    .map((line) => `2014-10-20T03:10:00+00:00 ${host} kernel: ${line}`)
    .join("\n")}\n`;
}

const DEBIAN_CHANGELOG = `linux (3.16.7-2) jessie; urgency=medium

  * sched: Fix race between task_group and sched_task_group

 -- A B <a@example.org>  Thu, 06 Nov 2014 00:00:00 +0000

linux (3.16.4-1) jessie; urgency=medium

  * first

 -- A B <a@example.org>  Mon, 06 Oct 2014 00:00:00 +0000
`;

const RPM_CHANGELOG = `* Tue Nov 11 2014 A B <a@example.org> [3.10.0-123.9.3.el7]
- [sched] Fix race between task_group and sched_task_group (A B) [1234567]
- sched: Fix race between task_group and sched_task_group (A B) [1234567]

* Mon Oct 06 2014 A B <a@example.org> [3.10.0-123.el7]
- first (A B) [1234566]
`;
