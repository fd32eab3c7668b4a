/**
 * kfix as a library: all that the command does, for a program.
 *
 * @example
 * import { cacheFolders, openIndex, parseCrashes, answerCrash } from "kfix";
 * const index = openIndex(cacheFolders());
 * for (const crash of parseCrashes(log)) console.log(answerCrash(index, crash).answer?.fix.subject);
 *
 * @module
 */
export { type CacheFolders, cacheFolders } from "../cache/folders.ts";
export { answerCrash, type Candidate, type CrashAnswer } from "../finder/crash.ts";
export { type Fix, findFixes } from "../finder/fix.ts";
export type { Library } from "../finder/library.ts";
export { type SymbolCommit, symbolHistory } from "../finder/symbol.ts";
export { judge, type Verdict } from "../finder/verdict.ts";
export { type Progress, SILENT } from "../indexer/progress.ts";
export { type PreparedSource, prepareSource } from "../indexer/source.ts";
export { updateIndex } from "../indexer/update.ts";
export { type CommitMessage, parseCommitMessage } from "../kernel/commit/message.ts";
export type { Crash, CrashKind, Frame } from "../kernel/crash/crash.ts";
export { parseCrashes } from "../kernel/crash/parse.ts";
export { type ErrorCode, KfixError } from "../kernel/error.ts";
export { identifyKernel, type RunningKernel } from "../kernel/running-kernel.ts";
export { compareVersions, parseVersion, type Version } from "../kernel/version.ts";
export { openIndex } from "./open-index.ts";
