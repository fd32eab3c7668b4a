import { FACT } from "../cache/commit-facts.ts";
import { wordsOf } from "../kernel/words.ts";
import { FEATURES, type FeatureName, type Sight, type ViewOptions } from "./features.ts";
import { type Home, surestTie, type Tie } from "./homes.ts";
import type { Model } from "./model.ts";
import { subjectPrefix } from "./surroundings.ts";

/** One reason to believe, or to doubt, that a commit fixes a crash. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** For a person: `changes pick_next_task_fair, where it crashed`. */
  readonly detail: string;
  /** What it adds to the score: the score less what it would be without this. */
  readonly weight: number;
}

export type EvidenceKind =
  | "same-crash-quoted"
  | "crash-quoted"
  | "functions"
  | "files"
  | "neighbourhood"
  | "similar-crashes"
  | "message"
  | "symptom"
  | "module"
  | "fix"
  | "stable"
  | "size"
  | "time"
  | "already-there"
  | "reverted";

/** Why the model thinks so, the weightiest first. */
export function explain(view: ViewOptions, model: Model, sight: Sight): Evidence[] {
  const whole = model.score(sight.features);
  const reasons: Evidence[] = [];
  for (const row of REASONS) {
    const detail = row.tell(view, sight);
    if (detail === undefined) continue;
    const without = Float32Array.from(sight.features);
    for (const [name, neutral] of row.features) without[FEATURES.indexOf(name)] = neutral;
    const weight = Math.round((whole - model.score(without)) * 100) / 100;
    if (weight >= 0 || MAY_DOUBT.has(row.kind)) reasons.push({ kind: row.kind, detail, weight });
  }
  return reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

/**
 * The rest speaks for a commit or not at all: where the model has come to distrust a feature in this company, the
 * sentence would only puzzle.
 */
const MAY_DOUBT: ReadonlySet<EvidenceKind> = new Set(["size", "time", "already-there", "reverted"]);

interface Reason {
  readonly kind: EvidenceKind;
  /** The features that speak of it, and what they are where it is not so. */
  readonly features: readonly (readonly [FeatureName, number])[];
  /** The sentence; undefined where there is nothing to say. */
  readonly tell: (view: ViewOptions, sight: Sight) => string | undefined;
}

/** The place of a candidate that has nothing of a kind of evidence: behind some hundred others. */
const FAR = 7;

const REASONS: readonly Reason[] = [
  {
    kind: "functions",
    features: [
      ["touch", 0],
      ["touchShare", 0],
      ["touchesCrash", 0],
      ["touchPosition", 30],
      ["touchCount", 0],
      ["touchPurity", 0],
      ["touchRarity", 30],
      ["touchPlace", FAR],
    ],
    tell: (view, { touched }) => {
      const [first, ...more] = touched;
      if (!first) return undefined;
      const at = view.gathered.query.functions.indexOf(first);
      const place = first.position === 0 ? "where it crashed" : `${ordinal(at + 1)} in the trace`;
      const others =
        more.length === 0
          ? ""
          : ` and ${more
              .map((one) => one.name)
              .slice(0, 3)
              .join(", ")}${more.length > 3 ? `, ${more.length - 3} more` : ""}`;
      return `changes ${first.name}, ${place}${others}`;
    },
  },
  {
    kind: "files",
    features: [
      ["file", 0],
      ["fileShare", 0],
      ["fileHome", 0],
      ["filePosition", 30],
      ["filePurity", 0],
      ["filePlace", FAR],
    ],
    tell: ({ history, surroundings }, { paths }) => {
      const [home] = paths
        .flatMap((path) => surroundings.homes.get(path) ?? [])
        .sort((a, b) => b.weight - a.weight);
      if (!home) return undefined;
      return `changes ${history.pathName(home.path)}, ${tieText(home.tie)}`;
    },
  },
  {
    kind: "neighbourhood",
    features: [
      ["folder", 0],
      ["folderShare", 0],
      ["subsystem", 0],
      ["family", 0],
      ["together", 0],
      ["prefix", 0],
      ["pathWords", 0],
      ["spokenFile", 0],
      ["spokenFolder", 0],
    ],
    tell: ({ history, surroundings, gathered }, { subject, paths, features }) => {
      for (const path of paths) {
        const folder = history.pathName(path).replace(/[^/]*$/, "");
        const homes = gathered.homes.filter((home) => home.folder === folder);
        if (homes.length > 0) return `in ${folder}, ${neighboursText(homes)}`;
      }
      const prefix = subjectPrefix(subject);
      if (surroundings.prefixes.has(prefix))
        return `about "${prefix}", like changes to ${filesText(gathered.homes)}`;
      return (features[FEATURES.indexOf("subsystem")] ?? 0) > 0
        ? "in the same part of the kernel"
        : undefined;
    },
  },
  {
    kind: "similar-crashes",
    features: [
      ["similarFile", 0],
      ["similarFolder", 0],
    ],
    tell: (_view, { features }) =>
      (features[FEATURES.indexOf("similarFile")] ?? 0) > 0
        ? "changes a file in which similar crashes were fixed"
        : undefined,
  },
  {
    kind: "message",
    features: [
      ["text", 0],
      ["textShare", 0],
      ["names", 0],
      ["namesShare", 0],
      ["namesCrash", 0],
      ["subjectNames", 0],
      ["identifiers", 0],
      ["trace", 0],
      ["traceShare", 0],
      ["subjectPurity", 0],
      ["namesRarest", 0],
      ["namesInnermost", 30],
      ["textPlace", FAR],
      ["tracePlace", FAR],
      ["namesPlace", FAR],
    ],
    tell: ({ history, gathered }, { commit }) => {
      const named = gathered.query.functions
        .filter((place) => history.hasWord(commit, place.name.toLowerCase()))
        .map((place) => place.name);
      if (named.length > 0)
        return `its message names ${named.slice(0, 3).join(", ")}${named.length > 3 ? `, ${named.length - 3} more` : ""}`;
      return (gathered.signals.text[gathered.judged.placeOf(commit)] ?? 0) > 0
        ? "its message has words of this crash"
        : undefined;
    },
  },
  {
    kind: "symptom",
    features: [
      ["symptom", 0],
      ["symptomSubject", 0],
      ["symptomPlace", FAR],
    ],
    tell: ({ gathered }, { subject }) => {
      const kind = gathered.learned.ofKind(gathered.query.crash.kind);
      const words = [...new Set(wordsOf(subject))].filter((word) => kind.has(word));
      return words.length > 0 ? `its subject names the symptom: ${words.join(", ")}` : undefined;
    },
  },
  {
    kind: "module",
    features: [["module", 0]],
    tell: ({ surroundings, gathered }, { subject, paths }) => {
      const inPaths = paths.map((path) => surroundings.file(path).module);
      const named = gathered.query.modules[Math.min(surroundings.module(subject), ...inPaths)];
      return named === undefined ? undefined : `is about the module ${named}`;
    },
  },
  {
    kind: "fix",
    features: [
      ["fixWords", 0],
      ["fixWordsSubject", 0],
      ["fixWordsPlace", FAR],
      ["fixSubject", 0],
      ["namesCulprit", 0],
    ],
    tell: (_view, { features }) =>
      (features[FEATURES.indexOf("fixSubject")] ?? 0) > 0 ||
      (features[FEATURES.indexOf("namesCulprit")] ?? 0) > 0
        ? "is a fix by its own words"
        : undefined,
  },
  {
    kind: "stable",
    features: [
      ["ccStable", 0],
      ["backported", 0],
    ],
    tell: ({ history }, { commit }) => {
      const facts = history.facts();
      if (facts.has(commit, FACT.backported)) return "was taken into a stable series";
      return facts.has(commit, FACT.ccStable) ? "Cc: stable" : undefined;
    },
  },
  {
    kind: "size",
    features: [
      ["symbols", 1],
      ["files", 1],
    ],
    tell: ({ history }, { commit }) => {
      const [symbols, files] = [history.facts().symbols(commit), history.facts().files(commit)];
      const functions = history.knowsSymbols() ? `${symbols} functions in ` : "";
      if (symbols > 8 || files > 4) return `a large patch: ${functions}${files} files`;
      return symbols > 0 && symbols <= 2 ? "a small patch" : undefined;
    },
  },
  {
    kind: "time",
    features: [
      ["releases", 5],
      ["years", 1],
    ],
    tell: ({ timeline, history }, { commit }) => {
      const releases = timeline.releasesAfter(history.facts().release(commit));
      if (!timeline.known || releases < 0) return undefined;
      return releases === 0
        ? "came in the same release"
        : `came ${releases} mainline release${releases === 1 ? "" : "s"} later`;
    },
  },
  {
    kind: "already-there",
    features: [],
    tell: ({ timeline, history }, { commit }) =>
      timeline.has(history.facts().release(commit)) ? "the kernel that crashed already has it" : undefined,
  },
  {
    kind: "reverted",
    features: [["reverted", 0]],
    tell: ({ history }, { commit }) =>
      history.facts().has(commit, FACT.reverted) ? "was reverted later" : undefined,
  },
];

/** How a file is tied to the crash, said of the file. */
function tieText({ how, of }: Tie): string {
  switch (how) {
    case "holds":
      return `where ${of} is`;
    case "logged":
      return "which the log names";
    case "name":
      return `to which the name of ${of} points`;
    case "module":
      return `to which the name of the module ${of} points`;
  }
}

/** What the files are that the crash may be about. */
function filesText(homes: readonly Home[]): string {
  const how = surestTie(homes);
  return how === "holds" || how === "logged" ? "files of the trace" : "files to which names in the log point";
}

/** How a folder is tied to the crash, by the files in it. */
function neighboursText(homes: readonly Home[]): string {
  switch (surestTie(homes)) {
    case "holds":
      return "as functions of the trace";
    case "logged":
      return "as a file that the log names";
    default:
      return "to which names in the log point";
  }
}

function ordinal(n: number): string {
  const last = n % 100 > 10 && n % 100 < 14 ? 0 : n % 10;
  return `${n}${["th", "st", "nd", "rd"][last] ?? "th"}`;
}
