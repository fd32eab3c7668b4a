import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../cli/answers/report.ts";
import { verifyWith } from "../../cli/report/advice.ts";
import { renderReport } from "../../cli/report/render.ts";
import { Workplace } from "../cli/run-kfix.ts";
import { ALL_NASTY } from "../fixtures/hostile-text.ts";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";

const MARK_UP = `"'><script>alert(1)</script><b>[x](javascript:alert)\`\`\`\n# x\n<img src=x> @all`;

let place: Workplace;
let real = "";
let report: Report;

beforeAll(async () => {
  place = await Workplace.withHistory();
  const made = place.path("report.json");
  const words = ["crash", "-", "--kernel", SEED_KERNEL, "--report", made];
  const { status, stderr } = await place.kfix(words, { input: SEED_LOG });
  if (status !== 0) throw new Error(stderr);
  real = readFileSync(made, "utf8");
  report = reportOf(MARK_UP + ALL_NASTY);
});
afterAll(() => place.remove());

/** A real report, in which every text is this one. */
function reportOf(text: string): Report {
  return JSON.parse(real, (key, value) => (typeof value !== "string" || OURS.has(key) ? value : text));
}

/** What no outside text gets into. */
const OURS = new Set(["schema", "tone", "at", "series", "date", "firstSeen", "lastSeen"]);

const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[\u{e0100}-\u{e01ef}]/u;

describe("a report of which every text is hostile", () => {
  test("HTML and the pictures in it: mark-up is text, in elements and in attributes", () => {
    const html = renderReport(report, "html");
    expect(html).toContain("<svg");
    expect(html).not.toMatch(/<(?:script|img|b)[ >]/);
    expect(html).toContain("&lt;script&gt;");
    expect([...html].filter((one) => one !== "\n" && HARMFUL.test(one))).toEqual([]);
    for (const [attribute] of html.matchAll(/="[^"]*"/g)) expect(attribute).not.toContain("alert");
  });

  test.each([
    ["mark-up", MARK_UP + ALL_NASTY],
    ["a code span that ends", "a`<script>`b"],
    ["two that do", "``<b>`<i>`"],
    ["the end of a block", "```"],
    ["a longer one", "`````"],
  ])("Markdown: outside of code nothing is mark-up: %s", (_what, hostile) => {
    const prose = proseOf(renderReport(reportOf(hostile), "markdown"));
    const harmless = proseOf(renderReport(reportOf("harmless"), "markdown"));
    expect(prose).toHaveLength(harmless.length); // no block ended before its time
    const text = prose.join("\n").replace("<!-- kfix report -->", "");
    expect(text).not.toMatch(/(?<!\\)<|(?<!\\)\]\(|(?<!\\)`/);
    expect(text).not.toMatch(/@all/);
    expect(text).not.toMatch(/^(?:#+ )?# x/m);
  });

  test("JSON: nothing that a terminal obeys, and the values are whole", () => {
    const text = renderReport(report, "json");
    expect([...text].filter((one) => one !== "\n" && HARMFUL.test(one))).toEqual([]);
    expect(JSON.parse(text)).toEqual(report);
  });
});

/** The lines that are in no block of code, without their spans of code (CommonMark 0.31, 4.5 and 6.1). */
function proseOf(markdown: string): string[] {
  const prose: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const found = /^ {0,3}(`{3,})(sh)?[ \t]*$/.exec(line);
    if (fence === undefined && found) fence = found[1];
    else if (fence === undefined) prose.push(line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, ""));
    else if (found && found[2] === undefined && (found[1] ?? "").length >= fence.length) fence = undefined;
  }
  return prose;
}

describe("the commands of a report, in a shell", () => {
  const subject = "--file=/etc/passwd '; touch owned; $(touch owned)";

  test.each(["debian", "fedora", "suse", undefined])("%s", (distro) => {
    for (const name of ["grep", "kfix", "zcat", "rpm", "dpkg", "uname"]) {
      writeFileSync(place.path(name), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      chmodSync(place.path(name), 0o755);
    }
    for (const { command } of verifyWith({ sha: "", subject, cves: [] }, distro)) {
      const { stdout } = spawnSync("/bin/sh", ["-c", command], {
        encoding: "utf8",
        cwd: place.folder,
        env: { PATH: place.folder },
      });
      if (!command.includes("--file=")) continue;
      expect(stdout.split("\n").slice(-3)).toEqual(["--", subject, ""]);
    }
    expect(spawnSync("ls", [place.folder], { encoding: "utf8" }).stdout).not.toContain("owned");
  });
});
