/**
 * The symbol that a line at column 0 of a C or assembly file opens: a function, a structure, a variable
 * with an initialiser, a system call. `undefined` for labels, prototypes, macros and everything else.
 *
 * The line may be cut at 80 characters, as git cuts hunk headers (xdiff/xemit.c, `func_line.buf`).
 * System calls are named as the crash logs name them: `SYSCALL_DEFINE3(read, ...` is `sys_read`.
 * Structures keep their keyword (`struct rq`), so that they are not taken for functions.
 */
export function symbolOfLine(line: string): string | undefined {
  const first = line.charCodeAt(0);
  if (!isIdentifierStart(first)) return undefined;
  const text = line.length > 200 ? line.slice(0, 200) : line;
  const open = text.indexOf("(");
  const assign = text.indexOf("=");
  if (assign !== -1 && (open === -1 || assign < open)) return variableBefore(text, assign);
  if (open === -1) return taggedType(text) ?? assemblyEntry(text);
  if (text.startsWith("typedef")) return undefined;
  return functionBefore(text, open);
}

/** `static struct foo *bar(`: the identifier before the parenthesis, unless a macro's arguments hold the name. */
function functionBefore(text: string, open: number): string | undefined {
  const name = identifierEndingAt(text, open);
  if (name === undefined || NOT_A_FUNCTION.has(name)) return undefined;
  const named = NAMED_BY_ARGUMENT.find((row) => row.macro.test(name));
  if (named) {
    const argument = /^\(\s*([A-Za-z_]\w*)/.exec(text.slice(open))?.[1];
    return argument === undefined ? undefined : named.prefix + argument;
  }
  if (ATTRIBUTES.has(name)) return functionAfterAttribute(text, open);
  if (NAMELESS_MACRO.test(name)) return undefined;
  return name;
}

/** `static int __attribute__((noinline)) foo(`: look behind the attribute's closing parenthesis. */
function functionAfterAttribute(text: string, open: number): string | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const c = text[at];
    if (c === "(") depth++;
    else if (c === ")" && --depth === 0) {
      const rest = text.slice(at + 1).trimStart();
      const next = rest.indexOf("(");
      return next === -1 ? undefined : functionBefore(rest, next);
    }
  }
  return undefined;
}

function variableBefore(text: string, assign: number): string | undefined {
  const left = text
    .slice(0, assign)
    .replace(/(\s+__\w+|\s*\[[^\]]*\])*\s*$/, "") // `foo[] __initdata =`
    .trimEnd();
  const name = identifierEndingAt(left, left.length);
  // A lone word before `=` is an assignment in a makefile or a script, not a C definition.
  return name !== undefined && name.length < left.length ? name : undefined;
}

function taggedType(text: string): string | undefined {
  const found = /^(?:static |const |typedef )*(struct|union|enum)\s+([A-Za-z_]\w*)\s*(?:\{|$)/.exec(text);
  return found ? `${found[1]} ${found[2]}` : undefined;
}

/** arch code: `ENTRY(foo)` has a parenthesis and is a table row; `foo:` alone would be a label of C as well. */
function assemblyEntry(text: string): string | undefined {
  return /^SYM_\w*START\w*\s+([A-Za-z_]\w*)/.exec(text)?.[1];
}

function identifierEndingAt(text: string, end: number): string | undefined {
  let to = end;
  while (to > 0 && (text[to - 1] === " " || text[to - 1] === "\t")) to--;
  let from = to;
  while (from > 0 && isIdentifierPart(text.charCodeAt(from - 1))) from--;
  return from < to && isIdentifierStart(text.charCodeAt(from)) ? text.slice(from, to) : undefined;
}

/** A letter of ASCII, or `_`. */
export function isIdentifierStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isIdentifierPart(code: number): boolean {
  return isIdentifierStart(code) || (code >= 48 && code <= 57);
}

/** Macros that define a function or an object named by their first argument. */
const NAMED_BY_ARGUMENT: readonly { readonly macro: RegExp; readonly prefix: string }[] = [
  { macro: /^(COMPAT_)?SYSCALL_DEFINE[0-6x]?$/, prefix: "sys_" }, // include/linux/syscalls.h
  { macro: /^(ENTRY|GLOBAL|ENTRY_CFI|_GLOBAL|SYM_\w*START\w*|WEAK|KPROBE_ENTRY)$/, prefix: "" }, // include/linux/linkage.h
  { macro: /^DEFINE_(IDTENTRY\w*)$/, prefix: "" }, // arch/x86/include/asm/idtentry.h
  { macro: /^(fastcall|asmlinkage|notrace)$/, prefix: "" },
];

/** Keywords and statements that stand before a parenthesis at column 0. */
const NOT_A_FUNCTION = new Set([
  "if",
  "for",
  "while",
  "switch",
  "return",
  "sizeof",
  "defined",
  "do",
  "else",
  "case",
  "goto",
  "static",
  "extern",
  "int",
  "void",
  "char",
  "long",
  "unsigned",
  "struct",
  "union",
  "enum",
  "const",
  "inline",
]);

const ATTRIBUTES = new Set([
  "__attribute__",
  "__printf",
  "__aligned",
  "__releases",
  "__acquires",
  "__must_hold",
  "__section",
  "__alloc_size",
  "__cold",
]);

/** `EXPORT_SYMBOL(foo);`, `MODULE_LICENSE("GPL");`, `DEFINE_MUTEX(lock);`: they name no code that changed. */
const NAMELESS_MACRO =
  /^(EXPORT_|MODULE_|DEFINE_|DECLARE_|INIT_|BUILD_BUG|TRACE_|LIST_HEAD|ATOMIC)\w*$|^(module_(init|exit|param|platform|pci|usb|i2c|spi)\w*|\w*_initcall(_sync)?|__setup|__initcall|early_param|core_param)$/;
