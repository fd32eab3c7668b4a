import type { StoredMessage } from "../cache/tree-reader.ts";
import { type FormatPiece, type ParsedFormat, parseFormat } from "../kernel/source/format.ts";
import { type Fit, fitLine, solidLength } from "../kernel/source/match.ts";
import { withPrefix } from "../kernel/source/resolve-macros.ts";
import type { MessagePiece, MessageStore } from "./message.ts";
import type { ObservedLine } from "./observed-line.ts";

/** A line put together from the calls that print it. */
export interface AssembledLine {
  readonly first: StoredMessage;
  /** The more, the more of the line is accounted for; at most the line's signs that are no blanks, and a little. */
  readonly weight: number;
  readonly pieces: readonly MessagePiece[];
}

/**
 * The ways in which a message makes a line: alone, with the calls that follow it in its function, or as a
 * later part of a line that a call before it begins. No ways: it does not make it.
 */
export function assembleLine(tree: MessageStore, id: number, observed: ObservedLine): AssembledLine[] {
  const message = tree.message(id);
  if (message === undefined) return [];
  const found = assembleFrom(tree, message, observed);
  if (!mayContinue(message) || !observed.mayBegin(message.format)) return found;
  if (!observed.mayHold(parsedOwn(message), moduleNames(message.path))) return found;
  const earlier = beginningsBefore(tree, message).flatMap((first) =>
    assembleFrom(tree, first, observed).filter((line) =>
      line.pieces.some((piece) => piece.line === message.line),
    ),
  );
  return [...found, ...earlier];
}

function assembleFrom(tree: MessageStore, message: StoredMessage, observed: ObservedLine): AssembledLine[] {
  const { format, prefix } = message;
  const whole = observed.mayBegin(format, prefix)
    ? assembleParsed(tree, message, observed, parsedWhole(message), 0)
    : [];
  // the prefix may be cut off with the dressing, or come from a header that this file's build does not use
  const bare =
    prefix !== undefined && observed.mayBegin(format)
      ? assembleParsed(tree, message, observed, parsedOwn(message), BARE)
      : [];
  const best = [...whole, ...bare].reduce<AssembledLine | undefined>(
    (a, b) => (a === undefined || b.weight > a.weight ? b : a),
    undefined,
  );
  return best === undefined || best.weight <= 0 ? [] : [best];
}

function assembleParsed(
  tree: MessageStore,
  message: StoredMessage,
  observed: ObservedLine,
  parsed: ParsedFormat,
  cost: number,
): AssembledLine[] {
  const modules = moduleNames(message.path);
  if (!observed.mayHold(parsed, modules)) return [];
  const { text } = observed;
  const lines: AssembledLine[] = [];
  for (const [index, line] of parsed.lines.entries()) {
    const isLast = index === parsed.lines.length - 1;
    for (const start of observed.startsFor(message.macro, index)) {
      const fit = fitLine(line, text, start.at, modules);
      if (fit === undefined || fit.literal < 1) continue;
      const piece = pieceOf(message, text, 0, fit.end);
      const open = isLast && !parsed.endsLine && !fit.cut && fit.end <= text.length;
      const rest = open ? continueLine(tree, message, text, fit, line) : NOTHING;
      const end = rest.end ?? fit.end;
      const left = solidLength(text.slice(end));
      const weight =
        fit.literal +
        rest.literal -
        start.cost -
        cost -
        LOOSE * (fit.loose + rest.loose) -
        (fit.cut ? CUT : 0) -
        (open ? LEFT_OPEN : LEFT) * left;
      lines.push({ first: message, weight, pieces: [piece, ...rest.pieces] });
    }
  }
  return lines;
}

interface Rest {
  readonly end: number | undefined;
  readonly literal: number;
  readonly loose: number;
  readonly pieces: readonly MessagePiece[];
}

const NOTHING: Rest = { end: undefined, literal: 0, loose: 0, pieces: [] };

/** What the calls behind an unfinished one in the same function add to the line; the longest way counts. */
function continueLine(
  tree: MessageStore,
  message: StoredMessage,
  text: string,
  fit: Fit,
  pieces: readonly FormatPiece[],
): Rest {
  const followers = following(tree, message);
  // `%s` at the end took all of the text: the next call's text says where it ends
  const floating = pieces.at(-1)?.kind === "any";
  let best = NOTHING;
  const explore = (from: number, at: number, so: Rest, loose: boolean, depth: number): void => {
    const better =
      (so.end ?? 0) > (best.end ?? 0) || ((so.end ?? 0) === (best.end ?? 0) && so.literal > best.literal);
    if (so.pieces.length > 0 && better) best = so;
    if (depth === 0 || (at >= text.length && !loose)) return;
    for (let index = from; index < followers.length; index++) {
      const next = followers[index];
      const line = next && parsedOwn(next).lines[0];
      if (next === undefined || line === undefined) continue;
      const places = loose ? placesOf(line, text, at) : [at];
      for (const place of places) {
        const step = fitLine(line, text, place, moduleNames(next.path));
        if (step === undefined || step.cut || step.end <= place) continue;
        const parsed = parsedOwn(next);
        const ends = parsed.endsLine || parsed.lines.length > 1;
        explore(
          index + 1,
          step.end,
          {
            end: step.end,
            literal: so.literal + step.literal,
            loose: so.loose + step.loose,
            pieces: [...so.pieces, pieceOf(next, text, place, step.end)],
          },
          !ends && line.at(-1)?.kind === "any",
          ends ? 0 : depth - 1,
        );
      }
    }
  };
  const start = floating ? Math.max(0, fit.end - fit.loose) : fit.end;
  explore(0, start, NOTHING, floating, MOST_STEPS);
  return best;
}

/** Where a piece that begins with text may begin, when the piece before it has no end of its own. */
function placesOf(line: readonly FormatPiece[], text: string, from: number): number[] {
  const first = line[0];
  if (first?.kind !== "text") return [];
  const places: number[] = [];
  for (
    let at = text.indexOf(first.text, from);
    at !== -1 && places.length < 4;
    at = text.indexOf(first.text, at + 1)
  )
    places.push(at);
  return places;
}

function following(tree: MessageStore, message: StoredMessage): StoredMessage[] {
  const found: StoredMessage[] = [];
  for (let id = message.id + 1; id <= message.id + FOLLOWERS; id++) {
    const next = tree.message(id);
    if (next === undefined || next.path !== message.path || next.function !== message.function) break;
    if (mayContinue(next)) found.push(next);
  }
  return found;
}

/** The calls before a continuing one, in the same function, that leave their line open. */
function beginningsBefore(tree: MessageStore, message: StoredMessage): StoredMessage[] {
  const found: StoredMessage[] = [];
  for (let id = message.id - 1; id >= message.id - FOLLOWERS && found.length < 6; id--) {
    const before = tree.message(id);
    if (before === undefined || before.path !== message.path || before.function !== message.function) break;
    if (!parsedOwn(before).endsLine && before.level !== "cont") found.push(before);
  }
  return found;
}

/** A call that can go on with a line: pr_cont, KERN_CONT, and before 4.9 any printk without a level. */
function mayContinue(message: StoredMessage): boolean {
  if (message.level === "cont") return true;
  if (message.prefix !== undefined || message.level !== undefined) return false;
  return !/^(?:_?dev_|netdev_|pr_(?!cont)|panic|WARN)/.test(message.macro);
}

function pieceOf(message: StoredMessage, text: string, from: number, to: number): MessagePiece {
  return { line: message.line, macro: message.macro, format: message.format, text: text.slice(from, to) };
}

function parsedWhole(message: StoredMessage): ParsedFormat {
  return message.prefix === undefined
    ? parsedOwn(message)
    : parseFormat(withPrefix(message.format, message.prefix));
}

/** Asked several times of a message, by those that come before it too. */
function parsedOwn(message: StoredMessage): ParsedFormat {
  let parsed = PARSED.get(message);
  if (!parsed) {
    parsed = parseFormat(message.format);
    PARSED.set(message, parsed);
  }
  return parsed;
}

const PARSED = new WeakMap<StoredMessage, ParsedFormat>();

function moduleNames(path: string): string[] {
  const base = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  return [base.replaceAll("-", "_")];
}

const FOLLOWERS = 24;
const MOST_STEPS = 8;
/** Weights in signs: text that a `%s` took, text behind the format, behind one that leaves its line open, a cut line. */
const LOOSE = 0.1;
const LEFT = 0.8;
const LEFT_OPEN = 0.4;
const CUT = 3;
/** A line without the prefix that its call has. */
const BARE = 1.5;
