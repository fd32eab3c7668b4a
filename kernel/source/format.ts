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
  const lines: FormatPiece[][] = [[]];
  const text = raw.replaceAll(ARGUMENT, "");
  let from = 0;
  const literal = (to: number): void => {
    text
      .slice(from, to)
      .split("\n")
      .forEach((part, index) => {
        if (index > 0) lines.push([]);
        pushText(lines, part);
      });
  };
  for (const match of text.matchAll(SPECIAL)) {
    literal(match.index);
    from = match.index + match[0].length;
    if (match[1] !== undefined)
      lines.at(-1)?.push({ kind: match[1] === "KBUILD_MODNAME" ? "module" : "any" });
    else if (match[0] === "%%") pushText(lines, "%");
    else lines.at(-1)?.push({ kind: kindOf(match[2] ?? match[3] ?? "", match[4] ?? "") });
  }
  literal(text.length);
  const endsLine = lines.at(-1)?.length === 0;
  return { lines: lines.filter((line) => line.length > 0), endsLine };
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

function pushText(lines: FormatPiece[][], part: string): void {
  const text = part.replace(/[ \t\r]+/g, " ");
  if (text === "") return;
  const line = lines.at(-1);
  const before = line?.at(-1);
  if (line && before?.kind === "text") line[line.length - 1] = { kind: "text", text: before.text + text };
  else line?.push({ kind: "text", text });
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
  `${MACRO}(\\w{1,200})${END}|%%|%[-+ #0]*(?:\\*|\\d+)?(?:\\.(?:\\*|\\d+)?)?(?:hh|h|ll|l|L|q|j|z|Z|t)?(?:([diouxXcsneEfgGaA])|(p)([A-Za-z][A-Za-z0-9]{0,11})?)`,
  "g",
);
