import { hasCode } from "../../cache/refusal.ts";

/** Whoever read our output stopped: `kfix symbol NAME | head`. */
export function isBrokenPipe(error: unknown): boolean {
  return hasCode(error, "EPIPE");
}
