/** A report as Markdown (CommonMark, with nothing of any dialect), for a ticket or a mail. */
import type { Report, ReportCommit, ReportFact, ReportSection } from "../answers/report.ts";
import { sanitize } from "../output/terminal.ts";

export function renderMarkdown(report: Report): string {
  const lines = [
    "<!-- kfix report -->",
    `# ${text(report.title)}`,
    ...facts(report.summary),
    ...titled("## What an upgrade cures", facts(report.upgrades)),
    ...report.sections.flatMap((section) => sectionLines(section, section.title !== report.title)),
    "",
    `Made by ${text(report.made.by)} on ${report.made.at.slice(0, 10)}.`,
  ];
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

function sectionLines(section: ReportSection, named: boolean): string[] {
  const { fix, seen, location } = section;
  return [
    ...(named ? ["", `## ${text(section.title)}`] : []),
    "",
    `**${text(section.conclusion.text)}**`,
    ...titled(
      "### What to do",
      section.advice.map((step, at) => `${at + 1}. ${text(step)}`),
    ),
    ...titled(
      "### Crash",
      facts([...(section.input === null ? [] : [{ label: "Log", value: section.input }]), ...section.facts]),
    ),
    ...(seen ? titled("### Seen", seenLines(seen)) : []),
    ...(fix ? titled("### Fix", fixLines(fix)) : []),
    ...titled(
      "### Evidence",
      section.evidence.map((reason) => `- ${reason.speaksFor ? "for" : "against"}: ${text(reason.text)}`),
    ),
    ...titled("### Releases with the fix", facts(section.versions)),
    ...titled("### Release map", section.releaseMap.map(stripLine)),
    ...(location
      ? titled("### In the source", [
          `- ${code(location.place)}, tree ${text(location.tree)}${location.exact ? "" : ", not the release that crashed: lines may differ"}`,
          ...location.maintainers.map((who) => `- write to ${code(who)}`),
          "",
          ...(location.excerpt
            ? block(
                location.excerpt.lines.map(
                  (line, at) => `${String((location.excerpt?.from ?? 0) + at).padStart(6)}  ${line}`,
                ),
              )
            : []),
        ])
      : []),
    ...titled(
      "### Call trace",
      section.trace.length === 0
        ? []
        : block(
            section.trace.map(
              ({ function: name, place, source, reliable }) =>
                `${reliable ? "  " : "? "}${name}${place}${source ? `  ${source}` : ""}`,
            ),
          ),
    ),
    ...titled("### Other candidates", section.others.map(commitLine)),
    ...titled(
      "### Verify",
      section.commands.flatMap(({ command, says }) => ["", `${text(says)}:`, "", ...block([command], "sh")]),
    ),
  ];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, "", ...lines];
}

function facts(rows: readonly ReportFact[]): string[] {
  return rows.map(({ label, value }) => `- **${text(label)}**: ${code(value)}`);
}

function seenLines(seen: NonNullable<ReportSection["seen"]>): string[] {
  const times = [seen.firstSeen, seen.lastSeen].map(
    (time) => time?.slice(0, 16).replace("T", " ") ?? "not known",
  );
  const hosts = seen.hosts
    .slice(0, MOST_HOSTS)
    .map(({ host, crashes }) => code(crashes > 1 ? `${host} (${crashes})` : host));
  const left = seen.hosts.length - hosts.length;
  return [
    `- **Crashes**: ${seen.crashes} on ${seen.hosts.length} hosts, ${times.join(" to ")} UTC`,
    `- **Hosts**: ${hosts.join(", ")}${left > 0 ? ` and ${left} more` : ""}`,
    ...seen.kernels.map(
      ({ kernel, crashes, verdict }) =>
        `- **Kernel** ${code(kernel)}: ${crashes}${verdict === null ? "" : `, ${text(verdict)}`}`,
    ),
    ...seen.followedBy.map(({ label, value }) => `- **Then** ${code(label)}: ${text(value)}`),
  ];
}

const MOST_HOSTS = 50;

function fixLines(fix: NonNullable<ReportSection["fix"]>): string[] {
  return [
    `- ${code(fix.subject)}`,
    ...(fix.sha === null ? [] : [`- **Commit**: ${code(fix.sha)}`]),
    ...facts([
      ...(fix.author === null ? [] : [{ label: "Author", value: fix.author }]),
      ...(fix.date === null ? [] : [{ label: "Date", value: fix.date.slice(0, 10) }]),
      { label: "Confidence", value: fix.confidence },
      ...(fix.cves.length === 0 ? [] : [{ label: "CVE", value: fix.cves.join(", ") }]),
    ]),
    ...fix.introducedBy.map((commit) => `- **Bug came with** ${commitText(commit)}`),
    ...fix.followUps.map((commit) => `- **Take with it** ${commitText(commit)}`),
    ...fix.revertedBy.map((sha) => `- **Reverted by** ${code(sha)}`),
  ];
}

function stripLine({ series, from, to, running, known }: ReportSection["releaseMap"][number]): string {
  const bug =
    from === null ? (to !== null ? "" : known ? "not affected" : "not known") : `bug since ${code(from)}`;
  const fixed = to === null ? (from === null ? "" : "not fixed") : `fixed in ${code(to)}`;
  const runs = running === null ? "" : `; ${code(running.version)} runs here`;
  return `- **${text(series === "mainline" ? series : `${series}.y`)}**: ${[bug, fixed].filter((part) => part).join(", ")}${runs}`;
}

function commitLine(commit: ReportCommit): string {
  return `- ${commitText(commit)}`;
}

function commitText({ sha, subject, detail }: ReportCommit): string {
  const named = [sha === null ? "" : code(sha.slice(0, 12)), subject === "" ? "" : code(subject)].filter(
    (part) => part,
  );
  return `${named.join(" ")}${detail === "" ? "" : ` (${text(detail)})`}`;
}

/** Words from outside as plain text: no mark-up, no HTML, no link, no mention of anybody. */
function text(words: string): string {
  return oneLine(words)
    .replace(/[\\`*_{}[\]<>()#|~&!+-]/g, "\\$&")
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, "$1\\$2")
    .replaceAll("@", "\\@\u2060")
    .replace(/:(?=\/\/)/g, "\\:\u2060")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\u2060.`);
}

/** A name as code; the fence is longer than any run of backticks in it (CommonMark 6.1). */
function code(words: string): string {
  const line = oneLine(words);
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

function block(lines: readonly string[], language = ""): string[] {
  const plain = lines.map(oneLine);
  const fence = "`".repeat(Math.max(3, ...plain.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...plain, fence];
}

function longestRun(line: string): number {
  return Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
}

function oneLine(words: string): string {
  return sanitize(words.replace(/[\r\n]+/g, " ")).replaceAll("\t", "        ");
}
