import { AGE, batchEnvelope } from "./envelope.ts";
import { CARRIED_BY, FIX, TREE_PRESENCE, VERDICT } from "./fix.ts";
import { list, nullable, optional, record, type Shaped, text } from "./shape.ts";

export const CHECK_ANSWER = record({
  ...batchEnvelope("kfix.check/1"),
  ...AGE,
  kernel: nullable(text("as it was given, or the version of --tree; null: the tree does not tell")),
  checks: list(
    record({
      query: text("what was asked"),
      fix: nullable(FIX),
      verdict: VERDICT,
      carriedBy: CARRIED_BY,
      tree: optional(TREE_PRESENCE),
    }),
    "one for each query, in order",
  ),
});

export type CheckAnswerJson = Shaped<typeof CHECK_ANSWER>;
