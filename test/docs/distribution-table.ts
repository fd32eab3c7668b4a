import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { DISTRIBUTIONS, type NumberIn } from "../../kernel/distro/distributions.ts";

/** The page that shows the table. */
export const PAGE = new URL("../../docs/versions.md", import.meta.url);

const BEGIN = /^<!-- distributions:.*-->$/m;
const END = "<!-- end of distributions -->";

/** The page with the table as the data has it now. Throws when the page has no place for it. */
export function withTable(page: string): string {
  const begin = BEGIN.exec(page);
  const end = page.indexOf(END);
  if (!begin || end < begin.index) throw new Error("docs/versions.md has no place for the distributions");
  const start = begin.index + begin[0].length;
  return `${page.slice(0, start)}\n\n${table()}\n\n${page.slice(end)}`;
}

const WHERE: Readonly<Record<NumberIn, string>> = {
  release: "in the release",
  package: "in the package",
  signature: "in the signature",
  hidden: "nowhere",
};

function table(): string {
  const rows = DISTRIBUTIONS.map(({ name, examples, number, how }) =>
    [name, `\`${shorten(examples[0]?.text ?? "")}\``, WHERE[number], how ?? ""].join(" | "),
  );
  return [
    "| Distribution | For example | The upstream number is | What tells the rest |",
    "|---|---|---|---|",
  ]
    .concat(rows.map((row) => `| ${row} |`))
    .join("\n");
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  writeFileSync(PAGE, withTable(readFileSync(PAGE, "utf8")));
}
