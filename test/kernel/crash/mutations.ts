import fc from "fast-check";

/** What accidents do to a log; `at` and `to` are shares of its length. */
interface Mutation {
  readonly name: "cut" | "repeat" | "swap" | "insert" | "join" | "upper" | "truncate";
  readonly at: number;
  readonly to: number;
  readonly text: string;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.record({
  name: fc.constantFrom("cut", "repeat", "swap", "insert", "join", "upper", "truncate"),
  at: share,
  to: share,
  text: fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom(
      "[<",
      "+0x",
      "BUG: ",
      "&lt;",
      '{"',
      "\\n",
      "[    1.234567] ",
      "Call Trace:\n",
      "\0\0",
      "((((",
    ),
  ),
});

/** One of the logs after some accidents. */
export function mutated(logs: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(logs.length - 1), fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([index, mutations]) => mutations.reduce(mutate, logs[index] ?? ""));
}

/** Longer logs than this tell nothing more. */
const LONGEST = 200_000;

function mutate(log: string, { name, at, to, text }: Mutation): string {
  const [from, end] = [Math.min(at, to), Math.max(at, to)].map((part) => Math.floor(part * log.length));
  const [before, middle, after] = [log.slice(0, from), log.slice(from, end), log.slice(end)];
  switch (name) {
    case "cut":
      return before + after;
    case "repeat":
      return (before + middle + middle + after).slice(0, LONGEST);
    case "swap":
      return after + middle + before;
    case "insert":
      return before + text + middle + text + after;
    case "join":
      return before + middle.replaceAll("\n", " ") + after;
    case "upper":
      return before + middle.toUpperCase() + after;
    case "truncate":
      return before;
  }
}
