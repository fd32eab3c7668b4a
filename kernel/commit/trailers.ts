export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/**
 * A `Key: value` line as kernel messages end with (Documentation/process/submitting-patches.rst); any case. `Bug:` names a
 * report by its address or number: "BUG: unable to handle kernel paging request" begins a quoted crash.
 */
export function parseTrailer(line: string): Trailer | undefined {
  if (!TRAILER.test(line)) return undefined;
  const colon = line.indexOf(":"); // no key has one in it
  return { key: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() };
}

const TRAILER =
  /^\s{0,4}(?:(?:Signed-off|Acked|Reviewed|Tested|Reported|Suggested|Requested|Co-developed|Debugged|Analyzed|Bisected|Noticed|Diagnosed|Spotted|Found|Reported-and-tested|Reported-and-bisected|Tested-and-acked|Original-patch)(?:[- ]\w+)*|Cc|Fixes|Link|Closes|Bugzilla|BugLink|Buglink|References?|Git-commit|Patch-mainline|Change-Id|Bug(?=:\s*(?:https?:|[#b]?\/?\d))|LKML-Reference|Message-Id|Upstream-commit|CVE|Stable|Depends-on|Fixes-CVE):\s*.{1,2000}$/i;

/** A series that a `Cc: stable` names; undefined: it names none. */
export interface StableHint {
  readonly from: string | undefined;
}

/** Of the value of a `Cc:` the series of a line for stable: `# 3.10+`, `# v4.19.x`, `[2.6.32, 2.6.33]`. */
export function stableHintsOf(value: string): StableHint[] {
  if (!/\bstable@(vger\.)?kernel\.org\b|^stable\b/i.test(value)) return [];
  const behind = value.replace(/^[^#[(]*/, "");
  const series = [...behind.matchAll(/\bv?(\d+\.\d+(?:\.\d+)?)(?:\.[xy])?\b\+?/g)].flatMap(
    (found) => found[1] ?? [],
  );
  return series.length > 0 ? series.map((from) => ({ from })) : [{ from: undefined }];
}

export interface Report {
  readonly kind: "syzbot" | "bugzilla" | "link";
  readonly id: string;
}

/** Reports that a trailer names. Syzbot's ids are in its mail address (docs/syzbot.md of google/syzkaller). */
export function reportOf({ key, value }: Trailer): Report | undefined {
  for (const { kind, has, says } of REPORTS) {
    const found = value.includes(has) ? says.exec(value) : null;
    if (found?.[1]) return { kind, id: found[1] };
  }
  const link = LINKS.has(key) ? LINK.exec(value) : null;
  return link?.[1] ? { kind: "link", id: link[1].slice(0, 300) } : undefined;
}

/** Whatever the key. `has` stands in each such value. */
const REPORTS: readonly { readonly kind: Report["kind"]; readonly has: string; readonly says: RegExp }[] = [
  { kind: "syzbot", has: "syzbot+", says: /syzbot\+([0-9a-f]{12,40})@/ },
  {
    kind: "syzbot",
    has: "syzkaller.appspot.com/bug?",
    says: /syzkaller\.appspot\.com\/bug\?(?:ext)?id=([0-9a-f]{12,40})/,
  },
  {
    kind: "bugzilla",
    has: "bugzilla.",
    says: /\b(bugzilla\.[\w.]+\/(?:show_bug\.cgi\?id=)?\d+)/,
  },
];
const LINKS: ReadonlySet<string> = new Set([
  "link",
  "closes",
  "buglink",
  "bugzilla",
  "lkml-reference",
  "message-id",
]);
const LINK = /(\S{8,})/;
