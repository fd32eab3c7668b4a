import { existsSync } from "node:fs";
import { join } from "node:path";

/** A program of the interface that runs beside it, as it was built: also where the sources themselves run. */
export function builtScript(name: "job-process" | "lookup-worker"): string {
  for (const place of [`./${name}.js`, `../${name}.js`, `../../dist/${name}.js`]) {
    const file = join(import.meta.dirname, place);
    if (existsSync(file)) return file;
  }
  throw new Error("kfix is not built: npm run build");
}
