import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/**
 * All that a home holds: every row of every table, every file of every tree, every ref of every clone; but for the
 * times at which they were made, where the home is, and what only says that a checksum was compared.
 */
export function contentsOfHome(home: string): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  for (const name of listed(join(home, "index"))) {
    const file = join(home, "index", name);
    if (name.endsWith(".db")) Object.assign(found, rowsOf(file, name, home));
    else if (!/\.(?:sum|seen|json)$/.test(name)) found[`left over: ${name}`] = [];
  }
  for (const name of listed(join(home, "trees"))) {
    const place = join(home, "trees", name);
    const stat = lstatSync(place);
    if (stat.isSymbolicLink()) found[`tree ${name}`] = [readlinkSync(place)];
    else if (stat.isFile())
      found[`tree ${name}`] = [createHash("sha256").update(readFileSync(place)).digest("hex")];
  }
  for (const name of existsSync(join(home, "repos")) ? readdirSync(join(home, "repos")) : []) {
    const packed = join(home, "repos", name, "packed-refs");
    found[`repo ${name}`] = [existsSync(packed) ? "refs" : "none"];
  }
  return found;
}

function rowsOf(file: string, name: string, home: string): Record<string, readonly string[]> {
  const db = new Database(file, { readonly: true });
  const tables = db
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all();
  const found: Record<string, readonly string[]> = {};
  for (const table of tables) {
    const rows = db.prepare<[], Record<string, unknown>>(`select * from "${table}"`).all();
    found[`${name} ${table}`] = rows.map((row) => rowText(row).replaceAll(home, "HOME")).sort();
  }
  db.close();
  return found;
}

function rowText({ added_at: _added, indexed_at: _indexed, ...row }: Record<string, unknown>): string {
  return row.key === "indexed_at" || row.key === "indexedAt" ? "" : JSON.stringify(row);
}

function listed(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
}
