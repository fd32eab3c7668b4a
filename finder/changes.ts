import type { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { CrashQuery } from "./crash-query.ts";
import type { Home } from "./homes.ts";

/** Commits that change one thing of the trace, and what that counts for each. */
interface Change {
  readonly commits: ArrayLike<number>;
  readonly weight: number;
}

/** What commits change of the trace: its functions, the files in which they live, other files in those folders. */
export type Changes = Readonly<Record<keyof ChangeScores, readonly Change[]>>;

/** By place, of some commits. */
export interface ChangeScores {
  readonly touch: Float32Array;
  readonly file: Float32Array;
  readonly folder: Float32Array;
}

export function changesOf(history: HistoryReader, query: CrashQuery, homes: readonly Home[]): Changes {
  return {
    // A seldom changed function says more.
    touch: query.functions.map(({ commits, weight }) => ({
      commits,
      weight: weight / (1 + Math.log10(1 + commits.length / 10)),
    })),
    file: homes.map(({ path, weight }) => {
      const commits = history.commitsTouching("path_touch", path);
      return { commits, weight: weight / (1 + Math.log10(1 + commits.length / 50)) };
    }),
    folder: foldersOf(homes).map(([name, weight]) => {
      const { files, touches } = history.folder(name);
      return { commits: touches, weight: weight / (1 + Math.log10(1 + files / 20)) };
    }),
  };
}

/** The most telling folders, each with the weight of the most telling file in it. */
function foldersOf(homes: readonly Home[]): [folder: string, weight: number][] {
  const folders = new Map<string, number>();
  for (const home of homes) folders.set(home.folder, Math.max(folders.get(home.folder) ?? 0, home.weight));
  return [...folders].sort((a, b) => b[1] - a[1]).slice(0, MAX_FOLDERS);
}

const MAX_FOLDERS = 6;

/** Functions and files of which a commit changes several add up; of folders, the most telling counts. */
export function scoreChanges({ touch, file, folder }: Changes, among: CommitSet): ChangeScores {
  const scores = {
    touch: new Float32Array(among.size),
    file: new Float32Array(among.size),
    folder: new Float32Array(among.size),
  };
  for (const { commits, weight } of touch) addTo(scores.touch, weight, among.placesOf(commits));
  for (const { commits, weight } of file) addTo(scores.file, weight, among.placesOf(commits));
  for (const { commits, weight } of folder) raise(scores.folder, weight, among.placesOf(commits));
  return scores;
}

function addTo(scores: Float32Array, weight: number, places: Uint32Array): void {
  for (let at = 0; at < places.length; at++) {
    const place = places[at] ?? 0;
    scores[place] = (scores[place] ?? 0) + weight;
  }
}

function raise(scores: Float32Array, weight: number, places: Uint32Array): void {
  for (let at = 0; at < places.length; at++) {
    const place = places[at] ?? 0;
    if ((scores[place] ?? 0) < weight) scores[place] = weight;
  }
}
