/**
 * Mutates what every parser reads, many more times than the tests do, and measures how the time grows with the input.
 *
 * usage: tsx bench/fuzz.ts [RUNS] [SEED]   (100,000 runs over all parsers unless told; 0: only how the time grows)
 */
import fc from "fast-check";
import { mutations, PARSERS, type Parser, readSafely } from "../test/fuzz/parsers.ts";

const runs = Math.ceil(Number(process.argv[2] ?? 100_000) / PARSERS.length);
const TURNS = 5;
const SUSPICIOUS = 6;
/** Milliseconds; below, the clock measures other things. */
const NEXT_TO_NOTHING = 5;
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
  if (growth.ratio > SUSPICIOUS) console.log(`  grows: ${JSON.stringify(growth.piece)}`);
}

interface Growth {
  /** Linear is 4, quadratic 16. */
  readonly ratio: number;
  readonly piece: string;
}

/**
 * Pieces repeated to 50 kB and to 200 kB. What seems to be worse than linear is measured again at 200 kB and 800 kB, where
 * what is quadratic shows more and what is a processor's cache or a collector of garbage shows less; the lower figure counts.
 */
async function largestGrowth(parser: Parser): Promise<Growth> {
  let largest: Growth = { ratio: 0, piece: "" };
  const pieces = [...parser.words, ...parser.words.map((word) => `${word}a \n`), "a", " ", "(", "[", "\n"];
  for (const piece of pieces) {
    let ratio = await growthOf(parser, piece, 50_000);
    if (ratio > SUSPICIOUS) ratio = Math.min(ratio, await growthOf(parser, piece, 200_000));
    if (ratio > largest.ratio) largest = { ratio, piece };
  }
  return largest;
}

/** How much longer four times `size` takes; 0 where it takes next to nothing. */
async function growthOf(parser: Parser, piece: string, size: number): Promise<number> {
  const [small, large] = [await leastTime(parser, piece, size), await leastTime(parser, piece, 4 * size)];
  return large < NEXT_TO_NOTHING ? 0 : large / Math.max(small, NEXT_TO_NOTHING / 10);
}

/** Milliseconds of processor time, which other programs do not lengthen as they do the time on the wall. */
async function leastTime(parser: Parser, piece: string, size: number): Promise<number> {
  const prefix = parser.seeds[0] ?? Buffer.alloc(0);
  const input = Buffer.concat([prefix, Buffer.from(piece.repeat(size / piece.length))]);
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const began = process.cpuUsage();
    await readSafely(parser, input);
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1000);
  }
  return Math.min(...times);
}
