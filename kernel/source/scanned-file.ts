import type { RawFormat } from "./literal.ts";

/** What a source file defines and prints. Lines are 1-based, both ends included. */
export interface ScannedFile {
  readonly definitions: readonly Definition[];
  readonly messages: readonly MessageSite[];
  /** `#define PFX "foo: "`: macros that stand for text. */
  readonly strings: readonly (readonly [name: string, value: RawFormat])[];
  /** `pr_fmt` and `dev_fmt` as the file leaves them, for the files that include it. */
  readonly prefixes: Prefixes;
  /** `"foo.h"` and `<linux/foo.h>` without their quotes. */
  readonly includes: readonly string[];
}

/** The bodies of `#define pr_fmt(fmt)` and `dev_fmt`, ARGUMENT where `fmt` goes. */
export interface Prefixes {
  readonly pr: RawFormat | undefined;
  readonly dev: RawFormat | undefined;
}

export interface Definition {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly kind: DefinitionKind;
  /** The macro that makes it: `SYSCALL_DEFINE3`. */
  readonly macro: string | undefined;
}

export type DefinitionKind = "function" | "type" | "macro" | "assembly";

/** A call that prints. */
export interface MessageSite {
  /** Of the call. */
  readonly line: number;
  /** The function, or the macro, whose body has it. */
  readonly function: string | undefined;
  readonly macro: string;
  readonly level: string | undefined;
  readonly format: RawFormat;
  /** What the file's own pr_fmt or dev_fmt adds at this line; undefined: the file has none above. */
  readonly prefix: RawFormat | undefined;
  /** What the macro itself adds, within that; ARGUMENT where the format goes. */
  readonly around: RawFormat | undefined;
}

export const NOTHING_SCANNED: ScannedFile = {
  definitions: [],
  messages: [],
  strings: [],
  prefixes: { pr: undefined, dev: undefined },
  includes: [],
};
