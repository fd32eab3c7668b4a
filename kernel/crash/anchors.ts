/** Cheap tests that pass over everything that is no crash, at the speed of a string search. */
import { WordFinder } from "./word-finder.ts";

/**
 * Pieces of headers without blanks (which a dressing may have changed), of the boot banner, and of journald's
 * byte arrays, whose text cannot be seen. Every header has one of them in it.
 */
export const ANCHORS: readonly string[] = [
  "BUG",
  "WARNING:",
  "INFO:",
  "Unable",
  "Unhandled",
  "SError",
  "protection",
  "panic",
  "panicked",
  "PANIC",
  "fault:",
  "Alignment",
  "segment:",
  "divide",
  "invalid",
  "Internal",
  "UBSAN",
  "LOCKUP",
  "Oops",
  "Booting",
  "unregister_netdevice",
  "VFS:",
  "EXT",
  "XFS",
  "BTRFS",
  "oom-kill",
  "CFI failure",
  "[Hardware",
  "Machine check",
  "Vector:",
  "bad area",
  "SYZ",
  "Kernel bug",
  "allocation failure",
  "nobody cared",
  "[#",
  "ilc:",
  "ut of memory",
  "Aborting journal",
  "trusty:",
  "Linux version",
  // the crash utility's bt
  'COMMAND: "',
  // frames: a crash may have lost its headline
  "+0x",
  "MESSAGE",
];

/** Walks through a text from anchor to anchor. */
export class Anchors {
  readonly #text: string;
  /** Where each anchor stands next; -1 when it does not stand there any more. */
  readonly #places: number[];

  constructor(text: string) {
    this.#text = text;
    this.#places = ANCHORS.map((anchor) => text.indexOf(anchor));
  }

  /** The first anchor at or behind the place; -1 when there is none. */
  next(from: number): number {
    let nearest = -1;
    for (let index = 0; index < ANCHORS.length; index++) {
      let place = this.#places[index] ?? -1;
      if (place >= 0 && place < from) {
        place = this.#text.indexOf(ANCHORS[index] ?? "", from);
        this.#places[index] = place;
      }
      if (place >= 0 && (nearest < 0 || place < nearest)) nearest = place;
    }
    return nearest;
  }
}

/** Anchors of headlines: not those of frames, the banner and envelopes. */
const HEADLINE = new WordFinder([
  ...ANCHORS.filter((anchor) => !["+0x", "Linux version"].includes(anchor)),
  // written as entities, or escaped
  "&#",
  "&a",
  "&n",
  "\\u",
]);

/** May a headline be in this raw line? The dressing may hide what decides. */
export function mayBeHeadline(line: string): boolean {
  return HEADLINE.test(line);
}

/** A line of the kernel's is shorter; longer ones may be several glued together. */
const LONGEST_SINGLE = 200;
const WRAPPING = /[{&\\<\r"#\u0080-\uffff]|MESSAGE=/;

/** May this raw line hold its message in an envelope, or in markup, or several messages? */
export function mayBeWrapped(line: string): boolean {
  return line.length > LONGEST_SINGLE || WRAPPING.test(line) || line.includes(String.fromCharCode(27));
}

const TRACE =
  /\+0x[0-9a-f]|\[<|\[&lt;|\[\]|\\u003c|Call [Tt]race|Modules linked|R[SA0-9][P0-9X]: |CPU: |Hardware name|---\[|Code: |[0-9a-f]{8}[: ] ?[0-9a-f]{8}|\bc?om?m: |lock|locks|\[inline\]|:\d+ \(|MESSAGE|&#|<\/?[A-Z]+>/;

/** May this raw line be a part of a crash? */
export function mayBeCrashText(line: string): boolean {
  const text = line.length > 4000 ? line.slice(0, 4000) : line;
  return TRACE.test(text);
}
