import { ARGUMENT, END, MACRO, type RawFormat } from "./literal.ts";

/**
 * A piece of one printed line: text as it is, or what a conversion of printk puts there
 * (Documentation/core-api/printk-formats.rst).
 *
 * `any` is `%s`, a `%p` extension, or a macro that could not be resolved; `module` is KBUILD_MODNAME.
 */
export type FormatPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "integer" | "hex" | "character" | "pointer" | "any" | "module" };

/** A format as the lines that it prints. */
export interface ParsedFormat {
  readonly lines: readonly (readonly FormatPiece[])[];
  /** False: what is printed next goes on in the same line. */
  readonly endsLine: boolean;
}

/** Cuts a format into lines, and these into pieces; runs of blanks count as one. */
export function parseFormat(raw: RawFormat): ParsedFormat {
  const text = raw.replaceAll(ARGUMENT, "");
  const lines: FormatPiece[][] = [];
  let line: FormatPiece[] = [];
  let from = 0;
  SPECIAL.lastIndex = 0;
  for (let found = SPECIAL.exec(text); found !== null; found = SPECIAL.exec(text)) {
    pushText(line, text.slice(from, found.index));
    from = SPECIAL.lastIndex;
    const [sign, macro, conversion, pointer, extension] = found;
    if (sign === "\n") {
      lines.push(line);
      line = [];
    } else if (sign === "%%") pushText(line, "%");
    else if (macro !== undefined) line.push({ kind: macro === "KBUILD_MODNAME" ? "module" : "any" });
    else line.push({ kind: kindOf(conversion ?? pointer ?? "", extension ?? "") });
  }
  pushText(line, text.slice(from));
  lines.push(line);
  return { lines: lines.filter((one) => one.length > 0), endsLine: line.length === 0 };
}

/** The words of a format's line that are whole: not next to a conversion; in lower case. */
export function wordsOfLine(line: readonly FormatPiece[]): Set<string> {
  const flat = line.map((piece) => (piece.kind === "text" ? piece.text : HOLE)).join("");
  const words = new Set<string>();
  for (const [run] of flat.matchAll(/[\w\0]+/g))
    if (!run.includes(HOLE) && run.length > 1) words.add(run.toLowerCase());
  return words;
}

/** The words of an observed line, as `wordsOfLine` cuts them. */
export function wordsOfText(text: string): Set<string> {
  const words = new Set<string>();
  for (const [run] of text.matchAll(/\w+/g)) if (run.length > 1) words.add(run.toLowerCase());
  return words;
}

function pushText(line: FormatPiece[], part: string): void {
  const text = part.replace(/[ \t\r]{2,}|[\t\r]/g, " ");
  if (text === "") return;
  const before = line.at(-1);
  if (before?.kind === "text") line[line.length - 1] = { kind: "text", text: before.text + text };
  else line.push({ kind: "text", text });
}

function kindOf(conversion: string, extension: string): "integer" | "hex" | "character" | "pointer" | "any" {
  switch (conversion) {
    case "d":
    case "i":
    case "u":
    case "o":
      return "integer";
    case "x":
    case "X":
      return "hex";
    case "c":
      return "character";
    case "p":
      return extension === "" || /^[Kx]$/.test(extension) ? "pointer" : "any";
    default:
      return "any";
  }
}

const HOLE = "\0";
const SPECIAL = new RegExp(
  `\n|${MACRO}(\\w{1,200})${END}|%%|%[-+ #0]*(?:\\*|\\d+)?(?:\\.(?:\\*|\\d+)?)?(?:hh|h|ll|l|L|q|j|z|Z|t)?(?:([diouxXcsneEfgGaA])|(p)([A-Za-z][A-Za-z0-9]{0,11})?)`,
  "g",
);
