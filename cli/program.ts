import type { CommandDefinition, OptionDefinition } from "./definition.ts";

/** Options that every command has. */
export const COMMON_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: "--cache-dir <folder>",
    help: "where the index is kept (KFIX_HOME, else ~/.cache/kfix)",
    takes: "folders",
  },
  { flags: "--color", help: "colours, also where the output is no terminal" },
  { flags: "--no-color", help: "no colours (also: NO_COLOR)" },
  { flags: "-q, --quiet", help: "no progress and no remarks; errors are still said" },
  { flags: "-v, --verbose", help: "say on standard error what is read, and how long each step takes" },
  { flags: "-h, --help", help: "what the command does, with examples" },
];

/** kfix itself, with its commands. */
export function program(commands: readonly CommandDefinition[]): CommandDefinition {
  return {
    name: "kfix",
    summary: "which kernel fixes this",
    description: `
Which kernel fixes this? From a crash, a commit or a function to the fix and the first release with it.

It answers offline, from an index of your own clone of the kernel's history, the kernel's CVE records, changelogs of
distributions and source trees: what it answers from is added with kfix source add.`,
    arguments: [],
    options: [{ flags: "-V, --version", help: "print kfix's version" }],
    examples: [
      { command: "dmesg | kfix crash", says: "what crashed, which kernel fixes it, and what to upgrade to" },
      { command: "kfix source add ~/src/linux", says: "index a clone of the kernel's history, once" },
      { command: 'kfix check --kernel "$(uname -a)" CVE-2024-26642', says: "does this kernel have a fix" },
    ],
    subcommands: commands,
  };
}
