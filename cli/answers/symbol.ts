import type { FoundDefinition } from "../../finder/definition.ts";
import { MAINTAINERS } from "./crash.ts";
import { AGE, batchEnvelope } from "./envelope.ts";
import { list, nullable, oneOf, record, type Shaped, text, time, whole, yesNo } from "./shape.ts";

const COMMIT = record({
  sha: text(),
  subject: text(),
  date: nullable(time("when it was written")),
  release: nullable(text("the tag of its first release")),
  isFix: yesNo("by its own words"),
});

export const SYMBOL_ANSWER = record({
  ...batchEnvelope("kfix.symbol/1"),
  ...AGE,
  name: text("the symbol, as kfix read what was pasted"),
  definitions: list(
    record({
      path: text(),
      line: whole(),
      endLine: whole(),
      arch: nullable(text("the folder under arch/ that the place belongs to; null: everyone's")),
      tree: nullable(text()),
      macro: nullable(text("the macro that makes the definition")),
      kind: oneOf<FoundDefinition["kind"]>({ function: "", assembly: "", macro: "", type: "" }),
    }),
    "where it is defined, in the tree that was asked",
  ),
  maintainers: MAINTAINERS,
  commits: list(COMMIT, "that touched it, newest first"),
});

export type SymbolCommitJson = Shaped<typeof COMMIT>;
export type SymbolAnswerJson = Shaped<typeof SYMBOL_ANSWER>;
