import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NULL_DEREF } from "../kernel/crash/logs.ts";
import { makeFullHome } from "./full-home.ts";
import type { Workplace } from "./run-kfix.ts";

const BROWSER = process.env.KFIX_CHROMIUM ?? "/usr/bin/chromium";
/** What a log may bring: mark-up, a script, a link, a mention. */
const HOSTILE =
  '<script>alert(1)</script><img src=x onerror=alert(2)> "><b>x</b> `code` ``` | [a](http://evil.example/) @team *x* \u202e';

let place: Workplace;
let browser: Browser;

beforeAll(async () => {
  place = await makeFullHome();
  writeFileSync(place.path("oops"), NULL_DEREF.replace("3.16.36-1", "3.16.4-1"));
  writeFileSync(
    place.path("hostile"),
    NULL_DEREF.replace("Dell Inc.", HOSTILE).replace("Comm: swapper/3", "Comm: <i>\"'x"),
  );
  if (!existsSync(BROWSER)) {
    throw new Error(`there is no ${BROWSER}: apt-get install chromium, or set KFIX_CHROMIUM to a Chromium`);
  }
  browser = await chromium.launch({
    executablePath: BROWSER,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  place.remove();
});

async function report(name: string, words: readonly string[]): Promise<string> {
  const { stderr } = await place.kfix(["crash", ...words, "--report", place.path(name)]);
  expect(stderr).toContain(`wrote the report ${place.path(name)}`);
  return readFileSync(place.path(name), "utf8");
}

interface Looked {
  readonly page: Page;
  /** What went wrong on the page, and what it asked for beside itself. */
  readonly trouble: string[];
}

async function look(name: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Looked> {
  const page = await browser.newPage(options);
  const trouble: string[] = [];
  page.on("console", (message) => trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("dialog", (dialog) => {
    trouble.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== `file://${place.path(name)}`) trouble.push(request.url());
  });
  await page.goto(`file://${place.path(name)}`);
  return { page, trouble };
}

describe("HTML in a browser", () => {
  test("shows crash, verdict, advice, release map and call trace; asks for nothing, complains of nothing", async () => {
    await report("oops.html", [place.path("oops")]);
    const { page, trouble } = await look("oops.html");
    expect(await page.title()).toContain("pick_next_task_fair");
    expect(await page.locator(".conclusion.bad").textContent()).toContain("MISSING");
    expect(await page.locator("ol li").first().textContent()).toContain("Upgrade to 3.18");
    expect(await page.locator("svg.map .bug").count()).toBeGreaterThan(1);
    expect(await page.locator("svg.map .here").count()).toBe(1);
    expect(await page.locator("svg.trace rect.crashed").count()).toBe(1);
    expect(await page.getByRole("img", { name: "Call trace" }).count()).toBe(1);
    expect(await page.locator("pre").last().textContent()).toContain("grep -F");
    const headings = await page.locator("h1, h3").allInnerTexts();
    expect(headings.map((text) => text.toLowerCase())).toEqual(
      expect.arrayContaining(["what to do", "fix", "evidence", "release map", "call trace", "verify"]),
    );
    expect(trouble).toEqual([]);
    await page.close();
  });

  test.each<[string, Parameters<Browser["newPage"]>[0]]>([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { viewport: { width: 360, height: 800 } }],
    ["without scripts", { javaScriptEnabled: false }],
  ])("is there to be seen: %s", async (look_, options) => {
    await report("seen.html", [place.path("oops")]);
    const { page, trouble } = await look("seen.html", options);
    const pixels = pixelsOf(await page.screenshot());
    expect(pixels.size).toBeGreaterThan(50);
    const [commonest] = [...pixels].sort(([, one], [, other]) => other - one);
    expect(commonest?.[0]).toBe(look_ === "dark" ? "13,17,23" : "255,255,255");
    if (look_ !== "without scripts") {
      const wide = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(wide).toBe(0);
    }
    expect(trouble).toEqual([]);
    await page.close();
  });

  test("prints on paper", async () => {
    await report("print.html", [place.path("oops")]);
    const { page } = await look("print.html");
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.length).toBeGreaterThan(10_000);
    await page.close();
  });

  test("nothing of a hostile log becomes mark-up", async () => {
    const html = await report("hostile.html", [place.path("hostile")]);
    expect(html).not.toMatch(/<(?:script|img|b|i)[ >]/);
    expect(html).not.toContain("\u202e");
    const { page, trouble } = await look("hostile.html");
    expect(await page.locator("script, img, iframe, b, i, a").count()).toBe(0);
    expect(await page.locator("main").textContent()).toContain("<script>alert(1)</script>");
    expect(trouble).toEqual([]);
    // Whatever might get through could not run or load.
    const policy = await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
    expect(policy).toContain("default-src 'none'");
    await page.close();
  });

  test("a fleet's: what an upgrade cures, a list of crashes that leads to each", async () => {
    mkdirSync(place.path("fleet"));
    for (const host of ["web-01", "web-02"]) writeFileSync(place.path(`fleet/${host}.log`), NULL_DEREF);
    writeFileSync(
      place.path("fleet/db.log"),
      "BUG: soft lockup - CPU#1 stuck for 23s! [x:1]\nRIP: 0010:some_driver_poll+0x1/0x2\n",
    );
    await report("fleet.html", ["--group", place.path("fleet"), "--kernel", "3.16.4"]);
    const { page, trouble } = await look("fleet.html");
    expect(await page.locator("main").textContent()).toContain("3.18 (mainline)");
    await page.locator("nav a").first().click();
    expect(await page.locator("#crash-0 h2").textContent()).toContain(
      "1. BUG: unable to handle kernel NULL pointer",
    );
    expect(await page.locator("#crash-0").textContent()).toContain("web-01, web-02");
    expect(trouble).toEqual([]);
    await page.close();
  });
});

describe("Markdown", () => {
  test("has all that a ticket needs", async () => {
    const text = await report("oops.md", [place.path("oops")]);
    for (const title of [
      "What to do",
      "Crash",
      "Fix",
      "Evidence",
      "Releases with the fix",
      "Release map",
      "In the source",
      "Call trace",
      "Verify",
    ])
      expect(text).toContain(`### ${title}`);
    expect(text).toContain("bug since `3.16`, not fixed; `3.16.4` runs here");
    expect(text).toMatch(/```sh\nkfix check --kernel "\$\(uname -a\)" [0-9a-f]{40}\n```/);
  });

  test("what comes from a log stands in code, whose fence it cannot close", async () => {
    const text = await report("hostile.md", [place.path("hostile")]);
    const line = text.split("\n").find((one) => one.includes("Hardware"));
    expect(line).toMatch(/^- \*\*Hardware\*\*: (````+)[^`].*[^`]\1$/);
    expect(text).not.toContain("\u202e");
  });
});

test("JSON is the model itself", async () => {
  const text = await report("oops.json", [place.path("oops")]);
  expect(JSON.parse(text)).toMatchObject({
    schema: "kfix.report/1",
    sections: [
      {
        conclusion: { tone: "bad" },
        fix: { confidence: "confirmed" },
        releaseMap: [{ series: "mainline" }, {}, {}, {}],
      },
    ],
  });
});

describe("the file", () => {
  test("an older report is replaced, whole", async () => {
    await report("again.html", [place.path("oops")]);
    const text = await report("again.html", [place.path("hostile")]);
    expect(text).toContain("alert");
    expect(readdirSync(place.folder).filter((name) => name.startsWith(".again"))).toEqual([]);
  });

  test.each<[string, string, string]>([
    ["notes.md", "is no report of kfix", "choose another name"],
    ["link.html", "is no report of kfix", "choose another name"],
    ["oops.pdf", "cannot tell a format", ".md, .html or .json"],
  ])("%s is refused before anything is done", async (name, complaint, remedy) => {
    if (name === "notes.md") writeFileSync(place.path(name), "my notes\n");
    if (name === "link.html") symlinkSync(place.path("elsewhere"), place.path(name));
    const run = await place.kfix(["crash", place.path("oops"), "--report", place.path(name)]);
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(complaint);
    expect(run.stderr).toContain(remedy);
    if (name === "notes.md") expect(readFileSync(place.path(name), "utf8")).toBe("my notes\n");
  });

  test("a folder that is not there is said so", async () => {
    const run = await place.kfix(["crash", place.path("oops"), "--report", place.path("no/where.html")]);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain("there is no such folder");
  });

  test("without an index the report says what crashed", async () => {
    const run = await place.kfix([
      "crash",
      "--parse-only",
      place.path("oops"),
      "--report",
      place.path("bare.md"),
    ]);
    expect(run.status).toBe(0);
    expect(readFileSync(place.path("bare.md"), "utf8")).toContain("No fix was looked for");
  });
});

/** The colours of a PNG and how often each occurs: rows that are 8 bits a channel, none interlaced (as Chromium writes). */
function pixelsOf(png: Buffer): Map<string, number> {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = png[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const data = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const colours = new Map<string, number>();
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    const row = unfiltered(data.subarray(start + 1, start + 1 + stride), {
      filter: data[start] ?? 0,
      above,
      channels,
    });
    for (let x = 0; x < stride; x += channels) {
      const colour = `${row[x]},${row[x + 1]},${row[x + 2]}`;
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    above = row;
  }
  return colours;
}

/** The filters of PNG, section 9.2. */
function unfiltered(
  row: Uint8Array,
  { filter, above, channels }: { filter: number; above: Uint8Array; channels: number },
): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(row.length);
  for (const [at, value] of row.entries()) {
    const left = plain[at - channels] ?? 0;
    const up = above[at] ?? 0;
    const corner = above[at - channels] ?? 0;
    const guess = left + up - corner;
    const distances = [left, up, corner].map((one) => Math.abs(guess - one));
    const [a = 0, b = 0, c = 0] = distances;
    const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
    const added = [0, left, up, (left + up) >> 1, paeth][filter] ?? 0;
    plain[at] = value + added;
  }
  return plain;
}
