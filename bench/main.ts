/**
 * Measures kfix and the tools that do a part of its work, on the same real input in the same run.
 *
 *     npm run bench -- --history linux.git --tree linux-source-6.1.deb --cve vulns.git [--only startup,look-ups]
 *
 * Each part keeps its raw figures in bench/results/PART.json and its table in docs/benchmarks.md; parts that are not
 * run keep theirs. What parts share is built in --work and stays there. A part without its input is left out.
 */
import { existsSync } from "node:fs";
import { MissingInput, readOptions } from "./measure/inputs.ts";
import { KFIX } from "./measure/kfix.ts";
import { thisMachine } from "./measure/machine.ts";
import { keepResult } from "./measure/results.ts";
import { type Part, Workplace } from "./measure/workplace.ts";
import { batches } from "./parts/batches.ts";
import { definitions } from "./parts/definitions.ts";
import { generated } from "./parts/generated.ts";
import { growth } from "./parts/growth.ts";
import { history } from "./parts/history.ts";
import { lookUps } from "./parts/look-ups.ts";
import { messages } from "./parts/messages.ts";
import { records } from "./parts/records.ts";
import { startup } from "./parts/startup.ts";
import { tree } from "./parts/tree.ts";

const PARTS: readonly Part[] = [
  history,
  startup,
  batches,
  lookUps,
  messages,
  definitions,
  tree,
  records,
  growth,
  generated,
];

const options = readOptions(process.argv.slice(2));
const unknown = options.only.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0)
  throw new Error(`no part ${unknown.join(", ")}; there are ${PARTS.map(({ name }) => name).join(", ")}`);
if (!existsSync(KFIX)) throw new Error("build it first: npm run build");

const place = new Workplace(options);
for (const part of PARTS) {
  if (options.only.length > 0 && !options.only.includes(part.name)) continue;
  process.stderr.write(`${part.name}\n`);
  try {
    const machine = await thisMachine();
    keepResult({ part: part.name, machine, ...(await part.measure(place)) });
  } catch (error) {
    const missing = error instanceof MissingInput;
    process.stderr.write(missing ? `  left out: ${error.message}\n` : `  failed: ${String(error)}\n`);
    if (!missing) process.exitCode = 1;
  }
}
