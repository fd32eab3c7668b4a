import { KfixError } from "../kernel/error.ts";
import type { Invocation } from "./definition.ts";

/** The words that follow the command; throws `usage` when there are none. */
export function needWords(input: Invocation, what: string): readonly string[] {
  if (input.words.join("").trim() !== "") return input.words;
  throw new KfixError("usage", `say what to look for: ${what}`, {
    hint: "see the command's --help for examples",
  });
}
