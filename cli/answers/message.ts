import { batchEnvelope } from "./envelope.ts";
import { list, nullable, number, record, type Shaped, text, whole } from "./shape.ts";

export const MESSAGE_ANSWER = record({
  ...batchEnvelope("kfix.message/1"),
  line: text("what was asked"),
  tree: text("the tree that was searched"),
  matches: list(
    record({
      path: text(),
      line: whole(),
      function: nullable(text()),
      format: text('as the source has it, macros resolved; one that is not known stands between " "'),
      macro: text("what prints it: pr_err"),
      level: nullable(text()),
      arch: nullable(text("the folder under arch/ that the place belongs to; null: everyone's")),
      score: number("0 to 1: how much of the line the format accounts for"),
      tree: text(),
      pieces: list(
        record({
          line: whole(),
          macro: text(),
          format: text(),
          text: text("what of the line it printed"),
        }),
        "the calls that print the line together",
      ),
    }),
    "places that print the line, the best first",
  ),
});

export type MessageAnswerJson = Shaped<typeof MESSAGE_ANSWER>;
