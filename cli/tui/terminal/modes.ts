import { writeSync } from "node:fs";

/**
 * What is asked of the terminal while the interface shows, and how it is taken back (xterm's ctlseqs document): a
 * screen of its own, no cursor, no wrapping at the right edge, marked pastes, the mouse wheel.
 */
const MODES: readonly { readonly on: string; readonly off: string }[] = [
  { on: "\x1b[?1049h", off: "\x1b[?1049l" },
  { on: "\x1b[?25l", off: "\x1b[?25h" },
  { on: "\x1b[?7l", off: "\x1b[?7h" },
  { on: "\x1b[?2004h", off: "\x1b[?2004l" },
];

const MOUSE = { on: "\x1b[?1000h\x1b[?1006h", off: "\x1b[?1006l\x1b[?1000l" };

/** The terminal's modes, taken and given back as a whole; giving them back twice does no harm. */
export class TerminalModes {
  readonly #input: NodeJS.ReadStream;
  readonly #output: number;
  #held = false;
  #mouse = true;

  constructor(input: NodeJS.ReadStream, output: { readonly fd: number }) {
    this.#input = input;
    this.#output = output.fd;
  }

  get held(): boolean {
    return this.#held;
  }

  take(): void {
    if (this.#held) return;
    this.#held = true;
    this.#input.setRawMode(true);
    const modes = MODES.map((mode) => mode.on).join("");
    this.#write(`${modes}${this.#mouse ? MOUSE.on : ""}\x1b[0m\x1b[2J\x1b[H`);
  }

  /** Also from a signal's or an exit's handler: it waits for the terminal. */
  giveBack(): void {
    if (!this.#held) return;
    this.#held = false;
    const modes = [...MODES].reverse().map((mode) => mode.off);
    this.#write(`\x1b[?2026l\x1b[0m${MOUSE.off}${modes.join("")}`);
    this.#input.setRawMode(false);
  }

  /** The wheel scrolls, or the terminal selects text as it does elsewhere. */
  setMouse(on: boolean): void {
    this.#mouse = on;
    if (this.#held) this.#write(on ? MOUSE.on : MOUSE.off);
  }

  #write(text: string): void {
    try {
      writeSync(this.#output, text);
    } catch {
      // the terminal is gone, or full: nothing is left to restore
    }
  }
}
