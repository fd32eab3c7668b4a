import { textOfBytes } from "./encoding.ts";

/** A section of MAINTAINERS. */
interface MaintainersEntry {
  readonly title: string;
  /** `Maintained`, `Odd Fixes`, `Orphan`. */
  readonly status: string | undefined;
  readonly people: readonly MaintainerContact[];
  readonly files: readonly string[];
  readonly excludes: readonly string[];
  /** Over paths. */
  readonly names: readonly RegExp[];
}

export interface MaintainerContact {
  readonly role: "maintainer" | "reviewer" | "list";
  /** `Name <address>`, or a list's address. */
  readonly who: string;
}

/** Whom to write to, and for which part of the kernel. */
export interface Maintainers {
  readonly title: string;
  readonly status: string | undefined;
  readonly people: readonly MaintainerContact[];
}

/**
 * Reads MAINTAINERS, a character a byte: its own head describes the letters. Before 2.6.31 names and addresses were two lines, P
 * and M.
 */
function parseMaintainers(text: string): MaintainersEntry[] {
  const entries: MaintainersEntry[] = [];
  let open: Open | undefined;
  let before = "";
  let person = "";
  for (const bytes of text.split("\n")) {
    const line = textOfBytes(bytes); // not all names of old kernels are in the same encoding
    const field = line[1] === ":" ? /^([A-Z]):\s+(.*\S)/.exec(line) : null;
    if (field === null) {
      if (line.trim() === "") open = undefined;
      before = line.trim();
      continue;
    }
    if (open === undefined) {
      open = { title: before, status: undefined, people: [], files: [], excludes: [], names: [] };
      entries.push(open);
    }
    const [, letter = "", value = ""] = field;
    if (letter === "P" && !value.includes("/")) person = value;
    else if (letter === "M") {
      const who = value.includes("<") || person === "" ? value : `${person} <${value}>`;
      open.people.push({ role: "maintainer", who });
      person = "";
    } else if (letter === "R") open.people.push({ role: "reviewer", who: value });
    else if (letter === "L") open.people.push({ role: "list", who: value.split(/\s/)[0] ?? value });
    else if (letter === "S") open.status = value;
    else if (letter === "F") open.files.push(value);
    else if (letter === "X") open.excludes.push(value);
    else if (letter === "N") open.names.push(...nameOf(value));
  }
  return entries.filter((entry) => entry.people.length > 0);
}

interface Open {
  readonly title: string;
  status: string | undefined;
  readonly people: MaintainerContact[];
  readonly files: string[];
  readonly excludes: string[];
  readonly names: RegExp[];
}

/** MAINTAINERS, to be asked for one path after another: a path is held against the patterns in its own folder alone. */
export class MaintainersFile {
  readonly #entries: readonly MaintainersEntry[];
  /** By their first two names (`drivers/net`), or the first. */
  readonly #byFolder = new Map<string, Pattern[]>();
  /** Those that may fit in any folder. */
  readonly #wide: Pattern[] = [];
  readonly #names: { readonly entry: number; readonly name: RegExp }[] = [];

  /** `text`: the file, a character a byte. */
  constructor(text: string) {
    this.#entries = parseMaintainers(text);
    for (const [entry, { files, names }] of this.#entries.entries()) {
      for (const pattern of files) this.#add({ entry, pattern, literal: literalOf(pattern) });
      for (const name of names) if (this.#names.length < MOST_PATTERNS) this.#names.push({ entry, name });
    }
  }

  #add(pattern: Pattern): void {
    const [first = "", second] = pattern.pattern.split("/", 2);
    const folder = second === undefined || second === "" ? first : `${first}/${second}`;
    const key = pattern.literal.startsWith(folder)
      ? folder
      : pattern.literal.startsWith(`${first}/`)
        ? first
        : "";
    const others = key === "" ? this.#wide : (this.#byFolder.get(key) ?? []);
    if (others.length < MOST_PATTERNS) others.push(pattern);
    if (key !== "") this.#byFolder.set(key, others);
  }

  /**
   * The entries that a path belongs to, at most three, the most exact pattern first, as scripts/get_maintainer.pl orders them;
   * THE REST only when there is no other.
   */
  maintainersOf(path: string): Maintainers[] {
    const found = [...this.#depths(path)]
      .flatMap(([at, depth]) => ({ at, depth, entry: this.#entries[at] }))
      .filter(({ entry }) => !entry?.excludes.some((pattern) => matchesPattern(pattern, path)))
      .sort((a, b) => b.depth - a.depth || a.at - b.at);
    const exact = found.filter(({ depth }) => depth > 0);
    return (exact.length > 0 ? exact : found)
      .slice(0, MOST)
      .flatMap(({ entry }) =>
        entry ? { title: entry.title, status: entry.status, people: entry.people } : [],
      );
  }

  /** How many names the longest pattern of each entry has that fits a path. */
  #depths(path: string): ReadonlyMap<number, number> {
    const depths = new Map<number, number>();
    const add = (entry: number, depth: number): void => {
      depths.set(entry, Math.max(depths.get(entry) ?? 0, depth));
    };
    const [first = "", second] = path.split("/", 2);
    for (const patterns of [this.#wide, this.#byFolder.get(first), this.#byFolder.get(`${first}/${second}`)])
      for (const { entry, pattern, literal } of patterns ?? [])
        if (path.startsWith(literal) && matchesPattern(pattern, path)) add(entry, depthOf(pattern));
    for (const { entry, name } of path.length > LONGEST_NAMED ? [] : this.#names)
      if (name.test(path)) add(entry, 1);
    return depths;
  }
}

/** A line `F:` of an entry. */
interface Pattern {
  /** Its place in the file. */
  readonly entry: number;
  readonly pattern: string;
  /** What a path that fits begins with: nearly all are told by it. */
  readonly literal: string;
}

function literalOf(pattern: string): string {
  const wildcard = pattern.search(/[*?[]/);
  return wildcard < 0 ? pattern : pattern.slice(0, wildcard);
}

const MOST = 3;
/** Of a folder, and of expressions: every file is held against them. The kernel has a thousand in one folder, and a hundred expressions. */
const MOST_PATTERNS = 5000;
/** Longer paths are asked for by patterns alone; the kernel's have half of it. */
const LONGEST_NAMED = 256;

/**
 * `drivers/net/` is all below it, `drivers/net/*` only what is in it, and a name without a slash behind it the file
 * or, if it is a folder, all below it (get_maintainer.pl, file_match_pattern).
 */
function matchesPattern(pattern: string, path: string): boolean {
  if (pattern === "*" || pattern === "*/") return true;
  const wanted = pattern.split("/");
  const below = wanted.at(-1) === "";
  if (below) wanted.pop();
  const parts = path.split("/");
  if (
    parts.length < wanted.length ||
    (!below && parts.length > wanted.length && /[*?]/.test(wanted.at(-1) ?? ""))
  )
    return false;
  return wanted.every((part, at) => matchesPart(part, parts[at] ?? ""));
}

/** `*` and `?` in a name, in time linear in both: at a mismatch only the last `*` is widened. */
function matchesPart(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let from = 0;
  for (let place = 0; place < name.length; ) {
    if (pattern[at] === "*") {
      star = at++;
      from = place;
    } else if (pattern[at] === "?" || pattern[at] === name[place]) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++from;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

function depthOf(pattern: string): number {
  return pattern === "*" || pattern === "*/" ? 0 : pattern.replace(/\/$/, "").split("/").length;
}

/**
 * The kernel's expressions are simple (`[^a-z]lumen`, `bcm113*`), and a tree may be anyone's: one that JavaScript does not know,
 * or that could take longer than the cube of a path's length, matches nothing.
 */
function nameOf(expression: string): RegExp[] {
  const repeats = expression.match(/[*+{]/g)?.length ?? 0;
  const choices = expression.match(/[?|]/g)?.length ?? 0;
  if (expression.length >= 200 || repeats > 2 || choices > 4 || /\)[*+{]/.test(expression)) return [];
  try {
    return [new RegExp(expression)];
  } catch {
    return [];
  }
}
