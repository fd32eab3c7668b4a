/** Writes the pages that are made from tables: `npm run docs`. */
import { writeFileSync } from "node:fs";
import { crashLogsPage } from "./crash-logs.ts";

writeFileSync(new URL("crash-logs.md", import.meta.url), crashLogsPage());
