import { KEYS, type Place } from "../cli/tui/keymap.ts";
import { type ShownScreen, takeScreens } from "./tui-screens.tsx";

/** docs/tui.md: its screens are taken from the running interface, its keys from the table. */
export async function tuiPage(): Promise<string> {
  const screens = await takeScreens();
  const screen = (name: ShownScreen["name"]): string => {
    const found = screens.find((one) => one.name === name);
    return ["```text", found?.text ?? "", "```"].join("\n");
  };
  return `${PAGE.replace(/\{\{screen (\w+)\}\}/g, (_all, name) => screen(name)).replace("{{keys}}", keysText())}\n`;
}

const PLACES: readonly (readonly [Place, string])[] = [
  ["everywhere", "Everywhere"],
  ["list", "In lists and panes"],
  ["commits", "At candidates and commits"],
  ["start", "On the first screen"],
  ["jobs", "At the index"],
  ["picker", "Among files"],
];

function keysText(): string {
  return PLACES.map(([place, title]) => {
    const rows = KEYS.filter((one) => one.place === place).map((one) => `| \`${one.shown}\` | ${one.help} |`);
    return [`### ${title}`, "", "| Key | What it does |", "|---|---|", ...rows].join("\n");
  }).join("\n\n");
}

const PAGE = `# The terminal interface

\`kfix\` alone on a terminal, or \`kfix tui [LOG...]\`: what one keeps open during an incident. It answers from the same
indexes as the commands (\`kfix source add\`), and sends nothing anywhere.

This page is made by \`npm run docs\`: the screens are what the interface shows over the small history of \`npm run demo\`.

## Begin

{{screen start}}

Paste a log as it is: the terminal marks it as a paste, and it is read as \`kfix crash\` reads it, whatever dressed it. Or
choose a file (\`L\`), read the last boot's kernel messages (\`B\`; journalctl runs then and not before), or search (\`/\`).
\`K\` says which kernel runs, for logs that do not; it holds until it is changed.

{{screen files}}

The logs with a crash that were looked at are remembered, beside the index, in files that only their owner may read
(\`recent/\` in \`KFIX_HOME\`). \`x\` forgets one, \`X\` all.

## A crash

{{screen crash}}

Above, the candidates: \`✔\` is the one to act on, then how sure kfix is, the first release, and whether the kernel has it.
Fixes of bugs that this kernel never had are hidden; the filters (\`f\`) show them. Below, four panes on the chosen one,
\`1\` to \`4\`. \`Tab\` goes to the pane and back. A log with several crashes shows a list of them first; \`[\` and \`]\` walk.

{{screen crashes}}

The commit: its message and its diff. Lines that name a function of the trace have a \`◆\`, and \`n\` jumps to the next;
\`d\` to the diff, and from file to file.

{{screen commit}}

The release map: a strip a series, from the release that brought the bug to the one that fixed it. \`━\` has the bug, \`·\`
does not, \`●\` is your kernel.

{{screen releases}}

The call trace: the source of the chosen frame, in the indexed tree that is nearest to the kernel that crashed. \`o\` opens
it in your editor.

{{screen trace}}

Wide terminals, from 132 columns, show list and pane side by side:

{{screen wide}}

## Filters

{{screen filters}}

## Search

{{screen search}}

As you type: symbols by their beginning, CVEs and shas by theirs, commits by the words of their message (whole words, but
for the last; those with all of them in the subject come first), and, with a source tree, who prints the line. A backport
is shown as its origin. \`list\` opens all commits that match, to walk through and filter.

{{screen symbol}}

## The index

{{screen index}}

\`I\` shows what is indexed. \`u\` fetches and indexes what is new, \`a\` adds a source, as \`kfix source add\` would, \`s\` stops.
A job runs in a process of its own beside everything else; what it did is kept, and \`u\` goes on where it stopped. It ends
with the interface.

## Keys

{{keys}}

Where text is typed, letters are text: Enter opens, Esc goes back, \`^u\` clears, the arrows choose.

## Choices

- **Editor**: \`VISUAL\`, else \`EDITOR\`, else \`vi\`, with \`+LINE FILE\`; VS Code, Sublime Text, Zed and Helix get the line in
  their own way.
- **Clipboard**: \`y\` asks the terminal (OSC 52), so that it works over ssh too. tmux needs \`set -g set-clipboard on\`.
- **Mouse**: the wheel scrolls; nothing needs it. \`M\` gives the mouse back to the terminal, to select text.
- **Colours**: the terminal's own sixteen, without a background, so that light and dark both do. With \`NO_COLOR\` none: weight,
  inversion and signs say everything that colours say.
- **Characters**: where the locale is not UTF-8, or on the Linux console, what is drawn is ASCII.
- **Reports**: \`e\` writes the same report as \`kfix crash --report\`: the file's ending says Markdown, HTML or JSON.
- **Leaving**: however it ends, the terminal is as it was before. \`^z\` stops it, \`fg\` goes on. Exit status 0, or 130 after
  \`^c\`.
- **No terminal**: \`kfix tui\` says so and ends with 2; the commands do without (\`kfix --help\`).
- **Large things**: only what is visible is drawn. A log of any size may be opened; of a paste, the first 64 MB are read.
  A diff is shown up to 4 MB.`;
