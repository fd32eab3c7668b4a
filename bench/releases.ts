/**
 * Scores first releases and backports on the cases of releases.open.jsonl and backports.open.jsonl (../shared/corpus):
 * git's own answers on the real history that they were drawn from.
 *
 *     npm run build && npx tsx bench/releases.ts --home FOLDER
 *
 * The home has that history indexed. Prints a line a set, and what was asked of each wrong answer.
 */
import { parseArgs } from "node:util";
import { readCases } from "./measure/cases.ts";
import { askBatch } from "./measure/kfix.ts";

const { values } = parseArgs({
  options: { home: { type: "string", default: process.env.KFIX_HOME ?? "" }, corpus: { type: "string" } },
});

interface FixAnswer {
  readonly fixes?: readonly {
    readonly sha: string;
    readonly mainline: { readonly rc: string | null; readonly release: string | null } | null;
    readonly stable: readonly { readonly version: string; readonly sha: string }[];
  }[];
}

interface ReleaseCase {
  readonly sha: string;
  readonly first_tag: string;
  readonly release: string;
}

interface BackportCase {
  readonly stable_sha: string;
  readonly upstream_sha: string;
  readonly tag: string;
  readonly in_mainline: boolean;
}

await score<ReleaseCase>("first release", readCases("releases.open.jsonl", values.corpus) ?? [], {
  query: (one) => one.sha,
  right: (one, answer) =>
    (answer.fixes ?? []).some(
      (fix) =>
        (fix.sha === one.sha &&
          (fix.mainline?.rc ?? fix.mainline?.release) === one.first_tag &&
          fix.mainline?.release === one.release) ||
        fix.stable.some((copy) => copy.sha === one.sha && `v${copy.version}` === one.first_tag),
    ),
});
const backports = (readCases<BackportCase>("backports.open.jsonl", values.corpus) ?? []).filter(
  (one) => one.in_mainline,
);
for (const [name, query] of [
  ["backports, asked by the upstream commit", "upstream_sha"],
  ["backports, asked by the stable commit", "stable_sha"],
] as const) {
  await score(name, backports, {
    query: (one) => one[query],
    right: (one, answer) =>
      (answer.fixes ?? []).some(
        (fix) =>
          fix.sha === one.upstream_sha &&
          fix.stable.some((copy) => copy.sha === one.stable_sha && `v${copy.version}` === one.tag),
      ),
  });
}

async function score<Case>(
  name: string,
  cases: readonly Case[],
  judge: { query: (one: Case) => string; right: (one: Case, answer: FixAnswer) => boolean },
): Promise<void> {
  const { answers } = await askBatch<FixAnswer>(
    values.home,
    "fix",
    cases.map((one) => ({ query: judge.query(one) })),
  );
  const wrong = cases.filter((one, at) => !judge.right(one, answers[at] ?? {}));
  const right = cases.length - wrong.length;
  console.log(`${name}: ${right} of ${cases.length} right (${((100 * right) / cases.length).toFixed(2)} %)`);
  for (const one of wrong) console.log(`    ${judge.query(one)}`);
}
