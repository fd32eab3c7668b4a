import { readCases, spread } from "../measure/cases.ts";
import { MissingInput } from "../measure/inputs.ts";
import { askBatch, git } from "../measure/kfix.ts";
import type { Measurement } from "../measure/samples.ts";
import { newestRelease, type Part } from "../measure/workplace.ts";

/** Many questions to one process: what each takes once the index is open, its start shared by all. */
export const batches: Part = {
  name: "batches",
  measure: async (place) => {
    const repository = await place.needHistory();
    await place.needTree();
    await place.needRecords();
    const corpus = place.options.optionalInput("corpus");
    const shas = (
      await git(repository, "rev-list", "--no-merges", "--max-count=1000", await newestRelease(repository))
    ).split("\n");
    const symbols = readCases<{ name: string }>("symbols.open.jsonl", corpus);
    const messages = readCases<{ line: string; tree: string }>("messages.open.jsonl", corpus);
    const fixes = readCases<{ oops: string; victim_version: string }>("fixes.open.jsonl", corpus);
    if (!symbols || !messages || !fixes) throw new MissingInput("give a folder with cases: --corpus PATH");
    const lines = messages.filter(({ tree }) => tree === "linux-6.1").map(({ line }) => line);
    const questions: readonly (readonly [command: string, records: readonly object[]])[] = [
      ["fix", shas.map((query) => ({ query }))],
      ["check", shas.map((fix) => ({ fix, kernel: "2.6.39.4" }))],
      ["symbol", symbols.map(({ name }) => ({ name }))],
      ["message", lines.map((line) => ({ line }))],
      ["crash", spread(fixes, 80).map(({ oops, victim_version }) => ({ log: oops, kernel: victim_version }))],
    ];
    const measurements: Measurement[] = [];
    for (const [command, records] of questions) {
      place.say(`kfix ${command} --batch`);
      const each: number[] = [];
      let peak = 0;
      for (let round = 0; round < place.rounds(5); round++) {
        const { run } = await askBatch(place.home, command, records);
        each.push((1000 * run.seconds) / records.length);
        peak = Math.max(peak, run.megabytes);
      }
      measurements.push(
        { what: `kfix ${command} --batch, each of ${records.length}`, unit: "ms", samples: each },
        { what: `memory of kfix ${command} --batch`, unit: "MB", samples: [peak] },
      );
    }
    return { inputs: "the whole history, a tree and the CVE records", measurements };
  },
};
