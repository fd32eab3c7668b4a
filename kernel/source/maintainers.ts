/** A section of MAINTAINERS. */
export interface MaintainersEntry {
  readonly title: string;
  /** `Maintained`, `Odd Fixes`, `Orphan`. */
  readonly status: string | undefined;
  readonly people: readonly MaintainerContact[];
  readonly files: readonly string[];
  readonly excludes: readonly string[];
  /** Regular expressions over paths. */
  readonly names: readonly string[];
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

/** Reads MAINTAINERS: its own head describes the letters. Before 2.6.31 names and addresses were two lines, P and M. */
export function parseMaintainers(text: string): MaintainersEntry[] {
  const entries: MaintainersEntry[] = [];
  let open: Open | undefined;
  let before = "";
  let person = "";
  for (const line of text.split("\n")) {
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
    else if (letter === "N") open.names.push(value);
  }
  return entries.filter((entry) => entry.people.length > 0);
}

interface Open {
  readonly title: string;
  status: string | undefined;
  readonly people: MaintainerContact[];
  readonly files: string[];
  readonly excludes: string[];
  readonly names: string[];
}

/**
 * The entries that a path belongs to, the most exact pattern first, as scripts/get_maintainer.pl orders them; THE
 * REST only when there is no other.
 */
export function maintainersOf(entries: readonly MaintainersEntry[], path: string): Maintainers[] {
  const found = entries.flatMap((entry) => {
    const depths = entry.files.filter((pattern) => matchesPattern(pattern, path)).map(depthOf);
    if (entry.names.some((name) => matchesName(name, path))) depths.push(1);
    const excluded = entry.excludes.some((pattern) => matchesPattern(pattern, path));
    return depths.length === 0 || excluded ? [] : [{ entry, depth: Math.max(...depths) }];
  });
  found.sort((a, b) => b.depth - a.depth);
  const exact = found.filter(({ depth }) => depth > 0);
  return (exact.length > 0 ? exact : found).map(({ entry: { title, status, people } }) => ({
    title,
    status,
    people,
  }));
}

/**
 * `drivers/net/` is all below it, `drivers/net/*` only what is in it, and a name without a slash behind it the file
 * or, if it is a folder, all below it (get_maintainer.pl, file_match_pattern).
 */
function matchesPattern(pattern: string, path: string): boolean {
  if (pattern === "*" || pattern === "*/") return true;
  const wildcard = pattern.search(/[*?[]/);
  if (!path.startsWith(wildcard < 0 ? pattern : pattern.slice(0, wildcard))) return false; // nearly all of 20,000
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

/** The file's expressions are simple (`[^a-z]lumen`); one that JavaScript does not know matches nothing. */
function matchesName(name: string, path: string): boolean {
  try {
    return name.length < 200 && new RegExp(name).test(path);
  } catch {
    return false;
  }
}
