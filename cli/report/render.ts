import { extname } from "node:path";
import { KfixError } from "../../kernel/error.ts";
import type { Report } from "../answers/report.ts";
import { jsonText } from "../output/json-text.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";

export type ReportFormat = "markdown" | "html" | "json";

const ENDINGS: Readonly<Record<string, ReportFormat>> = {
  ".md": "markdown",
  ".markdown": "markdown",
  ".html": "html",
  ".htm": "html",
  ".json": "json",
};

/** The whole report as a text that ends with a newline. */
export function renderReport(report: Report, format: ReportFormat): string {
  if (format === "html") return renderHtml(report);
  return format === "markdown" ? renderMarkdown(report) : `${jsonText(report, { indent: 2 })}\n`;
}

/** The format that a file's name asks for; throws `usage` for another. */
export function formatOf(file: string): ReportFormat {
  const format = ENDINGS[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new KfixError("usage", `--report cannot tell a format by the name ${file}`, {
    hint: "end it in .md, .html or .json",
  });
}
