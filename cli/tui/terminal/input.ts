/** What arrives from the terminal. */
export type TerminalEvent =
  | { readonly type: "key"; readonly key: string }
  | { readonly type: "paste"; readonly text: string }
  | { readonly type: "wheel"; readonly rows: number };

/**
 * Reads keys, pastes and the mouse wheel from the bytes that a terminal sends (ECMA-48; xterm's ctlseqs document:
 * bracketed paste, mouse mode 1006).
 *
 * A key is named by what it prints (`a`, `?`, `ü`), or `up`, `enter`, `ctrl-d`, `shift-tab`, ... An escape sequence that
 * nobody knows is passed over whole. A terminal without bracketed paste sends a paste as keys: many at once are taken
 * for text, as commands must not be pasted.
 */
export class TerminalInput {
  readonly #emit: (event: TerminalEvent) => void;
  readonly #decoder = new TextDecoder();
  #rest = "";
  #pasted: string[] | undefined;
  #pastedLength = 0;
  /** A paste that came as keys; its end is that nothing more comes. */
  #burst = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(emit: (event: TerminalEvent) => void) {
    this.#emit = emit;
  }

  push(bytes: Uint8Array): void {
    clearTimeout(this.#timer);
    let text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    this.#rest = "";
    while (text !== "") text = this.#pasted ? this.#readPaste(text, this.#pasted) : this.#readOne(text);
    // Escape alone is a key; with more behind it, the beginning of a sequence that may be cut in two.
    if (this.#rest !== "" && !this.#pasted) {
      this.#timer = setTimeout(() => this.#flush(), ESCAPE_WAIT);
    }
  }

  /** How much of a paste has come so far; undefined: none is under way. */
  get pasting(): number | undefined {
    return this.#pasted && this.#pastedLength;
  }

  /** Nothing is read any more. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    const rest = this.#rest;
    const burst = this.#burst;
    this.#rest = "";
    this.#burst = "";
    if (burst !== "") this.#emit({ type: "paste", text: burst });
    if (rest.startsWith("\x1b")) this.#key("escape");
  }

  #readPaste(text: string, pasted: string[]): string {
    const end = text.indexOf(PASTE_END);
    if (end === -1) {
      // The end mark may be cut in two.
      const keep = Math.min(text.length, PASTE_END.length - 1);
      this.#take(pasted, text.slice(0, text.length - keep));
      this.#rest = text.slice(text.length - keep);
      return "";
    }
    this.#take(pasted, text.slice(0, end));
    this.#pasted = undefined;
    this.#emit({ type: "paste", text: pasted.join("") });
    return text.slice(end + PASTE_END.length);
  }

  #take(pasted: string[], text: string): void {
    if (this.#pastedLength < MOST_PASTED) pasted.push(text);
    this.#pastedLength += text.length;
  }

  /** Reads one key off the front, and gives what is left. */
  #readOne(text: string): string {
    if (text.startsWith("\x1b")) return this.#readSequence(text);
    const burst = plainLength(text);
    if (burst >= BURST || (burst > 0 && this.#burst !== "")) {
      this.#burst += text.slice(0, burst).replaceAll("\r", "\n");
      this.#timer = setTimeout(() => this.#flush(), ESCAPE_WAIT);
      return text.slice(burst);
    }
    const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
    this.#key(CONTROL[character] ?? character);
    return text.slice(character.length);
  }

  #readSequence(text: string): string {
    if (text.startsWith(PASTE_BEGIN)) {
      this.#pasted = [];
      this.#pastedLength = 0;
      return text.slice(PASTE_BEGIN.length);
    }
    const found = SEQUENCE.exec(text);
    if (found) {
      this.#sequence(found[0]);
      return text.slice(found[0].length);
    }
    if (UNFINISHED.test(text)) {
      this.#rest = text;
      return "";
    }
    // Escape, and then something else: Alt with a key is Escape and the key.
    this.#key("escape");
    return text.slice(1);
  }

  #sequence(sequence: string): void {
    const mouse = MOUSE.exec(sequence);
    if (mouse) {
      const button = Number(mouse[1]);
      if (button === 64) this.#emit({ type: "wheel", rows: -3 });
      if (button === 65) this.#emit({ type: "wheel", rows: 3 });
      return;
    }
    const key = SEQUENCES[sequence.slice(2).replace(/^1;\d/, "")] ?? SEQUENCES[sequence.slice(2)];
    if (key) this.#key(key);
  }

  #key(key: string): void {
    // Control characters that no key stands for.
    if (key.length === 1 && key < " ") return;
    this.#emit({ type: "key", key });
  }
}

const PASTE_BEGIN = "\x1b[200~";
const PASTE_END = "\x1b[201~";
/** Milliseconds that the rest of an escape sequence may take, over a slow line too. */
const ESCAPE_WAIT = 40;
/** Characters of a paste that are kept. */
const MOST_PASTED = 64_000_000;

const ESC = "\\x1b";
const SEQUENCE = new RegExp(`^${ESC}(?:\\[[0-?]{0,32}[ -/]{0,4}[@-~]|O[A-Za-z0-9])`);
const UNFINISHED = new RegExp(`^${ESC}(?:\\[[0-?]{0,32}[ -/]{0,4}|O)?$`);
const MOUSE = new RegExp(`^${ESC}\\[<(\\d{1,4});\\d{1,5};\\d{1,5}[Mm]$`);
/** Nobody types as much within one read. */
const BURST = 48;

/** How many characters of text the input begins with. */
function plainLength(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x7f || (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d)) return at;
  }
  return text.length;
}

const CONTROL: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x02": "ctrl-b",
  "\x03": "ctrl-c",
  "\x04": "ctrl-d",
  "\x06": "ctrl-f",
  "\x0c": "ctrl-l",
  "\x0e": "down",
  "\x10": "up",
  "\x15": "ctrl-u",
  "\x17": "ctrl-w",
  "\x1a": "ctrl-z",
};

/** What follows `ESC [` or `ESC O`, as xterm, the Linux console and rxvt send it. */
const SEQUENCES: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  Z: "shift-tab",
  M: "enter",
  "1~": "home",
  "3~": "delete",
  "4~": "end",
  "5~": "pageup",
  "6~": "pagedown",
  "7~": "home",
  "8~": "end",
};
