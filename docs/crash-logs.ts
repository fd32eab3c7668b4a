/** The page docs/crash-logs.md, made from the tables of kernel/crash. */

import { ARCHITECTURE_MARKS } from "../kernel/crash/architecture.ts";
import type { BlamePlan } from "../kernel/crash/blame.ts";
import { FRAME_FORMS } from "../kernel/crash/call-trace.ts";
import { STEP_OVER } from "../kernel/crash/culprit.ts";
import { MESSAGE_FIELDS } from "../kernel/crash/envelope.ts";
import { ADDRESS_FORMS } from "../kernel/crash/fault-address.ts";
import { FRAGMENTS } from "../kernel/crash/fragments.ts";
import { POINTER_FORMS } from "../kernel/crash/instruction-pointer.ts";
import { KINDS, type Kind, NO_CRASH } from "../kernel/crash/kinds.ts";
import { PREFIXES } from "../kernel/crash/prefixes.ts";
import { SYSCALL_PREFIXES } from "../kernel/crash/symbol.ts";
import { TAINTS } from "../kernel/crash/taint.ts";

/** What each plan means to a reader. */
const PLANS: Readonly<Record<BlamePlan, string>> = {
  none: "nobody: the title names none",
  headline: "the function that the headline names",
  pointer: "the instruction pointer",
  "pointer and trace": "the instruction pointer, then the call trace",
  trapped: "the instruction pointer below the trap's handler, then the call trace",
  "call trace": "the call trace",
  "headline and trace": "the function of the headline, then the call trace",
  "headline then trace": "the function of the headline, then the first trace",
  "trace until origin": "the first trace, then where the value came from",
  warning: "the function of the warning, then the instruction pointer and the call trace",
  "two locks and trace": "where the two locks were taken, then the call trace",
  "unlock and trace": "where the lock was released, then the call trace",
  "which became unsafe": "where the lock became unsafe",
  interrupted: "what the timer interrupted, below the dispatcher",
  "stalled pointer": "the instruction pointer and the call trace, below the dispatcher",
  "stalled trace": "the call trace, below the dispatcher",
  "hung task": "who went to sleep",
  backtrace: "where the memory was allocated",
  "page's owner": "who allocated the page, then the call trace",
};

export function crashLogsPage(): string {
  return `${[
    "# Crash logs",
    "<!-- made by `npm run docs` from the tables in kernel/crash; change those -->",
    intro(),
    "## Kinds",
    "Tried from top to bottom; blanks may be missing or doubled. `{f}` in a title is the function to blame, other braces are words of the log. Titles follow syzbot's convention, so that they can be searched for.",
    kindTable(KINDS),
    "### Without a headline",
    "A trace or a register dump alone is read too where the log has nothing better; its title is a guess and it is flagged as damaged.",
    kindTable(FRAGMENTS),
    "### No crash",
    table(
      ["These lines look like a headline and are none"],
      NO_CRASH.map(({ example }) => [code(example)]),
    ),
    "## Dressings",
    "Whatever stands in front of the kernel's own words is taken off, in any order and mixture.",
    table(
      ["Dressing", "Example"],
      PREFIXES.map(({ name, example }) => [name, code(example)]),
    ),
    `Also opened: JSON lines, pretty-printed and broken JSON, lists of strings (fields ${MESSAGE_FIELDS.map(code).join(", ")}, else any long text), journald's export and verbose forms and byte arrays, HTML with its entities (once or twice escaped), ANSI colours, written-out newlines (\`\\n\`, \`#012\`), percent encoding, quoted-printable mails, UTF-16, carriage returns, typographic quotes and blanks, doubled blanks. Newlines that were lost are put back, lines that a mailer or a terminal broke are joined.`,
    "## Architectures",
    table(
      ["Architecture", "Told by a line like"],
      ARCHITECTURE_MARKS.map(({ arch, example, beside }) => [
        arch,
        beside === undefined ? code(example) : `${code(example)} with ${code(beside.example)}`,
      ]),
    ),
    "### Instruction pointer",
    table(
      ["Architecture", "Example"],
      POINTER_FORMS.map(({ architecture, example }) => [architecture, code(example)]),
    ),
    "### Frames",
    "`?` in front, and `(unreliable)` behind, mark a frame that was found on the stack and may be left over. Build ids are dropped, modules, `file.c:123` and `[inline]` are kept.",
    table(
      ["Architecture", "Example"],
      FRAME_FORMS.map(({ architectures, example }) => [architectures, code(example)]),
    ),
    "### Faulting address",
    table(
      ["Printed by", "Example"],
      ADDRESS_FORMS.map(({ printedBy, example }) => [printedBy, code(example)]),
    ),
    "## Frames that are stepped over",
    "They only report the crash, or are so general that the fault is in who called them. A pattern is looked for anywhere in the name unless it is anchored; each kind may step over more.",
    table(
      ["Because they are", "Patterns"],
      Object.entries(STEP_OVER).map(([reason, patterns]) => [reason, patterns.map(code).join(" ")]),
    ),
    `In titles the prefixes of system calls are cut: ${SYSCALL_PREFIXES.map(code).join(" ")}.`,
    "## Taint flags",
    table(
      ["Flag", "Meaning"],
      [...TAINTS].map(([flag, meaning]) => [code(flag), meaning]),
    ),
  ].join("\n\n")}\n`;
}

function intro(): string {
  return `\`kfix crash\` reads kernel logs as people have them: ${PREFIXES.length} dressings, ${new Set(KINDS.map((row) => row.kind)).size} kinds of crashes in ${KINDS.length} forms, on ${new Set(ARCHITECTURE_MARKS.map((mark) => mark.arch)).size} architectures. How to add one: CONTRIBUTING.md.`;
}

function kindTable(kinds: readonly Kind[]): string {
  return table(
    ["Kind", "Headline, for example", "Title", "To blame"],
    kinds.map((row) => [row.kind, code(row.example), code(row.title), PLANS[row.blame]]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text of a log as code in a cell of a table. */
function code(text: string): string {
  const cell = text.trim().replaceAll("|", "\\|").replaceAll("\n", " ");
  return cell.includes("`") ? `\`\` ${cell} \`\`` : `\`${cell}\``;
}
