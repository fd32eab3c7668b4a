import { Box, Text } from "ink";
import { createContext, type ReactNode, useContext } from "react";
import { sanitizeStyled } from "../output/terminal.ts";
import { fitted } from "./terminal/fit.ts";
import type { Surface } from "./terminal/surface.ts";

/** Where rows are drawn; undefined: on Ink's own output, as in a test. */
export const OnSurface = createContext<Surface | undefined>(undefined);

/** Rows below each other, exactly `height` of them, each a styled text in exactly `width` columns. */
export function Rows({
  texts,
  width,
  height,
}: {
  readonly texts: readonly string[];
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const surface = useContext(OnSurface);
  if (width <= 0 || height <= 0) return undefined;
  const rows = Array.from({ length: height }, (_, at) => fitted(drawable(texts[at] ?? ""), width));
  // One node for all of them, and of each no more than a mark: see Surface.
  return (
    <Box width={surface ? 1 : width} height={height} flexShrink={0}>
      <Text wrap="truncate">{(surface ? rows.map((row) => surface.mark(row)) : rows).join("\n")}</Text>
    </Box>
  );
}

/** The last guard before the terminal, whatever a view forgot: only styles pass, and a row stays one. */
function drawable(text: string): string {
  return sanitizeStyled(text, true).replaceAll("\n", "\\x0a");
}

export function Row({ text, width }: { readonly text: string; readonly width: number }): ReactNode {
  return <Rows texts={[text]} width={width} height={1} />;
}
