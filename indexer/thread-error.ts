import { explainRefusal } from "../cache/refusal.ts";
import { type ErrorCode, KfixError } from "../kernel/error.ts";

/** An error as it crosses threads, where classes are lost. */
export interface ThreadError {
  readonly code: ErrorCode | undefined;
  readonly message: string;
  readonly hint: string | undefined;
}

/** To be posted. */
export function describeError(thrown: unknown): ThreadError {
  const error = explainRefusal(thrown);
  if (error instanceof KfixError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: undefined, message: String(error), hint: undefined };
}

/** To be thrown where it was received. */
export function errorOfThread({ code, message, hint }: ThreadError): Error {
  return code === undefined
    ? new Error(message)
    : new KfixError(code, message, hint === undefined ? {} : { hint });
}
