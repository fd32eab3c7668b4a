import { parseVersion } from "./version.ts";

/** What a kernel's own strings say of where it comes from; undefined where they do not say. */
export interface RunningKernel {
  /** `uname -r`. */
  readonly release: string | undefined;
  /** `uname -v`, or what the oops prints behind the release. */
  readonly build: string | undefined;
  readonly distro: string | undefined;
  /** The distribution's package version. */
  readonly package: string | undefined;
  /** The upstream release, `3.16.36`. */
  readonly upstream: string | undefined;
  readonly series: string | undefined;
  /** The vendor carries backports under an old number: from the number alone nothing follows. */
  readonly backportsHidden: boolean;
  readonly missing: { readonly what: string; readonly how: string } | undefined;
}

/**
 * Identifies a kernel from `uname -r`, `uname -a`, `/proc/version`, a bare version, a tag, or the release and build
 * of a crash log. Never throws: what cannot be read is undefined.
 */
export function identifyKernel(
  input: string | { release?: string | undefined; build?: string | undefined },
): RunningKernel {
  const { release, build } = typeof input === "string" ? split(input.slice(0, 1000)) : input;
  const version = release === undefined ? undefined : parseVersion(release);
  const row = DISTRIBUTIONS.find(
    (one) => one.release.test(release ?? "") && (one.build?.test(build ?? "") ?? true),
  );
  const packaged = row?.package?.exec(build ?? "")?.[1];
  const own =
    version &&
    [version.numbers.join("."), version.rc === undefined ? "" : `-rc${version.rc}`, ckt(version.local)].join(
      "",
    );
  const upstream =
    row?.number === "package" ? numberOf(packaged) : row?.number === "hidden" ? undefined : own;
  return {
    release,
    build,
    distro: row?.id,
    package: packaged,
    upstream,
    series: version?.series,
    backportsHidden: row?.number === "hidden",
    missing:
      version && upstream === undefined && row?.how
        ? { what: `which update of ${version.series} it is`, how: row.how }
        : undefined,
  };
}

/** `Linux host 3.16.0-4-amd64 #1 SMP Debian ...`, `Linux version 3.16.0 (builder) #1 ...`, `3.16.0-4-amd64`. */
function split(text: string): { release: string | undefined; build: string | undefined } {
  const release = /(?:^|\s)(v?\d+\.\d+[^\s,]*)/.exec(text)?.[1];
  const build = /(#\d.*)$/s.exec(text)?.[1];
  return { release, build };
}

function numberOf(packaged: string | undefined): string | undefined {
  return packaged === undefined ? undefined : parseVersion(packaged)?.numbers.join(".");
}

function ckt(local: string | undefined): string {
  return /^-ckt\d+$/.test(local ?? "") ? (local ?? "") : "";
}

interface Distribution {
  readonly id: string;
  readonly release: RegExp;
  readonly build?: RegExp;
  /** Finds the package version in the build string. */
  readonly package?: RegExp;
  /** Where the upstream number is: in the release, in the package's version, or nowhere. */
  readonly number: "release" | "package" | "hidden";
  /** The command that tells what the release does not. */
  readonly how?: string;
  readonly example: string;
}

/** Release strings by distribution; the first row that fits counts. */
const DISTRIBUTIONS: readonly Distribution[] = [
  {
    id: "debian",
    release: /^\d+\.\d+(\.\d+)?-\d+(\.\w+)*-(amd64|686(-pae)?|arm64|armmp|powerpc64le|s390x|\w*-?amd64)$/,
    package: /Debian (\d[\w.+~-]*)/,
    number: "package",
    how: "run uname -v",
    example: "3.16.0-4-amd64",
  },
  {
    id: "ubuntu",
    release: /^\d+\.\d+\.\d+-\d+-(generic|lowlatency|server|virtual|aws|azure|gcp|gke|kvm|oracle|raspi)/,
    number: "package",
    how: "run cat /proc/version_signature",
    example: "5.15.0-91-generic",
  },
  {
    id: "oracle",
    release: /\.el\d+uek|el\d+uek/,
    number: "hidden",
    how: "run rpm -q --changelog kernel-uek",
    example: "5.4.17-2136.el8uek",
  },
  {
    id: "rhel",
    release: /\.el\d/,
    number: "hidden",
    how: "run rpm -q --changelog kernel",
    example: "4.18.0-513.el8_9",
  },
  {
    id: "suse",
    release: /-default$|-default-base$/,
    number: "hidden",
    how: "run rpm -q --changelog kernel-default",
    example: "5.14.21-150500.55-default",
  },
  { id: "fedora", release: /\.fc\d+/, number: "release", example: "6.6.8-200.fc39.x86_64" },
  { id: "amazon", release: /\.amzn/, number: "release", example: "5.10.205-195.amzn2" },
  { id: "arch", release: /-arch\d/, number: "release", example: "6.6.1-arch1-1" },
  {
    id: "wsl",
    release: /-microsoft-standard/,
    number: "release",
    example: "5.15.133.1-microsoft-standard-WSL2",
  },
  { id: "android", release: /-android\d/, number: "release", example: "5.15.110-android13-4-00123" },
  { id: "raspberrypi", release: /-v[78]l?\+|rpi/, number: "release", example: "6.1.21-v8+" },
  { id: "alpine", release: /-\d+-(lts|virt)$/, number: "release", example: "6.6.7-0-lts" },
];
