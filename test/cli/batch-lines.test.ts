import { expect, test } from "vitest";
import { batchLines } from "../../cli/batch-lines.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";
import { Workplace } from "./run-kfix.ts";

async function linesOf(pieces: readonly (string | Uint8Array)[], longest: number) {
  async function* stream() {
    yield* pieces;
  }
  const lines: (string | undefined)[] = [];
  for await (const line of batchLines(stream(), longest)) lines.push(line);
  return lines;
}

test("lines come whole, however the bytes arrive", async () => {
  const bytes = Buffer.from("\ufeffone\r\nzwölf\n\nlast");
  for (const size of [1, 2, 3, 100]) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    expect(await linesOf(pieces, 100)).toEqual(["one\r", "zwölf", "", "last"]);
  }
});

test("a line that is too long is passed over, and the next one read", async () => {
  const pieces = [...Array.from({ length: 400 }, () => "x".repeat(1 << 18)), "\nshort\n"];
  expect(await linesOf(pieces, 1 << 20)).toEqual([undefined, "short"]);
  expect(await linesOf(["12345", "6"], 5)).toEqual([undefined]);
  expect(await linesOf(["12345\n"], 5)).toEqual(["12345"]);
});

test("a question that is too long is refused with what to do, and the rest answered", async () => {
  const place = new Workplace();
  const long = JSON.stringify({ id: 1, log: "x".repeat(2 ** 26) });
  const input = `${long}\n${JSON.stringify({ id: 2, log: SEED_LOG })}\n`;
  const { stdout } = await place.kfix(["crash", "--parse-only", "--batch"], { input });
  const [refused, answered] = stdout.split("\n");
  expect(JSON.parse(refused ?? "")).toMatchObject({
    id: null,
    error: {
      code: "bad-input",
      message: "the line is too long and was not read",
      hint: expect.stringContaining("KFIX_LONGEST_LINE=1G"),
    },
  });
  expect(JSON.parse(answered ?? "")).toMatchObject({ id: 2, crashes: [{ kind: "null-deref" }] });
  place.remove();
});

test("a line separator within a text ends no line", async () => {
  const place = new Workplace();
  const input = `{"id":"a\u2028b","log":${JSON.stringify(SEED_LOG)}}\n`;
  const { stdout } = await place.kfix(["crash", "--parse-only", "--batch"], { input });
  expect(JSON.parse(stdout)).toMatchObject({ id: "a\u2028b", crashes: [{ kind: "null-deref" }] });
  place.remove();
});

test("bytes that are no text stand for U+FFFD, and end nothing", async () => {
  const bytes = Buffer.from('{"id":"a\xff\xfe","log":"\0"}\n{"id":2,"log":"x"}\n', "latin1");
  const lines = await linesOf([bytes.subarray(0, 8), bytes.subarray(8)], 100);
  expect(lines.map((line) => line?.slice(0, 10))).toEqual(['{"id":"a\ufffd\ufffd', '{"id":2,"l']);
});
