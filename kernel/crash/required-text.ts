/**
 * The longest text that every match of a pattern has in it; empty where none can be told. Looking for it first is much
 * cheaper than trying the pattern.
 *
 * Reads what stands outside of groups and classes; understands the expressions of this folder, not all there are.
 */
export function requiredText(pattern: RegExp): string {
  const { source } = pattern;
  if (pattern.ignoreCase) return "";
  let longest = "";
  let run = "";
  const end = () => {
    if (run.length > longest.length) longest = run;
    run = "";
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? "";
    if (character === "|") return "";
    if (character === "(" || character === "[") {
      end();
      at = closing(source, at);
    } else if (character === "\\") {
      at++;
      const escaped = source[at] ?? "";
      if (/\w/.test(escaped)) end();
      else run += escaped;
    } else if (/[*?{]/.test(character)) {
      // What stands in front may be missing.
      run = run.slice(0, -1);
      end();
      if (character === "{") at = source.indexOf("}", at);
    } else if (/[+.^$]/.test(character)) end();
    else run += character;
  }
  end();
  return longest;
}

/** The place of the bracket that closes the one at `from`. */
function closing(source: string, from: number): number {
  let depth = 0;
  let inClass = false;
  for (let at = from; at < source.length; at++) {
    const character = source[at];
    if (character === "\\") at++;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") depth++;
    else if (character === ")") depth--;
    if (depth === 0 && !inClass) return at;
  }
  return source.length;
}
