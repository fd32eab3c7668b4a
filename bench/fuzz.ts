/**
 * Mutates what every parser reads, many more times than the tests do, and measures how the time grows with the input.
 *
 * usage: tsx bench/fuzz.ts [RUNS] [SEED]   (100,000 runs over all parsers unless told)
 */
import fc from "fast-check";
import { mutations, PARSERS, type Parser, readSafely } from "../test/fuzz/parsers.ts";

const runs = Math.ceil(Number(process.argv[2] ?? 100_000) / PARSERS.length);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
console.log(
  `seed ${seed}\n\n| Parser | Mutations | Broke | Largest growth of time, four times the input |\n|---|---|---|---|`,
);
for (const parser of PARSERS) {
  const property = fc.asyncProperty(mutations(parser), (input) => readSafely(parser, input));
  const result = await fc.check(property, { numRuns: runs, seed });
  const growth = await largestGrowth(parser);
  console.log(
    `| ${parser.name} | ${result.numRuns} | ${result.failed ? "yes" : "no"} | ${growth.ratio.toFixed(1)} |`,
  );
  if (result.failed) {
    console.log(
      `  ${JSON.stringify(result.counterexample?.[0].toString("latin1"))}: ${String(result.errorInstance)}`,
    );
    process.exitCode = 1;
  }
  if (growth.ratio > 8) console.log(`  grows: ${JSON.stringify(growth.piece)}`);
}

/** A piece repeated to 50 kB and to 200 kB: linear is 4, quadratic 16. */
async function largestGrowth(parser: Parser): Promise<{ ratio: number; piece: string }> {
  let largest = { ratio: 0, piece: "" };
  const pieces = [...parser.words, ...parser.words.map((word) => `${word}a \n`), "a", " ", "(", "[", "\n"];
  for (const piece of pieces) {
    const prefix = parser.seeds[0] ?? Buffer.alloc(0);
    const small = await fastest(
      parser,
      Buffer.concat([prefix, Buffer.from(piece.repeat(50_000 / piece.length))]),
    );
    const large = await fastest(
      parser,
      Buffer.concat([prefix, Buffer.from(piece.repeat(200_000 / piece.length))]),
    );
    // below a few milliseconds the clock measures other things
    const ratio = large < 5 ? 0 : large / Math.max(small, 0.5);
    if (ratio > largest.ratio) largest = { ratio, piece };
  }
  return largest;
}

async function fastest(parser: Parser, input: Buffer): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const began = performance.now();
    await readSafely(parser, input);
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}
