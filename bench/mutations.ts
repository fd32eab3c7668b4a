/**
 * Takes the guards away one by one and sees whether a test notices: a guard whose test still passes without it is
 * not tested. Works on a copy of the checkout.
 *
 * usage: tsx bench/mutations.ts [WORD...]   only the guards with such a word in their name
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { MUTATIONS } from "./mutations/guards.ts";

const root = resolve(import.meta.dirname, "..");
const LONGEST = 300_000;
const words = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ guard }) => words.every((word) => guard.includes(word)));
const copy = copyOfCheckout();
const passing = new Map<string, boolean>();
let unnoticed = 0;
try {
  for (const { guard, file, from, to, tests } of chosen) {
    const place = join(copy, file);
    const whole = readFileSync(place, "utf8");
    if (whole.split(from).length !== 2) {
      unnoticed++;
      console.log(`| ${guard} | \`${file}\` | | HAS NOT EXACTLY ONE: ${from} |`);
      continue;
    }
    if (!passesWhole(tests)) {
      unnoticed++;
      console.log(`| ${guard} | \`${file}\` | ${tests.join(", ")} | FAILS WITH THE GUARD, TOO |`);
      continue;
    }
    writeFileSync(
      place,
      whole.replace(from, () => to),
    );
    const outcome = outcomeOf(tests);
    writeFileSync(place, whole);
    if (outcome !== "fails") unnoticed++;
    console.log(`| ${guard} | \`${file}\` | ${tests.join(", ")} | ${outcome} |`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${chosen.length} guards taken away, ${unnoticed} unnoticed`);
process.exitCode = unnoticed === 0 ? 0 : 1;

/** Do the tests pass while the guard is there? One that fails anyway notices nothing. */
function passesWhole(tests: readonly string[]): boolean {
  const name = tests.join(" ");
  const passes = passing.get(name) ?? outcomeOf(tests) === "NOT NOTICED";
  passing.set(name, passes);
  return passes;
}

/** A test that does not end in time has not said that a guard is gone: the machine may be busy. */
function outcomeOf(tests: readonly string[]): "fails" | "NOT NOTICED" | "DID NOT END" {
  const { status } = spawnSync("npx", ["vitest", "run", "--bail=1", ...tests], {
    cwd: copy,
    encoding: "utf8",
    timeout: LONGEST,
  });
  if (status === null) return "DID NOT END";
  return status === 0 ? "NOT NOTICED" : "fails";
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
