import type { Filters } from "../lookup/questions.ts";

/** A filter as a row of its menu. */
export interface FilterRow {
  readonly name: keyof Filters;
  readonly label: string;
}

export const FILTER_ROWS: readonly FilterRow[] = [
  { name: "arch", label: "for this architecture" },
  { name: "series", label: "in this series" },
  { name: "onlyMissing", label: "what my kernel does not have" },
  { name: "hideMerges", label: "no merges" },
  { name: "hideUnaffected", label: "no bugs that my kernel never had" },
];

/** How a filter is set. */
export function filterText({ name }: FilterRow, filters: Filters): string {
  const value = filters[name];
  if (value === undefined) return "any";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value;
}
