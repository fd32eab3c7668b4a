import { argv } from "node:process";
import { cacheFolders } from "../../../cache/folders.ts";
import { addSource, updateSources } from "../../sources.ts";
import { problemOf } from "../lookup/problem.ts";
import { jobProgress } from "./job-progress.ts";
import type { JobMessage, JobRequest } from "./jobs.ts";

/** The process of a job: it indexes, tells how far it is, and ends with the interface that started it. */
const { request, cacheDir }: { request: JobRequest; cacheDir: string | undefined } = JSON.parse(
  argv[2] ?? "{}",
);
const gone = (): never => process.exit(1);
process.once("disconnect", gone);
process.once("SIGTERM", () => process.exit(143));

const tell = (message: JobMessage): void => {
  process.send?.(message);
};
try {
  const folders = cacheFolders({ cacheDir });
  const progress = jobProgress(tell);
  const changes =
    request.kind === "add"
      ? [await addSource(folders, request.words, {}, progress)]
      : await updateSources(folders, { rebuild: request.rebuild }, progress);
  const texts = changes.map((one) => `${one.name}: ${one.changed ? `${one.added} indexed` : "nothing new"}`);
  tell({ type: "done", text: texts.join("; ") || "there are no sources yet" });
} catch (error) {
  tell({ type: "failed", problem: problemOf(error) });
}
process.off("disconnect", gone);
process.disconnect();
