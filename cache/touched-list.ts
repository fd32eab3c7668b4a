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
  for (let path = numbers.next(); !path.done; path = numbers.next()) {
    const count = Number(numbers.next().value ?? 0);
    if (count > bytes.length)
      throw new KfixError("unusable-cache", "an index is damaged: a list is longer than its bytes", {
        hint: REBUILD,
      });
    const symbols: number[] = [];
    for (let i = 0; i < count; i++) symbols.push(Number(numbers.next().value ?? 0));
    files.push({ path: path.value, symbols });
  }
  return files;
}
