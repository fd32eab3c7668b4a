import type { Layout } from "./database.ts";

/**
 * The index of one source tree: what its files define and print. It is written once, beside the finished one, and
 * renamed into place; a look-up reads a few pages.
 */
export const TREE_LAYOUT: Layout = {
  version: 3,
  application: 0x6b667874, // kfxt
  schema: `
create table meta (key text primary key, value text not null) without rowid;
create table file (              -- in the order of paths
  id integer primary key,
  path text not null,
  sections text not null         -- of MAINTAINERS that it belongs to, the best first: numbers, commas between
);
create table section (           -- of MAINTAINERS
  id integer primary key,
  title text not null,
  status text,
  people text not null           -- JSON: role and who of each
);
create table definition (
  name text not null,            -- structures keep their keyword: struct rq
  file integer not null,
  line integer not null,
  end_line integer not null,
  kind integer not null,         -- see DEFINITION_KINDS
  macro text,                    -- that makes it: SYSCALL_DEFINE3
  primary key (name, file, line, end_line)
) without rowid;
create table message (           -- in the order of files and lines
  id integer primary key,
  file integer not null,
  line integer not null,
  function text,
  macro text not null,
  level text,
  format text not null,          -- macros resolved; see kernel/source/literal.ts
  prefix text                    -- what pr_fmt or dev_fmt makes of it
);
create table word (              -- of messages; see cache/message-words.ts
  word text primary key,
  number integer not null,       -- by how common it is
  held integer not null,         -- how many messages have it
  lines blob not null,           -- those whose rarest word it is, with their others
  messages blob not null         -- the gaps between the ids of all that have it, as varints
) without rowid;
create table need (id integer primary key, counts blob not null); -- a byte for each message: the words that its shortest line has
create table carried (           -- fixes that a patch queue in the tree carries
  position integer primary key,
  patch text not null,
  subject text not null,
  subject_key text not null,
  upstream text                  -- the sha that the patch names, perhaps short
);
create index carried_subject on carried (subject_key);
create index carried_upstream on carried (upstream) where upstream is not null;
`,
};

/** The order is the number in the database. */
export const DEFINITION_KINDS = ["function", "assembly", "macro", "type"] as const;
