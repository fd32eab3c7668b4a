import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FOUND } from "./found.ts";
import { mutations, PARSERS, readSafely } from "./parsers.ts";

const RUNS = 2000;

describe("whatever comes, a parser throws nothing but KfixError and holds what it promises", () => {
  test.each(PARSERS.map((parser) => [parser.name, parser] as const))(
    `%s, ${RUNS} mutations`,
    async (_name, parser) => {
      for (const seed of parser.seeds) await readSafely(parser, seed);
      await fc.assert(
        fc.asyncProperty(mutations(parser), (input) => readSafely(parser, input)),
        { numRuns: RUNS },
      );
    },
  );
});

describe("inputs that once broke a parser", () => {
  test.each(FOUND)("$parser", async ({ parser, input }) => {
    const found = PARSERS.find((one) => one.name === parser);
    expect(found).toBeDefined();
    if (found) await readSafely(found, Buffer.from(input, "latin1"));
  });
});
