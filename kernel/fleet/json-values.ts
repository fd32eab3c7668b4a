/**
 * Cuts a stream of JSON into values: JSON lines, objects one behind the other, pretty-printed or not, and a search
 * answer or a list of documents of any size, whose elements are given one by one.
 */

/** Lists under these names hold the documents of a search answer (Elasticsearch, OpenSearch). */
const LISTS = new Set(["hits", "responses"]);

/** Lists of documents are not looked for deeper than this. */
const DEEPEST_LIST = 6;

/** No log record has so many values in each other; each that is open is remembered. */
const DEEPEST_VALUE = 1000;

interface Frame {
  readonly list: boolean;
  /** Where the value begins, in what is kept. */
  start: number;
  /** A list of documents, or the way to one. */
  readonly open: boolean;
  /** The latest key of an object. */
  key: string;
  /** An element below it has been given: it is no value itself. */
  given: boolean;
}

/** Throws `SyntaxError` at the end of a stream, or at a place, that is no JSON, and for a value too long or too deep. */
export class JsonValues {
  readonly #longest: number;
  #kept = "";
  #at = 0;
  #line = 1;
  #string: { start: number; escaped: boolean } | undefined;
  #text = "";
  readonly #stack: Frame[] = [];

  /** A value of more characters than `longest` is no log record. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** Takes a piece; gives the values that are complete with it, each with the line on which it ended. */
  push(piece: string): { value: unknown; line: number }[] {
    const values: { value: unknown; line: number }[] = [];
    this.#kept += piece;
    const text = this.#kept;
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (this.#string !== undefined) {
        if (code === NEWLINE) throw new SyntaxError("a string does not end");
        if (this.#string.escaped) this.#string.escaped = false;
        else if (code === BACKSLASH) this.#string.escaped = true;
        else if (code === QUOTE) {
          this.#text = text.slice(this.#string.start + 1, this.#at);
          this.#string = undefined;
        }
        continue;
      }
      if (code === QUOTE) this.#string = { start: this.#at, escaped: false };
      else if (code === COLON) this.#nameKey();
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.#open(code === OPEN_BRACKET);
      else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.#close(values);
      else if (code === NEWLINE) this.#line++;
      else if (this.#stack.length === 0 && code > SPACE && code !== COMMA) throw new SyntaxError("no JSON");
    }
    this.#forget();
    return values;
  }

  /** Throws where the stream ended inside a value. */
  end(): void {
    if (this.#stack.length > 0 || this.#string !== undefined) throw new SyntaxError("a value does not end");
  }

  /** What has not been given yet, and the line on which that begins. */
  rest(): { readonly text: string; readonly line: number } {
    const read = this.#kept.slice(0, this.#at).split("\n").length - 1;
    return { text: this.#kept, line: this.#line - read };
  }

  #nameKey(): void {
    const top = this.#stack.at(-1);
    if (top !== undefined && !top.list) top.key = this.#text;
  }

  #open(list: boolean): void {
    if (this.#stack.length === DEEPEST_VALUE) throw new SyntaxError("a value in too many others");
    const parent = this.#stack.at(-1);
    const open =
      parent === undefined ||
      (parent.open &&
        this.#stack.length < DEEPEST_LIST &&
        (parent.list ? false : !list || LISTS.has(parent.key)));
    this.#stack.push({ list, start: this.#at, open, key: "", given: false });
  }

  #close(values: { value: unknown; line: number }[]): void {
    const frame = this.#stack.pop();
    if (frame === undefined) throw new SyntaxError("a bracket closes nothing");
    const parent = this.#stack.at(-1);
    const isElement = parent === undefined || (parent.list && parent.open && !frame.list);
    if (!isElement || frame.given) return;
    if (this.#at - frame.start >= this.#longest) throw new SyntaxError(TOO_LONG);
    values.push({ value: JSON.parse(this.#kept.slice(frame.start, this.#at + 1)), line: this.#line });
    for (const outer of this.#stack) outer.given = true;
  }

  /** Drops what no open value needs. */
  #forget(): void {
    const inner = this.#stack.find((frame) => !(frame.list && frame.open) && !frame.given);
    const from = Math.min(inner?.start ?? this.#at, this.#string?.start ?? this.#at);
    if (this.#at - from > this.#longest) throw new SyntaxError(TOO_LONG);
    if (from === 0) return;
    this.#kept = this.#kept.slice(from);
    this.#at -= from;
    for (const frame of this.#stack) frame.start -= from;
    if (this.#string !== undefined) this.#string.start -= from;
  }
}

const TOO_LONG = "a value is too long";
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
