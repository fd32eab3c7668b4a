/** Taint flags (Documentation/admin-guide/tainted-kernels.rst). */

/** What each letter says; `G` (all modules are GPL) and blanks say nothing. */
export const TAINTS: ReadonlyMap<string, string> = new Map([
  ["P", "a proprietary module was loaded"],
  ["F", "a module was force loaded"],
  ["S", "the kernel runs on an out of specification system"],
  ["R", "a module was force unloaded"],
  ["M", "a processor reported a machine check exception"],
  ["B", "a bad page was referenced, or some unexpected page flags"],
  ["U", "user space asked for it"],
  ["D", "the kernel died recently: there was an oops or a BUG before"],
  ["A", "an ACPI table was overridden by the user"],
  ["W", "the kernel issued a warning before"],
  ["C", "a staging driver was loaded"],
  ["I", "a workaround for a bug in the firmware was applied"],
  ["O", "an externally built module was loaded"],
  ["E", "an unsigned module was loaded"],
  ["L", "a soft lockup happened before"],
  ["K", "the kernel has been live patched"],
  ["X", "auxiliary taint, defined by the distribution"],
  [
    "T",
    "the kernel was built with the struct randomization plugin; Red Hat 6 and 7: a technology preview is used",
  ],
  ["N", "an in-kernel test has been run"],
  ["J", "user space used a mutating debug operation in fwctl"],
  // taint_flags of Red Hat's kernel/panic.c
  ["H", "Red Hat 6 and 7: the hardware is not supported"],
  ["h", "Red Hat: support of the hardware has been removed"],
  ["t", "Red Hat: a technology preview is used"],
  ["u", "Red Hat: unprivileged BPF was allowed"],
]);

/**
 * The flags as print_tainted() of kernel/panic.c writes them: a letter or a blank each, since 6.12 with their names
 * (`[W]=WARN, [O]=OOT_MODULE`). Red Hat's kernels have `-` for bits that they reserve, and letters of their own among them:
 * `G        W IOE    --------- -t - `.
 */
export const TAINT_FLAGS = "(?:[A-Z \\[\\]-]|[htu](?=[htu -])|=\\w+\\b,?)*";

const TAINTED = new RegExp(`\\bTainted: ?(${TAINT_FLAGS})`);

/** The flags on a line as letters without `G` and blanks; empty for "Not tainted", undefined when it says neither. */
export function parseTaint(line: string): string | undefined {
  if (line.includes("Not tainted")) return "";
  if (!line.includes("Tainted: ")) return undefined;
  const flags = TAINTED.exec(line)?.[1];
  if (flags === undefined || flags === "") return undefined;
  // since 6.12 with their names: "[W]=WARN, [O]=OOT_MODULE"
  const letters = flags.includes("]=") ? flags.replace(/\]=\w+/g, "]") : flags;
  return [...letters].filter((letter) => TAINTS.has(letter)).join("");
}
