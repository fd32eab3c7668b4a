import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { KfixError } from "../kernel/error.ts";

/*
 * SQLite finds a damaged page by its structure only: a flipped byte in a sha or a list of commits would be answered
 * from as if it stood there. So a checksum lies beside each finished database, and is compared whenever the file is
 * not, by inode, size and time, the one that was compared last, and once a week in any case: 0.1 s for 130 MB.
 */

/** Puts a database that was written into the place of the finished one, with its checksum. */
export function publishDatabase(written: string, finished: string): void {
  const sum = checksumOf(written);
  // Whoever reads meanwhile may see the old database or the new one: both are right until the new one is in place.
  writeWhole(sumFile(finished), JSON.stringify([...knownSums(finished).slice(-1), sum]));
  renameSync(written, finished);
  noteSeen(finished);
}

/** Has a finished database its checksum? Without, damage to it may stay unseen. */
export function hasChecksum(file: string): boolean {
  return knownSums(file).length > 0;
}

/** Notes the checksum of a database that is known to be sound. */
export function renewChecksum(file: string): void {
  writeWhole(sumFile(file), JSON.stringify([checksumOf(file)]));
  noteSeen(file);
}

/** What lies beside a database because of its checksum. */
export function checksumFiles(file: string): string[] {
  return [sumFile(file), seenFile(file)];
}

/**
 * Compares a finished database with its checksum, unless that was done before; `always` does it in any case. One
 * without a checksum passes; `kfix doctor --deep` says that it has none.
 *
 * Throws `unusable-cache` when it is not as it was written.
 */
export function verifyDatabase(file: string, options: { always?: boolean; hint: string }): void {
  if (!options.always && wasSeen(file)) return;
  for (let attempt = 0; ; attempt++) {
    if (knownSums(file).length === 0) return;
    const sum = checksumOf(file);
    const known = knownSums(file);
    if (known.includes(sum)) break;
    // it may have been replaced in between
    if (attempt === 2)
      throw new KfixError("unusable-cache", `${file} is damaged: it is not as it was written`, options);
  }
  noteSeen(file);
}

/** Size and CRC-32 of a file. */
function checksumOf(file: string): string {
  const { crc32 } = process.getBuiltinModule("node:zlib"); // most starts compare nothing, and need not load it
  const piece = Buffer.allocUnsafe(1 << 20);
  const descriptor = openSync(file, "r");
  try {
    let sum = 0;
    let size = 0;
    for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) {
      sum = crc32(piece.subarray(0, read), sum);
      size += read;
    }
    return `${size} ${sum.toString(16).padStart(8, "0")}`;
  } finally {
    closeSync(descriptor);
  }
}

function knownSums(file: string): string[] {
  const read = readJson(sumFile(file));
  return Array.isArray(read) ? read.filter((sum): sum is string => typeof sum === "string") : [];
}

function wasSeen(file: string): boolean {
  const read = readJson(seenFile(file));
  if (!Array.isArray(read) || read[0] !== identityOf(file)) return false;
  const age = Date.now() - Number(read[1]);
  return age >= 0 && age < A_WEEK; // a clock that went back makes it unknown
}

/** A cache that cannot be written is compared each time. */
function noteSeen(file: string): void {
  try {
    writeFileSync(seenFile(file), JSON.stringify([identityOf(file), Date.now()])); // half of it counts as none
  } catch {
    // said above
  }
}

function identityOf(file: string): string {
  const { ino, size, mtimeMs } = statSync(file);
  return `${ino} ${size} ${mtimeMs}`;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function writeWhole(file: string, text: string): void {
  const partial = `${file}.partial`; // of the one writer: what a killed one left is written over
  try {
    writeFileSync(partial, text);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

const sumFile = (file: string): string => `${file}.sum`;
const seenFile = (file: string): string => `${file}.seen`;
const A_WEEK = 7 * 86_400_000;
