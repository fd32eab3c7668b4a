import { expect, test } from "vitest";
import { FACT } from "../../cache/commit-facts.ts";
import { gatherCandidates } from "../../finder/candidates.ts";
import { queryOf } from "../../finder/crash-query.ts";
import { LEARNED_WORDS } from "../../finder/learned-words.ts";
import { type Pool, poolsOf } from "../../finder/pool.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { identifyKernel } from "../../kernel/running-kernel.ts";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";
import { openHistory } from "./open-history.ts";

const library = openHistory();

const EVERYTHING = 100_000;

function gather(limit: number, also: readonly number[] = []) {
  const [pool] = poolsOf(library(), identifyKernel(SEED_KERNEL));
  const [crash] = parseCrashes(SEED_LOG);
  if (!pool || !crash) throw new Error("the history or the crash is missing");
  const { history, timeline, victimTip } = pool;
  const gathered = gatherCandidates(history, queryOf(history, crash), {
    timeline,
    victimTip,
    limit,
    learned: LEARNED_WORDS,
    also,
  });
  return { ...gathered, pool };
}

function isOpen({ history, timeline }: Pool, commit: number): boolean {
  const facts = history.facts();
  return !facts.has(commit, FACT.merge | FACT.copy) && !timeline.has(facts.release(commit));
}

test("the few that are chosen are the first of all", () => {
  const all = gather(EVERYTHING).commits;
  expect(all.length).toBeGreaterThan(5);
  for (let limit = 1; limit < all.length; limit++) expect(gather(limit).commits).toEqual(all.slice(0, limit));
});

test("what the kernel has, merges and copies are no candidates", () => {
  const { commits, pool } = gather(EVERYTHING);
  expect(commits.filter((commit) => !isOpen(pool, commit))).toEqual([]);
});

test("a commit that is asked for is seen as if it had been chosen", () => {
  const { commits, pool, ...all } = gather(EVERYTHING);
  const last = commits.at(-1) ?? 0;
  const [at, place] = [all.judged.placeOf(last), 1];
  const few = gather(1, [last]);
  expect(few.all).toEqual([commits[0], last]);
  expect(few.judged.placeOf(last)).toBe(place);
  expect(few.signals.text[place]).toBe(all.signals.text[at]);
  expect(few.wordings.plain[place]).toBe(all.wordings.plain[at]);
  expect(few.fixWords[place]).toBe(all.fixWords[at]);
  expect(few.naming.rarest[place]).toBe(all.naming.rarest[at]);
  expect(few.best).toEqual(all.best);
  expect(pool.history.subject(last)).toBe(few.subjects[place]?.subject);
});
