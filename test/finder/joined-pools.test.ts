import { expect, test } from "vitest";
import { type Joinable, joinPools } from "../../finder/joined-pools.ts";

const history = { name: "history" };
const records = { name: "records" };

/** A candidate with one file, of a pool that knows the trace. */
function candidate(subject: string, belief: number, more: Partial<Joinable> = {}): Joinable {
  return { pool: history, subject, paths: [1], belief, familiarity: 1, ...more };
}

function subjectsOf(...pools: readonly (readonly Joinable[])[]): string[] {
  return joinPools(pools).map((one) => one.subject);
}

test("one pool keeps its order, however little it knows of the trace", () => {
  const familiarity = 0.001;
  const pool = [candidate("b", 0.5, { familiarity }), candidate("a", 0.3, { familiarity })];
  expect(subjectsOf(pool)).toEqual(["b", "a"]);
});

test("no pool and an empty one have no candidates", () => {
  expect(joinPools([])).toEqual([]);
  expect(joinPools([[], []])).toEqual([]);
});

test("a pool counts as much as it knows of the trace", () => {
  const old = [candidate("sched: old", 0.9, { familiarity: 0.02 })];
  const modern = [candidate("nvmet: new", 0.4, { pool: records, familiarity: 1 })];
  expect(subjectsOf(old, modern)).toEqual(["nvmet: new", "sched: old"]);
});

test("a fix of both pools is shown once, from the first, and both beliefs count", () => {
  const ofHistory = [candidate("tun: lost race", 0.4), candidate("sctp: fix oops", 0.3)];
  const ofRecords = [candidate("sctp: fix oops", 0.3, { pool: records, paths: [7, 8] })];
  const joined = joinPools([ofHistory, ofRecords]);
  expect(joined.map((one) => one.subject)).toEqual(["sctp: fix oops", "tun: lost race"]);
  expect(joined[0]?.pool).toBe(history);
});

/** 7378396cd172 and 6440fe059ee8, "netfilter: nf_log: fix sleeping function called from invalid context". */
test("a patch that was merged twice does not compete with itself", () => {
  const twice = "netfilter: nf_log: fix sleeping function called from invalid context in seq_show()";
  const pool = [candidate("x", 0.4), candidate(twice, 0.3), candidate(twice, 0.25)];
  expect(subjectsOf(pool)).toEqual([twice, "x"]);
});

/** 1fb8bd01ed0a and, two years on, another patch: "UBIFS: fix assertion warning". */
test("two patches of one subject stay two candidates", () => {
  const subject = "UBIFS: fix assertion warning";
  const pool = [candidate(subject, 0.3), candidate(subject, 0.25, { paths: [2] })];
  expect(subjectsOf(pool)).toEqual([subject, subject]);
});
