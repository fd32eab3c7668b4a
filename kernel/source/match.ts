import type { FormatPiece } from "./format.ts";

/** How a format's line fits a text from a position on. */
export interface Fit {
  /** Where the text went on to; the text's length when all of it fits. */
  readonly end: number;
  /** Signs other than blanks that the format's own text accounts for. */
  readonly literal: number;
  /** Signs that stand for a `%s` or an unresolved macro. */
  readonly loose: number;
  /** The text ends within the format. */
  readonly cut: boolean;
}

/** What may stand for KBUILD_MODNAME: the file's name and its module's, with underscores. */
export type ModuleNames = readonly string[];

/**
 * Fits the pieces of a format's line to `text` (runs of blanks made one) from `start`; undefined when they do not.
 *
 * Follows all positions that are possible behind each piece, so its cost is bounded by pieces times length, whatever
 * the format and the text are.
 */
export function fitLine(
  pieces: readonly FormatPiece[],
  text: string,
  start: number,
  modules: ModuleNames,
): Fit | undefined {
  let places: number[] = [start];
  let floating = false;
  let literal = 0;
  let typed = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "any") {
      floating = true;
      continue;
    }
    if (piece.kind === "text") {
      const next = floating
        ? afterAnywhere(text, piece.text, places[0] ?? text.length)
        : afterText(text, piece.text, places);
      if (next.length === 0) return cutFit(text, piece.text, { places, floating, literal, start, typed });
      literal += solidLength(piece.text);
      places = next;
    } else if (piece.kind === "module") {
      const found = moduleAt(text, places[0] ?? 0, modules);
      if (found === undefined) return undefined;
      literal += found.literal;
      places = [found.end];
    } else {
      const next = afterValue(text, piece.kind, places, floating);
      if (next.length === 0) {
        const atEnd = !floating && places.includes(text.length) && index > 0;
        return atEnd && literal >= LEAST_TEXT
          ? { end: text.length, literal, loose: 0, cut: true }
          : undefined;
      }
      typed++;
      places = next;
    }
    floating = false;
  }
  const end = floating ? text.length : Math.max(...places);
  return { end, literal, loose: Math.max(0, end - start - literal - typed * 4), cut: false };
}

/** A text that ends within a format's text: the line was cut, or pasted in part. */
function cutFit(
  text: string,
  piece: string,
  so: { places: readonly number[]; floating: boolean; literal: number; start: number; typed: number },
): Fit | undefined {
  const rest = so.places.find((place) => piece.startsWith(text.slice(place).trimStart() || "\0"));
  if (rest === undefined || so.floating) return undefined;
  const literal = so.literal + solidLength(text.slice(rest));
  if (literal < LEAST_TEXT) return undefined;
  return { end: text.length, literal, loose: 0, cut: true };
}

function afterText(text: string, wanted: string, places: readonly number[]): number[] {
  const found: number[] = [];
  for (const place of places) {
    const end = startsAt(text, wanted, place);
    if (end !== undefined) found.push(end);
  }
  return found;
}

/** Blanks are easy: one that was just passed, or that the end of the line lost, is not asked for again. */
function startsAt(text: string, wanted: string, place: number): number | undefined {
  if (text.startsWith(wanted, place)) return place + wanted.length;
  if (
    wanted.startsWith(" ") &&
    (place === 0 || text[place - 1] === " ") &&
    text.startsWith(wanted.slice(1), place)
  )
    return place + wanted.length - 1;
  if (!wanted.startsWith(" ") && text[place] === " " && text.startsWith(wanted, place + 1))
    return place + 1 + wanted.length;
  const bare = wanted.trimEnd();
  if (bare !== wanted && text.startsWith(bare, place) && place + bare.length === text.length)
    return text.length;
  return undefined;
}

function afterAnywhere(text: string, wanted: string, from: number): number[] {
  const found: number[] = [];
  for (
    let at = text.indexOf(wanted, from);
    at !== -1 && found.length < MOST_PLACES;
    at = text.indexOf(wanted, at + 1)
  )
    found.push(at + wanted.length);
  if (found.length > 0) return found;
  const bare = wanted.trimEnd();
  return bare !== wanted && bare !== "" && text.endsWith(bare) && text.length - bare.length >= from
    ? [text.length]
    : [];
}

type Value = "integer" | "hex" | "character" | "pointer";

function afterValue(text: string, kind: Value, places: readonly number[], floating: boolean): number[] {
  const found = new Set<number>();
  const starts = floating ? everyFrom(places[0] ?? text.length, text.length) : places;
  for (const start of starts) {
    let at = start;
    while (text[at] === " " && kind !== "character") at++; // a padded value
    if (kind === "character") {
      if (at < text.length) found.add(at + 1);
      continue;
    }
    const run = RUNS[kind].exec(text.slice(at, at + LONGEST_VALUE))?.[0].length ?? 0;
    // every part of a run is possible: `%d%d`, `0x%02x%02x`
    for (let length = 1; length <= run; length++) found.add(at + length);
    if (found.size > MOST_PLACES) break;
  }
  return [...found].sort((a, b) => a - b);
}

function* everyFrom(from: number, to: number): Generator<number> {
  for (let at = from; at < to; at++) yield at;
}

function moduleAt(
  text: string,
  place: number,
  modules: ModuleNames,
): { end: number; literal: number } | undefined {
  const name = /^[\w-]{1,64}/.exec(text.slice(place, place + 64))?.[0];
  if (name === undefined) return undefined;
  const known = modules.includes(name.replaceAll("-", "_"));
  return { end: place + name.length, literal: known ? name.length : -UNKNOWN_MODULE };
}

/** How many signs of a text are no blanks. */
export function solidLength(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== 32) count++;
  return count;
}

const RUNS: Readonly<Record<Exclude<Value, "character">, RegExp>> = {
  integer: /^[-+]?\d+/,
  hex: /^(?:0x)?[0-9a-fA-F]+/,
  pointer: /^(?:0x)?[0-9a-fA-F]+|^\([\w]{2,20}\)/,
};
/** Signs of text; fewer prove nothing about a line that was cut. */
export const LEAST_TEXT = 12;
const MOST_PLACES = 256;
const LONGEST_VALUE = 40;
const UNKNOWN_MODULE = 4;
