import type { KfixError } from "../../kernel/error.ts";
import type { Io } from "../definition.ts";
import { sanitize } from "./terminal.ts";

/** Says on standard error what is wrong and what to do about it. */
export function complain(io: Pick<Io, "stderr">, error: KfixError): void {
  io.stderr.write(`kfix: ${sanitize(error.message)}\n`);
  if (error.hint) io.stderr.write(`      ${sanitize(error.hint)}\n`);
}
