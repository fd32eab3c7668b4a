import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;

/** The package as `npm pack` makes it, installed into an empty folder. */
export interface Installed {
  readonly folder: string;
  /** What is in the tarball: `dist/kfix.cjs`. */
  readonly files: readonly string[];
}

/**
 * Packs the checkout and installs the tarball into a folder, as a user would. The versions are those of the checkout's
 * lock file, so that what npm has in its cache is enough, and the database's native part is the checkout's own:
 * compiling it takes minutes.
 */
export function packAndInstall(place: string): Installed {
  const { tarball, files } = pack(join(place, "checkout"));
  const folder = join(place, "empty");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "empty", type: "module" }));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(productionLock()));
  npm(folder, ["install", tarball, "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]);
  const native = "node_modules/better-sqlite3/build";
  cpSync(join(ROOT, native), join(folder, native), { recursive: true });
  return { folder, files };
}

/** `npm pack` builds: that is done in a copy, as other tests run the checkout's own build meanwhile. */
function pack(copy: string): { tarball: string; files: string[] } {
  for (const name of readdirSync(ROOT)) {
    if (![".git", "node_modules", "dist", "test", "bench"].includes(name))
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const report: { filename: string; files: { path: string }[] }[] = JSON.parse(
    npm(copy, ["pack", "--json", "--silent"]),
  );
  const [made] = report;
  if (!made) throw new Error("npm pack made nothing");
  return { tarball: join(copy, made.filename), files: made.files.map((file) => file.path) };
}

/** The checkout's lock file without what only developers need. */
function productionLock(): unknown {
  const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
    readFileSync(join(ROOT, "package-lock.json"), "utf8"),
  );
  const needed = Object.entries(lock.packages).filter(([name, entry]) => name !== "" && !entry.dev);
  return {
    ...lock,
    name: "empty",
    packages: { "": { name: "empty" }, ...Object.fromEntries(needed) },
  };
}

function npm(cwd: string, words: readonly string[]): string {
  return execFileSync("npm", words, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
