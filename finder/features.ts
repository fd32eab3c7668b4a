import { FACT } from "../cache/commit-facts.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { Gathered } from "./candidates.ts";
import type { TraceFunction } from "./crash-query.ts";
import { type Surroundings, subjectPrefix } from "./surroundings.ts";
import { isFixSubject } from "./symbol.ts";
import type { Timeline } from "./timeline.ts";
import { WORDINGS } from "./wordings.ts";

/** What the model sees of a candidate, in this order. */
export const FEATURES = [
  "text",
  "textShare",
  "names",
  "namesShare",
  "namesCrash",
  "subjectNames",
  "touch",
  "touchShare",
  "touchesCrash",
  "touchPosition",
  "touchCount",
  "touchPurity",
  "touchRarity",
  "file",
  "fileShare",
  "fileHome",
  "filePosition",
  "filePurity",
  "folder",
  "folderShare",
  "subsystem",
  "family",
  "together",
  "prefix",
  "module",
  "identifiers",
  "pathWords",
  "similarFile",
  "similarFolder",
  "symptom",
  "symptomSubject",
  "fixWords",
  "fixWordsSubject",
  "fixSubject",
  "symbols",
  "files",
  "headers",
  "namesCulprit",
  "ccStable",
  "backported",
  "reverts",
  "reverted",
  "candidate",
  "releases",
  "years",
  "victimKnown",
  "traceLength",
  "bestText",
  "bestTouch",
  "bestFile",
  "trace",
  "traceShare",
  "subjectPurity",
  "namesRarest",
  "namesInnermost",
  "length",
  "foreign",
  "spokenFile",
  "spokenFolder",
  "textPlace",
  "tracePlace",
  "namesPlace",
  "touchPlace",
  "filePlace",
  "symptomPlace",
  "fixWordsPlace",
  "report",
  "reportShare",
  "reportPlace",
  "lead",
  "leadShare",
  "leadPlace",
  "parts",
  "partsShare",
  "partsPlace",
  "families",
  "familiesShare",
  "familiesPlace",
  "plain",
  "plainShare",
  "plainPlace",
  "subjectText",
  "subjectTextShare",
  "subjectTextPlace",
  "subjectPrefix",
  "subjectPrefixShare",
  "subjectFamily",
  "fileName",
] as const;

export type FeatureName = (typeof FEATURES)[number];

/** What is known of one candidate. */
export interface Sight {
  readonly commit: number;
  readonly subject: string;
  readonly features: Float32Array;
  /** Functions of the trace that it changes, the innermost first. */
  readonly touched: readonly TraceFunction[];
  readonly paths: readonly number[];
}

/** Does it change only files that the log's architecture does not build? */
export function isAllForeign({ features }: Sight): boolean {
  return features[INDEX.foreign] === 1;
}

export interface ViewOptions {
  readonly history: HistoryReader;
  readonly gathered: Gathered;
  readonly surroundings: Surroundings;
  readonly timeline: Timeline;
}

/** Looks at one of the commits that were gathered. */
export function look(view: ViewOptions, id: number): Sight | undefined {
  const { history, gathered, surroundings, timeline } = view;
  const place = gathered.judged.placeOf(id);
  const said = gathered.subjects[place];
  if (!said || said.subject === "") return undefined;
  const { subject } = said;
  const { query, signals, best } = gathered;
  const facts = history.facts();
  const files = history.touched(id);
  const paths = files.map((file) => file.path);
  const symbols = new Set(files.flatMap((file) => file.symbols));
  const touched = query.functions.filter((place) => place.symbol !== undefined && symbols.has(place.symbol));
  const features = new Float32Array(FEATURES.length);
  const set = (name: FeatureName, value: number): void => {
    features[INDEX[name]] = value;
  };
  const share = (value: number, of: number): number => (of > 0 ? value / of : 0);
  const at = (name: keyof typeof signals): number => signals[name][place] ?? 0;

  set("text", at("text"));
  set("textShare", share(at("text"), best.text));
  set("names", at("names"));
  set("namesShare", share(at("names"), best.names));
  const crashName = query.functions[0]?.name.toLowerCase();
  const subjectWords = said.words;
  set("namesCrash", surroundings.namesCrash.has(id) ? 1 : 0);
  set(
    "subjectNames",
    crashName !== undefined && subjectWords.has(crashName)
      ? 2
      : query.functions.some(
            (place) => place.name.includes("_") && subjectWords.has(place.name.toLowerCase()),
          )
        ? 1
        : 0,
  );

  const [first] = touched;
  set("touch", at("touch"));
  set("touchShare", share(at("touch"), best.touch));
  set("touchesCrash", touched.some((place) => place.position === 0) ? 1 : 0);
  set("touchPosition", first?.position ?? NONE);
  set("touchCount", touched.length);
  set("touchPurity", share(touched.length, symbols.size));
  set(
    "touchRarity",
    touched.length === 0 ? NONE : Math.log2(1 + Math.min(...touched.map((place) => place.commits.length))),
  );

  const homes = files.flatMap((file) => surroundings.homes.get(file.path) ?? []);
  set("file", at("file"));
  set("fileShare", share(at("file"), best.file));
  set("fileHome", Math.max(0, ...homes.map((home) => home.weight)));
  set("filePosition", Math.min(NONE, ...homes.map((home) => home.resident?.position ?? NONE)));
  set("filePurity", share(homes.length, files.length));
  set("folder", at("folder"));
  set("folderShare", share(at("folder"), best.folder));
  const sights = paths.map(surroundings.file);
  const names = sights.map((sight) => sight.name);
  set("subsystem", Math.max(0, ...sights.map((sight) => sight.subsystem)));
  set("headers", share(names.filter((name) => name.endsWith(".h")).length, names.length));
  set("foreign", share(sights.filter((sight) => sight.foreign).length, sights.length));

  let family = 0;
  let together = 0;
  for (const symbol of symbols) {
    family = Math.max(family, surroundings.family(symbol));
    together = Math.max(together, surroundings.together.get(symbol) ?? 0);
  }
  set("family", family);
  set("together", together);
  set("prefix", surroundings.prefixes.get(subjectPrefix(subject)) ?? 0);
  set("module", surroundings.module(subject, names));
  set("identifiers", surroundings.identifiers[place] ?? 0);
  set("symptom", gathered.symptoms[place] ?? 0);
  set("symptomSubject", surroundings.symptomsIn(subjectWords));
  set("fixWords", gathered.fixWords[place] ?? 0);
  set("fixWordsSubject", surroundings.fixIn(subjectWords));
  set("pathWords", Math.max(0, ...sights.map((sight) => sight.words)));
  const similar = surroundings.similar.score(subject, paths);
  set("similarFile", similar.file);
  set("similarFolder", similar.folder);
  const spoken = surroundings.spoken.score(subject, paths);
  set("spokenFile", spoken.file);
  set("spokenFolder", spoken.folder);
  set("fixSubject", isFixSubject(subject) ? 1 : 0);

  set("symbols", Math.log2(1 + facts.symbols(id)));
  set("files", Math.log2(1 + facts.files(id)));
  set("namesCulprit", facts.has(id, FACT.namesCulprit) ? 1 : 0);
  set("ccStable", facts.has(id, FACT.ccStable) ? 1 : 0);
  set("backported", facts.has(id, FACT.backported) ? 1 : 0);
  set("reverts", facts.has(id, FACT.reverts) ? 1 : 0);
  set("reverted", facts.has(id, FACT.reverted) ? 1 : 0);

  set("candidate", timeline.candidateOf(facts.release(id)));
  set("releases", timeline.releasesAfter(facts.release(id)));
  set("years", timeline.yearsAfter(facts.day(id)));
  set("victimKnown", timeline.known ? 1 : 0);
  set("traceLength", query.functions.length);
  set("bestText", best.text);
  set("bestTouch", best.touch);
  set("bestFile", best.file);

  set("trace", at("trace"));
  set("traceShare", share(at("trace"), best.trace));
  const telling = [...subjectWords].filter((word) => query.words.has(word));
  set("subjectPurity", share(telling.length, subjectWords.size));
  const { naming, standings } = gathered;
  set("namesRarest", naming.rarest[place] ?? 0);
  set("namesInnermost", (naming.innermost[place] || NONE + 1) - 1);
  set("length", history.textLengths()[id] ?? 0);
  const standing = (name: string): number => standings[name]?.[place] ?? NONE;
  set("textPlace", standing("text"));
  set("tracePlace", standing("trace"));
  set("namesPlace", standing("names"));
  set("touchPlace", standing("touch"));
  set("filePlace", standing("file"));
  set("symptomPlace", standing("symptoms"));
  set("fixWordsPlace", standing("fixWords"));
  for (const name of WORDINGS) {
    const value = gathered.wordings[name][place] ?? 0;
    set(name, value);
    set(`${name}Share`, share(value, gathered.bestWording[name]));
    set(`${name}Place`, standing(name));
  }
  set("subjectText", said.text);
  set("subjectTextShare", share(said.text, gathered.bestWording.subject));
  set("subjectTextPlace", standing("subject"));
  set("subjectPrefix", said.prefix);
  set("subjectPrefixShare", said.prefixShare);
  set("subjectFamily", said.family);
  set("fileName", Math.max(0, ...sights.map((sight) => sight.nameWords)));
  return { commit: id, subject, features, touched, paths };
}

const NONE = 30;

const INDEX = Object.fromEntries(FEATURES.map((name, at) => [name, at])) as Readonly<
  Record<FeatureName, number>
>;
