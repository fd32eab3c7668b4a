import { CLASS, CLASS_OF, countLines, endOfComment, endOfQuoted, endOfWord, textBetween } from "./c-lexer.ts";
import { CallReader } from "./calls.ts";
import { ARGUMENT, END, MACRO, type RawFormat, readFormat } from "./literal.ts";
import { printerOf } from "./print-macros.ts";
import type { Definition, MessageSite } from "./scanned-file.ts";

/** What a preprocessor line says. */
export type Directive =
  | { readonly kind: "if"; readonly dead: boolean }
  | { readonly kind: "else" }
  | { readonly kind: "endif" }
  | { readonly kind: "define" | "undef" | "include"; readonly from: number }
  | { readonly kind: "other" };

/** Reads the word behind the `#` at `at`. */
export function readDirective(bytes: Buffer, at: number, end: number): Directive {
  let from = at + 1;
  while (CLASS_OF[bytes[from] ?? 0] === CLASS.blank) from++;
  if (from >= end) return { kind: "other" };
  const behind = endOfWord(bytes, from);
  switch (textBetween(bytes, from, behind)) {
    case "define":
      return { kind: "define", from: behind };
    case "include":
      return { kind: "include", from: behind };
    case "undef":
      return { kind: "undef", from: behind };
    case "if":
      return {
        kind: "if",
        dead: /^\s*(?:0|\(0\))\s*(?:$|\/|\r|\n|&&)/.test(textBetween(bytes, behind, end)),
      };
    case "ifdef":
    case "ifndef":
      return { kind: "if", dead: false };
    case "else":
    case "elif":
      return { kind: "else" };
    case "endif":
      return { kind: "endif" };
    default:
      return { kind: "other" };
  }
}

/** A macro whose body matters: it stands for text, it prints, or it takes arguments. */
export interface MacroDefinition {
  readonly name: string;
  readonly takesArguments: boolean;
  readonly parameters: readonly string[];
  readonly bodyFrom: number;
  /** It has a string in its body. */
  readonly hasString: boolean;
}

/** Reads `#define NAME(a, b) BODY` from behind its keyword. */
export function readMacro(bytes: Buffer, from: number, end: number): MacroDefinition | undefined {
  let at = from;
  while (CLASS_OF[bytes[at] ?? 0] === CLASS.blank) at++;
  if (at >= end) return undefined;
  const nameEnd = endOfWord(bytes, at);
  const takesArguments = bytes[nameEnd] === 40;
  const line = bytes.subarray(0, end); // a search must not run on to the end of the file
  const hasString = line.includes(34, nameEnd);
  if (!takesArguments && !hasString) return undefined;
  const close = takesArguments ? line.indexOf(41, nameEnd) : -1;
  const parameters = close === -1 ? "" : textBetween(bytes, nameEnd + 1, close);
  return {
    name: textBetween(bytes, at, nameEnd),
    takesArguments,
    parameters: parameters.split(",").map((parameter) => parameter.replace(/[.\s\\]/g, "")),
    bodyFrom: close === -1 ? nameEnd : close + 1,
    hasString,
  };
}

/** The text that a macro stands for; undefined when its body is more than strings and macros. */
export function textOfMacro(bytes: Buffer, macro: MacroDefinition, end: number): RawFormat | undefined {
  const format = readFormat(bytes, macro.bodyFrom, end);
  if (!format.hasText) return undefined;
  if (!macro.takesArguments)
    return /^[\s)]*$/.test(textBetween(bytes, format.end, end)) ? format.raw : undefined;
  const parameter = `${MACRO}${macro.parameters[0] ?? ""}${END}`;
  return format.raw.includes(parameter) ? format.raw.replace(parameter, ARGUMENT) : undefined;
}

/**
 * The calls in a macro's body that print; the macro counts as their function. One that prints what it is given
 * (`pr_err("kvm [%i]: " fmt, ...)`) is left out where the calls of the macro are found themselves: by its name, or by the
 * end of line that they have to give.
 */
export function messagesOfMacro(
  bytes: Buffer,
  macro: MacroDefinition,
  place: {
    readonly end: number;
    readonly line: number;
    readonly pr: string | undefined;
    readonly dev: string | undefined;
  },
  found: MessageSite[],
): void {
  const sites: MessageSite[] = [];
  const reader = new CallReader(bytes, sites);
  const context = { function: macro.name, pr: place.pr, dev: place.dev };
  let line = place.line;
  let nameFrom = 0;
  let nameTo = 0;
  for (let at = macro.bodyFrom; at < place.end; ) {
    switch (CLASS_OF[bytes[at] ?? 0]) {
      case CLASS.word:
        nameFrom = at;
        at = endOfWord(bytes, at);
        nameTo = at;
        continue;
      case CLASS.blank:
        break;
      case CLASS.newline:
        line++;
        break;
      case CLASS.slash: {
        const end = endOfComment(bytes, at);
        line += countLines(bytes, at, end);
        at = Math.max(end, at + 1);
        continue;
      }
      case CLASS.quote:
      case CLASS.apostrophe: {
        const end = bytes[at] === 34 ? reader.string(at, context) : Math.max(endOfQuoted(bytes, at), at + 1);
        line += countLines(bytes, at, end);
        at = end;
        nameTo = 0;
        continue;
      }
      case CLASS.open:
        reader.open(at, nameFrom, nameTo, line);
        nameTo = 0;
        break;
      case CLASS.close:
        reader.close();
        nameTo = 0;
        break;
      case CLASS.comma:
        reader.comma(at);
        nameTo = 0;
        break;
      default:
        nameTo = 0;
    }
    at++;
  }
  const parameters = macro.parameters.map((parameter) => `${MACRO}${parameter}${END}`);
  const prints = printerOf(macro.name, "%s") !== undefined;
  const passesOn = ({ format }: MessageSite): boolean =>
    parameters.some((parameter) => (prints ? format.includes(parameter) : format.endsWith(parameter)));
  found.push(...sites.filter((site) => !passesOn(site)));
}

export function macroDefinition(macro: MacroDefinition, line: number, endLine: number): Definition {
  return { name: macro.name, line, endLine, kind: "macro", macro: undefined };
}

/** `<linux/foo.h>` and `"foo.h"`. */
export function readInclude(bytes: Buffer, from: number, end: number): string | undefined {
  return /^\s*[<"]([\w./+-]{1,200})[>"]/.exec(textBetween(bytes, from, Math.min(end, from + 220)))?.[1];
}
