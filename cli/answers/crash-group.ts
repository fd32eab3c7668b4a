import { ANSWER, CANDIDATE, CRASH, KERNEL_MEMBERS, SKIPPED_MEMBERS } from "./crash.ts";
import { AGE, envelope } from "./envelope.ts";
import { UPGRADE_MEMBERS, VERDICT } from "./fix.ts";
import { list, nullable, optional, record, type Shaped, text, time, whole, yesNo } from "./shape.ts";

const GROUP = record({
  number: whole("place in the list, counted from 1"),
  title: text("as syzbot would title it"),
  kind: text("as of a crash"),
  signature: text("as of a crash; several groups may have the same, where only callers further out differ"),
  crashes: whole("how often a machine crashed so; what followed within a minute counts with it"),
  curable: whole("of those, on kernels that lack the fix"),
  firstSeen: nullable(time("null: no log has a date")),
  lastSeen: nullable(time()),
  hosts: list(record({ host: text(), crashes: whole() }), "in the order of names"),
  kernels: list(
    record({ ...KERNEL_MEMBERS, crashes: whole(), hosts: whole(), verdict: nullable(VERDICT) }),
    "the commonest first; verdict: on the answer's fix, null without one",
  ),
  followedBy: list(record({ title: text(), crashes: whole() }), "what the same machines reported next"),
  example: record({
    input: text("the log"),
    line: whole("where it begins there"),
    crash: CRASH,
  }),
  lookedUp: yesNo("false: there were more crashes than --lookups, or no index"),
  candidates: list(CANDIDATE, "for the commonest kernel"),
  answer: nullable(ANSWER),
});

export const CRASH_GROUP_ANSWER = record({
  ...envelope("kfix.crash-group/1"),
  ...AGE,
  logs: whole("read"),
  skipped: optional(
    list(
      record({ input: text("the log"), ...SKIPPED_MEMBERS }),
      "what of lines beyond KFIX_LONGEST_LINE was not read; absent: all logs were read whole",
    ),
  ),
  hosts: whole("that crashed"),
  crashes: whole(),
  upgrades: list(
    record({ ...UPGRADE_MEMBERS, crashes: whole(), hosts: whole(), groups: list(whole(), "by number") }),
    "what an upgrade cures, the most first",
  ),
  groups: list(GROUP, "what an upgrade would cure most first, then the commonest"),
});

export type CrashGroupAnswerJson = Shaped<typeof CRASH_GROUP_ANSWER>;
export type GroupJson = Shaped<typeof GROUP>;
