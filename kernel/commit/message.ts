import { SHORTEST_SHA } from "./character-run.ts";
import { type Culprit, culpritOfTrailer, culpritsOfProse, type Named, revertsOf } from "./culprits.ts";
import { type Origin, originsOf } from "./origin.ts";
import { separateQuotes } from "./quoted-crash.ts";
import {
  parseTrailer,
  type Report,
  reportOf,
  type StableHint,
  stableHintsOf,
  type Trailer,
} from "./trailers.ts";

/** What a commit message says, taken apart. */
export interface CommitMessage {
  readonly subject: string;
  /** What its author wrote: without trailers and without quoted kernel logs. */
  readonly prose: string;
  /** Kernel logs quoted in the message. */
  readonly quotes: readonly string[];
  readonly trailers: readonly Trailer[];
  /** Commits that this one is a copy of. */
  readonly upstream: readonly Origin[];
  readonly reverts: readonly Named[];
  readonly fixes: readonly Culprit[];
  /** One for each series that a `Cc: stable` names; undefined where it names none. */
  readonly stableHints: readonly StableHint[];
  readonly reports: readonly Report[];
}

/** Takes a commit message apart. Any text is a message: this never throws. */
export function parseCommitMessage(message: string): CommitMessage {
  const text = message.slice(0, MAX_MESSAGE);
  const start = text.lastIndexOf("\n", text.length - text.trimStart().length) + 1;
  const end = endOfLine(text, start);
  const subject = text.slice(start, end).trim();
  const { body, trailers } = separateTrailers(text.slice(end + 1));
  const said = readTrailers(trailers);
  const { prose, quotes } = separateQuotes(body);
  const reverts = REVERT.test(subject) || REVERT.test(prose) ? revertsOf(subject, prose) : [];
  const mayNameSha = SHORTEST_SHA.isIn(message);
  return {
    subject,
    prose: prose.trim(),
    quotes,
    trailers,
    upstream: mayNameSha && MAY_HAVE_ORIGIN.test(message) ? originsOf(text.slice(end + 1).split("\n")) : [],
    reverts,
    fixes: mayNameSha ? [...said.fixes, ...proseCulprits(prose, reverts)] : said.fixes,
    stableHints: said.stableHints,
    reports: said.reports,
  };
}

/** Takes the lines that are trailers out of a text. Only where a colon stands may one be. */
function separateTrailers(text: string): { body: string; trailers: Trailer[] } {
  const trailers: Trailer[] = [];
  let body = "";
  let from = 0;
  for (let colon = text.indexOf(":"); colon >= 0; ) {
    const start = text.lastIndexOf("\n", colon) + 1;
    const end = endOfLine(text, colon);
    const trailer = parseTrailer(text.slice(start, end));
    if (trailer) {
      trailers.push(trailer);
      body += text.slice(from, start);
      from = end + 1;
    }
    colon = text.indexOf(":", end);
  }
  return { body: from === 0 ? text : body + text.slice(from), trailers };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function readTrailers(
  trailers: readonly Trailer[],
): Pick<CommitMessage, "fixes" | "stableHints" | "reports"> {
  const fixes: Culprit[] = [];
  const stableHints: StableHint[] = [];
  const reports: Report[] = [];
  for (const trailer of trailers) {
    const culprit = trailer.key === "fixes" ? culpritOfTrailer(trailer.value) : undefined;
    if (culprit) fixes.push(culprit);
    if (trailer.key === "cc") stableHints.push(...stableHintsOf(trailer.value));
    const report = reportOf(trailer);
    if (report) reports.push(report);
  }
  return { fixes, stableHints, reports };
}

/** What a revert undoes is named as its target already. */
function proseCulprits(prose: string, reverts: readonly Named[]): Culprit[] {
  if (!SHORTEST_SHA.isIn(prose) || !MAY_HAVE_CULPRIT.test(prose)) return [];
  return culpritsOfProse(prose).filter((culprit) => !reverts.some((named) => named.sha === culprit.sha));
}

const REVERT = /revert/i;
const MAY_HAVE_ORIGIN = /upstream|mainline|cherry|back-?port|git-commit|linus/i;
/** What every wording of a culprit in prose has. */
const MAY_HAVE_CULPRIT = /(?:commit|id|patch|change|changeset|cset):?\s+\W?[0-9a-f]{7}/i;
/** Longer messages exist only as attacks; what is behind is not read. */
const MAX_MESSAGE = 1_000_000;
