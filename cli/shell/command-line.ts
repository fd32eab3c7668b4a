import type { CommandDefinition, OptionDefinition, Takes } from "../definition.ts";

/** A command as help, completion and man pages need it: with its whole name, and its options taken apart. */
export interface CommandLine {
  /** `[]` is kfix itself, `["source", "add"]` a command of a command. */
  readonly path: readonly string[];
  readonly definition: CommandDefinition;
  readonly options: readonly OptionParts[];
  /** What its plain words may be. */
  readonly takes: Takes | undefined;
  readonly subcommands: readonly CommandDefinition[];
}

/** `-k, --kernel <version>`, taken apart. */
export interface OptionParts {
  /** `["-k", "--kernel"]`. */
  readonly names: readonly string[];
  /** `version`; undefined: it takes nothing. */
  readonly value: string | undefined;
  /** Its value may be left out, as commander's `[boot]`. */
  readonly valueOptional: boolean;
  readonly help: string;
  readonly takes: Takes | undefined;
}

/** A command and everything below it, in the order of the definitions; each has the common options, too. */
export function commandLines(
  root: CommandDefinition,
  common: readonly OptionDefinition[],
  path: readonly string[] = [],
): CommandLine[] {
  const subcommands = root.subcommands ?? [];
  return [
    {
      path,
      definition: root,
      options: [...root.options, ...common].map(partsOf),
      takes: root.arguments.map((argument) => argument.takes).find((takes) => takes !== undefined),
      subcommands,
    },
    ...subcommands.flatMap((sub) => commandLines(sub, common, [...path, sub.name])),
  ];
}

export function partsOf(option: OptionDefinition): OptionParts {
  const [, names = "", open, value] = /^(.*?)(?: ([<[])(.*)[>\]])?$/.exec(option.flags) ?? [];
  return {
    names: names.split(", "),
    value,
    valueOptional: open === "[",
    help: option.help,
    takes: option.takes,
  };
}

/** An awk program that prints the names in the output of `kfix source list`, of one kind: `name  kind  location`. */
export const NAMES_OF_SOURCES = '$2 ~ "^(" kind ")$" && $1 ~ /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/ { print $1 }';
export const ANY_SOURCE = "git|tree|cve|changelog|lifecycle";
