import { sanitize } from "../../output/terminal.ts";
import { widthOf } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";

/** A text that is being typed, with the place of the next character; of a long one the end. */
export function typedText(value: string, width: number, pen: Pen): string {
  let shown = sanitize(value.replaceAll("\n", " "));
  while (widthOf(shown) > width - 1) shown = shown.slice(Math.max(1, Math.floor((shown.length - width) / 2)));
  return `${shown}${pen("inverse", " ")}`;
}
