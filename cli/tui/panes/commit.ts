import type { CommitText } from "../../../indexer/commit-text.ts";
import { sanitize } from "../../output/terminal.ts";
import type { Pen, Tone } from "../terminal/pen.ts";
import { codeLine, type Pane, paneOf } from "./pane.ts";

/**
 * A commit's message and its diff in colours. Lines that name one of `functions` have a mark of their own, and the
 * name stands out.
 */
export function commitPane(
  text: CommitText | undefined,
  sha: string,
  { pen, functions }: { readonly pen: Pen; readonly functions: readonly string[] },
): Pane {
  if (text === undefined) {
    return paneOf([
      "",
      pen("yellow", `  No indexed repository has the commit ${sanitize(sha.slice(0, 12))} itself.`),
      "  Its repository was moved, or only a CVE record or a changelog tells of it.",
      pen("bold", "  kfix source list shows the repositories; kfix source add PATH-OR-URL adds one."),
    ]);
  }
  const names = namesPattern(functions);
  const head = [
    pen("yellow", `commit ${text.sha}`),
    `Author: ${sanitize(text.author)}`,
    `Date:   ${sanitize(text.date)}`,
    "",
  ];
  const begin = head.length + text.message.length + 1;
  const tail = text.cut ? ["", pen("bold", `  the rest is left out: git show ${text.sha}`)] : [];
  const found = stopsOf(text, names);
  return {
    count: begin + text.diff.length + tail.length,
    marks: [...found.inMessage.map((at) => at + head.length), ...found.inDiff.map((at) => at + begin)],
    parts: found.files.map((at) => at + begin),
    line: (at) => {
      if (at < head.length) return `  ${head[at] ?? ""}`;
      if (at < begin) return codeText(`    ${text.message[at - head.length] ?? ""}`, names, pen);
      const line = text.diff[at - begin];
      return line === undefined ? (tail[at - begin - text.diff.length] ?? "") : diffText(line, names, pen);
    },
  };
}

/** The rows of a commit above its diff. */
export function rowsAboveDiff(text: CommitText): number {
  return text.message.length + 5;
}

function diffText(line: string, names: RegExp | undefined, pen: Pen): string {
  const tones = LINES.find((one) => line.startsWith(one.begins))?.tones ?? [];
  return codeText(line, names, pen, tones);
}

/** A line with a mark in front where it names one of the functions. */
function codeText(line: string, names: RegExp | undefined, pen: Pen, tones: readonly Tone[] = []): string {
  const marked = names?.test(line) === true;
  const safe = codeLine(line);
  const shown = marked && names ? safe.replace(names, (name) => pen("underline", name)) : safe;
  return `${marked ? pen("magenta", "◆") : " "} ${tones.reduce((text, tone) => pen(tone, text), shown)}`;
}

/** How git colours a diff (git-config(1), color.diff), the longer beginnings first. */
const LINES: readonly { readonly begins: string; readonly tones: readonly Tone[] }[] = [
  { begins: "diff --git ", tones: ["bold"] },
  { begins: "index ", tones: ["dim"] },
  { begins: "--- ", tones: ["bold"] },
  { begins: "+++ ", tones: ["bold"] },
  { begins: "@@", tones: ["cyan"] },
  { begins: "+", tones: ["green"] },
  { begins: "-", tones: ["red"] },
];

function namesPattern(functions: readonly string[]): RegExp | undefined {
  const names = [...new Set(functions)].filter((name) => /^\w{2,100}$/.test(name)).slice(0, 200);
  return names.length === 0 ? undefined : new RegExp(`\\b(?:${names.join("|")})\\b`);
}

/** What is worth jumping to, by its place in the message or the diff. */
interface Stops {
  readonly names: string | undefined;
  readonly inMessage: readonly number[];
  readonly inDiff: readonly number[];
  readonly files: readonly number[];
}

/** Found once for a commit: its diff may have a hundred thousand lines. */
const FOUND = new WeakMap<CommitText, Stops>();

function stopsOf(text: CommitText, names: RegExp | undefined): Stops {
  const known = FOUND.get(text);
  if (known && known.names === names?.source) return known;
  const naming = (lines: readonly string[]): number[] =>
    names ? lines.flatMap((line, at) => (names.test(line) ? [at] : [])) : [];
  const found = {
    names: names?.source,
    inMessage: naming(text.message),
    inDiff: naming(text.diff),
    files: text.diff.flatMap((line, at) => (line.startsWith("diff --git ") ? [at] : [])),
  };
  FOUND.set(text, found);
  return found;
}

/** The file, and the line of it as the commit leaves it, that a line of the diff belongs to; the first by default. */
export function placeInDiff(
  diff: readonly string[],
  at: number,
): { readonly path: string; readonly line: number } | undefined {
  let path: string | undefined;
  let line = 0;
  let found: { path: string; line: number } | undefined;
  for (const [row, text] of diff.entries()) {
    if (text.startsWith("+++ ")) path = text.startsWith("+++ b/") ? text.slice(6) : undefined;
    else if (text.startsWith("@@")) {
      line = Number(/\+(\d{1,9})/.exec(text)?.[1] ?? 1);
      if (path !== undefined) found = { path, line: line + 3 };
    } else if (path !== undefined && found && !text.startsWith("-")) {
      if (row >= at) return { path, line };
      line++;
    }
    if (row >= at && found) return found;
  }
  return found;
}
