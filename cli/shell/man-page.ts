import { EXIT_STATUSES } from "../exit-status.ts";
import { ENVIRONMENT, FILES } from "../settings-table.ts";
import type { CommandLine, OptionParts } from "./command-line.ts";

/** `kfix-source-add.1`: file names of man pages name the section. */
export function manFile({ path }: CommandLine): string {
  return `${pageName(path)}.1`;
}

/** The manual page of a command, in the macros of man(7), which every roff knows. */
export function manPage(
  command: CommandLine,
  all: readonly CommandLine[],
  made: { readonly version: string; readonly date: string },
): string {
  const { path, definition, options, subcommands } = command;
  const name = pageName(path);
  const examples = definition.examples.flatMap(({ command: words, says }) => [
    ".PP",
    ".nf",
    `.B ${quoted(words)}`,
    ".fi",
    ".RS 4",
    sentence(says),
    ".RE",
  ]);
  return [
    `.TH ${name.toUpperCase().replaceAll("-", "\\-")} 1 ${made.date} "kfix ${made.version}" "kfix"`,
    ".SH NAME",
    `${roff(name)} \\- ${roff(definition.summary)}`,
    ".SH SYNOPSIS",
    synopsis(command),
    ".SH DESCRIPTION",
    ...paragraphs(definition.description),
    ...(subcommands.length > 0
      ? [".SH COMMANDS", ...subcommands.flatMap((sub) => tagged(`\\fB${roff(sub.name)}\\fR`, sub.summary))]
      : []),
    ...(definition.arguments.length > 0
      ? [
          ".SH ARGUMENTS",
          ...definition.arguments.flatMap(({ name: word, help }) =>
            tagged(`\\fI${roff(bare(word))}\\fR`, help),
          ),
        ]
      : []),
    ".SH OPTIONS",
    ...options.flatMap((option) => tagged(optionTag(option), option.help)),
    ".SH EXIT STATUS",
    ...EXIT_STATUSES.flatMap(({ status, says }) => tagged(`\\fB${status}\\fR`, says)),
    ...(path.length === 0
      ? [
          ".SH ENVIRONMENT",
          ...ENVIRONMENT.flatMap(({ name: variable, help }) => tagged(`\\fB${roff(variable)}\\fR`, help)),
        ]
      : []),
    ...(path.length === 0
      ? [".SH FILES", ...FILES.flatMap(({ name: file, help }) => tagged(`\\fI${roff(file)}\\fR`, help))]
      : []),
    ...(examples.length > 0 ? [".SH EXAMPLES", ...examples.slice(1)] : []),
    ".SH SEE ALSO",
    seeAlso(command, all),
    "",
  ].join("\n");
}

function pageName(path: readonly string[]): string {
  return ["kfix", ...path].join("-");
}

function synopsis({ path, definition, subcommands }: CommandLine): string {
  const words = definition.arguments.map(({ name }) => `\\fI${roff(name)}\\fR`);
  const rest = subcommands.length > 0 ? ["\\fIcommand\\fR ..."] : words;
  return [`\\fB${roff(["kfix", ...path].join(" "))}\\fR`, "[\\fIoption\\fR ...]", ...rest].join(" ");
}

function optionTag({ names, value, valueOptional }: OptionParts): string {
  const spelled = names.map((name) => `\\fB${roff(name)}\\fR`).join(", ");
  if (value === undefined) return spelled;
  return valueOptional ? `${spelled} [\\fI${roff(value)}\\fR]` : `${spelled} \\fI${roff(value)}\\fR`;
}

function tagged(tag: string, says: string): string[] {
  return [".TP", tag, sentence(says)];
}

function paragraphs(text: string): string[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .flatMap((paragraph, at) => [...(at === 0 ? [] : [".PP"]), sentence(paragraph)]);
}

/** The parent, the children, and kfix itself. */
function seeAlso({ path, subcommands }: CommandLine, all: readonly CommandLine[]): string {
  const names = [
    ...(path.length > 0 ? [pageName(path.slice(0, -1))] : []),
    ...(subcommands.length > 0
      ? subcommands.map((sub) => pageName([...path, sub.name]))
      : siblings(path, all)),
  ];
  return [...new Set(names)].map((name) => `\\fB${roff(name)}\\fR(1)`).join(",\n");
}

function siblings(path: readonly string[], all: readonly CommandLine[]): string[] {
  const parent = path.slice(0, -1).join(" ");
  return all
    .filter(
      (one) =>
        one.path.length === path.length &&
        one.path.slice(0, -1).join(" ") === parent &&
        one.path.join() !== path.join(),
    )
    .map((one) => pageName(one.path));
}

/** The name in an argument's `[name...]`. */
function bare(argument: string): string {
  return argument.replace(/[<>[\]]|\.\.\./g, "");
}

/** A text to be filled, on one line, so that nothing in it begins a line and is taken for a request. */
function sentence(text: string): string {
  return roff(text.replace(/\s+/g, " ").trim());
}

/** A macro's one argument. */
function quoted(text: string): string {
  return `"${roff(text).replaceAll('"', "\\(dq")}"`;
}

/** Text as roff prints it unchanged: groff_char(7) says which characters are not what they seem. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha")
    .replaceAll("`", "\\(ga")
    .replaceAll("'", "\\(aq")
    .replace(/^\./, "\\&.");
}
