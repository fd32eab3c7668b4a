/** Inputs that once broke a parser, as bench/fuzz.ts or a test found and shrank them; bytes as latin1. */
export const FOUND: readonly { readonly parser: string; readonly input: string }[] = [
  // a count beyond all bounds: the list grew until the process died
  { parser: "stored lists", input: "\x01\xff\xff\xff\xff\x7f" },
  // two runs of blanks that could share them in any way: four times the line took sixteen times as long
  { parser: "commit message", input: `sched: a subject\n\nkernel: \n${" ".repeat(60_000)}x` },
  // what followed a record on its line was said to be on the next; a line feed behind a backslash was not counted
  {
    parser: "export",
    input: `{"stream":{"host":"db-1"},"values":[["1478963191000000000","BUG: x"]]} ]["BUG: x`,
  },
  {
    parser: "export",
    input: '{"message":"BUG: unable to handle kernel NULL pointer dereference at 10\\\n x"}',
  },
];
