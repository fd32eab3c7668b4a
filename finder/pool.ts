import type { HistoryReader } from "../cache/history-reader.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import { compareVersions, parseVersion } from "../kernel/version.ts";
import type { Library } from "./library.ts";
import { Model } from "./model.ts";
import historyModel from "./model-history.json" with { type: "json" };
import recordsModel from "./model-records.json" with { type: "json" };
import type { IndexedRelease } from "./release-tree.ts";
import { type Timeline, timelineOfHistory, timelineOfRecords } from "./timeline.ts";

/** Commits to choose from: a history, or the fixes of the CVE records. */
export interface Pool {
  readonly name: "history" | "records";
  readonly history: HistoryReader;
  readonly timeline: Timeline;
  /** The newest commit that the kernel has, as far as the order of commits tells. */
  readonly victimTip: number | undefined;
  readonly model: Model;
}

/**
 * What there is to choose from for a crash of this kernel. `oldest`: the oldest series that it can be of, where the kernel
 * is not known.
 */
export function poolsOf(library: Library, kernel: RunningKernel, oldest?: string): Pool[] {
  const pools: Pool[] = [];
  if (library.history) {
    const victim = victimRelease(library, kernel);
    pools.push({
      name: "history",
      history: library.history,
      timeline: timelineOfHistory(library.releases, victim, kernel.series ?? oldest),
      victimTip: victim?.tip,
      model: modelOf("history"),
    });
  }
  if (library.cve) {
    pools.push({
      name: "records",
      history: library.cve.texts,
      timeline: timelineOfRecords(kernel),
      victimTip: undefined,
      model: modelOf("records"),
    });
  }
  return pools;
}

/** Made when first used: a look-up without a history needs no model of it. */
function modelOf(name: Pool["name"]): Model {
  let model = MODELS.get(name);
  if (!model) {
    model = new Model(name === "history" ? historyModel : recordsModel);
    MODELS.set(name, model);
  }
  return model;
}

const MODELS = new Map<Pool["name"], Model>();

/** The release that the kernel is, or the last one of its series before it. */
export function victimRelease(library: Library, kernel: RunningKernel): IndexedRelease | undefined {
  if (kernel.series === undefined) return undefined;
  const ofSeries = library.releases.ofSeries(kernel.series);
  const version = kernel.upstream === undefined ? undefined : parseVersion(kernel.upstream);
  if (!version) return ofSeries.find((release) => release.kind === "mainline") ?? ofSeries[0];
  return ofSeries.filter((release) => compareVersions(release.version, version) <= 0).at(-1);
}
