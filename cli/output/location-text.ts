import type { CrashLocation, Place } from "../../finder/location.ts";
import type { Maintainers } from "../../kernel/source/maintainers.ts";
import { type Paint, sanitize } from "./terminal.ts";

/** Where the crash is in the source, with a look at it and whom to write to. */
export function locationLines(location: CrashLocation, paint: Paint): string[] {
  const { excerpt } = location;
  const tree = `tree ${location.tree}${location.version ? ` (${location.version})` : ""}`;
  const other = location.exact ? "" : ", not the release that crashed: lines may differ";
  return [
    "",
    paint("cyan", "In the source"),
    `  ${placeText(location, paint)}  ${paint("dim", sanitize(`${tree}${other}`))}`,
    ...(excerpt?.lines ?? []).map(
      (line, at) =>
        `  ${String((excerpt?.from ?? 0) + at).padStart(6)}  ${sanitize(line.replaceAll("\t", "        ")).slice(0, 110)}`,
    ),
    ...location.frames.map((frame) => `  called by ${placeText(frame, paint)}`),
    ...maintainerLines(location.maintainers),
  ];
}

/** A line for each part of the kernel that claims the file. */
export function maintainerLines(maintainers: readonly Maintainers[]): string[] {
  return maintainers.map((entry) => {
    const who = entry.people.slice(0, 3).map((person) => person.who);
    return `  write to ${sanitize(`${who.join(", ")} (${entry.title})`)}`;
  });
}

function placeText(place: Place, paint: Paint): string {
  const others = place.others > 0 ? ` (or ${place.others} more of this name)` : "";
  return `${paint("bold", `${sanitize(place.path)}:${place.line}`)}-${place.endLine} ${sanitize(place.function)}${others}`;
}
