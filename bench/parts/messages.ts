import { ripgrepPath } from "../../finder/ripgrep.ts";
import { readCases } from "../measure/cases.ts";
import { MissingInput } from "../measure/inputs.ts";
import { askBatch } from "../measure/kfix.ts";
import { run } from "../measure/process.ts";
import { type Part, TREE } from "../measure/workplace.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

interface MessageCase {
  readonly tree: string;
  readonly line: string;
  readonly expect: Place & { readonly also: readonly (Place | string)[] };
}

/** Who prints a line: kfix beside ripgrep, which is asked as one would: for the line, then for its longest plain piece. */
export const messages: Part = {
  name: "messages",
  measure: async (place) => {
    const folder = await place.needTree();
    const all = readCases<MessageCase>("messages.open.jsonl", place.options.optionalInput("corpus"));
    if (all === undefined) throw new MissingInput("give a folder with messages.open.jsonl: --corpus PATH");
    const cases = all.filter(({ tree }) => tree === TREE).slice(0, place.options.quick ? 20 : undefined);

    const whole = await askRipgrep(folder, cases, (line) => withoutTime(line));
    const piece = await askRipgrep(folder, cases, longestPiece);
    const single: number[] = [];
    for (const { line } of cases.slice(0, place.rounds(21)))
      single.push(1000 * (await place.kfix(["message", "--tree", TREE, line])).seconds);
    const { answers, run: batch } = await askBatch<{ matches: readonly Place[] }>(
      place.home,
      "message",
      cases.map(({ line, tree }) => ({ line, tree })),
    );
    const ranks = cases.map((one, at) => rankOf(one, answers[at]?.matches ?? []));
    const wholeName = "ripgrep for the line";
    const pieceName = "ripgrep for its longest piece without numbers";
    return {
      inputs: `${cases.length} lines as dmesg has them, linux-source-6.1 of every architecture`,
      measurements: [
        { what: wholeName, unit: "ms", samples: whole.times },
        { what: pieceName, unit: "ms", samples: piece.times },
        { what: "kfix message", unit: "ms", samples: single, against: pieceName },
        {
          what: "kfix message --batch, each",
          unit: "ms",
          samples: [(1000 * batch.seconds) / cases.length],
          against: pieceName,
        },
        ...shares(wholeName, whole.ranks),
        ...shares(pieceName, piece.ranks),
        ...shares("kfix message", ranks),
      ],
    };
  },
};

async function askRipgrep(
  folder: string,
  cases: readonly MessageCase[],
  wordsOf: (line: string) => string,
): Promise<{ times: number[]; ranks: number[] }> {
  const times: number[] = [];
  const ranks: number[] = [];
  for (const one of cases) {
    const flags = ["--no-config", "--no-ignore", "-n", "--no-heading", "-F", "-g", "*.{c,h,S}"];
    const done = await run(ripgrepPath(), [...flags, "-e", wordsOf(one.line), "."], {
      cwd: folder,
      keep: true,
    });
    times.push(1000 * done.seconds);
    const places = done.output.split("\n").flatMap((found) => {
      const [, path, line] = /^(?:\.\/)?(.+?):(\d+):/.exec(found) ?? [];
      return path === undefined ? [] : [{ path, line: Number(line) }];
    });
    ranks.push(rankOf(one, places));
  }
  return { times, ranks };
}

function withoutTime(line: string): string {
  return line.replace(/^\[[^\]]{0,20}\]\s*/, "").trim();
}

function longestPiece(line: string): string {
  const pieces = withoutTime(line).split(/[^A-Za-z ,'/_-]*\d[^ ]*|: /);
  return pieces.map((one) => one.trim()).reduce((a, b) => (b.length > a.length ? b : a), "");
}

/** 1: it is the first answer; infinity: it is none of them. A call of several lines may be counted from either end. */
function rankOf({ expect }: MessageCase, found: readonly Place[]): number {
  const right = [expect, ...expect.also.map(placeOf)];
  const at = found.findIndex((one) =>
    right.some(({ path, line }) => path === one.path && Math.abs(line - one.line) <= 2),
  );
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

function placeOf(also: Place | string): Place {
  if (typeof also !== "string") return also;
  const [path = "", line = "0"] = also.split(":");
  return { path, line: Number(line) };
}

function shares(who: string, ranks: readonly number[]) {
  const share = (limit: number): number =>
    (100 * ranks.filter((rank) => rank <= limit).length) / ranks.length;
  return [
    { what: `${who}: right is first`, unit: "of 100" as const, samples: [share(1)] },
    { what: `${who}: right is among three`, unit: "of 100" as const, samples: [share(3)] },
  ];
}
