/**
 * Draws changes at random from a Debian changelog and asks the built command for the first package version of each, by
 * subject. What is right is read off the text by a reader of its own: the oldest entry whose list has the change.
 *
 *   npx tsx bench/changelog.ts CHANGELOG [--home DIR] [--count 30] [--seed 1]
 *
 * CHANGELOG is the uncompressed text; the home must have it indexed (kfix source add changelog ...).
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { askBatch } from "./measure/kfix.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    home: { type: "string", default: process.env.KFIX_HOME ?? "" },
    count: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
  },
});
const [file] = positionals;
if (file === undefined) throw new Error("usage: tsx bench/changelog.ts CHANGELOG");

/** Each change by its subject: the oldest version, as the file goes from the newest to the oldest. */
const first = new Map<string, string>();
let version = "";
let open: string | undefined;
const close = () => {
  if (open !== undefined) first.set(bare(open), version);
  open = undefined;
};
for (const line of readFileSync(file, "utf8").split("\n")) {
  const header = /^\S+ \(([^)]+)\) /.exec(line)?.[1];
  const bullet = /^ {2,8}[-+] (.+)$/.exec(line)?.[1];
  if (header !== undefined || bullet !== undefined || !/^ {6,10}\S/.test(line)) close();
  if (header !== undefined) version = header;
  else if (bullet !== undefined) open = bullet;
  else if (open !== undefined) open += ` ${line.trim()}`;
}

function bare(text: string): string {
  return text
    .replace(/^\[[^\]]*\] /, "")
    .replace(/( \((?:CVE|Closes|regression|thanks)[^)]*\))+$/, "")
    .trim();
}

const subjects = [...first.keys()];
let state = Number(options.seed);
const drawn = Array.from({ length: Number(options.count) }, () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return subjects[state % subjects.length] ?? "";
});
const { answers } = await askBatch<FixAnswer>(
  options.home,
  "fix",
  drawn.map((query) => ({ query })),
);
let right = 0;
for (const [at, answer] of answers.entries()) {
  const subject = drawn[at] ?? "";
  const versions = (answer.fixes ?? []).flatMap((fix) => fix.packages.map((one) => one.version));
  if (versions[0] === first.get(subject)) right++;
  else console.log(`  ${subject}: ${versions.join(", ") || "none"} for ${first.get(subject)}`);
}
console.log(`first package version by subject: ${right} of ${drawn.length} right`);

interface FixAnswer {
  readonly fixes?: readonly { readonly packages: readonly { readonly version: string }[] }[];
}
