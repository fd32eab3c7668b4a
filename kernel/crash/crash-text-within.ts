/** Finds the lines of a crash log in a whole text, a commit's message mostly: what it has nowhere is not looked for in every line. */
import { alternatives, bareLine, beginning, CRASH_TEXT, isCrashText } from "./crash-text.ts";
import { requiredText } from "./required-text.ts";
import { WordFinder } from "./word-finder.ts";

/**
 * `isCrashText` for the lines of this text, quoted or not; undefined: none of them is. What may stand anywhere in a line,
 * and how one may begin, is looked for once in all of the text: most texts have nothing of that kind.
 *
 * `begins` may find other beginnings, too: then undefined says that the text has none of those either.
 */
export function crashTextOf(text: string, begins = BEGINS_A_LINE): ((line: string) => boolean) | undefined {
  if (NEEDED.test(text) || SINGLE.some((character) => text.includes(character))) return isCrashText;
  return begins.test(text) ? beginsAsCrashText : undefined;
}

/** For a line of a text that has nothing of what may stand anywhere in one. */
function beginsAsCrashText(line: string): boolean {
  return BEGINS_PLAINLY.test(bareLine(line));
}

/**
 * Finds in a text a line that may match one of these when it is bare, the mark of a quote taken away: every line with
 * such a mark, too. Blanks around a line do not count.
 */
export function beginsALine(alternatives: readonly string[]): RegExp {
  const begun = alternatives.map((source) => source.replace(/^\\s\*|\$$/g, ""));
  return new RegExp(`^(?:[>|]|[^\\S\\n\\r\\u2028\\u2029]*(?:${begun.join("|")}))`, "m");
}

/** Rows of which a beginning is all that tells them. */
const PLAIN = CRASH_TEXT.filter((row) => row.needs === undefined);
const BEGINS_PLAINLY = beginning(PLAIN);
/** How a line may begin, whatever else is in it. */
export const CRASH_TEXT_BEGINNINGS: readonly string[] = alternatives(PLAIN, { anchored: true });
const BEGINS_A_LINE = beginsALine(CRASH_TEXT_BEGINNINGS);

/** What a text has in it where a line of it matches other than by its beginning. */
export const CRASH_TEXT_NEEDS: readonly string[] = [
  ...alternatives(CRASH_TEXT, { anchored: false }).map((source) => requiredText(new RegExp(source))),
  ...CRASH_TEXT.flatMap((row) => row.needs ?? []),
];
const NEEDED = new WordFinder(CRASH_TEXT_NEEDS.filter((text) => text.length > 1));
const SINGLE = CRASH_TEXT_NEEDS.filter((text) => text.length < 2);
