import { Box, Text } from "ink";
import { createContext, type ReactNode, useContext } from "react";
import { fitted } from "./terminal/fit.ts";
import type { Surface } from "./terminal/surface.ts";

/** Where rows are drawn; undefined: on Ink's own output, as in a test. */
export const OnSurface = createContext<Surface | undefined>(undefined);

/** A row of the screen: a styled text in exactly `width` columns. See Surface for why only a mark is left in the tree. */
export function Row({ text, width }: { readonly text: string; readonly width: number }): ReactNode {
  const surface = useContext(OnSurface);
  if (width <= 0) return undefined;
  const whole = fitted(text, width);
  return (
    <Box width={surface ? 1 : width} height={1} flexShrink={0}>
      <Text wrap="truncate">{surface ? surface.mark(whole) : whole}</Text>
    </Box>
  );
}

/** Rows below each other, exactly `height` of them. */
export function Rows({
  texts,
  width,
  height,
}: {
  readonly texts: readonly string[];
  readonly width: number;
  readonly height: number;
}): ReactNode {
  if (width <= 0 || height <= 0) return undefined;
  const rows = Array.from({ length: height }, (_, at) => ({ key: `row ${at}`, text: texts[at] ?? "" }));
  return (
    <Box flexDirection="column" flexShrink={0}>
      {rows.map(({ key, text }) => (
        <Row key={key} text={text} width={width} />
      ))}
    </Box>
  );
}
