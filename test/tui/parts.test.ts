import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { KEYS } from "../../cli/tui/keymap.ts";
import { placeInDiff } from "../../cli/tui/panes/commit.ts";
import { RecentCrashes } from "../../cli/tui/recent.ts";
import { follow } from "../../cli/tui/scroll.ts";
import { needsAscii, toAscii } from "../../cli/tui/terminal/ascii.ts";
import { clipboardSequence } from "../../cli/tui/terminal/clipboard.ts";
import { fitted, widthOf } from "../../cli/tui/terminal/fit.ts";
import { Surface } from "../../cli/tui/terminal/surface.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";

describe("a row", () => {
  test.each([
    ["short", 8, "short   "],
    ["much too long", 8, "much to…"],
    ["修正修正修正", 8, "修正修… "],
    ["\x1b[31mred and long\x1b[39m", 5, "\x1b[31mred \x1b[39m…"],
    ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
    ["", 3, "   "],
    ["x", 0, ""],
  ])("%j in %i columns", (text, width, wanted) => {
    expect(fitted(text, width)).toBe(wanted);
  });

  test("has the columns that it is given, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const plain = text.replace(/\p{C}/gu, "");
        expect(widthOf(fitted(plain, width))).toBe(width);
      }),
    );
  });
});

describe("scrolling", () => {
  test("the chosen row is on the screen, and no room is left below the last", () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.nat(500),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(500),
        (top, at, height, more) => {
          const count = at + 1 + more;
          const first = follow(top, at, height, count);
          expect(first).toBeLessThanOrEqual(at);
          expect(first + height).toBeGreaterThan(at);
          expect(first).toBeLessThanOrEqual(Math.max(0, count - height));
        },
      ),
    );
  });
});

describe("the surface", () => {
  test("sends the rows that changed, and those only", () => {
    const sent: string[] = [];
    const surface = new Surface((text) => sent.push(text));
    const draw = (...rows: readonly string[]): void => {
      surface.begin();
      surface.write(rows.map((row) => surface.mark(row)).join("\n"));
    };
    draw("before it is open");
    surface.open();
    draw("one", "two");
    draw("one", "other");
    draw("one", "other");
    surface.close();
    draw("after the end");
    expect(sent).toHaveLength(2);
    expect(sent[0]).toContain("one");
    expect(sent[1]).toContain("\x1b[2;1H\x1b[Kother");
    expect(sent[1]).not.toContain("one");
  });

  test("a text with a mark's own characters is shown as it is", () => {
    const sent: string[] = [];
    const surface = new Surface((text) => sent.push(text));
    surface.open();
    surface.begin();
    surface.write(`${surface.mark("\ue001")}${surface.mark("second")}`);
    expect(sent[0]).toContain("\ue001second");
  });
});

describe("remembered logs", () => {
  const folder = mkdtempSync(join(tmpdir(), "kfix-recent-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const log = { name: "x", crashes: parseCrashes(SEED_LOG), text: SEED_LOG };

  test("are their owner's alone, once each, newest first, and gone when forgotten", () => {
    const recent = new RecentCrashes(folder);
    expect(recent.all()).toEqual([]);
    recent.remember(log, new Date("2026-01-01T00:00:00Z"));
    recent.remember({ ...log, text: `${SEED_LOG}\n` }, new Date("2026-01-02T00:00:00Z"));
    recent.remember(log, new Date("2026-01-03T00:00:00Z"));
    expect(recent.all().map((one) => one.seen.slice(8, 10))).toEqual(["03", "02"]);
    const [newest] = recent.all();
    expect(newest && recent.text(newest.key)).toBe(SEED_LOG);
    for (const name of readdirSync(join(folder, "recent"))) {
      expect(statSync(join(folder, "recent", name)).mode & 0o077).toBe(0);
    }
    if (newest) recent.forget(newest.key);
    expect(recent.all()).toHaveLength(1);
    recent.forgetAll();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a key that is no key names no file", () => {
    expect(new RecentCrashes(folder).text("../../etc/passwd")).toBeUndefined();
  });
});

describe("terminals that know ASCII alone", () => {
  test.each([
    [{ LANG: "C" }, true],
    [{ LC_ALL: "", LANG: "de_DE.UTF-8" }, false],
    [{ LC_ALL: "POSIX", LANG: "de_DE.UTF-8" }, true],
    [{}, false],
    [{ LANG: "C.UTF-8", TERM: "linux" }, true],
  ])("%j: %s", (env, wanted) => {
    expect(needsAscii(env)).toBe(wanted);
  });

  test("what is drawn keeps its width", () => {
    expect(toAscii("▸ ✔ ━━┫· ● … ◆ ─│")).toBe(">  + ==|. @ ~ * -|".replace(">  ", "> "));
  });
});

test("the clipboard's sequence holds the text, whatever it is", () => {
  expect(clipboardSequence("abc\x07", { TERM: "xterm" })).toBe("\x1b]52;c;YWJjBw==\x07");
  expect(clipboardSequence("abc", { TERM: "screen" })).toBe("\x1bP\x1b]52;c;YWJj\x07\x1b\\");
  expect(clipboardSequence("abc", { TERM: "screen", TMUX: "/tmp/x" })).toBe("\x1b]52;c;YWJj\x07");
});

test("a row of a diff has its place in the file", () => {
  const diff = [
    "diff --git a/mm/slub.c b/mm/slub.c",
    "--- a/mm/slub.c",
    "+++ b/mm/slub.c",
    "@@ -10,4 +20,5 @@ int f(void)",
    " one",
    "-old",
    "+new",
    " two",
  ];
  expect(placeInDiff(diff, 6)).toEqual({ path: "mm/slub.c", line: 21 });
  expect(placeInDiff(diff, 0)).toEqual({ path: "mm/slub.c", line: 23 });
  expect(placeInDiff([], 0)).toBeUndefined();
});

test("no key means two things in one place", () => {
  const seen = new Set<string>();
  for (const { place, keys } of KEYS) {
    for (const key of keys) {
      expect(seen.has(`${place} ${key}`), `${key} at ${place}`).toBe(false);
      seen.add(`${place} ${key}`);
    }
  }
});
