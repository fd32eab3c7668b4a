import { EventEmitter } from "node:events";

/**
 * What Ink draws on. Ink takes every character of a frame apart and joins it again, which on a large screen takes
 * longer than a frame may: so a row leaves only a mark in the tree (row.tsx), Ink puts the marks in order, and the text
 * of each takes its place here. Of a frame, only the rows that changed are sent to the terminal, in one piece
 * (synchronised output, mode 2026, where the terminal has it).
 *
 * To Ink it is a terminal of a few columns: a mark is one wide.
 */
export class Surface extends EventEmitter {
  readonly columns = 8;
  readonly rows = 10_000;
  readonly #send: (text: string) => void;
  #texts: string[] = [];
  #shown: string[] = [];
  #open = false;

  constructor(send: (text: string) => void) {
    super();
    this.#send = send;
  }

  /** The terminal is ours: what is drawn from now on is sent. */
  open(): void {
    this.#open = true;
  }

  /** A frame begins: the marks of the one before are void. */
  begin(): void {
    this.#texts = [];
  }

  /** The mark of a row. */
  mark(text: string): string {
    this.#texts.push(text);
    return String.fromCharCode(FIRST_MARK + Math.min(this.#texts.length, MARKS) - 1);
  }

  /** Ink's finished frame. */
  write(frame: string): boolean {
    if (!this.#open) return true;
    const lines = frame.split("\n").map((line) => line.replace(MARK, (mark) => this.#textOf(mark)));
    let changes = "";
    for (const [at, line] of lines.entries()) {
      if (line !== this.#shown[at]) changes += `\x1b[${at + 1};1H\x1b[K${line}\x1b[0m`;
    }
    for (let at = lines.length; at < this.#shown.length; at++) changes += `\x1b[${at + 1};1H\x1b[K`;
    this.#shown = lines;
    if (changes !== "") this.#send(`\x1b[?2026h${changes}\x1b[?2026l`);
    return true;
  }

  /** The terminal was cleared or resized: the next frame is sent whole. */
  forget(): void {
    this.#shown = [];
  }

  /** Nothing more is sent: Ink draws once more when it ends. */
  close(): void {
    this.#open = false;
  }

  #textOf(mark: string): string {
    return this.#texts[mark.charCodeAt(0) - FIRST_MARK] ?? "";
  }
}

/** Unicode's private use area. Texts are put in once, so that one that holds such a character shows it. */
const FIRST_MARK = 0xe000;
const MARKS = 6400;
const MARK = /[\ue000-\uf8ff]/g;
