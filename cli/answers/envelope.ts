import { anything, constant, optional } from "./shape.ts";

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
