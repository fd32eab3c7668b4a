import type { Commit, HistoryReader } from "../cache/history-reader.ts";
import type { Crash } from "../kernel/crash/crash.ts";
import { wordsOf } from "../kernel/words.ts";
import type { Gathered, TraceFunction } from "./candidates.ts";
import type { HistoryLibrary } from "./library.ts";
import type { IndexedRelease } from "./release-tree.ts";
import { isCopy, isFix } from "./symbol.ts";
import { SYMPTOM_WORDS } from "./symptoms.ts";

/** One reason to believe that a commit fixes a crash. */
export interface Evidence {
  readonly kind: keyof typeof WEIGHTS;
  /** For a person: `changes pick_next_task_fair, where it crashed`. */
  readonly detail: string;
  /** What it adds to the score. */
  readonly weight: number;
}

export interface Ranked {
  readonly commit: Commit;
  readonly score: number;
  readonly confidence: "confirmed" | "likely" | "possible";
  /** The weightiest first. */
  readonly evidence: readonly Evidence[];
}

export interface RankingContext {
  readonly library: HistoryLibrary;
  readonly crash: Crash;
  readonly gathered: Gathered;
  /** The release that crashed, if it is known. */
  readonly victim: IndexedRelease | undefined;
  /** Leaves out the crash that a candidate's own message quotes: for evaluation. */
  readonly maskQuotes: boolean;
}

/** Ranks what was gathered, best first. Copies of a fix in stable series do not compete with their origin. */
export function rankCandidates(context: RankingContext, limit: number): Ranked[] {
  const { library, gathered } = context;
  const ranked: Ranked[] = [];
  for (const id of gathered.commits) {
    const commit = library.history.commit(id);
    if (!commit || commit.subject.startsWith("Merge ") || isCopy(library, commit)) continue;
    const evidence = gatherEvidence(context, commit);
    const score = evidence.reduce((sum, reason) => sum + reason.weight, 0);
    ranked.push({ commit, score, confidence: confidenceOf(evidence, score), evidence });
  }
  return ranked.sort((a, b) => b.score - a.score || b.commit.id - a.commit.id).slice(0, limit);
}

function gatherEvidence(context: RankingContext, commit: Commit): Evidence[] {
  const evidence = [
    ...(context.maskQuotes ? [] : quoteEvidence(context, commit)),
    ...codeEvidence(context, commit),
    ...textEvidence(context, commit),
    ...timeEvidence(context, commit),
  ];
  return evidence
    .filter((reason) => reason.weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function quoteEvidence({ library, crash }: RankingContext, commit: Commit): Evidence[] {
  const ours = new Set(crash.frames.map((frame) => frame.function));
  if (crash.function !== undefined) ours.add(crash.function);
  let best: Evidence[] = [];
  for (const quote of library.history.quotedCrashes(commit.id)) {
    const reasons: Evidence[] = [];
    const sameFunction = quote.function !== undefined && quote.function === crash.function;
    if (quote.signature === crash.signature)
      reasons.push(reason("same-crash-quoted", "quotes the very same crash", 1));
    else if (sameFunction && quote.kind === crash.kind) {
      reasons.push(reason("same-function-quoted", `quotes the same kind of crash in ${crash.function}`, 1));
    } else if (sameFunction)
      reasons.push(reason("other-crash-quoted", `quotes another crash in ${crash.function}`, 1));
    const shared = quote.frames.filter((name) => ours.has(name)).length;
    if (shared >= 3) {
      const share = shared / Math.max(1, Math.min(quote.frames.length, ours.size));
      reasons.push(reason("frames-quoted", `quotes a trace that shares ${shared} functions`, share));
    }
    if (sum(reasons) > sum(best)) best = reasons;
  }
  return best;
}

function codeEvidence({ library, crash, gathered }: RankingContext, commit: Commit): Evidence[] {
  const { history } = library;
  const files = history.touched(commit.id);
  const symbols = new Set(files.flatMap((file) => file.symbols));
  const evidence: Evidence[] = [];
  const hit = gathered.trace.filter((place) => {
    const symbol = history.symbolId(place.name);
    return symbol !== undefined && symbols.has(symbol);
  });
  const [first] = hit;
  if (first) evidence.push(functionEvidence(first));
  if (hit.length > 1)
    evidence.push(
      reason(
        "changes-more-frames",
        `and ${hit.length - 1} more of its functions`,
        Math.min(3, hit.length - 1),
      ),
    );
  const paths = new Set(files.map((file) => file.path));
  const home = gathered.trace.find((place) => place.path !== undefined && paths.has(place.path));
  if (home?.path !== undefined) {
    evidence.push(
      reason(
        "same-file",
        `changes ${history.pathName(home.path)}, where ${home.name} is`,
        1 / (1 + home.position / 3),
      ),
    );
  }
  const module = crash.module ?? crash.frames.find((frame) => frame.module)?.module;
  if (
    module &&
    mentionsModule(
      history,
      commit,
      files.map((file) => file.path),
      module,
    )
  ) {
    evidence.push(reason("module", `is about the module ${module}`, 1));
  }
  const size = files.reduce((total, file) => total + Math.max(1, file.symbols.length), 0);
  if (size > 4) evidence.push(reason("large-patch", `touches ${size} functions`, Math.log2(size / 4)));
  return evidence;
}

function functionEvidence(place: TraceFunction): Evidence {
  const rare = 1 / (1 + Math.log10(1 + place.commits.length / 10));
  if (place.position === 0)
    return reason("changes-crash-function", `changes ${place.name}, where it crashed`, rare);
  const frame = `changes ${place.name}, ${ordinal(place.position + 1)} in the trace`;
  return reason("changes-frame", frame, (rare * (place.reliable ? 1 : 0.5)) / (1 + place.position / 6));
}

function mentionsModule(
  history: HistoryReader,
  commit: Commit,
  paths: readonly number[],
  module: string,
): boolean {
  const name = module.toLowerCase().replace(/-/g, "_");
  const plain = (text: string): string => text.toLowerCase().replace(/-/g, "_");
  return (
    plain(commit.subject).includes(name) || paths.some((path) => plain(history.pathName(path)).includes(name))
  );
}

function textEvidence({ library, crash, gathered }: RankingContext, commit: Commit): Evidence[] {
  const evidence: Evidence[] = [];
  const text = gathered.text.get(commit.id);
  if (text !== undefined) evidence.push(reason("text", "its message speaks of this trace", text));
  const subject = new Set(wordsOf(commit.subject));
  const symptoms = SYMPTOM_WORDS[crash.kind].filter((word) => subject.has(word));
  if (symptoms.length > 0)
    evidence.push(
      reason(
        "symptom",
        `its subject names the symptom: ${symptoms.join(", ")}`,
        Math.min(2, symptoms.length),
      ),
    );
  if (crash.function !== undefined && subject.has(crash.function.toLowerCase())) {
    evidence.push(reason("subject-names-function", `its subject names ${crash.function}`, 1));
  }
  if (isFix(library, commit)) evidence.push(reason("fix", "is a fix by its own words", 1));
  if (library.history.stableHints(commit.id).length > 0) evidence.push(reason("stable", "Cc: stable", 1));
  return evidence;
}

function timeEvidence({ library, victim }: RankingContext, commit: Commit): Evidence[] {
  if (!victim) return [];
  if (library.releases.contains(victim, commit)) {
    return [reason("already-there", `${victim.name} already has it`, 1)];
  }
  const years = Math.max(0, (commit.authorTime - victim.date) / YEAR);
  return [
    reason(
      "later",
      `came ${years < 0.1 ? "at the time of" : `${years.toFixed(1)} years after`} ${victim.name}`,
      years,
    ),
  ];
}

/**
 * Confirmed: the commit's message quotes this crash. The bounds of the score were read off the open cases
 * (docs/ranking.md).
 */
function confidenceOf(evidence: readonly Evidence[], score: number): Ranked["confidence"] {
  const kinds = new Set(evidence.map((reason) => reason.kind));
  if (kinds.has("already-there")) return "possible";
  if (kinds.has("same-crash-quoted")) return "confirmed";
  return score >= LIKELY ? "likely" : "possible";
}

function reason(kind: Evidence["kind"], detail: string, value: number): Evidence {
  return { kind, detail, weight: Math.round(WEIGHTS[kind] * value * 100) / 100 };
}

function sum(evidence: readonly Evidence[]): number {
  return evidence.reduce((total, reason) => total + reason.weight, 0);
}

function ordinal(n: number): string {
  return `${n}${n % 10 === 1 && n !== 11 ? "st" : n % 10 === 2 && n !== 12 ? "nd" : n % 10 === 3 && n !== 13 ? "rd" : "th"}`;
}

const YEAR = 365.25 * 86_400;
const LIKELY = 9;

/** What each kind of evidence counts; multiplied by its strength, which is between 0 and about 3. */
const WEIGHTS = {
  "same-crash-quoted": 20,
  "same-function-quoted": 8,
  "other-crash-quoted": 3,
  "frames-quoted": 8,
  "changes-crash-function": 3,
  "changes-frame": 2.5,
  "changes-more-frames": 0.7,
  "same-file": 2,
  module: 1.5,
  "large-patch": -0.6,
  text: 5,
  symptom: 0.8,
  "subject-names-function": 1.5,
  fix: 1.2,
  stable: 0.5,
  "already-there": -8,
  later: -0.3,
} as const;
