import { envelope } from "./envelope.ts";
import { list, named, nullable, record, type Shaped, text, time, whole, yesNo } from "./shape.ts";

const SOURCE = named(
  "source",
  record({
    kind: text("git, tree, cve, changelog, lifecycle"),
    name: text(),
    location: text("a URL, or a path of the user's"),
    detail: text("for a person"),
    indexedAt: nullable(time("null: not finished yet")),
  }),
);

export const SOURCES_ANSWER = record({ ...envelope("kfix.sources/1"), sources: list(SOURCE) });

/** Of `source add` and `source update`. */
export const UPDATE_ANSWER = record({
  ...envelope("kfix.update/1"),
  changes: list(
    record({
      name: text("the source"),
      changed: yesNo("false: there was nothing new"),
      added: text("for a person: `271,028 commits`"),
    }),
  ),
});

export const STATUS_ANSWER = record({
  ...envelope("kfix.status/1"),
  folder: text("the cache"),
  commits: whole(),
  cveRecords: whole(),
  releases: whole(),
  newest: nullable(text("the tag of the newest release")),
  bytes: whole("what all indexes take"),
  folderBytes: whole("what all of the folder takes, with clones and unpacked trees"),
  unfinished: yesNo("an update was interrupted, or still runs"),
  sources: list(SOURCE),
});

export type SourceJson = Shaped<typeof SOURCE>;
export type SourcesAnswerJson = Shaped<typeof SOURCES_ANSWER>;
export type UpdateAnswerJson = Shaped<typeof UPDATE_ANSWER>;
export type StatusAnswerJson = Shaped<typeof STATUS_ANSWER>;
