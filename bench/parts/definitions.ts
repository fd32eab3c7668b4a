import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { ripgrepPath } from "../../finder/ripgrep.ts";
import { readCases, spread } from "../measure/cases.ts";
import { MissingInput } from "../measure/inputs.ts";
import { run, runWell } from "../measure/process.ts";
import { inTurn } from "../measure/samples.ts";
import { type Part, TREE } from "../measure/workplace.ts";

/** Where a function is defined: kfix beside a tags file of ctags, and beside ripgrep, which needs no index. */
export const definitions: Part = {
  name: "definitions",
  measure: async (place) => {
    const folder = await place.needTree();
    const all = readCases<{ tree: string; name: string }>(
      "symbols.open.jsonl",
      place.options.optionalInput("corpus"),
    );
    if (all === undefined) throw new MissingInput("give a folder with symbols.open.jsonl: --corpus PATH");
    const names = spread(
      all.filter(({ tree }) => tree === TREE).map(({ name }) => name),
      place.rounds(21),
    );
    const tags = place.path("tags");
    if (!existsSync(tags)) {
      place.say("ctags over the tree first");
      await runWell("ctags", ["-R", "--languages=C", "--fields=+ne", "-f", tags, "."], { cwd: folder });
    }
    let turn = 0;
    const next = (): string => names[Math.floor(turn++ / 3) % names.length] ?? "";
    const samples = await inTurn(names.length, {
      readtags: async () => 1000 * (await run("readtags", ["-ne", "-t", tags, next()])).seconds,
      ripgrep: async () => {
        const flags = ["--no-config", "--no-ignore", "-n", "-g", "*.{c,h,S}", "-e", `^\\w.*\\b${next()}\\(`];
        return 1000 * (await run(ripgrepPath(), [...flags, "."], { cwd: folder })).seconds;
      },
      kfix: async () => 1000 * (await place.kfix(["symbol", "--tree", TREE, next()])).seconds,
    });
    const grep = "ripgrep for a line that begins a definition";
    return {
      inputs: "linux-source-6.1 of every architecture; kfix symbol also looks up the symbol's commits",
      measurements: [
        { what: "readtags, in a sorted tags file", unit: "ms", samples: samples("readtags") },
        { what: grep, unit: "ms", samples: samples("ripgrep") },
        { what: "kfix symbol", unit: "ms", samples: samples("kfix"), against: grep },
        { what: "the tags file", unit: "MB", samples: [statSync(tags).size / 1e6] },
        {
          what: "kfix's index of the tree",
          unit: "MB",
          samples: [statSync(join(place.home, `index/trees/${TREE}.db`)).size / 1e6],
          note: "messages and types, too",
        },
      ],
    };
  },
};
