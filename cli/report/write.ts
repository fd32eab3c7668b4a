/** Writes a report whole or not at all. */
import { lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { hasCode, refusalOf } from "../../cache/refusal.ts";
import { KfixError } from "../../kernel/error.ts";

/** How reports begin: such a file may be replaced by a newer one. */
const BEGINNINGS = [
  '{\n  "schema": "kfix.report/',
  "<!doctype html><!-- kfix report -->",
  "<!-- kfix report -->",
];

/**
 * Writes beside the file and renames, so that nobody reads half a report. An older report is replaced; any other file is
 * not.
 *
 * Throws `usage` where another file has the name, `environment` where it cannot be written.
 */
export async function writeReport(file: string, text: string): Promise<void> {
  await expectFree(file);
  const { randomBytes } = process.getBuiltinModule("node:crypto"); // most starts write no report, and need not load it
  const beside = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString("hex")}`);
  try {
    const handle = await open(beside, "wx");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new KfixError("environment", `the report ${file} cannot be written: ${reasonOf(cause)}`, {
      hint: "choose another folder, or make room",
      cause,
    });
  }
}

/** Throws `usage` where another file has the name: before the work that the report is of. */
export async function expectFree(file: string): Promise<void> {
  if (await mayReplace(file)) return;
  throw new KfixError("usage", `${file} is there already and is no report of kfix`, {
    hint: "choose another name, or move it away",
  });
}

/** Nothing is there, or a report; a link, a folder or a device is neither. */
async function mayReplace(file: string): Promise<boolean> {
  try {
    if (!(await lstat(file)).isFile()) return false;
  } catch {
    return true; // writing says what is wrong
  }
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    const head = buffer.subarray(0, bytesRead).toString("utf8");
    return bytesRead === 0 || BEGINNINGS.some((beginning) => head.startsWith(beginning));
  } finally {
    await handle.close();
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (hasCode(cause, "ENOENT")) return "there is no such folder";
  return refusalOf(cause)?.says ?? cause.message;
}
