/**
 * The one error that kfix throws for a person to read. Anything else that is thrown is a bug.
 *
 * The code decides the exit status (cli/exit-status.ts); `hint` says what to do next.
 */
export class KfixError extends Error {
  override readonly name = "KfixError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/**
 * - `usage`: the command line or an input line is not of the expected form
 * - `bad-input`: what was given cannot be read as what it should be
 * - `not-found`: nothing answers the question
 * - `not-indexed`: the answer needs data that the cache does not hold
 * - `unusable-cache`: a database is damaged, or made by another version of kfix
 * - `busy`: another process is writing the same index
 * - `environment`: git is missing, the disk is full, a folder cannot be written, a remote does not answer
 * - `interrupted`: the user stopped it
 */
export type ErrorCode =
  | "usage"
  | "bad-input"
  | "not-found"
  | "not-indexed"
  | "unusable-cache"
  | "busy"
  | "environment"
  | "interrupted";
