/** A piece of a declaration outside of all braces. */
export interface DeclarationToken {
  /** `group`: everything between parentheses; `assign`: `=`; `end`: `;` or `,`; `other`: any other sign. */
  readonly kind: "word" | "group" | "assign" | "end" | "other";
  readonly text: string;
  readonly line: number;
}

/** What an opening brace begins. */
export interface DeclaredName {
  readonly name: string;
  readonly line: number;
  readonly kind: "function" | "type";
  readonly macro: string | undefined;
}

/**
 * What the tokens before an opening brace declare: a function, or a structure, union or enumeration with a body;
 * undefined for an initialiser and for what is not understood.
 */
export function declaredName(tokens: readonly DeclarationToken[]): DeclaredName | undefined {
  const last = tokens.at(-1);
  if (last === undefined || last.kind === "assign") return undefined;
  const from = tokens.findLastIndex((token) => token.kind === "assign") + 1;
  return functionName(tokens, from) ?? typeName(tokens, from);
}

interface Candidate {
  readonly token: DeclarationToken;
  readonly arguments: string;
  /** Its place among the tokens. */
  readonly at: number;
}

function functionName(tokens: readonly DeclarationToken[], from: number): DeclaredName | undefined {
  const candidates = candidatesOf(tokens, from);
  const chosen = chooseCandidate(tokens, candidates);
  if (chosen === undefined) return undefined;
  const { token } = chosen;
  const made = MADE_BY_MACRO.find((row) => row.macro.test(token.text));
  const argument = made && namingArgument(made, chosen.arguments);
  if (made && argument !== undefined)
    return { name: made.name(argument), line: token.line, kind: "function", macro: token.text };
  return { name: token.text, line: token.line, kind: "function", macro: undefined };
}

/** Every word before a parenthesis that can be a function's name, and `(*name(` inside of one. */
function candidatesOf(tokens: readonly DeclarationToken[], from: number): Candidate[] {
  const found: Candidate[] = [];
  for (let at = from; at < tokens.length; at++) {
    const group = tokens[at];
    if (group?.kind !== "group") continue;
    const before = tokens[at - 1];
    const pointer = /^\s*\*+\s*(?:const\s+)?([A-Za-z_]\w*)\s*\(/.exec(group.text)?.[1];
    const plain = before?.kind === "word" && at - 1 >= from ? before : undefined;
    if (plain && !ANNOTATIONS.has(plain.text) && !KEYWORDS.has(plain.text)) {
      found.push({ token: plain, arguments: group.text, at });
    } else if (pointer !== undefined && tokens[at + 1]?.kind === "group") {
      found.push({ token: { kind: "word", text: pointer, line: group.line }, arguments: group.text, at });
    }
  }
  return found;
}

/**
 * `EXPORT_SYMBOL(x) static int foo(int a) __acquires(lock) {`: the last candidate, unless it directly follows the
 * arguments of one that has a type before it: then it annotates that one.
 */
function chooseCandidate(
  tokens: readonly DeclarationToken[],
  candidates: readonly Candidate[],
): Candidate | undefined {
  for (let index = candidates.length - 1; index >= 0; index--) {
    const candidate = candidates[index];
    const previous = candidates[index - 1];
    if (candidate === undefined) return undefined;
    if (previous === undefined || candidate.at - previous.at !== 2) return candidate;
    const beforePrevious = tokens[previous.at - 2];
    const typed = beforePrevious?.kind === "word" || beforePrevious?.text === "*";
    if (!typed) return candidate;
  }
  return undefined;
}

/** `struct foo {`, `typedef enum {` (nameless: undefined), `struct __packed foo {`. */
function typeName(tokens: readonly DeclarationToken[], from: number): DeclaredName | undefined {
  const at = tokens.findLastIndex((token) => token.kind === "word" && TYPE_KEYWORDS.has(token.text));
  if (at < from) return undefined;
  const name = tokens.slice(at + 1).find((token) => token.kind === "word" && !ANNOTATIONS.has(token.text));
  const keyword = tokens[at]?.text ?? "";
  return name && { name: `${keyword} ${name.text}`, line: name.line, kind: "type", macro: undefined };
}

/** True for a prototype-like rest of a K&R definition: `int main(argc, argv) int argc;` goes on behind the `;`. */
export function mayBeOldStyle(tokens: readonly DeclarationToken[]): boolean {
  const group = tokens.findIndex((token) => token.kind === "group");
  if (group < 1 || tokens[group - 1]?.kind !== "word") return false;
  const next = tokens[group + 1];
  return next?.kind === "word" && !ANNOTATIONS.has(next.text) && !next.text.startsWith("__");
}

const TYPE_KEYWORDS = new Set(["struct", "union", "enum"]);

/** Words that stand before a parenthesis in a declaration and are no function. */
const KEYWORDS = new Set(
  "if for while switch return sizeof typeof __typeof__ __typeof int void char short long unsigned signed const volatile static extern inline bool u8 u16 u32 u64 s8 s16 s32 s64 defined do else".split(
    " ",
  ),
);

/** Attributes with arguments, before or behind a function's name (include/linux/compiler*.h). */
const ANNOTATIONS = new Set(
  (
    "__attribute__ __attribute __printf __scanf __aligned __section __releases __acquires __must_hold __cond_acquires " +
    "__cond_lock __alloc_size __alloc_align __assume_aligned __nonnull __releases_shared __acquires_shared __no_sanitize " +
    "__counted_by __declspec _Alignas __asm__ asm __asm __pure __cold __packed __align __init_or_cpufreq __bpf_kfunc " +
    "__chk_user_ptr __user __iomem __visible __target __attribute_const__ __diagnose_as __error __warning __realloc_size " +
    "__compiletime_error __compiletime_warning __rcu __percpu __must_check __maybe_unused __used __unused __weak"
  ).split(" "),
);

/** A macro that makes functions by itself, without a body behind it, in a statement. */
export interface MadeByStatement {
  readonly word: DeclarationToken;
  /** The functions' names. */
  readonly names: readonly string[];
}

/** What such macros make of the tokens before a `;`: `TRACE_EVENT(sched_switch, ...)`, perhaps several without one between. */
export function madeByStatement(tokens: readonly DeclarationToken[]): MadeByStatement[] {
  return tokens.flatMap((word, at) => {
    const group = tokens[at + 1];
    const made = word.kind === "word" && group?.kind === "group" ? statementOf(word.text) : undefined;
    const argument = made && namingArgument(made, group?.text ?? "");
    return made && argument !== undefined ? [{ word, names: made.names(argument) }] : [];
  });
}

/** The argument of a macro that names what it makes; undefined where that is no identifier. */
function namingArgument({ argument = 0 }: { readonly argument?: number }, all: string): string | undefined {
  const named = all.split(",")[argument]?.trim();
  return named !== undefined && /^[A-Za-z_]\w*$/.test(named) ? named : undefined;
}

/** Does a macro take whole statements, with their `;`, as an argument? */
export function takesStatements(macro: string): boolean {
  return statementOf(macro)?.takesStatements ?? false;
}

function statementOf(macro: string): StatementMacro | undefined {
  return MADE_BY_STATEMENT.find((row) => row.macro.test(macro));
}

interface StatementMacro extends Omit<MacroMade, "name"> {
  readonly names: (argument: string) => readonly string[];
  readonly takesStatements?: true;
}

/** An event class is named as the function that records its events; a tracepoint as the one that is called. */
const MADE_BY_STATEMENT: readonly StatementMacro[] = [
  {
    macro: /^TRACE_EVENT(?:_FN|_CONDITION|_FN_COND|_SYSCALL|_MAP)?$/,
    names: (argument) => [`trace_${argument}`],
    takesStatements: true,
    source: "include/linux/tracepoint.h",
  },
  {
    macro: /^DEFINE_EVENT(?:_FN|_PRINT|_CONDITION|_MAP|_NOP)?$/,
    names: (argument) => [`trace_${argument}`],
    argument: 1,
    takesStatements: true,
    source: "include/linux/tracepoint.h",
  },
  {
    macro: /^DECLARE_EVENT_CLASS$/,
    names: (argument) => [`trace_event_raw_event_${argument}`],
    takesStatements: true,
    source: "include/trace/trace_events.h",
  },
  {
    macro: /^module_(?:\w+_)?driver(?:_probe)?$/,
    names: (argument) => [`${argument}_init`, `${argument}_exit`],
    source: "include/linux/device/driver.h: module_driver()",
  },
  {
    macro: /^builtin_(?:\w+_)?driver(?:_probe)?$/,
    names: (argument) => [`${argument}_init`],
    source: "include/linux/device/driver.h: builtin_driver()",
  },
];

interface MacroMade {
  readonly macro: RegExp;
  readonly name: (argument: string) => string;
  /** Which argument names it; 0 unless said. */
  readonly argument?: number;
  readonly source: string;
}

/** Macros that make a function named after an argument. */
export const MADE_BY_MACRO: readonly MacroMade[] = [
  {
    macro: /^(?:__)?SYSCALL_DEFINE(?:[0-6x]|_MAXARGS|)$/,
    name: (argument) => `sys_${argument.replace(/^_(?=\w)/, "")}`,
    source: "include/linux/syscalls.h; before 2.6.29 the name has no underscore, since then neither",
  },
  {
    macro: /^(?:SYSCALL32|PPC32_SYSCALL|SYSCALL_ALIAS)_DEFINE[0-6x]$/,
    name: (argument) => `sys_${argument}`,
    source: "arch/*/kernel",
  },
  {
    macro: /^COMPAT_SYSCALL_DEFINE[0-6x]?$/,
    name: (argument) => `compat_sys_${argument}`,
    source: "include/linux/compat.h",
  },
  { macro: /^BPF_CALL_[0-5x]$/, name: (argument) => argument, source: "include/linux/filter.h" },
  {
    macro:
      /^DEFINE_(?:FREEZER_|INTERRUPT_HANDLER|IDTENTRY|VMALLOC|STATIC_)\w*$|^DEFINE_INTERRUPT_HANDLER\w*$/,
    name: (argument) => argument,
    source: "arch/x86/include/asm/idtentry.h, arch/powerpc/include/asm/interrupt.h",
  },
  {
    macro: /^(?:TEST|TEST_F|FIXTURE_SETUP|FIXTURE_TEARDOWN)$/,
    name: (argument) => argument,
    source: "tools/testing",
  },
];
