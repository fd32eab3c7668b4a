import { readFileSync } from "node:fs";

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Every package that kfix is made of or made with, from package-lock.json, with its licence. */
export function lockedPackages(): { name: string; version: string; licence: string; installed: boolean }[] {
  const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
    readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"),
  );
  return Object.entries(lock.packages)
    .filter(([path]) => path !== "")
    .map(([path, one]) => ({
      name: path.replace(/^.*node_modules\//, ""),
      version: one.version ?? "",
      licence: one.license ?? "unknown",
      installed: one.dev !== true,
    }));
}

/** The page docs/licences.md. */
export function licencePage(): string {
  const rows = lockedPackages().map(
    ({ name, version, licence, installed }) =>
      `| ${name} | ${version} | ${licence} | ${installed ? "installed" : "built or tested with"} |`,
  );
  return `# Licences of other people's work

<!-- made by \`npm run docs\` from package-lock.json -->

What is built into kfix comes with its licence text in \`dist/licences.txt\`, made by the build; \`npm sbom
--sbom-format=cyclonedx --omit dev\` writes a bill of what is installed with it.

| Package | Version | Licence | What for |
|---|---|---|---|
${[...new Set(rows)].sort().join("\n")}
`;
}
