import type { Db } from "./database.ts";

/**
 * The names of the modules to which a C file may belong, as a log has them (`-` is `_` there): that of the file, without
 * what names one part of several, and that of its folder. `drivers/net/lumen/lumen_main.c` is of `lumen`.
 */
export function modulesOfFile(path: string): string[] {
  if (!path.endsWith(".c")) return [];
  const parts = path.slice(0, -2).toLowerCase().replaceAll("-", "_").split("/");
  const file = (parts.at(-1) ?? "").replace(/_(?:main|core|drv|driver)$/, "");
  return [...new Set([file, parts.at(-2) ?? ""])];
}

/** Notes the modules of the paths that are new since the last call, in the order of the table. */
export function writeModules(db: Db): void {
  const paths = db
    .prepare<[], [id: number, name: string]>(
      "select id, name from path where id > (select ifnull(max(path), 0) from module) order by id",
    )
    .raw()
    .all();
  const rows = paths
    .flatMap(([id, name]) => modulesOfFile(name).map((module) => [module, id] as const))
    .sort(([a, one], [b, other]) => (a < b ? -1 : a > b ? 1 : one - other));
  const insert = db.prepare("insert or ignore into module (name, path) values (?, ?)");
  db.transaction(() => {
    for (const row of rows) insert.run(row);
  })();
}
