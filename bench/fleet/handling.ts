/** What happens to a log as a whole before somebody reads it. */

const ESCAPE = String.fromCharCode(27);
const everyLine = (change: (line: string, at: number) => string) => (log: string) =>
  log.split("\n").map(change).join("\n");

export const HANDLING: Readonly<Record<string, (log: string) => string>> = {
  "as it is": (log) => log,
  CRLF: (log) => log.replaceAll("\n", "\r\n"),
  "a serial console's CR CR LF": (log) => log.replaceAll("\n", "\r\r\n"),
  "mail quotes": everyLine((line) => `> ${line}`),
  indentation: everyLine((line) => `    ${line}`),
  "blanks at the ends": everyLine((line) => `${line}  `),
  "blank lines between": (log) => log.replaceAll("\n", "\n\n"),
  "colours of a terminal": everyLine((line) => `${ESCAPE}[33m${line}${ESCAPE}[0m`),
  "a web page's entities": (log) =>
    log.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  "a byte order mark": (log) => `\ufeff${log}`,
};
