/**
 * How long a tree takes, beside the tools that do a part of it: `xz -dc | tar x` and universal-ctags.
 *
 *   npx tsx bench/tree-timing.ts PACKAGE.deb WORKPLACE
 *
 * Every row in the same run on the same cores; real time, and the processors' time, which other work on the machine
 * disturbs less.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [deb, place] = process.argv.slice(2).map((path) => resolve(path));
if (deb === undefined || place === undefined)
  throw new Error("give a linux-source package and an empty folder");
const KFIX = fileURLToPath(new URL("../dist/kfix.js", import.meta.url));
const peer = join(place, "peer");
const home = join(place, "home");
for (const folder of [peer, home]) rmSync(folder, { recursive: true, force: true });
mkdirSync(peer, { recursive: true });

const member = run(
  'dpkg-deb --fsys-tarfile "$1" | tar x -C "$2" --wildcards \'./usr/src/*.tar.xz\'',
  deb,
  place,
);
if (member.status !== 0) throw new Error("the package holds no tarball");
const tarball = join(
  place,
  "usr/src",
  readdirSync(join(place, "usr/src")).find((name) => name.endsWith(".tar.xz")) ?? "",
);

const unpack = measure("xz -dc | tar x", 'xz -dc "$1" | tar x -C "$2"', tarball, peer);
const tags = measure("ctags of all of it", 'ctags -R --languages=C -f "$1/../tags" "$1"', peer);
const add = measure(
  "kfix source add, x86_64",
  `node "${KFIX}" source add -q "$1" --name t --arch x86_64`,
  deb,
);
const index = measure("kfix, index alone", `node "${KFIX}" source update -q --rebuild t`);
const own = measure(
  "ctags of the same tree",
  'ctags -R --languages=C -f "$1/../tags" "$1"',
  join(home, "trees/t"),
);
const tree = sizeOf(join(home, "trees/t"));
const database = statSync(join(home, "index/trees/t.db")).size;
console.log(
  `add against xz, tar and ctags: ${ratio(add, { real: unpack.real + tags.real, cpu: unpack.cpu + tags.cpu })}`,
);
console.log(`index against ctags: ${ratio(index, own)}`);
console.log(
  `index ${(database / 1e6).toFixed(1)} MB of ${(tree / 1e6).toFixed(0)} MB: ${((100 * database) / tree).toFixed(1)} %`,
);

interface Measured {
  readonly real: number;
  readonly cpu: number;
}

function measure(what: string, script: string, ...args: readonly string[]): Measured {
  const { stderr } = run(`TIMEFORMAT='%R %U %S'; time { ${script}; }`, ...args);
  const [real = 0, user = 0, system = 0] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  console.log(`${what.padEnd(26)} ${real.toFixed(1)} s, processors ${(user + system).toFixed(1)} s`);
  return { real, cpu: user + system };
}

function run(script: string, ...args: readonly string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", ...args], {
    encoding: "utf8",
    env: { ...process.env, KFIX_HOME: home },
  });
  return { status, stderr };
}

function ratio(one: Measured, other: Measured): string {
  return `${(one.real / other.real).toFixed(2)} of its time, ${(one.cpu / other.cpu).toFixed(2)} of its processors' time`;
}

function sizeOf(folder: string): number {
  const { stdout } = spawnSync("du", ["-sb", folder], { encoding: "utf8" });
  return Number(stdout.split("\t")[0]);
}
