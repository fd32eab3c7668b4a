/** What is said of lines that are too long to be read whole. */
import { LONGEST_LINE, type Skipped } from "../../kernel/crash/line-limit.ts";
import { KfixError } from "../../kernel/error.ts";
import type { CrashAnswerJson } from "../answers/crash.ts";

/** As `KFIX_LONGEST_LINE` says: `200M`, `65536`. Throws `usage` for anything else. */
export function longestLineFrom(env: NodeJS.ProcessEnv): number {
  const told = env.KFIX_LONGEST_LINE ?? "";
  if (told === "") return LONGEST_LINE;
  const found = /^(\d{1,12})([KMG]?)$/.exec(told);
  if (found) return Number(found[1]) * 1024 ** ["", "K", "M", "G"].indexOf(found[2] ?? "");
  throw new KfixError("usage", `KFIX_LONGEST_LINE cannot be read: ${told}`, {
    hint: "it takes a number of characters, as in: KFIX_LONGEST_LINE=200M",
  });
}

/** The same as a member of a JSON answer, which has none where the log was read whole. */
export function skippedJson(skipped: Skipped | undefined): Pick<CrashAnswerJson, "skipped"> {
  return skipped ? { skipped } : {};
}

/** What is said of a log that was not read whole. */
export function skippedText(name: string, skipped: Skipped): string {
  const count = skipped.characters.toLocaleString("en");
  return `${name}: line ${skipped.line} is so long that ${count} characters were not read; to read them: KFIX_LONGEST_LINE=1G`;
}
