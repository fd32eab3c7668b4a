/**
 * The history index: every commit once, however many repositories hold it, with ids in topological order
 * (a parent's id is smaller than its child's). Rows are in cache/history-rows.ts, questions in cache/history-reader.ts.
 *
 * Inverted lists (`word`, `touch`, `path_touch`) are cut into segments of 65,536 commit ids, so that an update
 * writes only the last one. A list holds the gaps between ids, counted from the segment's first id.
 */
export const HISTORY_SCHEMA_VERSION = 6;

/** PRAGMA application_id: "kfix" in ASCII, so that `file` and kfix itself know the database. */
export const APPLICATION_ID = 0x6b666978;

/** Commits in one segment of an inverted list, and in one transaction of the indexer. */
export const SEGMENT_SIZE = 65_536;

/** In the place of a release's id, of a commit that none has (yet). */
export const NO_RELEASE = 0;

export const HISTORY_SCHEMA = `
create table source (
  id integer primary key,
  name text not null unique,
  path text not null,            -- the git directory
  url text,                      -- where it was cloned from; null: a clone of the user's, used in place
  hunks integer not null,        -- 0: message-only
  added_at text not null,
  indexed_at text,               -- null: never finished yet
  pending_from integer           -- while an update runs: the first id that it adds
);
create table pending_ref (       -- the refs that the running update brings in
  source integer not null references source,
  name text not null,
  sha blob not null,
  commit_sha blob,               -- what it leads to; null: a tree or a blob
  date integer not null,
  primary key (source, name)
) without rowid;
create table source_ref (        -- the refs that the index has; columns as in pending_ref
  source integer not null references source,
  name text not null,
  sha blob not null,
  commit_sha blob,
  date integer not null,
  primary key (source, name)
) without rowid;

create table person (id integer primary key, name text not null);

create table commit_page (id integer primary key, parents blob not null, commits blob not null); -- see cache/commit-page.ts
create table commit_key (        -- see cache/commit-keys.ts
  kind text not null,            -- sha, subject
  segment integer not null,
  part integer not null,
  page blob not null,
  primary key (kind, segment, part)
) without rowid;

create table release (
  id integer primary key,
  name text not null unique,
  series text not null,
  kind text not null,            -- mainline, rc, stable, vendor
  parent integer references release,
  date integer not null,
  sha blob not null,
  tip integer not null           -- commit id
);
create table first_release (page integer primary key, releases blob not null); -- see cache/first-releases.ts
create table also_in (           -- commits whose first release is not an ancestor of another that has them
  release integer not null,
  commit_id integer not null,
  primary key (commit_id, release)
) without rowid;

create table reference (         -- what a commit says of another
  commit_id integer not null,
  kind text not null,            -- backport, fixes, revert
  position integer not null,
  how text not null,             -- the wording
  sha text,                      -- as written, perhaps short or wrong
  subject text,                  -- as quoted
  target integer,                -- commit id, once resolved
  primary key (commit_id, kind, position)
) without rowid;

create table stable_hint (commit_id integer not null, series text, primary key (commit_id, series)) without rowid;
create table report (kind text not null, id text not null, commit_id integer not null, primary key (kind, id, commit_id)) without rowid;

create table symbol (id integer primary key, name text not null); -- each name once
create table path (id integer primary key, name text not null);   -- likewise
create table module (name text, path integer, primary key (name, path)) without rowid; -- see cache/module-table.ts

create table diff (commit_id integer primary key, touched blob not null); -- see cache/touched-list.ts
create table path_touch (path integer, segment integer, commits blob not null, primary key (path, segment)) without rowid;
-- see cache/inverted-table.ts
create table touch (id integer primary key, segment integer not null, first text not null, alone integer not null, page blob not null, unique (segment, first));
create table word (id integer primary key, segment integer not null, first text not null, alone integer not null, page blob not null, unique (segment, first));
create table first_keys (        -- of the pages of each segment, see cache/first-keys.ts
  inverted text not null,        -- word, touch
  segment integer not null,
  page integer not null,         -- the id of the first
  pages integer not null,        -- how many
  keys blob not null,
  primary key (inverted, segment)
);

create table quoted_crash (
  commit_id integer not null, position integer not null,
  kind text not null, title text not null, signature text not null, function text,
  frames text not null,          -- function names, innermost first, blanks between
  primary key (commit_id, position)
) without rowid;
create table quoted_frame (name text not null, commit_id integer not null, primary key (name, commit_id)) without rowid;

create table segment (id integer primary key, lengths blob not null); -- words of each commit, a byte each
create table fact (page integer primary key, facts blob not null); -- see cache/commit-facts.ts
create table possible_fix (segment integer primary key, commits blob not null); -- see cache/possible-fixes.ts

create table meta (key text primary key, value text not null) without rowid;
`;

/** Built once all commits are in: a b-tree filled in order is smaller and faster than one grown at random. */
export const HISTORY_INDEXES = `
create index if not exists reference_target on reference (target, kind) where target is not null;
create index if not exists reference_open on reference (sha) where target is null;
create index if not exists quoted_signature on quoted_crash (signature);
`;

/** Built once all that commits touch is in, likewise. */
export const TOUCH_INDEXES = `
create index if not exists symbol_name on symbol (name);
create index if not exists path_name on path (name);
`;
