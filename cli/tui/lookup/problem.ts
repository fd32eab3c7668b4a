import { KfixError } from "../../../kernel/error.ts";
import { explainSystemError } from "../../system-error.ts";
import type { Problem } from "./questions.ts";

/** What went wrong, as it is shown and crosses between threads. */
export function problemOf(thrown: unknown): Problem {
  const error = explainSystemError(thrown);
  if (error instanceof KfixError) return { message: error.message, hint: error.hint };
  const bug = error instanceof Error ? error : new Error(String(error));
  return {
    message: `this is a bug in kfix: ${bug.message}`,
    hint: "please report it, with what follows; the rest goes on working",
    stack: bug.stack,
  };
}
