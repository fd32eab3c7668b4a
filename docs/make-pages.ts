/** Writes the pages that are made from tables: `npm run docs`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { crashLogsPage } from "./crash-logs.ts";
import { jsonPages } from "./json.ts";
<<<<<<< HEAD
import { settingsPage } from "./settings.ts";

mkdirSync(new URL("schema", import.meta.url), { recursive: true });
writeFileSync(new URL("crash-logs.md", import.meta.url), crashLogsPage());
writeFileSync(new URL("settings.md", import.meta.url), settingsPage());
=======
import { licencePage } from "./licences.ts";

mkdirSync(new URL("schema", import.meta.url), { recursive: true });
writeFileSync(new URL("crash-logs.md", import.meta.url), crashLogsPage());
writeFileSync(new URL("licences.md", import.meta.url), licencePage());
>>>>>>> ca98198 (Run without a network, and list what kfix is made of)
for (const [name, text] of await jsonPages()) writeFileSync(new URL(name, import.meta.url), text);
