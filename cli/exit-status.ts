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
