import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, readSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Output } from "../../cli/definition.ts";
import { OutputFile } from "../../cli/output/output-file.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";
import { KFIX, Workplace } from "./run-kfix.ts";

const QUESTIONS = Array.from({ length: 300 }, (_, id) => `${JSON.stringify({ id, log: SEED_LOG })}\n`).join(
  "",
);
const BATCH = [KFIX, "crash", "--parse-only", "--batch"];

let place: Workplace;
/** What a reader gets who takes all as it comes: more than a pipe holds (64 KiB, pipe(7)). */
let whole: string;

beforeAll(async () => {
  place = new Workplace();
  whole = (await place.kfix(BATCH.slice(1), { input: QUESTIONS })).stdout;
  expect(whole.trimEnd().split("\n").length).toBe(300);
  expect(whole.length).toBeGreaterThan(2 ** 17);
});
afterAll(() => place.remove());

test.each([
  ["a file", '"$@" > out'],
  ["a pipe", '"$@" | cat > out'],
  ["a pipe to a slow reader", '"$@" | (sleep 0.3; cat) > out'],
  ["the same file as the errors'", '"$@" > out 2>&1'],
  ["a file that has something", 'printf before > out; "$@" >> out'],
])("an answer is written whole into %s", async (name, script) => {
  execFileSync("sh", ["-c", `cd "$0" && ${script}`, place.folder, process.execPath, ...BATCH], {
    input: QUESTIONS,
    env: { ...process.env, KFIX_HOME: place.home, KFIX_CONFIG: "" },
  });
  const before = name.endsWith("something") ? "before" : "";
  expect(readFileSync(place.path("out"), "utf8")).toBe(before + whole);
});

test("what a pipe cannot hold, at which a write does not wait, is left to Node, and all behind it", () => {
  execFileSync("mkfifo", [place.path("fifo")]);
  const reading = openSync(place.path("fifo"), constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(place.path("fifo"), constants.O_WRONLY | constants.O_NONBLOCK);
  const left: string[] = [];
  const node: Output = { write: (text) => left.push(Buffer.from(text).toString()) < 2, once: () => {} };
  const output = new OutputFile(
    writing,
    () => node,
    (error) => expect.unreachable(String(error)),
  );
  expect(output.write("first\n")).toBe(true);
  const long = "0123456789".repeat(20_000);
  expect(output.write(long)).toBe(true);
  expect(output.write("last\n")).toBe(false); // as Node's stream said
  const read = available(reading);
  expect(read.length).toBeGreaterThan(6);
  expect(read + left.join("")).toBe(`first\n${long}last\n`);
  closeSync(writing);
  closeSync(reading);
});

test("who holds an output is told when nothing can be written there", () => {
  const told: unknown[] = [];
  const output = new OutputFile(
    openSync(place.path("out"), "r"),
    () => expect.unreachable("no pipe"),
    (error) => told.push(error),
  );
  output.write("text");
  expect(told).toMatchObject([{ code: "EBADF" }]);
});

/** What is in a pipe now. */
function available(pipe: number): string {
  const piece = Buffer.alloc(1 << 20);
  return piece.toString("latin1", 0, readSync(pipe, piece));
}
