import { type Distribution, distributionOf } from "./distro/distributions.ts";
import { parseVersion, type Version } from "./version.ts";

/** What a kernel's own strings say of where it comes from; undefined where they do not say. */
export interface RunningKernel {
  /** `uname -r`. */
  readonly release: string | undefined;
  /** `uname -v`, or what the oops prints behind the release. */
  readonly build: string | undefined;
  /** An id of kernel/distro/distributions.ts. */
  readonly distro: string | undefined;
  /** The distribution's package version. */
  readonly package: string | undefined;
  /** How the distribution's package versions are ordered. */
  readonly packaging: "deb" | "rpm" | undefined;
  /** The upstream release, `3.16.36`. */
  readonly upstream: string | undefined;
  readonly series: string | undefined;
  /** The vendor carries backports under an old number: from the number alone nothing follows. */
  readonly backportsHidden: boolean;
  /** Whose kernel it is, if fixes are added there to the upstream release of its number: `Ubuntu`. */
  readonly patchedBy: string | undefined;
  /** It was built from a tree some commits past its number: `-next-20231124`, `-00085-ge9308cf`. */
  readonly pastItsNumber: boolean;
  readonly missing: { readonly what: string; readonly how: string } | undefined;
}

/**
 * Identifies a kernel from `uname -r`, `uname -a`, `/proc/version`, `/proc/version_signature`, a bare version, a tag,
 * or the release and build of a crash log. Never throws: what cannot be read is undefined.
 */
export function identifyKernel(
  input: string | { release?: string | undefined; build?: string | undefined },
): RunningKernel {
  const strings =
    typeof input === "string" ? split(input.slice(0, 1000)) : { ...input, all: input.build ?? "" };
  const { release = "", all } = strings;
  const version = parseVersion(release);
  const row = distributionOf(release, all);
  const packaged = row && packageOf(row, release, all);
  const upstream = version && upstreamOf(row, version, { packaged, all });
  return {
    release: strings.release,
    build: strings.build,
    distro: row?.id,
    package: packaged,
    packaging: row?.packaging,
    upstream,
    series: version?.series,
    backportsHidden: row?.number === "hidden",
    patchedBy: row?.addsFixes ? row.name : undefined,
    pastItsNumber: /-next-\d{8}|-\d{5}-g[0-9a-f]{6,40}/.test(release),
    missing:
      version && upstream === undefined && row?.how
        ? { what: missingOf(row, version), how: row.how }
        : undefined,
  };
}

function missingOf(row: Distribution, version: Version): string {
  return row.number === "hidden"
    ? "which fixes the vendor took over"
    : `which update of ${version.series} it is`;
}

interface Strings {
  readonly release: string | undefined;
  readonly build: string | undefined;
  /** All that may name the package and the builder. */
  readonly all: string;
}

/** `Linux host 3.16.0-4-amd64 #1 SMP Debian ...`, `Linux version 3.16.0 (builder) #1 ...`, `3.16.0-4-amd64`. */
function split(text: string): Strings {
  const signature = /^Ubuntu (\d+\.\d+\.\d+-\d+)\.[\w.~+]+(-[a-z]\S*) /.exec(text.trim());
  if (signature) return { release: `${signature[1]}${signature[2]}`, build: undefined, all: text };
  const release = /(?:^|\s)(?:kernel-(?:core-|uek-|default-)?)?(v?\d+\.\d+[^\s,]*)/.exec(text)?.[1];
  const build = /(#\d.*)$/s.exec(text)?.[1];
  return { release, build, all: text };
}

function packageOf(row: Distribution, release: string, all: string): string | undefined {
  const found = row.package?.exec(all)?.[1] ?? row.package?.exec(release)?.[1];
  if (found !== undefined || row.number !== "signature") return found;
  // Ubuntu: the build number is the package's upload number, perhaps with the series it was built for.
  const abi = /^(\d+\.\d+\.\d+-\d+)-/.exec(release)?.[1];
  const upload = /#(\d+(?:~[\w.]+?)?)-Ubuntu/.exec(all)?.[1];
  return abi && upload ? `${abi}.${upload}` : undefined;
}

function upstreamOf(
  row: Distribution | undefined,
  version: Version,
  told: { packaged: string | undefined; all: string },
): string | undefined {
  switch (row?.number) {
    case "hidden":
      return undefined;
    case "package":
      return told.packaged === undefined ? undefined : numberOfPackage(told.packaged);
    case "signature": {
      const base = /Ubuntu \d\S*-[a-z]\S* (\d+\.\d+(?:\.\d+)?)\b/.exec(told.all)?.[1];
      return base === undefined ? undefined : parseVersion(base)?.numbers.join(".");
    }
    default:
      return ownNumber(row, version);
  }
}

/** `6.1.76-1` is 6.1.76, `6.7~rc5-1~exp1` is 6.7-rc5. */
function numberOfPackage(packaged: string): string | undefined {
  const version = parseVersion(packaged.replace(/^\d+:/, "").replace(/~rc/, "-rc"));
  return version && textOf(version);
}

function ownNumber(row: Distribution | undefined, version: Version): string {
  const candidate = row?.id === "fedora" ? /^-0\.rc(\d{1,2})\./.exec(version.local ?? "")?.[1] : undefined;
  if (candidate !== undefined) return `${version.numbers.join(".")}-rc${candidate}`;
  // A fourth number since 3.0 counts a vendor's builds of the same release.
  const numbers = (version.numbers[0] ?? 0) < 3 ? version.numbers : version.numbers.slice(0, 3);
  return textOf({ ...version, numbers });
}

function textOf(version: Version): string {
  const rc = version.rc === undefined ? "" : `-rc${version.rc}`;
  const extended = /^-ckt\d+$/.test(version.local ?? "") ? version.local : "";
  return `${version.numbers.join(".")}${rc}${extended}`;
}
