import { ARGUMENT, END, MACRO, type RawFormat } from "./literal.ts";

/** Looks a macro's text up; undefined when it is unknown. */
export type MacroLookup = (name: string) => RawFormat | undefined;

/** Replaces the macros in a format by their text, as deep as they go; the unknown ones stay. */
export function resolveMacros(raw: RawFormat, lookup: MacroLookup, depth = 0): RawFormat {
  if (!raw.includes(MACRO) || depth > DEEPEST) return raw;
  return raw.replace(NAMED_MACRO, (whole, name: string) => {
    if (name === MODULE_NAME) return whole;
    const known = KNOWN[name] ?? lookup(name);
    return known === undefined ? whole : resolveMacros(known, lookup, depth + 1);
  });
}

/** A format with what `pr_fmt` adds before and behind it. */
export function withPrefix(format: RawFormat, prefix: RawFormat | undefined): RawFormat {
  return prefix === undefined ? format : prefix.replace(ARGUMENT, () => format);
}

/** A macro inside a format, its name the first group. */
export const NAMED_MACRO = new RegExp(`${MACRO}(\\w{1,200})${END}`, "g");
const DEEPEST = 6;
/** The build system's own (scripts/Makefile.lib); it differs by file. */
const MODULE_NAME = "KBUILD_MODNAME";

/** Macros of the kernel's headers that stand for a conversion or for nothing (include/linux/types.h, inttypes). */
const KNOWN: Readonly<Record<string, RawFormat>> = {
  PRIu8: "u",
  PRIu16: "u",
  PRIu32: "u",
  PRIu64: "llu",
  PRId32: "d",
  PRId64: "lld",
  PRIx32: "x",
  PRIx64: "llx",
  PRIX64: "llX",
  FW_BUG: "[Firmware Bug]: ",
  FW_WARN: "[Firmware Warn]: ",
  FW_INFO: "[Firmware Info]: ",
  HW_ERR: "[Hardware Error]: ",
  DEPRECATED: "[Deprecated]: ",
};
