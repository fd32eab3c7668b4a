import type { Change } from "./patch-diff.ts";

/** Whether source text has a change: its new form, its old form, or neither for sure. */
export type Presence = "applied" | "not-applied" | "unknown";

/** A source file, read for comparison. */
export interface SourceLines {
  /** Every line with blanks made even. */
  readonly lines: readonly string[];
  /** Where each line stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

export function readSource(text: string): SourceLines {
  const lines = text.split("\n").map(evenBlanks);
  const places = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    const known = places.get(line);
    if (known) known.push(at);
    else places.set(line, [at]);
  }
  return { lines, places };
}

/**
 * Looks for a change in a source: first for its new and its old form with as much of the lines around it as is still
 * there (patch(1) calls that fuzz), wherever in the file they moved to; then for its lines one by one.
 */
export function findChange(source: SourceLines, change: Change): Presence {
  const forms = formsOf(change);
  for (let fuzz = 3; fuzz >= 0; fuzz--) {
    const found = findForms(source, forms, fuzz, change.line);
    if (found !== "unknown") return found;
  }
  return countLines(source, forms);
}

/** How much of a change's text, in either form, a source has: 0 to 1. */
export function likeness(source: SourceLines, changes: readonly Change[]): number {
  const lines = new Set(
    changes
      .flatMap((change) => [...change.before, ...change.removed, ...change.added, ...change.after])
      .map(evenBlanks)
      .filter(isTelling),
  );
  return lines.size === 0 ? 0 : shareThere(source, [...lines]);
}

/** How much a change weighs: its telling lines, at least one. */
export function weightOf(change: Change): number {
  return Math.max(1, [...change.removed, ...change.added].map(evenBlanks).filter(isTelling).length);
}

interface Forms {
  readonly before: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly after: readonly string[];
}

function formsOf(change: Change): Forms {
  return {
    before: change.before.map(evenBlanks),
    removed: change.removed.map(evenBlanks),
    added: change.added.map(evenBlanks),
    after: change.after.map(evenBlanks),
  };
}

function findForms(source: SourceLines, forms: Forms, fuzz: number, line: number): Presence {
  const before = forms.before.slice(Math.max(0, forms.before.length - fuzz));
  const after = forms.after.slice(0, fuzz);
  const news = placesOf(source, [...before, ...forms.added, ...after]);
  const olds = placesOf(source, [...before, ...forms.removed, ...after]);
  if (news.length > 0 && olds.length === 0) return "applied";
  if (olds.length > 0 && news.length === 0) return "not-applied";
  if (news.length === 0) return "unknown";
  const [near, other] = [distance(news, line), distance(olds, line)];
  if (near === other) return "unknown";
  return near < other ? "applied" : "not-applied";
}

/** Where a sequence stands in the source; nowhere, when it says too little to be told from others like it. */
function placesOf(source: SourceLines, sequence: readonly string[]): number[] {
  const telling = sequence.filter(isTelling);
  if (telling.length === 0 || sequence.length < 2) return [];
  const rarest = sequence.reduce(
    (best, line) => (isTelling(line) && countOf(source, line) < countOf(source, best) ? line : best),
    telling[0] ?? "",
  );
  const offset = sequence.indexOf(rarest);
  return (source.places.get(rarest) ?? [])
    .map((at) => at - offset)
    .filter((at) => at >= 0 && sequence.every((line, step) => source.lines[at + step] === line));
}

function countOf(source: SourceLines, line: string): number {
  return source.places.get(line)?.length ?? 0;
}

function distance(places: readonly number[], line: number): number {
  return Math.min(...places.map((at) => Math.abs(at - line)));
}

/** The last resort, for code that changed around the change: which of its lines are there at all. */
function countLines(source: SourceLines, forms: Forms): Presence {
  const added = onlyIn(forms.added, forms.removed);
  const removed = onlyIn(forms.removed, forms.added);
  if (added.length + removed.length === 0) return "unknown";
  const [haveAdded, haveRemoved] = [shareThere(source, added), shareThere(source, removed)];
  const context = [...forms.before, ...forms.after].filter(isTelling);
  const atHome = context.length > 0 && shareThere(source, context) >= 0.5;
  if (added.length === 0) return removalOf(haveRemoved, atHome);
  if (haveAdded >= MOST && (removed.length === 0 || haveRemoved <= LITTLE)) return "applied";
  if (haveAdded > LITTLE) return "unknown";
  if (removed.length === 0) return atHome ? "not-applied" : "unknown";
  return haveRemoved >= MOST ? "not-applied" : "unknown";
}

function removalOf(haveRemoved: number, atHome: boolean): Presence {
  if (haveRemoved >= MOST) return "not-applied";
  return haveRemoved <= LITTLE && atHome ? "applied" : "unknown";
}

const MOST = 0.75;
const LITTLE = 0.25;

function onlyIn(lines: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return [...new Set(lines.filter((line) => isTelling(line) && !known.has(line)))];
}

function shareThere(source: SourceLines, lines: readonly string[]): number {
  if (lines.length === 0) return 0;
  return lines.filter((line) => source.places.has(line)).length / lines.length;
}

/** A line that is more than a brace, a `return 0;` or an `else`, which any function has. */
function isTelling(line: string): boolean {
  return line.length >= 10 && /[A-Za-z_]\w{3,}/.test(line) && !COMMONPLACE.test(line);
}

const COMMONPLACE =
  /^(?:return(?: -?\w{1,12})?;|break;|continue;|goto \w{1,12};|default:|\} else \{|else|#endif|#else|\*\/|\/\*|unsigned long flags;|int (?:i|ret|err|error|rc)(?: = 0)?;)$/;

function evenBlanks(line: string): string {
  return line.trim().replace(/\s+/g, " ");
}
