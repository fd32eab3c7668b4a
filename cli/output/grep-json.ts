import type { GrepAnswerJson, GrepMatchJson } from "../answers/grep.ts";
import type { OutputFilter } from "../commands/grep.ts";
import { jsonText } from "./json-text.ts";

/**
 * ripgrep's JSON lines (its own documentation: `rg --json`, grep_printer's JSON) as one answer of kfix, written while
 * the search still runs.
 */
export function grepJson(asked: Pick<GrepAnswerJson, "pattern" | "tree">): OutputFilter {
  const whole: GrepAnswerJson = { schema: "kfix.grep/1", ...asked, matches: [] };
  const [head, tail] = [jsonText(whole).slice(0, -2), "]}\n"];
  let written = 0;
  return {
    lines: (lines) =>
      lines
        .flatMap((line) => readMatch(line) ?? [])
        .map((match) => `${written++ === 0 ? head : ","}${jsonText(match)}`)
        .join(""),
    end: (status) => {
      if (status > 1 && written === 0) return ""; // ripgrep refused: it said why
      return written === 0 ? `${head}${tail}` : tail;
    },
  };
}

/** The match that a line of ripgrep's tells of; undefined: it tells of something else. */
function readMatch(line: string): GrepMatchJson | undefined {
  const event: RipgrepEvent = JSON.parse(line);
  const { type, data } = event;
  if (type !== "match" || data.line_number == null || !data.path || !data.lines) return undefined;
  return {
    path: textOf(data.path).replace(/^\.\//, ""),
    line: data.line_number,
    text: textOf(data.lines).replace(/\r?\n$/, ""),
  };
}

interface RipgrepEvent {
  readonly type: string;
  readonly data: {
    readonly path?: RipgrepText | null;
    readonly lines?: RipgrepText;
    readonly line_number?: number | null;
  };
}

/** What is no UTF-8 comes in base64. */
type RipgrepText = { readonly text: string } | { readonly bytes: string };

function textOf(value: RipgrepText): string {
  return "text" in value ? value.text : Buffer.from(value.bytes, "base64").toString("utf8");
}
