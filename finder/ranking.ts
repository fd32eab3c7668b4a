import { FACT } from "../cache/commit-facts.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { Crash, CrashKind } from "../kernel/crash/crash.ts";
import { gatherCandidates } from "./candidates.ts";
import { type CrashQuery, queryOf } from "./crash-query.ts";
import { type Evidence, explain } from "./evidence.ts";
import { isAllForeign, look, type Sight, type ViewOptions } from "./features.ts";
import { LEARNED_WORDS } from "./learned-words.ts";
import { softmax } from "./model.ts";
import type { Pool } from "./pool.ts";
import { commitsQuoting, quoteEvidence, tellingOf } from "./quoted.ts";
import { surroundingsOf } from "./surroundings.ts";

/** A commit of a pool that may fix the crash. */
export interface Ranked {
  readonly pool: Pool;
  /** Its number in the pool's index. */
  readonly commit: number;
  readonly subject: string;
  /** Files it changes, by their numbers in the pool's index. */
  readonly paths: readonly number[];
  readonly score: number;
  /** The share of its score among all candidates of the pool: what the model believes. */
  readonly belief: number;
  /** How well the pool knows the functions of the trace, and whether it reaches the kernel's time; 0 to 1. */
  readonly familiarity: number;
  readonly confidence: Confidence;
  /** The weightiest first. */
  readonly evidence: readonly Evidence[];
}

export type Confidence = "confirmed" | "likely" | "possible";

export interface RankingOptions {
  /** Leaves out the crash that a candidate's own message quotes: for evaluation. */
  readonly maskQuotes: boolean;
  readonly limit: number;
}

/** Ranks the commits of a pool, best first. Copies of a fix in stable series are represented by their origin. */
export function rankPool(pool: Pool, crash: Crash, options: RankingOptions): Ranked[] {
  const { history, timeline } = pool;
  const facts = history.facts();
  const query = queryOf(history, crash);
  const quoting = options.maskQuotes ? [] : quotesAmong(history, query);
  const gathered = gatherCandidates(history, query, {
    timeline,
    limit: CANDIDATES[pool.name],
    victimTip: pool.victimTip,
    learned: LEARNED_WORDS,
    also: quoting.map((one) => one.commit),
  });
  const view = {
    history,
    gathered,
    timeline,
    surroundings: surroundingsOf(history, gathered, pool.victimTip),
  };
  const scored = gathered.all.flatMap((commit) => {
    const sight = look(view, commit);
    if (!sight) return [];
    const quote = quoting.find((one) => one.commit === commit)?.evidence;
    const there = timeline.has(facts.release(commit)) ? ALREADY_THERE : 0;
    const elsewhere = isAllForeign(sight) ? OTHER_ARCHITECTURE : 0;
    const score = pool.model.score(sight.features) + (quote?.weight ?? 0) + there + elsewhere;
    return [{ sight, quote, score }];
  });
  const familiarity = familiarityOf(pool, query);
  const beliefs = softmax(scored.map((one) => one.score));
  return scored
    .map((one, at) => ({ ...one, belief: beliefs[at] ?? 0 }))
    .sort((a, b) => b.score - a.score || b.sight.commit - a.sight.commit)
    .slice(0, options.limit)
    .map((one) => describe(pool, view, { ...one, familiarity }));
}

interface Scored {
  readonly sight: Sight;
  readonly quote: Evidence | undefined;
  readonly score: number;
  readonly belief: number;
  /** The pool's. */
  readonly familiarity: number;
}

function describe(pool: Pool, view: ViewOptions, scored: Scored): Ranked {
  const { sight, quote, score, belief } = scored;
  const evidence = [...(quote ? [quote] : []), ...explain(view, pool.model, sight)];
  const there = evidence.some((reason) => reason.kind === "already-there");
  // Who quotes the very same crash need not know its functions otherwise.
  const familiarity = quote?.kind === "same-crash-quoted" ? 1 : scored.familiarity;
  const { kind } = view.gathered.query.crash;
  return {
    pool,
    commit: sight.commit,
    subject: sight.subject,
    paths: sight.paths,
    score,
    belief,
    familiarity,
    confidence:
      there || familiarity < UNFAMILIAR || (SELDOM_A_BUG.has(kind) && quote?.kind !== "same-crash-quoted")
        ? "possible"
        : confidenceOf(pool, belief, view.gathered.query.functions.length),
    evidence,
  };
}

function familiarityOf({ timeline, name }: Pool, { functions }: CrashQuery): number {
  let known = 0;
  let all = 1e-9;
  for (const place of functions) {
    all += place.weight;
    const isKnown = name === "history" ? place.commits.length > 0 : place.quotedBy.length > 1;
    if (isKnown) known += place.weight;
  }
  const share = known / all;
  return (timeline.reachesBeyond ? 1 : 0.05) * (0.02 + share * share);
}

/** Calibrated on the open cases, see docs/ranking.md. A log that names one function alone confirms nothing. */
function confidenceOf({ model }: Pool, belief: number, functions: number): Confidence {
  if (belief >= model.bounds.confirmed && functions > 1) return "confirmed";
  return belief >= model.bounds.likely ? "likely" : "possible";
}

function quotesAmong(history: HistoryReader, query: CrashQuery): { commit: number; evidence: Evidence }[] {
  const facts = history.facts();
  const telling = tellingOf(history, query.crash);
  return commitsQuoting(history, query).flatMap((commit) => {
    const evidence = facts.has(commit, FACT.copy | FACT.merge)
      ? undefined
      : quoteEvidence(history, query, commit, telling);
    return evidence ? [{ commit, evidence }] : [];
  });
}

/**
 * Memory that ran out, hardware that failed, what a file system found on its disk: no open case tells how often a fix that only
 * speaks of such a thing is right, and the commit that speaks of it most is often the one that brought the message.
 */
const SELDOM_A_BUG: ReadonlySet<CrashKind> = new Set<CrashKind>(["oom", "machine-check", "fs-error"]);
/** How many commits of a pool are looked at; records are few and quick to look at. */
export const CANDIDATES: Readonly<Record<Pool["name"], number>> = { history: 400, records: 700 };
const ALREADY_THERE = -12;
/** What the crashed kernel was not built of cannot have been its fault, unless its architecture was misread. */
const OTHER_ARCHITECTURE = -4;
/**
 * A belief is a share among the candidates that the pool has. Where it knows hardly any function of the trace, or ends
 * before the kernel that crashed, the best of them is still most likely none.
 */
const UNFAMILIAR = 0.06;
