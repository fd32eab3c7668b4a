import { type CommitFacts, FACT, readFacts } from "./commit-facts.ts";
import type { CommitSet } from "./commit-set.ts";
import type { Db } from "./database.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { VarintWriter } from "./varint.ts";

/*
 * The commits that can be a fix, by the release that first had them: no merge (what it brings is in others), no copy (its
 * origin stands for it), and nothing without words and files (what only names a release). Those that a kernel lacks are
 * found so without a look at each commit of a history.
 *
 * A segment has one row: of each release, in order,
 *
 * | bytes | what |
 * |---|---|
 * | 1 to 3 | the release, 0 for none (LEB128) |
 * | 1 to 3 | how long the list is (LEB128) |
 * | n | its commits: gaps (LEB128), the first counted from the first id of the segment |
 */

/** Writes the rows of all segments, by the facts of all commits: a later commit can change those of an earlier one. */
export function writePossibleFixes(db: Db): void {
  const facts = readFacts(db);
  const lengths = db.prepare<[number], Buffer>("select lengths from segment where id = ?").pluck();
  const insert = db.prepare("insert into possible_fix (segment, commits) values (?, ?)");
  db.transaction(() => {
    db.exec("delete from possible_fix");
    for (let segment = 0; segment * SEGMENT_SIZE < facts.size; segment++)
      insert.run(segment, packSegment(facts, segment, lengths.get(segment) ?? new Uint8Array()));
  })();
}

/** `lengths`: of the texts of the segment's commits. */
function packSegment(facts: CommitFacts, segment: number, lengths: Uint8Array): Buffer {
  const first = segment * SEGMENT_SIZE;
  const byRelease: number[][] = [];
  for (let id = Math.max(1, first); id < Math.min(facts.size, first + SEGMENT_SIZE); id++) {
    if (facts.has(id, CLOSED) || ((lengths[id - first] ?? 0) === 0 && facts.files(id) === 0)) continue;
    const commits = byRelease[facts.release(id)];
    if (commits) commits.push(id);
    else byRelease[facts.release(id)] = [id];
  }
  const out = new VarintWriter();
  const list = new VarintWriter();
  byRelease.forEach((commits, release) => {
    list.clear();
    let before = first;
    for (const id of commits) {
      list.push(id - before);
      before = id;
    }
    out.push(release);
    out.push(list.bytes().length);
    out.pushBytes(list.bytes());
  });
  return Buffer.from(out.bytes());
}

/** Commits that no kernel misses. */
const CLOSED = FACT.merge | FACT.copy;

/** Adds to a set the commits of a segment's row that came with none of these releases (by release: 1 for one of them). */
export function addPossibleFixes(
  set: CommitSet,
  segment: number,
  row: Uint8Array,
  releases: Uint8Array,
): void {
  for (let at = 0; at < row.length; ) {
    const release = varintAt(row, at);
    at = behindVarint(row, at);
    const length = varintAt(row, at);
    at = behindVarint(row, at);
    if (releases[release] !== 1) addList(set, segment * SEGMENT_SIZE, row, at, at + length);
    at += length;
  }
}

function addList(set: CommitSet, first: number, bytes: Uint8Array, from: number, to: number): void {
  let id = first;
  let value = 0;
  let shift = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte > 0x7f) continue;
    id += value;
    set.add(id);
    value = 0;
    shift = 0;
  }
}

function varintAt(bytes: Uint8Array, from: number): number {
  let value = 0;
  let shift = 0;
  for (let at = from; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

function behindVarint(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at] ?? 0) > 0x7f) at++;
  return at + 1;
}
