import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ParsedLog } from "./lookup/questions.ts";

/** A log that was looked at, to be looked at again. */
export interface RecentCrash {
  /** Tells it from others: the same log is remembered once. */
  readonly key: string;
  readonly title: string;
  /** What `uname -r` said there. */
  readonly kernel: string | undefined;
  /** Crashes in the log. */
  readonly crashes: number;
  /** ISO 8601, when it was looked at. */
  readonly seen: string;
}

/**
 * The logs that were looked at last, each a file that only its owner may read: logs are confidential. They lie
 * beside the index, leave the machine with nothing, and are gone when they are forgotten.
 */
export class RecentCrashes {
  readonly #folder: string;

  constructor(root: string) {
    this.#folder = join(root, "recent");
  }

  /** Newest first; what cannot be read is not there. */
  all(): RecentCrash[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => NAME.test(name))
        .flatMap((name) => this.#read(name.slice(0, -5)))
        .map(({ recent }) => recent)
        .sort((a, b) => (a.seen < b.seen ? 1 : -1));
    } catch {
      return [];
    }
  }

  /** The text of a remembered log; undefined: it is gone. */
  text(key: string): string | undefined {
    return this.#read(key)[0]?.text;
  }

  /** Remembers a log, and forgets the oldest of too many. A disk that does not take it is no reason to stop. */
  remember(log: ParsedLog, seen: Date): void {
    const [first] = log.crashes;
    if (!first || log.text.length > MOST_TEXT) return;
    const key = createHash("sha256").update(log.text).digest("hex").slice(0, 32);
    const recent: RecentCrash = {
      key,
      title: first.title,
      kernel: first.kernel.release,
      crashes: log.crashes.length,
      seen: seen.toISOString(),
    };
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      chmodSync(this.#folder, 0o700);
      writeFileSync(this.#file(key), JSON.stringify({ recent, text: log.text }), { mode: 0o600 });
      for (const old of this.all().slice(MOST)) this.forget(old.key);
    } catch {
      // remembered next time
    }
  }

  forget(key: string): void {
    if (NAME.test(`${key}.json`)) rmSync(this.#file(key), { force: true });
  }

  forgetAll(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #file(key: string): string {
    return join(this.#folder, `${key}.json`);
  }

  #read(key: string): { recent: RecentCrash; text: string }[] {
    if (!NAME.test(`${key}.json`)) return [];
    try {
      const read: unknown = JSON.parse(readFileSync(this.#file(key), "utf8"));
      return isStored(read) ? [read] : [];
    } catch {
      return [];
    }
  }
}

const NAME = /^[0-9a-f]{32}\.json$/;
const MOST = 20;
const MOST_TEXT = 4_000_000;

function isStored(value: unknown): value is { recent: RecentCrash; text: string } {
  if (typeof value !== "object" || value === null || !("recent" in value) || !("text" in value)) return false;
  const { recent, text } = value;
  if (typeof text !== "string" || typeof recent !== "object" || recent === null) return false;
  const fields = new Map<string, unknown>(Object.entries(recent));
  return (
    ["key", "title", "seen"].every((name) => typeof fields.get(name) === "string") &&
    typeof fields.get("crashes") === "number"
  );
}
