/** Writes the pages that are made from tables: `npm run docs`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { crashLogsPage } from "./crash-logs.ts";
import { jsonPages } from "./json.ts";
import { licencePage } from "./licences.ts";
import { settingsPage } from "./settings.ts";
import { tuiPage } from "./tui.ts";

mkdirSync(new URL("schema", import.meta.url), { recursive: true });
writeFileSync(new URL("crash-logs.md", import.meta.url), crashLogsPage());
writeFileSync(new URL("settings.md", import.meta.url), settingsPage());
writeFileSync(new URL("licences.md", import.meta.url), licencePage());
for (const [name, text] of await jsonPages()) writeFileSync(new URL(name, import.meta.url), text);
writeFileSync(new URL("tui.md", import.meta.url), await tuiPage());
