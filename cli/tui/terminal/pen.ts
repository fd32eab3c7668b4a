import { styleText } from "node:util";

/** How a piece of text may look: the terminal's own sixteen colours, so that it fits light and dark. */
export type Tone =
  | "bold"
  | "dim"
  | "red"
  | "green"
  | "yellow"
  | "blue"
  | "magenta"
  | "cyan"
  | "inverse"
  | "underline";

/** Gives a text its look; usable wherever a `Paint` of cli/output is. */
export type Pen = (tone: Tone, text: string) => string;

/** With NO_COLOR (no-color.org) weight and inversion stay: they are no colours. */
export function penFor(env: NodeJS.ProcessEnv): Pen {
  const coloured = !env.NO_COLOR;
  return (tone, text) =>
    text === "" || (!coloured && COLOURS.has(tone)) ? text : styleText(tone, text, { validateStream: false });
}

const COLOURS: ReadonlySet<Tone> = new Set(["red", "green", "yellow", "blue", "magenta", "cyan"]);
