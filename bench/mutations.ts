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
const words = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ guard }) => words.every((word) => guard.includes(word)));
const copy = copyOfCheckout();
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
    writeFileSync(
      place,
      whole.replace(from, () => to),
    );
    const { status } = spawnSync("npx", ["vitest", "run", ...tests], {
      cwd: copy,
      encoding: "utf8",
      timeout: 300_000, // without its guard a test may never end
    });
    writeFileSync(place, whole);
    if (status === 0) unnoticed++;
    console.log(
      `| ${guard} | \`${file}\` | ${tests.join(", ")} | ${status === 0 ? "NOT NOTICED" : "fails"} |`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${chosen.length} guards taken away, ${unnoticed} unnoticed`);
process.exitCode = unnoticed === 0 ? 0 : 1;

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
