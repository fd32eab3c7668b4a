import { CHECK_ANSWER } from "./check.ts";
import { CRASH_ANSWER } from "./crash.ts";
import { CRASH_GROUP_ANSWER } from "./crash-group.ts";
import { DOCTOR_ANSWER } from "./doctor.ts";
import { ERROR_ANSWER } from "./error.ts";
import { FIX_ANSWER } from "./fix.ts";
import { GREP_ANSWER } from "./grep.ts";
import { MESSAGE_ANSWER } from "./message.ts";
import { REPORT } from "./report.ts";
import type { JsonSchema, Shape } from "./shape.ts";
import { SOURCES_ANSWER, STATUS_ANSWER, UPDATE_ANSWER } from "./sources.ts";
import { SYMBOL_ANSWER } from "./symbol.ts";

/** An answer that kfix gives as JSON. A new one is a row here; `npm run docs` then writes its schema. */
export interface AnswerRow {
  /** As the answer names its schema, without `kfix.`; the number behind the slash in it is part of the file's name. */
  readonly name: string;
  readonly version: number;
  /** What gives it: `kfix crash`. */
  readonly from: string;
  readonly shape: Shape<unknown>;
}

export const ANSWERS: readonly AnswerRow[] = [
  {
    name: "crash",
    version: 1,
    from: "kfix crash",
    shape: CRASH_ANSWER,
  },
  { name: "crash-group", version: 1, from: "kfix crash --group", shape: CRASH_GROUP_ANSWER },
  { name: "report", version: 1, from: "kfix crash --report FILE.json", shape: REPORT },
  { name: "fix", version: 1, from: "kfix fix", shape: FIX_ANSWER },
  {
    name: "symbol",
    version: 1,
    from: "kfix symbol",
    shape: SYMBOL_ANSWER,
  },
  {
    name: "message",
    version: 1,
    from: "kfix message",
    shape: MESSAGE_ANSWER,
  },
  { name: "grep", version: 1, from: "kfix grep", shape: GREP_ANSWER },
  {
    name: "check",
    version: 1,
    from: "kfix check",
    shape: CHECK_ANSWER,
  },
  { name: "sources", version: 1, from: "kfix source list", shape: SOURCES_ANSWER },
  { name: "update", version: 1, from: "kfix source add, kfix source update", shape: UPDATE_ANSWER },
  { name: "status", version: 1, from: "kfix status", shape: STATUS_ANSWER },
  { name: "doctor", version: 1, from: "kfix doctor", shape: DOCTOR_ANSWER },
  { name: "error", version: 1, from: "--batch, for a line that cannot be answered", shape: ERROR_ANSWER },
];

/** `crash-1.json`, in docs/schema. */
export function schemaFile({ name, version }: AnswerRow): string {
  return `${name}-${version}.json`;
}

/** The JSON Schema (draft 2020-12) of an answer: a document that needs no other. */
export function schemaDocument(row: AnswerRow): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:kfix:${row.name}:${row.version}`,
    title: `kfix.${row.name}/${row.version}: ${row.from}`,
    ...wholeSchema(row.shape),
  };
}

/** The schema of a shape together with those that it refers to. */
export function wholeSchema({ schema, uses }: Shape<unknown>): JsonSchema {
  return Object.keys(uses).length === 0 ? schema : { ...schema, $defs: uses };
}
