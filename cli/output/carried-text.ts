import type { CarriedBy } from "../../finder/carried.ts";
import { sanitize } from "./terminal.ts";

/** `Carried by the tree deb-6.1: debian/patches/bugfix/x.patch`, a line a tree. */
export function carriedLines(carried: readonly CarriedBy[]): string[] {
  return carried.map(({ tree, patch, named }) => {
    const guess = named ? "" : " (by its subject)";
    return `  Carried by the tree ${sanitize(tree)}: ${sanitize(patch)}${guess}`;
  });
}
