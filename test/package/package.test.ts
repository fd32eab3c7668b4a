import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFullHome } from "../cli/full-home.ts";
import type { Workplace } from "../cli/run-kfix.ts";
import { compileExamples, libraryExamples } from "./examples.ts";
import { type Installed, packAndInstall } from "./install.ts";

/*
 * The package as a user gets it: packed, installed into an empty folder, run and imported from there.
 */

let place: Workplace;
let installed: Installed;
const examples = libraryExamples();

beforeAll(async () => {
  place = await makeFullHome();
  installed = packAndInstall(place.folder);
  // The page's own path of a repository is that of the small history here.
  const here = examples.map((one) => ({
    ...one,
    code: one.code.replace("/srv/linux.git", place.repository),
  }));
  compileExamples(installed.folder, here);
}, 300_000);
afterAll(() => place.remove());

/** Everything that the tarball may hold, each with what needs it. */
const NEEDED: readonly (readonly [RegExp, string])[] = [
  [/^package\.json$/, "npm"],
  [/^(?:README|CHANGELOG)\.md$|^LICENSE$/, "readers"],
  [/^dist\/kfix\.cjs$/, "the command"],
  [/^dist\/library\.js$/, "the library"],
  [/^dist\/(?:tree|diff|commit-log)-worker\.js$/, "the threads that index"],
  [/^dist\/fast-glob\.cjs$/, "look-ups that read a folder"],
  [/^dist\/main\.js$|^dist\/look-ups\/[a-z]+\.cjs$/, "the commands"],
  [
    /^dist\/(?:lookup-worker|job-process)\.js$/,
    "the terminal interface: looking up, and indexing, beside it",
  ],
  [/^dist\/man\/kfix[a-z-]*\.1$/, "man"],
  [/^dist\/chunks\/[\w-]+\.js$/, "what those load"],
  [/^dist\/blank\.git\//, "git, where it reads no repository's configuration"],
  [/^dist\/licences\.txt$/, "the authors of what is bundled"],
  [/^dist\/types\/(?:cli|finder|indexer|cache|kernel)\/[\w/-]+\.d\.ts$/, "programs in TypeScript"],
  [/^docs\/[\w-]+\.md$/, "readers"],
  [/^docs\/schema\/[a-z-]+-\d+\.json$/, "who validates JSON answers"],
];

describe("the tarball", () => {
  test("holds nothing that is not needed", () => {
    expect(installed.files.filter((file) => !NEEDED.some(([pattern]) => pattern.test(file)))).toEqual([]);
  });

  test("holds something for each need", () => {
    const unmet = NEEDED.filter(([pattern]) => !installed.files.some((file) => pattern.test(file)));
    expect(unmet.map(([, whom]) => whom)).toEqual([]);
  });

  test("asks npm for what it cannot bundle, and no more", () => {
    const manifest = JSON.parse(
      readFileSync(join(installed.folder, "node_modules/kfix/package.json"), "utf8"),
    );
    expect(Object.keys(manifest.dependencies).sort()).toEqual(["@vscode/ripgrep", "better-sqlite3"]);
  });
});

describe("the command", () => {
  test("npx kfix --version", () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(run("npx", ["--no-install", "kfix", "--version"]).trim()).toBe(version);
  });

  test("finds ripgrep and the database", () => {
    expect(run("npx", ["--no-install", "kfix", "grep", "pick_next_task_fair", "--", "-l"])).toContain(
      "kernel/sched/fair.c",
    );
    expect(run("npx", ["--no-install", "kfix", "status"])).toMatch(/170 commits/);
  });
});

describe("the library does what docs/library.md says", () => {
  test.each(examples.map((one, at) => [one.title, at, one.prints] as const))("%s", (_title, at, prints) => {
    expect(run(process.execPath, [`example-${at}.js`])).toBe(prints);
  });
});

function run(command: string, words: readonly string[]): string {
  const env = { ...process.env, KFIX_HOME: place.home, KFIX_PAGER: "cat", NO_COLOR: "1" };
  return execFileSync(command, words, { cwd: installed.folder, encoding: "utf8", env });
}
