/** What a log says of the kernel: release and build from the oops itself or from the boot banner. */
import { architectureOf } from "./architecture.ts";
import type { LoggedKernel } from "./crash.ts";
import { parseTaint, TAINT_FLAGS } from "./taint.ts";

export interface Release {
  readonly release: string;
  readonly build: string | undefined;
}

const RELEASE = "\\d{1,2}\\.\\d{1,3}(?:\\.\\d{1,3}){0,2}[\\w.+~-]{0,100}";
const BUILD = "#\\d{1,6}\\S{0,40}(?: .{1,200})?";

/** Places where an oops names its kernel. Groups: release, build. */
const IN_OOPS: readonly RegExp[] = [
  new RegExp(`(?:Not tainted|Tainted:${TAINT_FLAGS})\\s{0,8}\\(?(${RELEASE})\\)?(?:\\s+(${BUILD}))?\\)?`),
  new RegExp(`(?:EFLAGS|RFLAGS): [0-9a-f]{8} {1,8}\\((${RELEASE})(?: (${BUILD}))?\\)`),
  // lockdep: "3.0.0-rc7+ #1" or "4.14.0-next+ #53 Not tainted" on a line of its own
  new RegExp(`^(${RELEASE}) (#\\d{1,6}\\S{0,40}) ?(?:Not tainted|Tainted: .{0,80})?$`),
];
/** linux_banner of init/version.c, `uname -a`, and what the crash utility says of a dump. */
const BANNERS: readonly RegExp[] = [
  new RegExp(`Linux version (${RELEASE}) \\(.{1,400}\\) (${BUILD})`),
  new RegExp(`Linux version (${RELEASE})()`),
  // the crash utility's sys
  new RegExp(`^RELEASE: (${RELEASE})()$`),
  new RegExp(
    `\\bLinux [\\w.-]{1,64} (${RELEASE}) (#\\d{1,6}.{1,200}?)(?: (?:x86_64|i[3-6]86|aarch64|armv\\w+|ppc64\\w*|s390x|riscv64|mips\\w*)\\b.*)?$`,
  ),
];

/** Words behind the build number that name hardware, not the build (until 3.9 both stood on one line). */
const BUILD_WORDS =
  /^(#\S+)(?: (?:SMP|PREEMPT\S*|RT|Debian .*|Ubuntu .*|SLE\S.*|openSUSE .*|NixOS.*|\w{3} \w{3} +\d.*|.*\d{4}-\d\d-\d\d.*|.* UTC \d{4}.*|\S*\d\.\d\S*))*/;

/**
 * The kernel of a report: `lines` are those that are no frames, `texts` all of them, `banner` is what the log said of
 * its kernel before.
 */
export function readKernel(
  lines: readonly string[],
  { texts, banner }: { texts: readonly string[]; banner: Release | undefined },
): LoggedKernel {
  const own = readRelease(lines, IN_OOPS) ?? readRelease(lines, BANNERS);
  const known =
    own === undefined || (own.build === undefined && banner?.release === own.release) ? banner : own;
  return {
    release: own?.release ?? known?.release,
    build: known?.build,
    arch: architectureOf(texts, own?.release ?? known?.release),
    tainted: readTaint(lines),
  };
}

/** The kernel that a boot message or `uname -a` names; undefined for other lines. */
export function readBanner(line: string): Release | undefined {
  if (!line.includes("Linux ") && !line.includes("RELEASE: ")) return undefined;
  return readRelease([line], BANNERS);
}

function readRelease(lines: readonly string[], patterns: readonly RegExp[]): Release | undefined {
  for (const pattern of patterns) {
    for (const line of lines) {
      const match = pattern.exec(line);
      const release = match?.[1];
      if (match === null || release === undefined) continue;
      const build = match[2] === undefined || match[2] === "" ? undefined : buildOf(match[2], line);
      return { release: release.replace(/[.)]+$/, ""), build };
    }
  }
  return undefined;
}

/** The build without the board's name behind it. */
function buildOf(text: string, line: string): string {
  const whole = withoutParenthesis(text);
  if (!line.startsWith("Pid:")) return whole;
  return BUILD_WORDS.exec(whole)?.[0].trim() ?? whole;
}

/** The text up to a closing parenthesis that it does not open. */
function withoutParenthesis(text: string): string {
  let depth = 0;
  for (const [at, character] of [...text].entries()) {
    if (character === "(") depth++;
    else if (character === ")" && --depth < 0) return text.slice(0, at).trim();
  }
  return text.trim();
}

function readTaint(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const taint = parseTaint(line);
    if (taint !== undefined) return taint;
  }
  return undefined;
}
