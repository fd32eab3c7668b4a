import type { CommandDefinition } from "../definition.ts";
import { check } from "./check.ts";
import { crash } from "./crash.ts";
import { doctor } from "./doctor.ts";
import { fix } from "./fix.ts";
import { grep } from "./grep.ts";
import { message } from "./message.ts";
import { source } from "./source.ts";
import { status } from "./status.ts";
import { symbol } from "./symbol.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandDefinition[] = [
  crash,
  fix,
  symbol,
  message,
  grep,
  check,
  source,
  status,
  doctor,
];
