/**
 * Lines at column 0 that git's default rule for hunk headers takes for the start of a function, and that are none:
 * labels (`out_unlock:`, in 3.4 of 100 hunks of the kernel) and sparse's annotations.
 */
const NO_FUNCTION: readonly string[] = ["^[A-Za-z_][A-Za-z0-9_]*:", "^__(acquires|releases|must_hold)"];

/** The rule for git's hunk headers, in POSIX extended syntax (gitattributes(5), "Defining a custom hunk-header"). */
export const FUNCTION_LINE_DRIVER = [...NO_FUNCTION.map((pattern) => `!${pattern}`), "^[A-Za-z_].*"].join(
  "\n",
);
