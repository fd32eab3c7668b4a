/**
 * Takes the guards away one by one and sees whether a test notices: a guard whose test still passes without it is
 * not tested. Says which test failed, row by row. Works on a copy of the checkout.
 *
 * usage: tsx bench/mutations.ts [WORD...]   only the guards with one of these words in their name
 */
import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { MUTATIONS, type Mutation } from "./mutations/guards.ts";

const root = resolve(import.meta.dirname, "..");
const LONGEST = 300_000;
const words = process.argv.slice(2);
const chosen = MUTATIONS.filter(
  ({ guard }) => words.length === 0 || words.some((word) => guard.includes(word)),
);
const copy = copyOfCheckout();
const whole = new Map<string, Outcome>();
let unnoticed = 0;
try {
  for (const mutation of chosen) {
    const { noticed, said } = await tried(mutation);
    if (!noticed) unnoticed++;
    console.log(`| ${mutation.guard} | \`${mutation.file}\` | ${said} |`);
  }
} finally {
  rmSync(dirname(copy), { recursive: true, force: true });
}
console.log(`${chosen.length} guards taken away, ${unnoticed} unnoticed`);
process.exitCode = unnoticed === 0 ? 0 : 1;

/** What came of taking one guard away; `said` names the test that failed. */
async function tried({
  file,
  from,
  to,
  tests,
}: Mutation): Promise<{ readonly noticed: boolean; readonly said: string }> {
  const place = join(copy, file);
  const before = readFileSync(place, "utf8");
  if (before.split(from).length !== 2) return { noticed: false, said: `HAS NOT EXACTLY ONE: ${from}` };
  const name = tests.join(" ");
  const withGuard = whole.get(name) ?? (await outcomeOf(tests));
  whole.set(name, withGuard);
  if (withGuard.status !== "passed")
    return { noticed: false, said: `WITH THE GUARD, TOO: ${withGuard.said}` };
  writeFileSync(
    place,
    before.replace(from, () => to),
  );
  const { status, said } = await outcomeOf(tests);
  writeFileSync(place, before);
  return status === "passed"
    ? { noticed: false, said: "NOT NOTICED" }
    : { noticed: status === "failed", said };
}

interface Outcome {
  /** `unclear`: the tests did not end in time (the machine may be busy), or could not even begin. */
  readonly status: "passed" | "failed" | "unclear";
  readonly said: string;
}

async function outcomeOf(tests: readonly string[]): Promise<Outcome> {
  const report = join(dirname(copy), "report.json");
  rmSync(report, { force: true });
  const status = await statusOf("node_modules/.bin/vitest", [
    ...["run", "--bail=1", "--reporter=json", `--outputFile=${report}`],
    ...tests,
  ]);
  if (status === null) return { status: "unclear", said: "DID NOT END" };
  if (!existsSync(report)) return { status: "unclear", said: "DID NOT BEGIN" };
  const { testResults }: Report = JSON.parse(readFileSync(report, "utf8"));
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = results.find((one) => one.status === "failed");
  if (failed) return { status: "failed", said: `fails: ${failed.fullName}` };
  if (status !== 0) return { status: "unclear", said: "DID NOT BEGIN" };
  return results.some((one) => one.status === "passed")
    ? { status: "passed", said: "passes" }
    : { status: "unclear", said: "NO SUCH TEST" };
}

/** null: it did not end in time, and was killed with all that it had started. */
function statusOf(command: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: copy, stdio: "ignore", detached: true });
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, LONGEST);
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve(status);
    });
  });
}

/** What we read of vitest's report as JSON. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function copyOfCheckout(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "kfix-mutations-")), "kfix");
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const name of listed.split("\0").filter((one) => one !== "")) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}
