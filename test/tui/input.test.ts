import { describe, expect, test } from "vitest";
import { type TerminalEvent, TerminalInput } from "../../cli/tui/terminal/input.ts";

/** What an input in these pieces comes to. */
function eventsOf(...pieces: readonly string[]): TerminalEvent[] {
  const events: TerminalEvent[] = [];
  const input = new TerminalInput((event) => events.push(event));
  for (const piece of pieces) input.push(Buffer.from(piece, "latin1"));
  input.end();
  return events;
}

const keys = (...names: readonly string[]): TerminalEvent[] => names.map((key) => ({ type: "key", key }));
const utf8 = (text: string): string => Buffer.from(text).toString("latin1");

describe("keys", () => {
  test.each([
    ["letters", ["ab?"], keys("a", "b", "?")],
    ["what is not ASCII, cut in two", [utf8("ü").slice(0, 1), utf8("ü").slice(1)], keys("ü")],
    ["arrows of xterm, and in application mode", ["\x1b[A\x1bOB"], keys("up", "down")],
    ["a sequence cut in two", ["\x1b[", "5~"], keys("pageup")],
    ["with a modifier", ["\x1b[1;5C"], keys("right")],
    ["control keys", ["\x04\x0c\r\t\x7f"], keys("ctrl-d", "ctrl-l", "enter", "tab", "backspace")],
    ["Alt and a key: Escape and the key", ["\x1bq"], keys("escape", "q")],
    ["a sequence that nobody knows", ["\x1b[99;1Xj"], keys("j")],
    ["a control character that is no key", ["\x01j"], keys("j")],
  ])("%s", (_name, pieces, wanted) => {
    expect(eventsOf(...pieces)).toEqual(wanted);
  });

  test("Escape alone is known when nothing follows it", async () => {
    const events: TerminalEvent[] = [];
    const input = new TerminalInput((event) => events.push(event));
    input.push(Buffer.from("\x1b"));
    await expect.poll(() => events).toEqual(keys("escape"));
  });
});

describe("the wheel", () => {
  test("turns; clicks are nothing", () => {
    expect(eventsOf("\x1b[<64;10;5M\x1b[<65;10;5M\x1b[<0;10;5M\x1b[<0;10;5m")).toEqual([
      { type: "wheel", rows: -3 },
      { type: "wheel", rows: 3 },
    ]);
  });
});

describe("a paste", () => {
  test("is text, whatever is in it", () => {
    expect(eventsOf("\x1b[200~q\nQ\x03\x1b[A\x1b[201~j")).toEqual([
      { type: "paste", text: "q\nQ\x03\x1b[A" },
      { type: "key", key: "j" },
    ]);
  });

  test("in pieces, its end cut in two", () => {
    expect(eventsOf("\x1b[20", "0~one ", "two\x1b[2", "01~")).toEqual([{ type: "paste", text: "one two" }]);
  });

  test("of a terminal that does not mark it: nobody types as fast", async () => {
    const events: TerminalEvent[] = [];
    const input = new TerminalInput((event) => events.push(event));
    const text = "[  1.0] BUG: unable to handle kernel NULL pointer dereference\r";
    input.push(Buffer.from(text));
    input.push(Buffer.from("q"));
    await expect.poll(() => events).toEqual([{ type: "paste", text: `${text.slice(0, -1)}\nq` }]);
  });
});
