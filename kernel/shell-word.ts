/**
 * A text as one word of a command that kfix shows for somebody to paste into a shell, whatever is in it (POSIX 2.2.2).
 * It may still begin with `-`: it stands behind `--` where it is no path.
 */
export function shellWord(text: string): string {
  if (/^[\w./+-]+$/.test(text)) return text;
  return `'${text.replace(/[\n\r\0]+/g, " ").replaceAll("'", "'\\''")}'`;
}
