import { undress } from "../kernel/crash/dressing.ts";

/**
 * What the kernel printed of an observed line, which may be dressed as any line of a log (kernel/crash/dressing.ts): the first
 * message with a word, if it has several. Runs of blanks are made one. Of what no kernel seems to have written, all is kept.
 */
export function cleanLine(observed: string): string {
  const lines = observed.slice(0, LONGEST).split(/\r\n|\r|\n/);
  const messages = undress(lines.map((text, at) => ({ text, number: at + 1 })));
  const printed = messages.length > 0 ? messages.map(({ text }) => text) : lines;
  return (printed.find((text) => /\w/.test(text)) ?? "").replace(/\s+/g, " ").trim();
}

/** In UTF-16 units; a message has a tenth of it, and what wraps it little more. */
const LONGEST = 20_000;
