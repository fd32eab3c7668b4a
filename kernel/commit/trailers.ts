export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/**
 * A `Key: value` line as kernel messages end with (Documentation/process/submitting-patches.rst); any case. `Bug:` names a
 * report by its address or number: "BUG: unable to handle kernel paging request" begins a quoted crash.
 */
export function parseTrailer(line: string): Trailer | undefined {
  const found = TRAILER.exec(line);
  return found?.[1] && found[2] ? { key: found[1].toLowerCase(), value: found[2].trim() } : undefined;
}

const TRAILER =
  /^\s{0,4}((?:Signed-off|Acked|Reviewed|Tested|Reported|Suggested|Requested|Co-developed|Debugged|Analyzed|Bisected|Noticed|Diagnosed|Spotted|Found|Reported-and-tested|Reported-and-bisected|Tested-and-acked|Original-patch)(?:[- ]\w+)*|Cc|Fixes|Link|Closes|Bugzilla|BugLink|Buglink|References?|Git-commit|Patch-mainline|Change-Id|Bug(?=:\s*(?:https?:|[#b]?\/?\d))|LKML-Reference|Message-Id|Upstream-commit|CVE|Stable|Depends-on|Fixes-CVE):\s*(.{1,2000})$/i;

/** Series that a `Cc: stable` line names: `# 3.10+`, `# v4.19.x`, `[2.6.32, 2.6.33]`; one undefined when none. */
export function stableHintsOf(trailer: Trailer): { readonly from: string | undefined }[] | undefined {
  if (trailer.key !== "cc" || !/\bstable@(vger\.)?kernel\.org\b|^stable\b/i.test(trailer.value))
    return undefined;
  const behind = trailer.value.replace(/^[^#[(]*/, "");
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
export function reportOf(trailer: Trailer): Report | undefined {
  for (const row of REPORTS) {
    const found = row.keys.test(trailer.key) ? row.value.exec(trailer.value) : null;
    if (found?.[1]) return { kind: row.kind, id: row.kind === "link" ? found[1].slice(0, 300) : found[1] };
  }
  return undefined;
}

const REPORTS: readonly { readonly kind: Report["kind"]; readonly keys: RegExp; readonly value: RegExp }[] = [
  { kind: "syzbot", keys: /./, value: /syzbot\+([0-9a-f]{12,40})@/ },
  { kind: "syzbot", keys: /./, value: /syzkaller\.appspot\.com\/bug\?(?:ext)?id=([0-9a-f]{12,40})/ },
  { kind: "bugzilla", keys: /./, value: /\b(bugzilla\.[\w.]+\/(?:show_bug\.cgi\?id=)?\d+)/ },
  { kind: "link", keys: /^(link|closes|buglink|bugzilla|lkml-reference|message-id)$/, value: /(\S{8,})/ },
];
