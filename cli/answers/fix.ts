import type { VerdictStatus } from "../../finder/opinion.ts";
import type { PackageRelease } from "../../finder/packages.ts";
import type { PatchPresence } from "../../finder/patch.ts";
import type { Presence } from "../../finder/patch-match.ts";
import type { Proof } from "../../finder/proof.ts";
import { AGE, batchEnvelope } from "./envelope.ts";
import {
  list,
  named,
  nullable,
  oneOf,
  optional,
  record,
  type Shaped,
  text,
  time,
  whole,
  yesNo,
} from "./shape.ts";

export const RELATED = named(
  "related",
  record(
    {
      sha: text("whole where the commit is indexed"),
      subject: text("empty: not indexed"),
      release: nullable(text("the tag of its first release")),
    },
    "a commit that has to do with the fix",
  ),
);

const FIX_MEMBERS = {
  sha: nullable(
    text("the mainline commit where it is known; null: only a package's changelog tells of the fix"),
  ),
  subject: text(),
  author: nullable(text("null: only a CVE record tells of the fix")),
  date: nullable(time("when it was written")),
  cves: list(text()),
  introducedBy: list(RELATED, "the commits that brought the bug"),
  mainline: nullable(
    record(
      {
        rc: nullable(text("the tag of the release candidate that first had it")),
        release: nullable(text("the tag of the release that first had it; null: not released yet")),
      },
      "null: in no release that is known",
    ),
  ),
  stable: list(
    record({
      series: text("`6.1`"),
      version: text("the first release of the series with the fix"),
      sha: text("the backport"),
      how: text(
        "the wording by which the backport names its origin; same-subject: a guess; own: it has no mainline commit; cve: a CVE record says so",
      ),
    }),
    "stable series with the fix",
  ),
  packages: list(
    record({
      distro: text(),
      package: text(),
      version: text("the first with the fix"),
      how: oneOf<PackageRelease["how"]>({
        sha: "",
        cve: "",
        subject: "",
        "ambiguous-subject": "other commits have the same subject",
      }),
    }),
    "distributions' packages with the fix, from their changelogs",
  ),
  revertedBy: list(text("the sha of a revert")),
  followUps: list(RELATED, "fixes of the fix: take them with it"),
  sources: list(text("history, cve or changelog"), "what this was read from"),
};

/** What is known of a fix, in every answer. */
export const FIX = named("fix", record(FIX_MEMBERS));

export const UPGRADE_MEMBERS = {
  series: text(),
  version: text("the release to go to"),
  source: text("stable, mainline, or a distribution's name"),
};

export const UPGRADES = list(
  named("upgrade", record(UPGRADE_MEMBERS)),
  "releases to go to, the nearest first",
);

const PROOF = named(
  "proof",
  record(
    {
      how: oneOf<Proof["how"]>({
        ancestor: "a tag descends from the commit",
        record: "a line of a CVE record",
        changelog: "an entry of the package's changelog",
        source: "the code of a source tree",
      }),
      commit: nullable(text("the commit that carries the fix; null: a changelog names a subject alone")),
      release: nullable(text("the tag or package version that has it first; null for a source tree")),
      detail: text("for a person"),
      check: nullable(text("a command that shows the same")),
    },
    "what a fixed rests on; null for every other status",
  ),
);

export const VERDICT = named(
  "verdict",
  record({
    status: oneOf<VerdictStatus>({
      fixed: "the kernel has the fix",
      missing: "it has the bug and not the fix",
      "not-affected": "it never had the bug",
      unknown: "what is known does not tell",
    }),
    reason: text("for a person"),
    since: nullable(text("the release since which the kernel's own line has the fix")),
    upgradeTo: UPGRADES,
    proof: nullable(PROOF),
  }),
);

export const CARRIED_BY = list(
  named(
    "carrier",
    record({
      tree: text("an indexed source tree"),
      patch: text("the patch, from the tree's root"),
      named: yesNo("false: the patch names no commit, only its subject is the same"),
    }),
  ),
  "trees whose patch queue carries the fix",
);

export const TREE_PRESENCE = named(
  "presence",
  record(
    {
      state: oneOf<PatchPresence["state"]>({ applied: "", "not-applied": "", partly: "", unknown: "" }),
      sha: nullable(text("the commit whose diff was looked for; null: no indexed repository has one")),
      hunks: list(
        record({
          path: text("where the tree has that code"),
          line: whole("where the change stood in the file that was fixed"),
          state: oneOf<Presence>({ applied: "", "not-applied": "", unknown: "" }),
        }),
      ),
    },
    "what the source of --tree has of the fix",
  ),
);

export const FIX_ANSWER = record({
  ...batchEnvelope("kfix.fix/1"),
  ...AGE,
  query: text("what was asked"),
  fixes: list(
    record({ ...FIX_MEMBERS, carriedBy: CARRIED_BY, tree: optional(TREE_PRESENCE) }),
    "every fix that the query names",
  ),
});

export type RelatedJson = Shaped<typeof RELATED>;
export type FixJson = Shaped<typeof FIX>;
export type VerdictJson = Shaped<typeof VERDICT>;
export type TreePresenceJson = Shaped<typeof TREE_PRESENCE>;
export type FixAnswerJson = Shaped<typeof FIX_ANSWER>;
