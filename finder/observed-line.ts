import type { FormatPiece, ParsedFormat } from "../kernel/source/format.ts";
import type { RawFormat } from "../kernel/source/literal.ts";
import { LEAST_TEXT, type ModuleNames, solidLength } from "../kernel/source/match.ts";
import { printerFamily } from "../kernel/source/print-macros.ts";

/** A place in a line where a format can begin. */
export interface Start {
  readonly at: number;
  /** Taken off the weight: for text before the format that is not explained. */
  readonly cost: number;
}

/** A line that was observed: what is asked of it for each of many messages is worked out once. */
export class ObservedLine {
  readonly text: string;
  #device: number | undefined;
  #boundaries: readonly Boundary[] | undefined;
  readonly #starts = new Map<string, readonly Start[]>();

  /** `text`: as `cleanLine` leaves it. */
  constructor(text: string) {
    this.text = text;
  }

  /**
   * False: `mayHold` will say so of the format, by no more than the text that it begins with (`prefix`: what its macro puts
   * around it). Most of what shares words with the line need not be parsed.
   */
  mayBegin(format: RawFormat, prefix: RawFormat = format): boolean {
    return this.text.includes(headOf(prefix)) || hasLines(format) || hasLines(prefix);
  }

  /**
   * False: no line of the format can fit, as its own texts are not all there in their order, and what is there is too
   * little for a line that was cut. Says in a moment of most formats what `fitLine` would say.
   */
  mayHold({ lines }: ParsedFormat, modules: ModuleNames): boolean {
    return lines.some((line) => this.#mayHoldLine(line, modules));
  }

  #mayHoldLine(line: readonly FormatPiece[], modules: ModuleNames): boolean {
    let from = 0;
    let seen = 0;
    for (const piece of line) {
      if (piece.kind === "module") seen += modules[0]?.length ?? 0;
      if (piece.kind !== "text") continue;
      const text = piece.text.trim();
      const at = this.text.indexOf(text, from);
      if (at < 0) return seen >= LEAST_TEXT || this.text.includes(text.slice(0, LEAST_TEXT - seen), from);
      from = at + text.length;
      seen += text.length;
    }
    return true;
  }

  /** Where the format of a call can begin, by what its macro puts before it; `index`: of the format's line. */
  startsFor(macro: string, index: number): readonly Start[] {
    if (index > 0) return AT_ONCE;
    let starts = this.#starts.get(macro);
    if (!starts) {
      starts = this.#behind(macro);
      this.#starts.set(macro, starts);
    }
    return starts;
  }

  #behind(macro: string): readonly Start[] {
    switch (printerFamily(macro)?.prefix) {
      case "dev_fmt": {
        this.#device ??= DEVICE.exec(this.text)?.[0].length ?? 0;
        const device = { at: this.#device, cost: this.#device > 0 ? -DEVICE_BONUS : 2 };
        return [device, ...this.#behindBoundaries(0.15)];
      }
      case "panic":
        return this.text.startsWith(PANIC) ? [{ at: PANIC.length, cost: -10 }] : [{ at: 0, cost: 4 }];
      case "pr_fmt":
      case "none":
        return [...AT_ONCE, ...this.#behindBoundaries(0.5)];
      default:
        return [{ at: 0, cost: 1 }, ...this.#behindBoundaries(0.25)];
    }
  }

  /** `cost`: of each sign that is left out before the format. */
  #behindBoundaries(cost: number): Start[] {
    this.#boundaries ??= boundariesOf(this.text);
    return this.#boundaries.map(({ at, leftOut }) => ({ at, cost: 1 + cost * leftOut }));
  }
}

/** What a format's first text begins with, as far as `mayHold` asks for it; empty: it does not begin with text. */
function headOf(format: RawFormat): string {
  let end = 0;
  while (end < LEAST_TEXT && isPlain(format, end)) end++;
  return format.slice(0, end).trim();
}

/** Stands for itself: no conversion, no mark of a macro, no blank but one between two signs. */
function isPlain(format: RawFormat, at: number): boolean {
  const sign = format.charCodeAt(at);
  return sign === BLANK ? format.charCodeAt(at + 1) > BLANK : sign > BLANK && sign !== PERCENT;
}

const BLANK = 32;
const PERCENT = 37;

/** Prints several lines. */
function hasLines(format: RawFormat): boolean {
  const newline = format.indexOf("\n");
  return newline >= 0 && newline < format.length - 1;
}

const AT_ONCE: readonly Start[] = [{ at: 0, cost: 0 }];

interface Boundary {
  readonly at: number;
  /** How many signs other than blanks are before it. */
  readonly leftOut: number;
}

/** Behind `name: `, `[drm] ` and the like, near the start of the line. */
function boundariesOf(text: string): Boundary[] {
  const found: Boundary[] = [];
  for (const match of text.slice(0, 120).matchAll(/[:\])>] ?(?=\S)|(?<=^\S{2,40}) (?=\S)/g)) {
    const at = match.index + match[0].length;
    if (found.length < 8) found.push({ at, leftOut: solidLength(text.slice(0, at)) });
  }
  return found;
}

/** `e1000e 0000:03:00.0: `, `e1000e 0000:03:00.0 eth0: `, `usb 1-1.2: `, `sd 0:0:0:0: [sda] `. */
const DEVICE =
  /^[\w.-]{1,40}(?: [\w.-]{0,40}(?::[\w.-]{1,40}){0,4}){1,3}(?: \(\w{1,40}\))?: (?:\[\w{1,32}\] )?/;
const PANIC = "Kernel panic - not syncing: ";
const DEVICE_BONUS = 3;
