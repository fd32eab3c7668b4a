/**
 * kfix as a library: what the command itself is made of, for a program.
 *
 * @example
 * import { answerCrash, openIndex, parseCrashes } from "kfix";
 *
 * const index = openIndex();
 * for (const crash of parseCrashes(log)) console.log(answerCrash(index, crash).answer?.fix.subject);
 *
 * docs/library.md has more; every example in it is run by the tests.
 *
 * @module
 */

// What kfix answers from.
export { type CacheFolders, cacheFolders } from "../cache/folders.ts";
// Where a fix is, and whether a kernel has it.
export { type CarriedBy, treesCarrying } from "../finder/carried.ts";
// Which kernel fixes this crash.
export { answerCrash, type Candidate, type CrashAnswer, kernelOfCrash } from "../finder/crash.ts";
// Functions and messages in the source.
export { type FoundDefinition, findDefinitions } from "../finder/definition.ts";
export type { Evidence, EvidenceKind } from "../finder/evidence.ts";
export { type Fix, findFixes, type RelatedCommit, type StableRelease } from "../finder/fix.ts";
// Many machines' logs at once, and reports.
export { type CrashGroup, Fleet, type PlacedSighting } from "../finder/fleet.ts";
export {
  answerFleet,
  type FleetAnswer,
  type FleetUpgrade,
  type GroupAnswer,
} from "../finder/fleet-answer.ts";
export { hasHistory, type Library } from "../finder/library.ts";
export { type CrashLocation, locateCrash } from "../finder/location.ts";
export { findMaintainers } from "../finder/maintainers.ts";
export { findMessages, type MessageMatch, type MessagePiece } from "../finder/message.ts";
export { type ReleaseStrip, releaseMap } from "../finder/release-map.ts";
export { type SymbolCommit, symbolHistory } from "../finder/symbol.ts";
export { architecturesFor, Trees } from "../finder/trees.ts";
export { judge, type Verdict } from "../finder/verdict.ts";
export { type Progress, SILENT, type Stage } from "../indexer/progress.ts";
export type { SourceChange, SourceSummary } from "../indexer/source-kind.ts";
// Commit messages.
export { type CommitMessage, parseCommitMessage } from "../kernel/commit/message.ts";
export {
  type Crash,
  type CrashKind,
  CrashScanner,
  type Frame,
  isCrashText,
  type LoggedKernel,
  parseCrash,
  parseCrashes,
} from "../kernel/crash/parse.ts";
// What can go wrong.
export { type ErrorCode, KfixError } from "../kernel/error.ts";
export { HostLogs, type Sighting } from "../kernel/fleet/host-logs.ts";
export { identifyKernel, type RunningKernel } from "../kernel/running-kernel.ts";
export { compareVersions, parseVersion, type Version } from "../kernel/version.ts";
// The same as JSON (docs/json.md).
export type { CheckAnswerJson } from "./answers/check.ts";
export type { AnsweredCrashJson, CrashAnswerJson, CrashJson } from "./answers/crash.ts";
export type { ErrorAnswerJson } from "./answers/error.ts";
export type { FixAnswerJson, FixJson, VerdictJson } from "./answers/fix.ts";
export type { MessageAnswerJson } from "./answers/message.ts";
export type { Report } from "./answers/report.ts";
export type { SymbolAnswerJson } from "./answers/symbol.ts";
export { closeIndex, openIndex } from "./open-index.ts";
export { crashAnswerJson, crashJson, fixJson, verdictJson } from "./output/json.ts";
export { crashReport, fleetReport, type ReportedCrash } from "./report/model.ts";
export { type ReportFormat, renderReport } from "./report/render.ts";
export { addSource, listSources, removeSource, type SourceOptions, updateSources } from "./sources.ts";
