import { git } from "../measure/kfix.ts";
import { runWell } from "../measure/process.ts";
import { inTurn, type Measurement } from "../measure/samples.ts";
import { describeHistory, newestRelease, type Part, type Workplace } from "../measure/workplace.ts";

/** Questions to the history, as whole processes, beside the git command that one would type. */
export const lookUps: Part = {
  name: "look-ups",
  measure: async (place) => {
    const repository = await place.needHistory();
    await git(repository, "commit-graph", "write", "--reachable", "--changed-paths");
    return {
      inputs: `${await describeHistory(repository)}, with a commit-graph and its filters of changed paths`,
      measurements: [
        ...(await firstReleases(place, repository)),
        ...(await backports(place, repository)),
        ...(await symbols(place, repository)),
      ],
    };
  },
};

/** Commits of every age. */
async function firstReleases(place: Workplace, repository: string): Promise<Measurement[]> {
  const all = (
    await git(repository, "rev-list", "--no-merges", "--first-parent", await newestRelease(repository))
  ).split("\n");
  const wanted = place.rounds(15);
  const shas = Array.from({ length: wanted }, (_, at) => all[Math.floor(((at + 0.5) * all.length) / wanted)]);
  let turn = 0;
  const next = (): string => shas[Math.floor(turn++ / 3) % shas.length] ?? "";
  const samples = await inTurn(wanted, {
    describe: () => milliseconds(["describe", "--contains", "--match=v*", next()]),
    tag: () => milliseconds(["tag", "--contains", next()]),
    fix: async () => 1000 * (await place.kfix(["fix", next()])).seconds,
  });
  async function milliseconds(words: readonly string[]): Promise<number> {
    return 1000 * (await runWell("git", ["--git-dir", repository, ...words])).seconds;
  }
  const describe = "first release: git describe --contains";
  const tag = "first release: git tag --contains";
  return [
    {
      what: describe,
      unit: "ms",
      samples: samples("describe"),
      note: "of the tags that have it, the nearest",
    },
    { what: tag, unit: "ms", samples: samples("tag"), note: "every tag that has it" },
    {
      what: "first release: kfix fix",
      unit: "ms",
      samples: samples("fix"),
      against: tag,
      note: "in every series, by backports, too",
    },
  ];
}

async function backports(place: Workplace, repository: string): Promise<Measurement[]> {
  const messages = await git(
    repository,
    "log",
    "--all",
    "-E",
    "--grep=^commit [0-9a-f]{40} upstream",
    "--max-count=300",
    "--format=%B",
  );
  const shas = [...messages.matchAll(/^commit ([0-9a-f]{40}) upstream/gm)].flatMap((found) => found[1] ?? []);
  const wanted = place.rounds(5);
  const some = shas
    .filter((_, at) => at % Math.max(1, Math.floor(shas.length / wanted)) === 0)
    .slice(0, wanted);
  const grep: number[] = [];
  const fix: number[] = [];
  for (const sha of some) {
    grep.push(
      (await runWell("git", ["--git-dir", repository, "log", "--all", `--grep=${sha}`, "--format=%H"]))
        .seconds * 1000,
    );
    fix.push((await place.kfix(["fix", sha])).seconds * 1000);
  }
  const peer = "backports: git log --all --grep=SHA";
  return [
    { what: peer, unit: "ms", samples: grep },
    { what: "backports: kfix fix", unit: "ms", samples: fix, against: peer },
  ];
}

async function symbols(place: Workplace, repository: string): Promise<Measurement[]> {
  const tip = await newestRelease(repository);
  const samples = { pickaxe: [] as number[], lines: [] as number[], symbol: [] as number[] };
  for (const [name, file] of FUNCTIONS.slice(0, place.rounds(FUNCTIONS.length))) {
    place.say(`git log -G and -L of ${name}`);
    const log = (...words: readonly string[]) =>
      runWell("git", ["--git-dir", repository, "log", "--format=%H", ...words]);
    const folder = file.slice(0, file.indexOf("/") + 1);
    samples.pickaxe.push((await log(`-G\\b${name}\\b`, tip, "--", folder)).seconds * 1000);
    samples.lines.push((await log(`-L:${name}:${file}`, "-s", tip)).seconds * 1000);
    samples.symbol.push((await place.kfix(["symbol", "--limit", "0", name])).seconds * 1000);
  }
  const pickaxe = "a function's commits: git log -G, in its top folder";
  const lines = "a function's commits: git log -L:FUNCTION:FILE";
  return [
    { what: pickaxe, unit: "ms", samples: samples.pickaxe },
    { what: lines, unit: "ms", samples: samples.lines },
    { what: "a function's commits: kfix symbol", unit: "ms", samples: samples.symbol, against: pickaxe },
  ];
}

/** Functions that every kernel has, and where. */
const FUNCTIONS: readonly (readonly [name: string, file: string])[] = [
  ["handle_mm_fault", "mm/memory.c"],
  ["d_lookup", "fs/dcache.c"],
  ["do_fork", "kernel/fork.c"],
];
