import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { licencePage, lockedPackages } from "../../docs/licences.ts";

const root = new URL("../../", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, root), "utf8");

interface Locked {
  readonly packages: Record<
    string,
    { readonly integrity?: string; readonly resolved?: string; readonly hasInstallScript?: boolean }
  >;
}

const lock: Locked = JSON.parse(read("package-lock.json"));
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

describe("what kfix is made of", () => {
  test("is locked with its checksum", () => {
    const loose = packages.filter(
      ([, one]) =>
        !one.integrity?.startsWith("sha512-") ||
        one.resolved?.startsWith("https://registry.npmjs.org/") === false,
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  test("runs no script when it is installed, but better-sqlite3's, and esbuild's for who builds", () => {
    const scripted = packages.filter(([, one]) => one.hasInstallScript).map(([path]) => path);
    expect(scripted.sort()).toEqual(["node_modules/better-sqlite3", "node_modules/esbuild"]);
    const { allowScripts, scripts } = JSON.parse(read("package.json"));
    expect(Object.keys(allowScripts).sort()).toEqual(["better-sqlite3", "esbuild"]);
    expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  test("has licences that may be used so", () => {
    const others = lockedPackages().filter(({ licence }) => !FREE.test(licence));
    expect(others).toEqual([]);
  });

  test("is listed in docs/licences.md (npm run docs makes it anew)", () => {
    expect(read("docs/licences.md")).toBe(licencePage());
  });

  test("can be written down by npm", () => {
    const args = ["run", "--silent", "sbom", "--", "--package-lock-only"];
    const bill = execFileSync("npm", args, { cwd: root, encoding: "utf8" });
    const { components }: { components: { name: string; group?: string }[] } = JSON.parse(bill);
    const names = components.map(({ name, group }) => (group === undefined ? name : `${group}/${name}`));
    expect(names).toEqual(expect.arrayContaining(Object.keys(JSON.parse(read("package.json")).dependencies)));
    const installed = new Set(lockedPackages().flatMap((one) => (one.installed ? [one.name] : [])));
    expect(names.filter((name) => !installed.has(name))).toEqual([]);
  });
});

/** SPDX names of licences that ask for no more than to be named, and of the two that are chosen with an "or". */
const FREE =
  /^\(?(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|MPL-2\.0|Python-2\.0|MIT-0|WTFPL)(?: (?:OR|AND) .*)?\)?$/;
