/**
 * Scores `kfix fix --batch` and `kfix check --batch` on fixes and kernels whose answers are known from the kernel's
 * CVE records: every first version of 600 fixes, and 374 verdicts on versions and distributions' strings.
 *
 *   npm run build && npx tsx bench/verdicts.ts [--home DIR] [--corpus DIR]
 *
 * The home must have the CVE records (kfix source add cve ...). Prints a line a set, and each wrong answer.
 */
import { parseArgs } from "node:util";
import { readCases } from "./measure/cases.ts";
import { askBatch } from "./measure/kfix.ts";

const { values: options } = parseArgs({
  options: {
    home: { type: "string", default: process.env.KFIX_HOME ?? "" },
    corpus: { type: "string" },
    show: { type: "string", default: "10" },
  },
});

interface FixedCase {
  readonly id: string;
  readonly sha: string;
  readonly fixed: readonly { series: string; version: string; sha: string }[];
}

interface VerdictCase {
  readonly id: string;
  readonly kernel: string;
  readonly cve: string;
  readonly fix: string;
  readonly expect: string;
}

const fixes: FixedCase[] = readCases("modern-fixed.open.jsonl", options.corpus) ?? [];
const verdicts: VerdictCase[] = readCases("modern-verdicts.open.jsonl", options.corpus) ?? [];

await scoreFixes("fix by sha", (one) => one.sha);
await scoreFixes("fix by CVE", (one) => one.id);
await scoreVerdicts("check by sha", (one) => ({ fix: one.fix }));
await scoreVerdicts("check by CVE", (one) => ({ cve: one.cve }));

async function scoreFixes(name: string, queryOf: (one: FixedCase) => string): Promise<void> {
  const { answers } = await askBatch(
    options.home,
    "fix",
    fixes.map((one) => ({ id: one.id, query: queryOf(one) })),
  );
  const wrong = fixes.flatMap((one, at) => {
    const expected = one.fixed.map(({ version, sha }) => `${version} ${sha}`).sort();
    const got = versionsIn(answers[at]);
    return expected.join() === got.join() ? [] : [`${one.id}: ${got.join(", ")} for ${expected.join(", ")}`];
  });
  report(name, fixes.length, wrong);
}

function versionsIn(answer: unknown): string[] {
  const [fix] = list(field(answer, "fixes"));
  const release = field(field(fix, "mainline"), "release");
  const mainline = typeof release === "string" ? [`${release.slice(1)} ${String(field(fix, "sha"))}`] : [];
  const stable = list(field(fix, "stable")).map((one) => `${field(one, "version")} ${field(one, "sha")}`);
  return [...mainline, ...stable].sort();
}

async function scoreVerdicts(
  name: string,
  queryOf: (one: VerdictCase) => Record<string, string>,
): Promise<void> {
  const { answers } = await askBatch(
    options.home,
    "check",
    verdicts.map((one) => ({ id: one.id, kernel: one.kernel, ...queryOf(one) })),
  );
  let overconfident = 0;
  const wrong = verdicts.flatMap((one, at) => {
    const expected = one.expect === "vulnerable" ? "missing" : one.expect;
    const verdict = field(list(field(answers[at], "checks"))[0], "verdict");
    const got = field(verdict, "status");
    if (got === expected) return [];
    if (expected === "unknown") overconfident++;
    return [`${one.id}: ${String(got)} for ${expected} (${String(field(verdict, "reason"))})`];
  });
  report(`${name} (${overconfident} of the unknown answered otherwise)`, verdicts.length, wrong);
}

function report(name: string, cases: number, wrong: readonly string[]): void {
  const right = cases - wrong.length;
  console.log(`${name}: ${right} of ${cases} right (${((100 * right) / cases).toFixed(1)} %)`);
  for (const line of wrong.slice(0, Number(options.show))) console.log(`  ${line}`);
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
