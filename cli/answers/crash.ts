import type { EvidenceKind } from "../../finder/evidence.ts";
import type { Confidence } from "../../finder/ranking.ts";
import type { CrashKind } from "../../kernel/crash/crash.ts";
import type { MaintainerContact } from "../../kernel/source/maintainers.ts";
import { AGE, batchEnvelope } from "./envelope.ts";
import { FIX, UPGRADES, VERDICT } from "./fix.ts";
import {
  list,
  named,
  nullable,
  number,
  oneOf,
  optional,
  pair,
  record,
  type Shaped,
  text,
  whole,
  yesNo,
} from "./shape.ts";

const KIND = oneOf<CrashKind>({
  "null-deref": "",
  "page-fault": "",
  gpf: "general protection fault",
  bug: "BUG() was reached",
  warning: "",
  kasan: "",
  kmsan: "",
  kcsan: "",
  kfence: "",
  ubsan: "",
  "soft-lockup": "",
  "hard-lockup": "",
  "rcu-stall": "",
  "hung-task": "",
  deadlock: "lockdep found that locks may wait for each other",
  "lock-misuse": "",
  "sleep-in-atomic": "",
  "sched-atomic": "scheduling while atomic",
  refcount: "",
  "list-corruption": "",
  "stack-overflow": "",
  "divide-error": "",
  "double-fault": "",
  "machine-check": "",
  oom: "out of memory",
  "bad-page": "",
  leak: "",
  panic: "",
  "fs-error": "",
  other: "",
});

const FRAME = record({
  function: text("without compiler suffixes"),
  offset: nullable(text("hexadecimal")),
  size: nullable(text("hexadecimal")),
  module: nullable(text()),
  reliable: yesNo("false: x86 printed it with `?`, it may be left over on the stack"),
  inlined: yesNo(),
  file: nullable(text()),
  line: nullable(whole()),
});

export const KERNEL_MEMBERS = {
  release: nullable(text("uname -r")),
  build: nullable(text("uname -v")),
  distro: nullable(text()),
  package: nullable(text("the version of the distribution's package")),
  upstream: nullable(text("the release of kernel.org that it is made from")),
  series: nullable(text("`6.1`")),
};

/** What a log says of a crash. */
const CRASH_MEMBERS = {
  title: text("as syzbot would title it"),
  kind: KIND,
  signature: text("the same for the same crash on two hosts"),
  function: nullable(text("where the processor stood, or the check sits")),
  offset: nullable(text("hexadecimal, in the function")),
  size: nullable(text("hexadecimal, of the function")),
  module: nullable(text("of the function; null: built into the kernel")),
  address: nullable(text("that faulted, hexadecimal")),
  corrupted: yesNo("the log is cut short or interleaved: the title may be wrong"),
  lines: pair(whole(), "first and last in the input, counted from 1"),
  kernel: record({
    ...KERNEL_MEMBERS,
    arch: nullable(text()),
    tainted: nullable(text("taint flags as letters; empty: not tainted")),
  }),
  cpu: nullable(whole()),
  pid: nullable(whole()),
  comm: nullable(text()),
  hardware: nullable(text()),
  workqueue: nullable(text()),
  modules: list(text(), "loaded, in the order of the log"),
  frames: list(FRAME, "the call trace, innermost first"),
};

export const MAINTAINERS = list(
  named(
    "maintainers",
    record({
      title: text("the part of the kernel"),
      status: nullable(text("`Maintained`, `Odd Fixes`, `Orphan`")),
      people: list(
        record({
          role: oneOf<MaintainerContact["role"]>({ maintainer: "", reviewer: "", list: "" }),
          who: text("`Name <address>`, or a list's address"),
        }),
      ),
    }),
  ),
  "whom to write to, from the tree's MAINTAINERS",
);

const PLACE_MEMBERS = {
  function: text(),
  path: text(),
  line: whole(),
  endLine: whole(),
  others: whole("how many other functions have this name and fit as well"),
};

const LOCATION = record(
  {
    path: text(),
    line: whole(),
    endLine: whole(),
    tree: text("the indexed tree"),
    version: nullable(text("of the tree")),
    exact: yesNo("false: the tree is another release than the kernel, lines may differ"),
    excerpt: nullable(record({ from: whole("the first line's number"), lines: list(text()) })),
    frames: list(record(PLACE_MEMBERS), "the top frames of the trace that are found"),
    maintainers: MAINTAINERS,
  },
  "where the crash is in the source; null: in no indexed tree",
);

export const EVIDENCE_KIND = oneOf<EvidenceKind>({
  "same-crash-quoted": "the fix's own message quotes this crash",
  "crash-quoted": "its message quotes a crash like it",
  functions: "it changes functions of the trace",
  files: "it changes files of the trace",
  neighbourhood: "it changes what is near",
  "similar-crashes": "it fixed crashes like it",
  message: "its message names functions of the trace",
  symptom: "its message has the words of such a crash",
  module: "it is about the module",
  fix: "it is a fix by its own words",
  stable: "the stable team took it",
  size: "",
  time: "",
  "already-there": "the kernel has it already",
  reverted: "it was reverted",
});

export const CANDIDATE = record({
  rank: whole("from 1"),
  score: number(),
  confidence: oneOf<Confidence>({
    confirmed: "its own message quotes this crash",
    likely: "docs/ranking.md says how often such answers are right",
    possible: "worth reading, no more",
  }),
  evidence: list(
    record({
      kind: EVIDENCE_KIND,
      detail: text("for a person"),
      weight: number("what it adds to the score"),
    }),
    "the weightiest first",
  ),
  fix: FIX,
  verdict: VERDICT,
});

export const ANSWER = record(
  {
    fix: text("the sha of the candidate to act on"),
    subject: text(),
    firstRelease: nullable(text("the tag of the first mainline release")),
    upgradeTo: UPGRADES,
    text: text("the verdict's reason"),
  },
  "null: no fix is certain enough",
);

export const SKIPPED_MEMBERS = {
  line: whole("the first such line, counted from 1"),
  characters: whole("of all such lines"),
};

const SKIPPED = record(
  SKIPPED_MEMBERS,
  "what of lines beyond KFIX_LONGEST_LINE was not read; absent: the log was read whole",
);

export const CRASH = named("crash", record(CRASH_MEMBERS));

export const CRASH_ANSWER = record({
  ...batchEnvelope("kfix.crash/1"),
  ...AGE,
  skipped: optional(SKIPPED),
  input: optional(text("where several logs were given: whose answer this is")),
  crashes: list(
    record({
      ...CRASH_MEMBERS,
      location: optional(nullable(LOCATION)),
      candidates: optional(list(CANDIDATE, "ranked, the best first")),
      answer: optional(nullable(ANSWER)),
    }),
    "every crash in the log; --parse-only leaves location, candidates and answer out",
  ),
});

export type CrashJson = Shaped<typeof CRASH>;
export type MaintainersJson = Shaped<typeof MAINTAINERS>[number];
export type LocationJson = Shaped<typeof LOCATION>;
export type CandidateJson = Shaped<typeof CANDIDATE>;
export type CrashAnswerJson = Shaped<typeof CRASH_ANSWER>;
export type AnsweredCrashJson = CrashAnswerJson["crashes"][number];
