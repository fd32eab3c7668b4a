import { writeFileSync } from "node:fs";
import { readCases, spread } from "../measure/cases.ts";
import { git } from "../measure/kfix.ts";
import { runWell } from "../measure/process.ts";
import { inTurn, type Measurement } from "../measure/samples.ts";
import { newestRelease, type Part } from "../measure/workplace.ts";

/** How long a question takes as a whole process: Node's own start is what it cannot get below. */
export const startup: Part = {
  name: "startup",
  measure: async (place) => {
    const repository = await place.needHistory();
    await place.needTree();
    await place.needRecords();
    const tip = await newestRelease(repository);
    const [sha = "", subject = ""] = (
      await git(repository, "log", "-1", "--skip=500", "--no-merges", "--format=%H%n%s", tip)
    ).split("\n");
    const logs = oopses(place.options.optionalInput("corpus")).map(({ oops, victim_version }, at) => {
      const file = place.path(`oops-${at}.log`);
      writeFileSync(file, oops);
      return ["crash", "--kernel", victim_version, file];
    });
    const commands: readonly (readonly string[])[] = [
      ["--version"],
      ["fix", sha],
      ["fix", subject],
      ["symbol", "handle_mm_fault"],
      ["message", "AGP: Please enable the IOMMU option in the BIOS setup"],
      ["check", "--kernel", "2.6.32.20", sha],
      ...logs,
    ];
    const named = commands.map((words, at) => [`${at} ${words[0]}`, words] as const);
    const tasks = named.map(
      ([name, words]) => [name, async () => 1000 * (await place.kfix(words)).seconds] as const,
    );
    const samples = await inTurn(place.rounds(21), {
      [NODE]: async () => 1000 * (await runWell(process.execPath, ["-e", "0"])).seconds,
      ...Object.fromEntries(tasks),
    });
    const measured = named.map(
      ([name, [command = "", first = ""]]): Measurement => ({
        what: LABELS[command] ?? `kfix ${command} ${/^[0-9a-f]{40}$/.test(first) ? "SHA" : "SUBJECT"}`,
        unit: "ms",
        samples: samples(name),
        against: NODE,
      }),
    );
    const crash = measured.filter(({ what }) => what === LABELS.crash);
    return {
      inputs: "the whole history, a tree and the CVE records, each question asked of all of them",
      measurements: [
        { what: NODE, unit: "ms", samples: samples(NODE) },
        ...measured.filter((one) => !crash.includes(one)),
        ...(crash[0] ? [{ ...crash[0], samples: crash.flatMap((one) => one.samples) }] : []),
      ],
    };
  },
};

interface FixCase {
  readonly oops: string;
  readonly victim_version: string;
}

function oopses(corpus: string | undefined): FixCase[] {
  const cases = readCases<FixCase>("fixes.open.jsonl", corpus);
  return cases === undefined ? [] : spread(cases, 5);
}

const NODE = "node -e 0";
const LABELS: Readonly<Record<string, string>> = {
  "--version": "kfix --version",
  symbol: "kfix symbol",
  message: "kfix message",
  check: "kfix check",
  crash: "kfix crash, five logs",
};
