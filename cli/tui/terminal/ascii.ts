/**
 * For terminals that show ASCII alone: the characters that the interface draws with, each by one that is as wide. Text
 * of logs and commits is not touched.
 */
export function toAscii(drawn: string): string {
  return drawn.replace(DRAWN, (character) => PLAIN.get(character) ?? "?");
}

/** Whether the locale (locale(7): LC_ALL, LC_CTYPE, LANG, the first that is set) and the terminal leave no choice. */
export function needsAscii(env: NodeJS.ProcessEnv): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return /^(?:linux|vt\d+)/.test(env.TERM ?? "") || (locale !== "" && !/utf-?8/i.test(locale));
}

const PLAIN: ReadonlyMap<string, string> = new Map([
  ["…", "~"],
  ["▸", ">"],
  ["›", ">"],
  ["━", "="],
  ["─", "-"],
  ["│", "|"],
  ["┃", "|"],
  ["█", "#"],
  ["·", "."],
  ["●", "@"],
  ["○", "o"],
  ["◆", "*"],
  ["✔", "+"],
  ["▶", ">"],
  ["┫", "|"],
  ["↑", "^"],
  ["↓", "v"],
  ["←", "<"],
  ["→", ">"],
  ["⇧", "S"],
]);
const DRAWN = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "gu");
