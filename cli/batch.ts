import { KfixError } from "../kernel/error.ts";
import type { ErrorAnswerJson } from "./answers/error.ts";
import { batchLines } from "./batch-lines.ts";
import type { BatchAnswer, BatchRecord, Io } from "./definition.ts";
import { EXIT } from "./exit-status.ts";
import { longestLineFrom } from "./logs/line-limit.ts";
import { jsonText } from "./output/json-text.ts";
import { explainSystemError } from "./system-error.ts";

/**
 * Answers JSON lines from standard input, each on one line of standard output, in order, with the same `id`. A line
 * that cannot be answered gives `{"id","error":{"code","message","hint"}}`, and the rest go on.
 */
export async function runBatch(io: Io, answer: BatchAnswer): Promise<number> {
  const longest = Math.max(LONGEST_QUESTION, longestLineFrom(io.env));
  for await (const line of batchLines(io.stdin, longest)) {
    if (line?.trim() === "") continue;
    const text = `${jsonText(await answerLine(line, answer))}\n`;
    if (!io.stdout.write(text)) await new Promise<void>((resolve) => io.stdout.once("drain", resolve));
  }
  return EXIT.found;
}

/** Characters of a line: the longest logs of one crash are a hundredth of it. `KFIX_LONGEST_LINE` moves it up. */
const LONGEST_QUESTION = 64 * 2 ** 20;

async function answerLine(
  line: string | undefined,
  answer: BatchAnswer,
): Promise<Record<string, unknown> | ErrorAnswerJson> {
  let id: unknown = null;
  try {
    if (line === undefined) throw tooLong();
    const record = batchRecord(parseObject(line));
    id = record.id;
    return { id, ...(await answer(record)) };
  } catch (cause) {
    const error = explainSystemError(cause);
    if (!(error instanceof KfixError)) throw error;
    return { id, error: { code: error.code, message: error.message, hint: error.hint ?? null } };
  }
}

/** A question from the members of a JSON object; `hint` says which it should have. */
export function batchRecord(fields: ReadonlyMap<string, unknown>, hint: string = HINT): BatchRecord {
  const optional = (name: string): string | undefined => {
    const value = fields.get(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string") return value;
    throw new KfixError("bad-input", `"${name}" is not a text`, { hint });
  };
  return {
    id: idOf(fields.get("id") ?? null),
    optional,
    required: (name) => {
      const value = optional(name);
      if (value === undefined) throw new KfixError("bad-input", `"${name}" is missing`, { hint });
      return value;
    },
  };
}

/** The answer gives it back as it is; what is nested without end could not be written down. */
function idOf(id: unknown): unknown {
  if (isWithin(id, DEEPEST_ID)) return id;
  throw new KfixError("bad-input", '"id" has too many lists or objects in each other', { hint: HINT });
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((one) => isWithin(one, depth - 1));
}

const DEEPEST_ID = 32;

function parseObject(line: string): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return new Map(Object.entries(value));
  } catch {
    // said below
  }
  throw new KfixError("bad-input", "the line is not a JSON object", { hint: HINT });
}

function tooLong(): KfixError {
  return new KfixError("bad-input", "the line is too long and was not read", {
    hint: "give a log of that size as a file: kfix crash FILE; or raise KFIX_LONGEST_LINE, as in KFIX_LONGEST_LINE=1G",
  });
}

const HINT = "each line is one JSON object, see the command's --help";
