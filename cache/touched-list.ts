import { KfixError } from "../kernel/error.ts";
import { REBUILD } from "./database.ts";
import { readVarints, VarintWriter } from "./varint.ts";

/** What a commit touches, in ids of the tables `path` and `symbol`. */
export interface TouchedIds {
  readonly path: number;
  readonly symbols: readonly number[];
}

/** The blob of the `diff` table: for each file its path's id, how many symbols, and their ids. */
export function packTouched(files: readonly TouchedIds[]): Buffer {
  const out = new VarintWriter();
  for (const file of files) {
    out.push(file.path);
    out.push(file.symbols.length);
    for (const symbol of file.symbols) out.push(symbol);
  }
  return Buffer.from(out.bytes());
}

/** The inverse of `packTouched`. Throws `unusable-cache` for what it cannot have made. */
export function unpackTouched(bytes: Uint8Array): TouchedIds[] {
  const files: TouchedIds[] = [];
  const numbers = readVarints(bytes);
  for (let at = 0; at < numbers.length; ) {
    const path = numbers[at] ?? 0;
    const count = numbers[at + 1] ?? 0;
    at += 2;
    if (count > numbers.length - at)
      throw new KfixError("unusable-cache", "an index is damaged: a list is longer than its bytes", {
        hint: REBUILD,
      });
    files.push({ path, symbols: numbers.slice(at, at + count) });
    at += count;
  }
  return files;
}

/** How many files and symbols a blob of `packTouched` has. */
export function countTouched(bytes: Uint8Array): { files: number; symbols: number } {
  const numbers = readVarints(bytes);
  let files = 0;
  let symbols = 0;
  for (let at = 0; at < numbers.length; at += 2 + (numbers[at + 1] ?? 0)) {
    files++;
    symbols += numbers[at + 1] ?? 0;
  }
  return { files, symbols };
}
