import { readFileSync } from "node:fs";
import { KfixError } from "../kernel/error.ts";
import { hasCode } from "./refusal.ts";

/**
 * What a small JSON file beside an index holds; undefined where there is no such file.
 *
 * Throws `unusable-cache` when it is damaged: that there is nothing to update must not be said of a list that cannot be
 * read.
 */
export function readBeside<Value>(
  file: string,
  isValue: (value: unknown) => value is Value,
  hint: string = RESTORE,
): Value | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (hasCode(cause, "ENOENT", "ENOTDIR")) return undefined;
    throw cause;
  }
  const value = parsed(text);
  if (isValue(value)) return value;
  throw new KfixError("unusable-cache", `${file} is damaged: it cannot be told which sources there are`, {
    hint,
  });
}

const RESTORE = "restore it with: kfix doctor --deep --repair; or remove it and add the sources again";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
