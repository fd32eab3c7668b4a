import { envelope } from "./envelope.ts";
import { list, record, type Shaped, text, whole } from "./shape.ts";

const MATCH = record({ path: text("from the tree's root"), line: whole(), text: text("the line") });

export const GREP_ANSWER = record({
  ...envelope("kfix.grep/1"),
  pattern: text(),
  tree: text("the tree that was searched"),
  matches: list(MATCH, "by path, then by line"),
});

export type GrepMatchJson = Shaped<typeof MATCH>;
export type GrepAnswerJson = Shaped<typeof GREP_ANSWER>;
