import {
  anything,
  constant,
  list,
  nullable,
  optional,
  record,
  type Shaped,
  text,
  time,
  whole,
} from "./shape.ts";

/** What every answer begins with: the name of its schema. */
export function envelope<Name extends string>(name: Name) {
  return { schema: constant(name) };
}

/** The same of an answer that a batch gives as well. */
export function batchEnvelope<Name extends string>(name: Name) {
  return {
    schema: constant(name),
    id: optional(anything("of a batch: the line's id, as it was given; null: it gave none")),
  };
}

const STALE = list(
  record({ source: text(), indexedAt: time(), days: whole("since then") }),
  "what of the index is older than a month: a series may have got the fix since; absent: nothing",
);

const DAMAGED = list(
  record({ message: text("what it is, and where"), hint: nullable(text("what mends it")) }),
  "what beside the index cannot be read, and was answered without; absent: nothing",
);

/** What an answer from the index says of its age and of what it had to do without. */
export const AGE = { stale: optional(STALE), damaged: optional(DAMAGED) };

export type StaleJson = Shaped<typeof STALE>;
export type DamagedJson = Shaped<typeof DAMAGED>;
