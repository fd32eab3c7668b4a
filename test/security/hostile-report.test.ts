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
let report: Report;

/** A real report, in which every text is hostile. */
beforeAll(async () => {
  place = await Workplace.withHistory();
  const made = place.path("report.json");
  const words = ["crash", "-", "--kernel", SEED_KERNEL, "--report", made];
  const { status, stderr } = await place.kfix(words, { input: SEED_LOG });
  if (status !== 0) throw new Error(stderr);
  report = JSON.parse(readFileSync(made, "utf8"), (key, value) =>
    typeof value !== "string" || OURS.has(key) ? value : MARK_UP + ALL_NASTY,
  );
});
afterAll(() => place.remove());

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

  test("Markdown: outside of code nothing is mark-up", () => {
    const lines = renderReport(report, "markdown").split("\n");
    const prose = [];
    let fence: string | undefined;
    for (const line of lines) {
      const found = /^(`{3,})(?:sh)?$/.exec(line)?.[1];
      if (fence === undefined && found) fence = found;
      else if (fence !== undefined) fence = line === fence ? undefined : fence;
      else prose.push(line.replace(/(`+)[^`].*?[^`]\1(?!`)/g, ""));
    }
    expect(fence).toBeUndefined();
    const text = prose.join("\n").replace("<!-- kfix report -->", "");
    expect(text).toContain("\\<script\\>");
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
