import type { Settings } from "./settings.ts";

/** A command, declared once: help, and whatever else describes it, is made from this. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** What the help says below the usage line: paragraphs, an empty line between them; each is filled to the width. */
  readonly description: string;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: readonly OptionDefinition[];
  readonly examples: readonly { readonly command: string; readonly says: string }[];
  /** Does the work; gives the exit status. Loaded code is imported inside, so that help stays quick. */
  readonly run?: (input: Invocation) => Promise<number>;
  /** Of a command with --batch: what a line has, and what answers it. */
  readonly batch?: BatchDefinition;
  readonly subcommands?: readonly CommandDefinition[];
}

export interface ArgumentDefinition {
  /** As commander writes it: `<name>`, `[name]`, `[name...]`. */
  readonly name: string;
  readonly help: string;
  readonly takes?: Takes;
}

export interface OptionDefinition {
  /** `--json`, `-k, --kernel <version>`. */
  readonly flags: string;
  readonly help: string;
  readonly takes?: Takes;
  /** The setting that says it where the command line does not. */
  readonly setting?: "kernel" | "arch" | "tree";
}

/** What a word of the command line may be, for completion: some words, or what lies on the disk or in the index. */
export type Takes = readonly string[] | "files" | "folders" | "trees" | "sources";

/** A question as a JSON object: a line of `--batch`, the arguments of a tool for agents. */
export interface BatchDefinition {
  readonly fields: readonly BatchField[];
  /** Opens what answers come from, once; gives what answers each line. Throws `not-indexed`. */
  readonly open: (input: Invocation) => BatchAnswer;
}

export interface BatchField {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
}

/** Throws KfixError for a line that cannot be answered. */
export type BatchAnswer = (record: BatchRecord) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** One question of a batch: text fields by name. */
export interface BatchRecord {
  readonly id: unknown;
  /** The text of a field; throws `bad-input` when it is missing or no text. */
  required(name: string): string;
  optional(name: string): string | undefined;
}

/** What the user typed, and where to answer. */
export interface Invocation {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly io: Io;
}

/** What kfix is run in, so that it can be run by a test or a program as well. */
export interface Outside {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
}

/** Takes what is said: a stream of Node, or less. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** `written` is called when all is. Gives false when `drain` should be waited for. */
  write(text: string | Uint8Array, written?: () => void): boolean;
  once(event: "drain", listener: () => void): unknown;
}

/** The same for a command, with how it is to behave there. */
export interface Io extends Outside {
  readonly settings: Settings;
}

export function textOption(input: Invocation, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === "string" ? value : undefined;
}

export function isSet(input: Invocation, name: string): boolean {
  return input.options[name] === true;
}

export const JSON_OUTPUT: OptionDefinition = { flags: "--json", help: "print JSON (docs/json.md)" };
export const BATCH: OptionDefinition = {
  flags: "--batch",
  help: "read JSON lines from standard input, answer each on one line",
};
export const KERNEL: OptionDefinition = {
  flags: "-k, --kernel <version>",
  help: "the kernel that runs: uname -r, uname -a, or a version",
};
/** The same where no log says anything of the kernel. */
export const KERNEL_OR_SETTING: OptionDefinition = { ...KERNEL, setting: "kernel" };
export const EXPLAIN: OptionDefinition = {
  flags: "--explain",
  help: 'the commit and the tag that prove each "fixed", and the command that shows it',
};
export const TREE: OptionDefinition = {
  flags: "--tree <folder>",
  help: "a kernel source tree: is the fix in its code",
  takes: "folders",
};
