import type { ErrorCode } from "../../kernel/error.ts";
import { anything, nullable, oneOf, record, type Shaped, text } from "./shape.ts";

/** What a batch answers to a line that cannot be answered; the only answer that names no schema. */
export const ERROR_ANSWER = record({
  id: anything("the line's id, as it was given; null: it gave none, or is not a JSON object"),
  error: record({
    code: oneOf<ErrorCode>({
      usage: "the line is not of the expected form",
      "bad-input": "what was given cannot be read as what it should be",
      "not-found": "nothing answers the question",
      "not-indexed": "the answer needs data that is not indexed",
      "unusable-cache": "a database is damaged, or made by another version of kfix",
      busy: "another process writes the same index",
      environment: "something of the system fails: the disk, the network, git",
      interrupted: "",
    }),
    message: text("for a person"),
    hint: nullable(text("what to do about it")),
  }),
});

export type ErrorAnswerJson = Shaped<typeof ERROR_ANSWER>;
