import type { MessageMatch } from "../../finder/message.ts";
import { NAMED_MACRO } from "../../kernel/source/resolve-macros.ts";
import { type Paint, sanitize } from "./terminal.ts";

/** A place that prints the line, with the pieces that it is made of. */
export function messageText(match: MessageMatch, paint: Paint): string {
  const place = `${paint("bold", `${sanitize(match.path)}:${match.line}`)}  ${sanitize(match.function ?? "")}`;
  const head = `${place}  ${Math.round(match.score * 100)} %${match.arch ? `  (${match.arch})` : ""}`;
  const pieces = match.pieces.map(
    (piece) =>
      `  ${String(piece.line).padStart(6)}  ${sanitize(piece.macro)} ${formatText(piece.format)}${
        match.pieces.length > 1 ? paint("dim", `  prints "${sanitize(piece.text)}"`) : ""
      }`,
  );
  return [head, ...pieces].join("\n");
}

/** A format with the macros that are not known between the quotes of the texts around them. */
export function withMacros(format: string): string {
  return format.replace(NAMED_MACRO, '" $1 "');
}

/** A format as C writes it. */
function formatText(format: string): string {
  const shown = withMacros(format).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return `"${sanitize(shown)}"`.replace(/^"" /, "").replace(/ ""$/, "");
}
