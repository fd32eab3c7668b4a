import { constant, list, nullable, oneOf, record, type Shaped, text, time, whole, yesNo } from "./shape.ts";

/** `kernel`, `Debian 6.1.55-1`: a line for a person. */
const FACT = record({ label: text(), value: text() });

const STRIP = record(
  {
    series: text("`6.1`, or `mainline`"),
    from: nullable(text("the first release with the bug; null: not known, or the series never had it")),
    to: nullable(text("the first release with the fix")),
    known: yesNo("false: nothing tells whether the series ever had the bug"),
    running: nullable(record({ version: text(), place: oneOf({ before: "", inside: "", behind: "" }) })),
  },
  "a series, from the release that brought the bug to the one that fixed it",
);

const FRAME = record({
  function: text(),
  place: text("`+0x1b/0x60 [module]`, or empty"),
  source: nullable(text("`fs/inode.c:12`")),
  reliable: yesNo("false: printed with `?`"),
  crashed: yesNo("the processor stood here"),
});

const COMMIT = record({
  sha: nullable(text()),
  subject: text(),
  detail: text("why, or where: for a person"),
});

const TONE = oneOf<Tone>({
  good: "this kernel has the fix, or not the bug",
  bad: "it lacks the fix",
  unknown: "",
});

export type Tone = "good" | "bad" | "unknown";

const SECTION = record({
  title: text("as syzbot would title the crash"),
  input: nullable(text("the log")),
  /** The one sentence to read. */
  conclusion: record({ tone: TONE, text: text() }),
  advice: list(text(), "what to do, in order"),
  facts: list(FACT, "what crashed, where it ran"),
  seen: nullable(
    record({
      crashes: whole(),
      hosts: list(record({ host: text(), crashes: whole() })),
      kernels: list(record({ kernel: text(), crashes: whole(), verdict: nullable(text()) })),
      firstSeen: nullable(time()),
      lastSeen: nullable(time()),
      followedBy: list(FACT),
    }),
  ),
  fix: nullable(
    record({
      sha: nullable(text()),
      subject: text(),
      author: nullable(text()),
      date: nullable(time()),
      confidence: text(),
      cves: list(text()),
      introducedBy: list(COMMIT),
      followUps: list(COMMIT, "to take with it"),
      revertedBy: list(text()),
    }),
  ),
  evidence: list(record({ speaksFor: yesNo(), text: text() })),
  versions: list(FACT, "releases and packages with the fix"),
  releaseMap: list(STRIP),
  location: nullable(
    record({
      place: text("`kernel/sched/core.c:2301`"),
      tree: text(),
      exact: yesNo(),
      excerpt: nullable(record({ from: whole(), lines: list(text()) })),
      maintainers: list(text()),
    }),
  ),
  trace: list(FRAME, "innermost first"),
  others: list(COMMIT, "other candidates"),
  commands: list(record({ command: text(), says: text() }), "to verify with"),
});

export const REPORT = record({
  schema: constant("kfix.report/1"),
  title: text(),
  made: record({ by: text("kfix and its version"), at: time() }),
  summary: list(FACT),
  upgrades: list(FACT, "of a fleet: what an upgrade cures"),
  sections: list(SECTION),
});

/** Everything that a ticket needs, for a person; each renderer writes all of it. */
export type Report = Shaped<typeof REPORT>;
export type ReportSection = Shaped<typeof SECTION>;
export type ReportFrame = Shaped<typeof FRAME>;
export type ReportStrip = Shaped<typeof STRIP>;
export type ReportCommit = Shaped<typeof COMMIT>;
export type ReportFact = Shaped<typeof FACT>;
