import { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { changesOf, scoreChanges } from "./changes.ts";
import type { CrashQuery } from "./crash-query.ts";
import { type Home, homesOf } from "./homes.ts";
import type { LearnedWords } from "./learned-words.ts";
import { type Naming, namingOf } from "./naming.ts";
import { scoreWords } from "./scored-words.ts";
import { largest, type Scores, type SieveOptions, type SignalName, sieve, wordsOfTrace } from "./sieve.ts";
import { type Standings, standingsOf } from "./standings.ts";
import { type SubjectSight, sightOfSubject } from "./subject-words.ts";
import { scoreText } from "./text-search.ts";
import { ofEachWording, WORDINGS, type Wording, wordingsOf } from "./wordings.ts";

/** What was found of the crash in the history, before anything is judged. */
export interface Gathered {
  readonly query: CrashQuery;
  readonly homes: readonly Home[];
  /** Commits to rank. */
  readonly commits: readonly number[];
  /** These, then the others that were asked for. */
  readonly all: readonly number[];
  /** The set of them all: what is said by place is said of these. */
  readonly judged: CommitSet;
  readonly signals: Readonly<Record<SignalName, Scores>>;
  /** The largest of each signal among commits that are candidates at all. */
  readonly best: Readonly<Record<SignalName, number>>;
  /** By place: words of this kind of crash, and of a fix, in each commit's message. */
  readonly symptoms: Scores;
  readonly fixWords: Scores;
  readonly naming: Naming;
  /** By place: how much its message speaks of the crash, weighed in other ways. */
  readonly wordings: Readonly<Record<Wording, Scores>>;
  /** The largest of each among `commits`, and of what their subjects say. */
  readonly bestWording: Readonly<Record<Wording | "subject", number>>;
  /** By place. */
  readonly subjects: readonly SubjectSight[];
  readonly learned: LearnedWords;
  /** By the places of `commits`. */
  readonly standings: Standings<SignalName | Wording | "subject" | "symptoms" | "fixWords">;
}

export interface GatherOptions extends SieveOptions {
  readonly victimTip: number | undefined;
}

/** Collects the commits that may fix the crash, and what speaks for each. */
export function gatherCandidates(
  history: HistoryReader,
  query: CrashQuery,
  options: GatherOptions,
): Gathered {
  const { size } = history.facts();
  const { learned, victimTip, also } = options;
  const homes = homesOf(history, query, victimTip);
  const changes = changesOf(history, query, homes);
  const { commits, best, ...sieved } = sieve(history, query, changes, options);
  const all = [...new Set([...commits, ...also])];
  const judged = CommitSet.of(size, all);
  const { text, trace, ...wordings } = weighText(history, query, judged);
  const naming = namingOf(history, judged, query.functions);
  const signals = {
    text,
    trace,
    names: naming.scores,
    ...scoreChanges(changes, judged),
  };
  const symptoms = scoreWords(history, judged, learned.ofKind(query.crash.kind));
  const fixWords = Float32Array.from(all, (id) => sieved.fixWords[id] ?? 0);
  const places = [...commits.keys()];
  const subjects = all.map((id) => sightOfSubject(history.subject(id), query));
  const subject = Float32Array.from(subjects, (sight) => sight.text);
  return {
    query,
    homes,
    commits,
    all,
    judged,
    signals,
    best,
    symptoms,
    fixWords,
    naming,
    wordings,
    bestWording: {
      subject: largest(places, subject),
      ...ofEachWording((name) => largest(places, wordings[name])),
    },
    subjects,
    standings: standingsOf(commits.length, { ...signals, ...wordings, subject, symptoms, fixWords }),
    learned,
  };
}

/** What each message says of the crash, its words weighed in every way. */
function weighText(
  history: HistoryReader,
  query: CrashQuery,
  judged: CommitSet,
): Record<"text" | "trace" | Wording, Scores> {
  const scores = {
    text: new Float32Array(judged.size),
    trace: new Float32Array(judged.size),
    ...ofEachWording(() => new Float32Array(judged.size)),
  };
  const wordings = wordingsOf(query);
  scoreText(history, judged, [
    { words: query.words, scores: scores.text },
    { words: wordsOfTrace(query), scores: scores.trace },
    ...WORDINGS.map((name) => ({ words: wordings[name], scores: scores[name] })),
  ]);
  return scores;
}
