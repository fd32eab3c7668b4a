import { expect, test } from "vitest";
import { scanAssembly } from "../../../kernel/source/scan-assembly.ts";

const CASES: readonly (readonly [source: string, found: readonly string[]])[] = [
  ["ENTRY(memcpy)\n\tret\nENDPROC(memcpy)\n", ["memcpy 1-3"]],
  ["SYM_FUNC_START(a)\n\tret\nSYM_FUNC_END(a)\nSYM_CODE_START_LOCAL(b)\n\tret\n", ["a 1-3", "b 4-6"]],
  ["_GLOBAL(one)\n\tblr\n_GLOBAL(two)\n\tblr\n", ["one 1-2", "two 3-5"]],
  ["\t.globl start\nstart:\n\tnop\nlocal:\n\tnop\n", ["start 2-6"]],
];

for (const [source, found] of CASES)
  test(source.split("\n")[0] ?? "", () => {
    const { definitions } = scanAssembly(Buffer.from(source));
    expect(definitions.map(({ name, line, endLine }) => `${name} ${line}-${endLine}`)).toEqual(found);
  });
