import { readCveSource } from "../cache/cve-index.ts";
import type { CacheFolders } from "../cache/folders.ts";
import { lifecycleDamage } from "../cache/lifecycle-file.ts";
import { readSourceList } from "../cache/source-list.ts";
import { KfixError } from "../kernel/error.ts";
import type { DamagedJson, StaleJson } from "./answers/envelope.ts";
import type { Io } from "./definition.ts";
import { complain } from "./output/complain.ts";
import { sanitize } from "./output/terminal.ts";

/**
 * Says on standard error what an answer comes from that was brought up to date more than a month ago: a fix may have
 * come to a series since, and "missing" be out of date.
 */
export function noteStaleSources(folders: CacheFolders, io: Pick<Io, "stderr">): void {
  const damage = lifecycleDamage(folders);
  if (damage) complain(io, damage);
  for (const { source, days } of staleOf(listed(folders))) {
    io.stderr.write(
      `kfix: ${sanitize(source)} was indexed ${days} days ago; bring it up to date with: kfix source update\n`,
    );
  }
}

/** Gives the same as members of a JSON answer, which has none where all is sound and new enough. */
export type Age = () => { stale?: StaleJson; damaged?: DamagedJson };

/** The age of the index as it is now: the lists of its sources are read once, for all answers from it. */
export function ageOf(folders: CacheFolders): Age {
  const sources = listed(folders);
  const damage = lifecycleDamage(folders);
  const damaged = damage ? [{ message: damage.message, hint: damage.hint ?? null }] : [];
  return () => {
    const stale = staleOf(sources);
    return { ...(stale.length === 0 ? {} : { stale }), ...(damaged.length === 0 ? {} : { damaged }) };
  };
}

interface Dated {
  readonly name: string;
  readonly indexedAt: string | null;
}

function staleOf(sources: readonly Dated[]): StaleJson {
  return sources.flatMap(({ name, indexedAt }) => {
    if (indexedAt === null) return []; // its first indexing is not finished: other messages tell
    const days = Math.floor((Date.now() - Date.parse(indexedAt)) / A_DAY);
    return days > FRESH_DAYS ? [{ source: name, indexedAt, days }] : [];
  });
}

/** None when a list cannot be read: that is for `kfix doctor` to tell, and no reason not to answer. */
function listed(folders: CacheFolders): Dated[] {
  try {
    const cve = readCveSource(folders);
    return [...readSourceList(folders), ...(cve ? [cve] : [])];
  } catch (error) {
    if (error instanceof KfixError) return [];
    throw error;
  }
}

const A_DAY = 86_400_000;
const FRESH_DAYS = 30;
