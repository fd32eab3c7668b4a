/** Inputs that once broke a parser, as bench/fuzz.ts or a test found and shrank them; bytes as latin1. */
export const FOUND: readonly { readonly parser: string; readonly input: string }[] = [
  // a count beyond all bounds: the list grew until the process died
  { parser: "stored lists", input: "\x01\xff\xff\xff\xff\x7f" },
  // two runs of blanks that could share them in any way: four times the line took sixteen times as long
  { parser: "commit message", input: `sched: a subject\n\nkernel: \n${" ".repeat(60_000)}x` },
];
