import { sanitize } from "../output/terminal.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element or an attribute of HTML or SVG, whatever is in it; control characters are written out. */
export function escapeHtml(text: string): string {
  return sanitize(text.replace(/[\r\n]+/g, " ")).replace(
    /[&<>"']/g,
    (character) => ENTITIES[character] ?? "",
  );
}
