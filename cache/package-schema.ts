import type { Layout } from "./database.ts";
import { APPLICATION_ID } from "./schema.ts";

/** The index of package changelogs: which version of a kernel package brought which change. */
export const PACKAGE_LAYOUT: Layout = {
  version: 1,
  application: APPLICATION_ID,
  schema: `
create table meta (key text primary key, value text not null) without rowid;
create table changelog (
  id integer primary key,
  name text not null unique,
  location text not null,        -- the file, package or tree of the user's
  state text not null,           -- of that file: the same means nothing to do
  distro text not null,          -- an id of kernel/distro/distributions.ts
  package text not null,         -- the source package: linux, kernel
  packaging text not null,       -- deb, rpm
  indexed_at text not null
);
create table entry (
  id integer primary key,
  changelog integer not null references changelog,
  position integer not null,     -- 0 is the oldest
  version text not null,
  distribution text,
  date integer                   -- seconds since 1970
);
create index entry_changelog on entry (changelog, position);
create table item (
  id integer primary key,
  entry integer not null references entry,
  subject text not null
);
create table item_subject (     -- by every spelling of its subject, and by the subject that it reverts
  subject_key integer not null, item integer not null, primary key (subject_key, item)
) without rowid;
create table item_cve (cve text not null, item integer not null, primary key (cve, item)) without rowid;
create table item_sha (sha text not null, item integer not null, primary key (sha, item)) without rowid; -- as written
`,
};
