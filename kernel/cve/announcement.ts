/** What the mail that announces a CVE says of its fix. */
export interface Announcement {
  /** The fix's commit message: subject, empty line, body; the CVE team leaves its trailers out. */
  readonly message: string;
  /** Paths that the fix changes. */
  readonly files: readonly string[];
}

/**
 * Reads an `.mbox` file of the kernel's CVE repository. It holds the message whole, where the JSON record cuts it
 * at 3,982 characters. Undefined when the text is no such mail.
 */
export function parseAnnouncement(mail: string): Announcement | undefined {
  const begin = mail.indexOf(BEGIN);
  if (begin === -1) return undefined;
  const start = begin + BEGIN.length;
  const end = mail.indexOf(END, start);
  if (end === -1) return undefined;
  return {
    message: `${mail.slice(start, end).trim()}\n`,
    files: filesOf(mail.slice(end)),
  };
}

const BEGIN = "the following vulnerability has been resolved:";
const END = "\nThe Linux kernel CVE team has assigned CVE-";

/** The indented lines below "The file(s) affected by this issue are:". */
function filesOf(text: string): string[] {
  const heading = text.indexOf(FILES);
  if (heading === -1) return [];
  const files: string[] = [];
  for (const line of text
    .slice(heading + FILES.length)
    .split("\n")
    .slice(1)) {
    const path = /^\t(\S.{0,500})$/.exec(line)?.[1];
    if (path === undefined) break;
    files.push(path);
  }
  return files;
}

const FILES = "The file(s) affected by this issue are:";
