/** A kernel's version, read from a tag or from what `uname -r` prints. */
export interface Version {
  readonly text: string;
  /** `[3, 16, 7]`; `[3, 18]` for 3.18 and its release candidates. */
  readonly numbers: readonly number[];
  /** The release candidate; undefined: a release. */
  readonly rc: number | undefined;
  /** `3.16`; before 3.0 the series has three numbers: `2.6.32`. */
  readonly series: string;
  /** What stands behind the numbers: `-4-amd64`, `-ckt25`. */
  readonly local: string | undefined;
}

/**
 * Reads `v3.18-rc3`, `3.18`, `2.6.32.61`, `3.16.7-ckt25`, `4.4.0-21-generic`, `3.1.0-rc9-00085-ge9308cf`;
 * undefined when the text begins with no version. A third number of 0 is what `uname -r` adds to a release
 * without updates (Makefile, KERNELVERSION) and is dropped; 2.6.40 and later are the 3.x series as
 * `setarch --uname-2.6` shows it (kernel/sys.c, override_release).
 */
export function parseVersion(text: string): Version | undefined {
  const found = VERSION.exec(text);
  if (!found) return undefined;
  const written = [found[1], found[2], found[3], found[4]].filter((part) => part !== undefined).map(Number);
  const numbers = dropZeroUpdate(undoUname26(written));
  const rc = found[5] === undefined ? undefined : Number(found[5]);
  const local = text.slice(found[0].length);
  return { text, numbers, rc, series: seriesOf(numbers), local: local === "" ? undefined : local };
}

const VERSION = /^v?(\d{1,3})\.(\d{1,4})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?:-rc(\d{1,3}))?(?![\d])/;

/** `2.6.32` before 3.0, two numbers from then on. */
function seriesOf(numbers: readonly number[]): string {
  return numbers.slice(0, isBefore3(numbers) ? 3 : 2).join(".");
}

function isBefore3(numbers: readonly number[]): boolean {
  return (numbers[0] ?? 0) < 3;
}

function dropZeroUpdate(numbers: readonly number[]): readonly number[] {
  const base = isBefore3(numbers) ? 3 : 2;
  return numbers.length > base && numbers.at(-1) === 0 ? numbers.slice(0, base) : numbers;
}

function undoUname26(numbers: readonly number[]): readonly number[] {
  const [major, minor, patch, ...rest] = numbers;
  return major === 2 && minor === 6 && patch !== undefined && patch >= 40
    ? [3, patch - 40, ...rest]
    : numbers;
}

/**
 * Orders versions: 2.6.39 < 3.0, 3.18-rc3 < 3.18 < 3.18.1. Extended stable numbers follow the update that they
 * extend: 3.16.7 < 3.16.7-ckt25 < 3.16.8.
 */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareNumbers(a.numbers, b.numbers) ||
    (a.rc ?? Number.POSITIVE_INFINITY) - (b.rc ?? Number.POSITIVE_INFINITY) ||
    extension(a) - extension(b) ||
    0
  );
}

/** Orders series: `2.6.32` < `3.0` < `3.16`. */
export function compareSeries(a: string, b: string): number {
  return compareNumbers(a.split(".").map(Number), b.split(".").map(Number));
}

/** Series in their order, each once; of many, each is read once. */
export function inSeriesOrder(series: Iterable<string>): string[] {
  return [...new Set(series)]
    .map((name) => ({ name, numbers: name.split(".").map(Number) }))
    .sort((a, b) => compareNumbers(a.numbers, b.numbers))
    .map(({ name }) => name);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? -1) - (b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Canonical's extended stable: `-ckt25` (lists.ubuntu.com/archives/kernel-team). */
function extension(version: Version): number {
  const found = version.local === undefined ? null : /^-ckt(\d{1,4})$/.exec(version.local);
  return found ? Number(found[1]) : 0;
}

/** A tag that names a release. */
export interface Release {
  /** The tag: `v3.18-rc3`. */
  readonly name: string;
  readonly version: Version;
  readonly series: string;
  readonly kind: ReleaseKind;
}

export type ReleaseKind = "mainline" | "rc" | "stable" | "vendor";

/**
 * The release that a tag names; undefined for every other tag, and for somebody's private variation of a release
 * (`v3.1-hisi`), which must not be taken for the release itself. A release candidate of a stable update
 * (`v2.6.16.29-rc1`) is a mail, not a release of the stable tree: undefined, too.
 */
export function releaseOfTag(tag: string): Release | undefined {
  for (const row of TAGS) {
    const found = row.tag.exec(tag);
    const version = found?.[1] === undefined ? undefined : parseVersion(found[1]);
    if (!version) continue;
    const kind = row.vendor ? "vendor" : kindOfNumber(version);
    return kind && { name: tag, version, series: version.series, kind };
  }
  return undefined;
}

/** What a number alone says: a mainline release, its candidate, or an update of a stable series. */
export function kindOfNumber(version: Version): "mainline" | "rc" | "stable" | undefined {
  const updated = version.numbers.length > (isBefore3(version.numbers) ? 3 : 2);
  if (updated) return version.rc === undefined ? "stable" : undefined;
  return version.rc === undefined ? "mainline" : "rc";
}

interface TagPattern {
  readonly tag: RegExp;
  readonly vendor: boolean;
  readonly example: string;
  readonly source: string;
}

/** Tags that name releases; the first group is the version. */
const TAGS: readonly TagPattern[] = [
  {
    tag: /^(v\d+(?:\.\d+){1,3}(?:-rc\d+)?)$/,
    vendor: false,
    example: "v3.18-rc3",
    source: "linux.git and linux-stable.git",
  },
  {
    tag: /^(v\d+\.\d+\.\d+-ckt\d+)$/,
    vendor: true,
    example: "v3.16.7-ckt25",
    source: "Canonical's linux-3.16.y-queue",
  },
  {
    tag: /^v?(\d+\.\d+(?:\.\d+)?)-rt\d+$/,
    vendor: true,
    example: "v4.14.98-rt53",
    source: "linux-stable-rt.git",
  },
  {
    tag: /^debian\/(\d+(?:\.\d+){1,3}-\d[\w.+]*)$/,
    vendor: true,
    example: "debian/3.16.36-1",
    source: "salsa.debian.org/kernel-team/linux",
  },
  {
    tag: /^Ubuntu-(?:[a-z-]+-)?(\d+\.\d+\.\d+-\d+\.\d+)$/,
    vendor: true,
    example: "Ubuntu-3.13.0-24.46",
    source: "git.launchpad.net/~ubuntu-kernel",
  },
];
