/** The changelog of a kernel package. */
export interface Changelog {
  readonly packaging: "deb" | "rpm";
  /** Newest first, as the file has them. */
  readonly entries: readonly ChangelogEntry[];
}

/** What one version of the package brought. */
export interface ChangelogEntry {
  /** Of a Debian changelog: the source package, `linux`. */
  readonly package: string | undefined;
  /** Undefined in SUSE's, whose entries name no version. */
  readonly version: string | undefined;
  /** Of a Debian changelog: `bookworm-security`. */
  readonly distribution: string | undefined;
  /** Seconds since 1970. */
  readonly date: number | undefined;
  readonly items: readonly ChangelogItem[];
}

/** One change. */
export interface ChangelogItem {
  /** The commit's subject, as far as the packager kept it. */
  readonly subject: string;
  readonly cves: readonly string[];
  readonly shas: readonly string[];
}

/**
 * Reads a Debian changelog (deb-changelog(5)) or what `rpm -q --changelog` prints. Undefined when the text is neither.
 */
export function parseChangelog(text: string): Changelog | undefined {
  if (DEB_HEADER.test(text.trimStart().slice(0, 500))) return { packaging: "deb", entries: debEntries(text) };
  if (RPM_HEADER.test(text.trimStart().slice(0, 500))) return { packaging: "rpm", entries: rpmEntries(text) };
  return undefined;
}

/** `linux (6.1.76-1) bookworm; urgency=medium` */
const DEB_HEADER = /^([a-z0-9][\w.+-]{0,80}) \(([^()\s]{1,80})\) ([^;]{1,80});/;
/** ` -- Name <address>  Thu, 01 Feb 2024 21:07:04 +0100` */
const DEB_TRAILER = /^ -- .{0,300}?> {2}(.{10,60})$/;
/** `* Tue Nov 07 2023 Name <address> [5.14.0-362.8.1.el9_3]`, the version with or without brackets, or none. */
const RPM_HEADER = /^\* (?:\w{3} )?(\w{3} {1,2}\d{1,2} (?:\d\d:\d\d:\d\d \w{1,5} )?\d{4}) (.{0,300})$/m;
const RPM_VERSION = /(?:^|[\s[])(?:\d+:)?(\d[\w.~^+]{0,60}-[\w.~^+]{1,80})\]?\s*$/;

function debEntries(text: string): ChangelogEntry[] {
  const entries: ChangelogEntry[] = [];
  let head: RegExpExecArray | null = null;
  let body: string[] = [];
  for (const line of text.split("\n")) {
    const started = DEB_HEADER.exec(line);
    if (started) {
      head = started;
      body = [];
      continue;
    }
    const date = head && DEB_TRAILER.exec(line)?.[1];
    if (head && date) {
      entries.push({
        package: head[1],
        version: head[2],
        distribution: head[3]?.trim(),
        date: secondsOf(date),
        items: itemsOf(body, "deb"),
      });
      head = null;
    } else body.push(line);
  }
  return entries;
}

function rpmEntries(text: string): ChangelogEntry[] {
  const entries: ChangelogEntry[] = [];
  let head: { date: string; version: string | undefined } | undefined;
  let body: string[] = [];
  const end = () => {
    if (!head) return;
    entries.push({
      package: undefined,
      version: head.version,
      distribution: undefined,
      date: secondsOf(head.date),
      items: itemsOf(body, "rpm"),
    });
  };
  for (const line of text.split("\n")) {
    const started = RPM_HEADER.exec(line);
    if (!started) {
      body.push(line);
      continue;
    }
    end();
    head = { date: started[1] ?? "", version: RPM_VERSION.exec(started[2] ?? "")?.[1] };
    body = [];
  }
  end();
  return entries;
}

function secondsOf(date: string): number | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}

/** A bullet and the lines that go on with it; what stands below `* CVE-...`, or `* ... (CVE-...):`, is about that CVE. */
function itemsOf(lines: readonly string[], packaging: Changelog["packaging"]): ChangelogItem[] {
  const items: ChangelogItem[] = [];
  let heading: { indent: number; cves: readonly string[] } | undefined;
  for (const { indent, text } of bulletsOf(lines)) {
    if (heading && indent <= heading.indent) heading = undefined;
    const cves = [...text.matchAll(CVE)].map(([cve]) => cve);
    if (cves.length > 0 && text.endsWith(":")) heading = { indent, cves };
    if (/^CVE-[\d-]+(?:[\s,/]+(?:\/\/ )?CVE-[\d-]+)*$/.test(text)) {
      heading = { indent, cves };
      continue;
    }
    const subject = subjectOf(text, packaging);
    if (subject === "") continue;
    items.push({
      subject,
      cves: [...new Set([...cves, ...(heading?.cves ?? [])])],
      shas: [...text.matchAll(SHA)].map(([sha]) => sha.toLowerCase()),
    });
  }
  return items;
}

const CVE = /\bCVE-\d{4}-\d{4,10}\b/g;
const SHA = /\b(?=[0-9a-f]{0,39}\d)(?=\d{0,39}[a-f])[0-9a-f]{12,40}\b/gi;

function bulletsOf(lines: readonly string[]): { indent: number; text: string }[] {
  const bullets: { indent: number; text: string }[] = [];
  let open = false;
  for (const line of lines) {
    const found = /^(\s{0,20})[*+-] (.{1,2000})$/.exec(line);
    const last = bullets.at(-1);
    if (found) {
      bullets.push({ indent: found[1]?.length ?? 0, text: found[2]?.trim() ?? "" });
      open = true;
    } else if (last && open && isContinued(last.indent, line)) last.text = `${last.text} ${line.trim()}`;
    else open = false;
  }
  return bullets;
}

/** What goes on with a bullet stands further in than it; the URL of the next stable update does not. */
function isContinued(indent: number, line: string): boolean {
  return line.trim() !== "" && line.length < 2000 && line.search(/\S/) > indent;
}

/** The subject without the remarks that packagers put behind it. */
function subjectOf(text: string, packaging: Changelog["packaging"]): string {
  let subject = text.trim();
  for (let before = ""; before !== subject; ) {
    before = subject;
    for (const { remark, only } of REMARKS) {
      if (only === undefined || only === packaging) subject = subject.replace(remark, "").trim();
    }
  }
  return subject;
}

/** Remarks behind a subject. */
const REMARKS: readonly {
  readonly remark: RegExp;
  readonly example: string;
  /** In one kind of changelog alone. */
  readonly only?: "deb" | "rpm";
}[] = [
  {
    remark: /\s?\((?:CVE-\d|Closes:|Fixes:?|LP:|regression|thanks|addresses|see )[^()]{0,300}\)$/i,
    example: "(CVE-2024-0646) (Closes: #1059) (LP: #2039610)",
  },
  {
    remark: /\s?\((?:git-fixes|stable-fixes|bsc#|bnc#|jsc#|boo#)[^()]{0,300}\)\.?$/i,
    example: "(git-fixes). (bsc#1217946)",
  },
  { remark: /\s?\{CVE-[^{}]{1,300}\}$/, example: "{CVE-2023-1234}" },
  {
    remark: /\s?\[(?:[\d ]{4,80}|(?:rhbz|bz|rhel|orabug|centos)[^[\]]{1,200}|[A-Z]+-\d+[^[\]]{0,200})\]$/i,
    example: "[2178965] [RHEL-1234] [Orabug: 35000000]",
  },
  {
    remark: /\s\([A-Z][\p{L}.'-]{0,40}(?: [\p{L}.'-]{1,40}){1,4}\)(?=$|\s[[{])/u,
    example: "(Firstname Lastname), RHEL's author",
    only: "rpm",
  },
];

/** The forms under which a subject may be looked up: as it stands, and without a packager's `[x86] ` in front. */
export function spellingsOf(subject: string): string[] {
  const bare = subject.replace(/^\[[\w,/ .:!+*-]{1,80}\]\s*/, "");
  return bare === subject || bare === "" ? [subject] : [subject, bare];
}

/** What `Revert "subject"` undoes; undefined for every other subject. */
export function revertedSubject(subject: string): string | undefined {
  return /^Revert:? ["“](.{1,1000}?)["”]?$/i.exec(subject)?.[1];
}
