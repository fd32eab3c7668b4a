/** Titles as syzbot writes them: the same crash on two hosts has one title. */
import { titleName } from "./symbol.ts";

const LONGEST_TITLE = 120;

/** What varies between two runs, and what stands for it in a title. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b([A-Za-z_][\w.]{1,127})\+0x[0-9a-f]{1,8}(?:\/0x[0-9a-f]{1,8})?/g, "$1"],
  [/\bsyz-executor[.\d]{0,12}(?:[/:]\d{1,10})?/g, "syz-executor"],
  [/\b(?:0x[0-9a-f]{1,16}|[0-9a-f]{8,16})\b/g, "ADDR"],
  [/\bCPU#\d{1,5}/g, "CPU"],
  [/((?:\.[chS])):\d{1,7}/g, "$1:LINE"],
  [/(?<![A-Za-z_0-9.-])\d{1,20}(?:\.\d{1,9})?\b/g, "NUM"],
];

/** Fills a title: `{f}` is the culprit, other braces the words of the headline. */
export function fillTitle(
  title: string,
  words: ReadonlyMap<string, string>,
  culprit: string | undefined,
): string {
  const filled = title.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === "f") return culprit === undefined ? "corrupted" : titleName(culprit);
    const word = words.get(name) ?? "";
    return title === `{${name}}` || title.endsWith(`: {${name}}`) ? withoutVariation(word) : word;
  });
  return filled.trim().slice(0, LONGEST_TITLE);
}

/** Free text of the kernel with numbers and addresses taken out, and the bracket that ends lockdep's headlines. */
function withoutVariation(text: string): string {
  let plain = text.replace(/ \]$/, "");
  for (const [pattern, stand] of VARYING) plain = plain.replace(pattern, stand);
  return plain.trim();
}
