import { readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { subjectKey } from "../cache/subject-key.ts";
import type { CarriedFix } from "../cache/tree-reader.ts";
import { readPatchHeader } from "../kernel/commit/patch-header.ts";

/** Where queues keep their list (quilt(1); debian/patches/series; SUSE's series.conf), and what its names start from. */
const QUEUES: readonly { readonly series: string; readonly folder: string }[] = [
  { series: "debian/patches/series", folder: "debian/patches" },
  { series: "debian/patches/series-rt", folder: "debian/patches-rt" },
  { series: "patches/series", folder: "patches" },
  { series: "series.conf", folder: "." },
  { series: "series", folder: "." },
];

/** The fixes that the patch queues of a tree carry, in their order. */
export function readPatchQueues(root: string): (CarriedFix & { readonly subjectKey: string })[] {
  return QUEUES.flatMap(({ series, folder }) =>
    namesIn(readText(join(root, series)) ?? "").flatMap((name) => {
      const path = normalize(join(folder, name));
      if (path.startsWith("..") || path.startsWith("/")) return [];
      const header = readPatchHeader(readText(join(root, path)) ?? "");
      return header === undefined
        ? []
        : [{ patch: path, ...header, subjectKey: String(subjectKey(header.subject)) }];
    }),
  );
}

/** A line of a series is a path, perhaps with options (`-p1`) and a comment behind it; SUSE's are indented. */
function namesIn(series: string): string[] {
  return series
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim().split(/\s+/)[0] ?? "")
    .filter((name) => name !== "");
}

function readText(file: string): string | undefined {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, "utf8") : undefined;
}
