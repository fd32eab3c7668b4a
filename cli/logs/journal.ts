/** The kernel's messages in systemd's journal. */
import { refusalOf } from "../../cache/refusal.ts";
import { startProgram } from "../../indexer/start-program.ts";
import { KfixError } from "../../kernel/error.ts";

/** What journalctl(1) takes as `--boot`: an offset, an identifier with or without an offset. */
const BOOT = /^(?:[+-]?\d{1,9}|[0-9a-f]{32}(?:[+-]\d{1,9})?)$/;

/**
 * The kernel log of a boot: `0` is this one, `-1` the one before, `1` the first known. Throws `usage` for another form,
 * `environment` where there is no journalctl or it fails.
 */
export async function* journalText(boot: string, env: NodeJS.ProcessEnv): AsyncGenerator<Uint8Array> {
  if (!BOOT.test(boot)) {
    throw new KfixError("usage", `--journal takes a boot, not "${boot}"`, {
      hint: "0 is this boot, -1 the one before; journalctl --list-boots shows them",
    });
  }
  // --all: lines that are long or not plain text are printed whole.
  const args = ["--dmesg", `--boot=${boot}`, "--output=short-monotonic", "--all", "--quiet", "--no-pager"];
  const child = await startProgram("journalctl", args, { env }).catch((cause) => {
    throw notStarted(cause);
  });
  child.stdin.end();
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const ended = new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? 1)));
  try {
    yield* child.stdout;
    const end = await ended;
    if (end !== 0) {
      throw new KfixError("environment", `journalctl failed: ${complaint.trim() || `status ${end}`}`, {
        hint: "journalctl --list-boots shows which boots the journal has; root may read all of them",
      });
    }
  } finally {
    child.kill();
  }
}

function notStarted(cause: NodeJS.ErrnoException): KfixError {
  const missing = cause.code === "ENOENT" ? "there is no journalctl on this machine" : undefined;
  const refusal = refusalOf(cause);
  const why = missing ?? refusal?.says ?? cause.message;
  return new KfixError("environment", `the journal cannot be read: ${why}`, {
    hint: refusal?.hint ?? "give the log itself: dmesg | kfix crash, or kfix crash /var/log/kern.log",
    cause,
  });
}
