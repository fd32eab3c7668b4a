import { FACT } from "../cache/commit-facts.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { Gathered } from "./candidates.ts";
import type { TraceFunction } from "./crash-query.ts";
import type { SubjectSight } from "./subject-words.ts";
import type { Surroundings } from "./surroundings.ts";
import { isFixSubject } from "./symbol.ts";
import type { Timeline } from "./timeline.ts";
import { WORDINGS, type Wording } from "./wordings.ts";

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
export function look(view: ViewOptions, commit: number): Sight | undefined {
  const { history, gathered } = view;
  const place = gathered.judged.placeOf(commit);
  const said = gathered.subjects[place];
  if (!said || said.subject === "") return undefined;
  const files = history.touched(commit);
  const paths = files.map((file) => file.path);
  const symbols = files.flatMap((file) => file.symbols);
  const { functions } = gathered.query;
  const touched = functions.filter((one) => one.symbol !== undefined && symbols.includes(one.symbol));
  const features = new Float32Array(FEATURES.length);
  seeSignals(features, gathered, place);
  seeMessage(features, view, commit, said);
  seeFunctions(features, view.surroundings, touched, symbols);
  seeFiles(features, view.surroundings, said, paths);
  seeCommit(features, view, commit);
  return { commit, subject: said.subject, features, touched, paths };
}

/** How strong each kind of evidence is: by itself, beside the strongest of all candidates, and by its place among them. */
function seeSignals(features: Float32Array, gathered: Gathered, place: number): void {
  const { signals, best, wordings, bestWording, standings } = gathered;
  const see = (at: StrengthFeatures<Strength>, strength = 0, strongest = 0): void => {
    features[at.value] = strength;
    features[at.shared] = share(strength, strongest);
    features[at.standing] = standings[at.name][place] ?? NONE;
  };
  for (const at of SIGNAL_FEATURES) see(at, signals[at.name][place], best[at.name]);
  for (const at of WORDING_FEATURES) see(at, wordings[at.name][place], bestWording[at.name]);
  const folder = signals.folder[place] ?? 0;
  features[INDEX.folder] = folder;
  features[INDEX.folderShare] = share(folder, best.folder);
  features[INDEX.bestText] = best.text;
  features[INDEX.bestTouch] = best.touch;
  features[INDEX.bestFile] = best.file;
  features[INDEX.symptom] = gathered.symptoms[place] ?? 0;
  features[INDEX.symptomPlace] = standings.symptoms[place] ?? NONE;
  features[INDEX.fixWords] = gathered.fixWords[place] ?? 0;
  features[INDEX.fixWordsPlace] = standings.fixWords[place] ?? NONE;
  features[INDEX.subjectTextPlace] = standings.subject[place] ?? NONE;
}

/** What the subject says, and of the rest of the message what it names. */
function seeMessage(
  features: Float32Array,
  { history, gathered, surroundings }: ViewOptions,
  commit: number,
  said: SubjectSight,
): void {
  const { query, naming, bestWording, judged } = gathered;
  const { subject, words } = said;
  const place = judged.placeOf(commit);
  const crashName = query.functions[0]?.name.toLowerCase();
  features[INDEX.namesCrash] = surroundings.namesCrash.has(commit) ? 1 : 0;
  features[INDEX.namesRarest] = naming.rarest[place] ?? 0;
  features[INDEX.namesInnermost] = (naming.innermost[place] || NONE + 1) - 1;
  features[INDEX.subjectNames] =
    crashName !== undefined && words.includes(crashName)
      ? 2
      : query.functions.some(({ name }) => name.includes("_") && words.includes(name.toLowerCase()))
        ? 1
        : 0;
  let telling = 0;
  for (const word of words) if (query.words.has(word)) telling++;
  features[INDEX.subjectPurity] = share(telling, words.length);
  features[INDEX.subjectText] = said.text;
  features[INDEX.subjectTextShare] = share(said.text, bestWording.subject);
  features[INDEX.subjectPrefix] = said.prefixText;
  features[INDEX.subjectPrefixShare] = said.prefixShare;
  features[INDEX.subjectFamily] = said.family;
  features[INDEX.prefix] = surroundings.prefixes.get(said.prefix) ?? 0;
  features[INDEX.identifiers] = surroundings.identifiers[place] ?? 0;
  features[INDEX.symptomSubject] = surroundings.symptomsIn(words);
  features[INDEX.fixWordsSubject] = surroundings.fixIn(words);
  features[INDEX.fixSubject] = isFixSubject(subject) ? 1 : 0;
  features[INDEX.length] = history.textLengths(judged)[commit] ?? 0;
  features[INDEX.traceLength] = query.functions.length;
}

/** What it changes of the trace, and what is akin to that. */
function seeFunctions(
  features: Float32Array,
  { family, together }: Surroundings,
  touched: readonly TraceFunction[],
  symbols: readonly number[],
): void {
  features[INDEX.touchesCrash] = touched.some((place) => place.position === 0) ? 1 : 0;
  features[INDEX.touchPosition] = touched[0]?.position ?? NONE;
  features[INDEX.touchCount] = touched.length;
  features[INDEX.touchPurity] = touched.length === 0 ? 0 : touched.length / new Set(symbols).size;
  features[INDEX.touchRarity] =
    touched.length === 0 ? NONE : Math.log2(1 + Math.min(...touched.map((place) => place.commits.length)));
  let mostTogether = 0;
  for (const symbol of symbols) mostTogether = Math.max(mostTogether, together.get(symbol) ?? 0);
  features[INDEX.family] = family(symbols);
  features[INDEX.together] = mostTogether;
}

/** Where the files lie that it changes. */
function seeFiles(
  features: Float32Array,
  surroundings: Surroundings,
  { subject, normal }: SubjectSight,
  paths: readonly number[],
): void {
  let [homes, headers, foreign] = [0, 0, 0];
  let [home, subsystem, words, nameWords] = [0, 0, 0, 0];
  let [similarFile, similarFolder, spokenFile, spokenFolder] = [0, 0, 0, 0];
  let position = NONE;
  let module = surroundings.module(subject);
  for (const path of paths) {
    const sight = surroundings.file(path);
    if (sight.home) {
      homes++;
      home = Math.max(home, sight.home.weight);
      position = Math.min(position, sight.home.resident?.position ?? NONE);
    }
    if (sight.isHeader) headers++;
    if (sight.foreign) foreign++;
    subsystem = Math.max(subsystem, sight.subsystem);
    words = Math.max(words, sight.words);
    nameWords = Math.max(nameWords, sight.nameWords);
    module = Math.min(module, sight.module);
    similarFile = Math.max(similarFile, sight.similarFile);
    similarFolder = Math.max(similarFolder, sight.similarFolder);
    spokenFile = Math.max(spokenFile, sight.spokenFile);
    spokenFolder = Math.max(spokenFolder, sight.spokenFolder);
  }
  features[INDEX.fileHome] = home;
  features[INDEX.filePosition] = position;
  features[INDEX.filePurity] = share(homes, paths.length);
  features[INDEX.subsystem] = subsystem;
  features[INDEX.headers] = share(headers, paths.length);
  features[INDEX.foreign] = share(foreign, paths.length);
  features[INDEX.pathWords] = words;
  features[INDEX.fileName] = nameWords;
  features[INDEX.module] = 1 / (1 + module);
  const ownSimilar = surroundings.similar.own.get(normal) ?? 0;
  features[INDEX.similarFile] = Math.max(0, similarFile - ownSimilar);
  features[INDEX.similarFolder] = Math.max(0, similarFolder - ownSimilar);
  const ownSpoken = surroundings.spoken.own.get(normal) ?? 0;
  features[INDEX.spokenFile] = Math.max(0, spokenFile - ownSpoken);
  features[INDEX.spokenFolder] = Math.max(0, spokenFolder - ownSpoken);
}

/** What the history knows of it, whatever crashed, and when it came. */
function seeCommit(features: Float32Array, { history, timeline }: ViewOptions, commit: number): void {
  const facts = history.facts();
  const release = facts.release(commit);
  features[INDEX.symbols] = Math.log2(1 + facts.symbols(commit));
  features[INDEX.files] = Math.log2(1 + facts.files(commit));
  features[INDEX.namesCulprit] = facts.has(commit, FACT.namesCulprit) ? 1 : 0;
  features[INDEX.ccStable] = facts.has(commit, FACT.ccStable) ? 1 : 0;
  features[INDEX.backported] = facts.has(commit, FACT.backported) ? 1 : 0;
  features[INDEX.reverts] = facts.has(commit, FACT.reverts) ? 1 : 0;
  features[INDEX.reverted] = facts.has(commit, FACT.reverted) ? 1 : 0;
  features[INDEX.candidate] = timeline.candidateOf(release);
  features[INDEX.releases] = timeline.releasesAfter(release);
  features[INDEX.years] = timeline.yearsAfter(facts.day(commit));
  features[INDEX.victimKnown] = timeline.known ? 1 : 0;
}

function share(value: number, of: number): number {
  return of > 0 ? value / of : 0;
}

const NONE = 30;

const INDEX = Object.fromEntries(FEATURES.map((name, at) => [name, at])) as Readonly<
  Record<FeatureName, number>
>;

/** The places of what is seen of one kind of evidence: its strength, the share of the strongest, its standing. */
interface StrengthFeatures<Name> {
  readonly name: Name;
  readonly value: number;
  readonly shared: number;
  readonly standing: number;
}

type Strength = "text" | "trace" | "names" | "touch" | "file" | Wording;

function strengthFeatures<Name extends Strength>(name: Name): StrengthFeatures<Name> {
  return { name, value: INDEX[name], shared: INDEX[`${name}Share`], standing: INDEX[`${name}Place`] };
}

const SIGNAL_FEATURES = (["text", "trace", "names", "touch", "file"] as const).map(strengthFeatures);
const WORDING_FEATURES = WORDINGS.map(strengthFeatures);
