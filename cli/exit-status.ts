import type { ErrorCode } from "../kernel/error.ts";

/** Exit status as grep's, and what is kfix's own (docs/guide.md, "Exit status"). */
export const EXIT = {
  found: 0,
  none: 1,
  badInput: 2,
  notIndexed: 3,
  unknown: 4,
  interrupted: 130,
} as const;

/** What each status means, for help and manual. */
export const EXIT_STATUSES: readonly { readonly status: number; readonly says: string }[] = [
  { status: EXIT.found, says: "an answer was found; for check: fixed, or not affected" },
  { status: EXIT.none, says: "none was found; for check: missing" },
  { status: EXIT.badInput, says: "usage, or bad input" },
  {
    status: EXIT.notIndexed,
    says: "the data needed is not indexed; the message names the command that indexes it",
  },
  { status: EXIT.unknown, says: "for check: unknown" },
  { status: EXIT.interrupted, says: "interrupted" },
];

export const EXIT_OF_ERROR: Readonly<Record<ErrorCode, number>> = {
  usage: EXIT.badInput,
  "bad-input": EXIT.badInput,
  "not-found": EXIT.none,
  "not-indexed": EXIT.notIndexed,
  "unusable-cache": EXIT.notIndexed,
  busy: EXIT.badInput,
  environment: EXIT.badInput,
  interrupted: EXIT.interrupted,
};
