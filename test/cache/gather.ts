import { WORD_SCALE } from "../../cache/inverted-list.ts";
import { type GatheredLists, type InvertedKey, textOf } from "../../cache/inverted-table.ts";
import { ListBatch } from "../../cache/list-batch.ts";

/** A commit that has a word or touches a symbol, with what the list says of it. */
export interface Entry {
  readonly key: InvertedKey;
  readonly commit: number;
  readonly note?: number;
}

/** Entries of one segment, in the order of commits, as the writers of an index gather them. */
export function gather(table: "word" | "touch", entries: readonly Entry[]): GatheredLists {
  const batch = new ListBatch(table === "word" ? WORD_SCALE : 1);
  const keys = [...new Set(entries.map(({ key }) => textOf(key)))];
  for (const { key, commit, note } of entries) batch.add(keys.indexOf(textOf(key)), commit, note ?? 0);
  const order = Uint32Array.from(keys.keys()).sort((a, b) => ((keys[a] ?? "") < (keys[b] ?? "") ? -1 : 1));
  const numbered = { end: keys.length, order, textOf: (number: number) => keys[number] ?? "" };
  return { take: (before, visit) => batch.take(numbered, before, visit) };
}
