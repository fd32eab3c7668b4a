/** A report as one HTML file that needs nothing else: no script, no network, light and dark, for paper too. */
import type { Report, ReportCommit, ReportFact, ReportSection } from "../answers/report.ts";
import { escapeHtml } from "./escape.ts";
import { releaseMapSvg } from "./release-map-svg.ts";
import { STYLE } from "./style.ts";
import { traceSvg } from "./trace-svg.ts";

export function renderHtml(report: Report): string {
  const { sections, upgrades, summary } = report;
  return `<!doctype html><!-- kfix report -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(report.title)}</h1>
${facts(summary)}
${part("What an upgrade cures", facts(upgrades))}
${sections.length > 1 ? contents(sections) : ""}
${sections.map((section, at) => sectionHtml(section, at, section.title !== report.title)).join("\n")}
</main>
<footer>Made by ${escapeHtml(report.made.by)} on <time datetime="${escapeHtml(report.made.at)}">${escapeHtml(report.made.at.slice(0, 16).replace("T", " "))} UTC</time></footer>
</body>
</html>
`;
}

function contents(sections: readonly ReportSection[]): string {
  const rows = sections.map(({ title, conclusion, seen }, at) => {
    const times =
      seen === null ? "" : ` <span class="dim">${seen.crashes} on ${seen.hosts.length} hosts</span>`;
    return `<li><a href="#crash-${at}">${escapeHtml(title)}</a> ${badge(conclusion.tone)}${times}</li>`;
  });
  return `<nav aria-label="Crashes"><ul class="contents">${rows.join("")}</ul></nav>`;
}

function badge(tone: ReportSection["conclusion"]["tone"]): string {
  const words = { good: "fixed", bad: "missing", unknown: "unknown" };
  return `<span class="badge ${tone}">${words[tone]}</span>`;
}

function sectionHtml(section: ReportSection, at: number, titled: boolean): string {
  const { fix, seen, location, conclusion } = section;
  const id = `crash-${at}`;
  const log = section.input === null ? [] : [{ label: "Log", value: section.input }];
  return `<section class="crash" id="${id}">
${titled ? `<h2>${escapeHtml(section.title)}</h2>` : ""}
<p class="conclusion ${conclusion.tone}" role="status">${escapeHtml(conclusion.text)}</p>
${part("What to do", items("ol", section.advice.map(escapeHtml)))}
${part("Crash", facts([...log, ...section.facts]))}
${seen ? part("Seen", seenHtml(seen)) : ""}
${fix ? part("Fix", fixHtml(fix)) : ""}
${part(
  "Evidence",
  items(
    "ul",
    section.evidence.map(
      ({ speaksFor, text }) =>
        `<span class="${speaksFor ? "good" : "bad"}" aria-label="${speaksFor ? "for" : "against"}">${speaksFor ? "+" : "−"}</span> ${escapeHtml(text)}`,
    ),
    "evidence",
  ),
)}
${part("Releases with the fix", facts(section.versions))}
${section.releaseMap.length > 0 ? part("Release map", `<div class="picture">${releaseMapSvg(section.releaseMap, `${id}-map`)}</div>`) : ""}
${location ? part("In the source", locationHtml(location)) : ""}
${section.trace.length > 0 ? part("Call trace", `<div class="picture">${traceSvg(section.trace, `${id}-trace`)}</div>`) : ""}
${part("Other candidates", items("ul", section.others.map(commit)))}
${part("Verify", section.commands.map(({ command, says }) => `<p>${escapeHtml(says)}:</p><pre><code>${escapeHtml(command)}</code></pre>`).join(""))}
</section>`;
}

function part(title: string, content: string): string {
  return content === "" ? "" : `<section><h3>${title}</h3>${content}</section>`;
}

function facts(rows: readonly ReportFact[]): string {
  if (rows.length === 0) return "";
  return `<dl>${rows.map(({ label, value }) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`).join("")}</dl>`;
}

/** The items are HTML. */
function items(list: "ol" | "ul", rows: readonly string[], look = ""): string {
  return rows.length === 0
    ? ""
    : `<${list}${look === "" ? "" : ` class="${look}"`}>${rows.map((row) => `<li>${row}</li>`).join("")}</${list}>`;
}

function fixHtml(fix: NonNullable<ReportSection["fix"]>): string {
  const rows = [
    ...(fix.sha === null ? [] : [{ label: "Commit", value: fix.sha }]),
    ...(fix.author === null ? [] : [{ label: "Author", value: fix.author }]),
    ...(fix.date === null ? [] : [{ label: "Date", value: fix.date.slice(0, 10) }]),
    { label: "Confidence", value: fix.confidence },
    ...(fix.cves.length === 0 ? [] : [{ label: "CVE", value: fix.cves.join(", ") }]),
  ];
  const related = [
    ...fix.introducedBy.map((one) => `The bug came with ${commit(one)}`),
    ...fix.followUps.map((one) => `<strong>Take with it</strong> ${commit(one)}`),
    ...fix.revertedBy.map(
      (sha) => `<strong class="bad">Reverted by</strong> <code>${escapeHtml(sha)}</code>`,
    ),
  ];
  return `<p class="subject">${escapeHtml(fix.subject)}</p>${facts(rows)}${items("ul", related)}`;
}

function commit({ sha, subject, detail }: ReportCommit): string {
  const name = sha === null ? "" : `<code>${escapeHtml(sha.slice(0, 12))}</code> `;
  return `${name}${escapeHtml(subject)}${detail === "" ? "" : ` <span class="dim">${escapeHtml(detail)}</span>`}`;
}

function seenHtml(seen: NonNullable<ReportSection["seen"]>): string {
  const [from, to] = [seen.firstSeen, seen.lastSeen].map((time) => time?.slice(0, 16).replace("T", " "));
  const when = from === undefined ? "" : ` from ${from} to ${to} UTC`;
  const kernels = seen.kernels.map(
    ({ kernel, crashes, verdict }) =>
      `<tr><td>${escapeHtml(kernel)}</td><td class="number">${crashes}</td><td>${escapeHtml(verdict ?? "")}</td></tr>`,
  );
  const hosts = seen.hosts.map(({ host, crashes }) =>
    escapeHtml(crashes > 1 ? `${host} (${crashes})` : host),
  );
  return `<p>${seen.crashes} crashes on ${seen.hosts.length} hosts${escapeHtml(when)}</p>
<div class="picture"><table><thead><tr><th scope="col">Kernel</th><th scope="col">Crashes</th><th scope="col">Verdict</th></tr></thead><tbody>${kernels.join("")}</tbody></table></div>
<details${hosts.length <= 12 ? " open" : ""}><summary>Hosts</summary><p>${hosts.join(", ")}</p></details>
${items(
  "ul",
  seen.followedBy.map(
    ({ label, value }) =>
      `then ${escapeHtml(label)} <span class="dim">${value === "1" ? "once" : `${escapeHtml(value)} times`}</span>`,
  ),
)}`;
}

function locationHtml(location: NonNullable<ReportSection["location"]>): string {
  const { excerpt } = location;
  const other = location.exact ? "" : ", not the release that crashed: lines may differ";
  const lines = (excerpt?.lines ?? []).map(
    (line, at) =>
      `<span class="dim">${String((excerpt?.from ?? 0) + at).padStart(5)}</span>  ${escapeHtml(line.replaceAll("\t", "        "))}`,
  );
  return `<p><code>${escapeHtml(location.place)}</code> <span class="dim">tree ${escapeHtml(location.tree)}${other}</span></p>
${lines.length > 0 ? `<pre tabindex="0"><code>${lines.join("\n")}</code></pre>` : ""}
${items(
  "ul",
  location.maintainers.map((who) => `write to ${escapeHtml(who)}`),
)}`;
}
