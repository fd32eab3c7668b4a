/**
 * Kernel symbols as crash logs print them: `func.isra.0+0x1b/0x60 [module build-id]`.
 * The format is `%pS` of Documentation/core-api/printk-formats.rst.
 */

/** A place in the code as `%pS` prints it, the function without compiler suffixes. */
export interface Place {
  readonly function: string;
  readonly offset: string | undefined;
  readonly size: string | undefined;
  readonly module: string | undefined;
}

/** A C identifier with the dots that compilers and powerpc add; `$` and `:` are in Rust's names. */
export const NAME = "[A-Za-z_.$][\\w.$]{0,511}";

/**
 * `+0x1b/0x60`, and behind it perhaps ` [module build-id]`. Blanks and slashes may have been lost, the digits cut off. A
 * size is larger than memory where the next symbol lies below, in another module.
 */
export const PLACE = `(${NAME})\\+(?:0x(?![0-9a-f])|(?:0x)?([0-9a-f]{1,8})(?:/(?:0x)?([0-9a-f]{1,16}))?)`;
export const MODULE = "(?: ?\\[([A-Za-z_][\\w.-]{0,63})(?: [0-9a-f]{40})?(?: ?\\([A-Z]+\\))?\\])?";

const SYMBOL = new RegExp(`^${PLACE}${MODULE}`);

/** Reads a symbol at the start of the text; undefined when there is none. */
export function parseSymbol(text: string): Place | undefined {
  const match = SYMBOL.exec(text);
  if (match === null) return undefined;
  return symbolOf(match[1] ?? "", { offset: match[2], size: match[3], module: match[4] });
}

/** Puts a symbol together from the pieces of a match; numbers become minimal hexadecimal (`0x1b`). */
export function symbolOf(
  name: string,
  place: { offset?: string | undefined; size?: string | undefined; module?: string | undefined } = {},
): Place {
  return {
    function: stripSuffixes(name),
    offset: place.offset === undefined ? undefined : minimalHex(place.offset),
    size: place.size === undefined ? undefined : minimalHex(place.size),
    module: place.module,
  };
}

/** `0000000000000078` and `0x00078` become `0x78`. */
export function minimalHex(digits: string): string {
  const bare = digits.toLowerCase().replace(/^0x/, "").replace(/^0+/, "");
  return `0x${bare === "" ? "0" : bare}`;
}

/**
 * The function as the source names it: GCC's and clang's clones (`.isra.0`, `.constprop.1`, `.part.2`, `.cold`,
 * `.llvm.123`) and the dot of powerpc's function descriptors are cut off.
 */
export function stripSuffixes(name: string): string {
  const bare = name.startsWith(".") ? name.slice(1) : name;
  const dot = bare.indexOf(".");
  return dot <= 0 ? bare : bare.slice(0, dot);
}

/**
 * What the macros around a system call add to its name (include/linux/syscalls.h,
 * arch/x86/include/asm/syscall_wrapper.h): `__x64_sys_read`, `SyS_read` and `ksys_read` are one function.
 */
export const SYSCALL_PREFIXES: readonly string[] = [
  "SYSC_",
  "SyS_",
  "sys_",
  "__x64_",
  "__ia32_",
  "__arm64_",
  "__riscv_",
  "__s390x_",
  "__s390_",
  "____sys_",
  "___sys_",
  "__sys_",
  "__se_",
  "__se_sys_",
  "__do_sys_",
  "compat_SYSC_",
  "compat_SyS_",
  "ksys_",
];

/** The name in a title: the one prefix whose removal leaves the shortest name is removed, as syzbot does. */
export function titleName(name: string): string {
  let shortest = name;
  for (const prefix of SYSCALL_PREFIXES) {
    if (
      name.startsWith(prefix) &&
      name.length - prefix.length < shortest.length &&
      name.length > prefix.length
    ) {
      shortest = name.slice(prefix.length);
    }
  }
  return shortest;
}

const SYSCALL =
  /^(?:__(?:x64|ia32|arm64|riscv|s390x?|powerpc|loongarch|mips)_(?:compat_)?sys_|__(?:se|do)_(?:compat_)?sys_|(?:compat_)?(?:SyS|SYSC)_|SYSCALL_DEFINE\d\(|ksys_)(\w+)/;

/** One name for all faces of a system call (`sys_read`); other names come back unchanged. */
export function canonicalName(name: string): string {
  const match = SYSCALL.exec(name);
  return match === null ? name : `sys_${match[1] ?? ""}`;
}

/**
 * The symbol that someone means by what they pasted: `func+0x1b/0x60 [mod]`, ` ? foo.isra.0`, `struct foo`,
 * `SYSCALL_DEFINE3(read, ...`, `__x64_sys_read`, `RIP: 0010:func+0x1b/0x60`. Offsets, modules, addresses, registers and
 * compiler suffixes are dropped.
 */
export function symbolName(pasted: string): string {
  const bare = bareName(pasted);
  const call = /^SYSCALL_DEFINE\d\( *(\w+)/.exec(bare);
  if (call !== null) return `sys_${call[1] ?? ""}`;
  const word = /^\.?[\w.$]+/.exec(bare)?.[0];
  return word === undefined ? bare : canonicalName(stripSuffixes(word));
}

/**
 * False for what begins with a word that is no name of its own: `net/ipv4/tcp_ipv4.c:1954`, `tracepoint:sched_switch`,
 * `rq->lock`.
 */
export function isSymbol(pasted: string): boolean {
  return !/^\.?[\w.$]+?(?:[/:-]\S|\.[chS](?::|$))/.test(bareName(pasted));
}

/**
 * The function that a 32-bit program's system call enters, where what was pasted names that one and not the native one:
 * `__ia32_compat_sys_ioctl` and `COMPAT_SYSCALL_DEFINE3(ioctl, ...` are `compat_sys_ioctl` (include/linux/compat.h).
 */
export function compatName(pasted: string): string | undefined {
  const call = COMPAT_CALL.exec(bareName(pasted))?.[1];
  return call === undefined ? undefined : `compat_sys_${call}`;
}

const COMPAT_CALL =
  /^(?:__(?:x64|x32|ia32|arm64|riscv|s390x?|powerpc|loongarch|mips|se|do)_compat_sys_|compat_(?:sys|SyS|SYSC)_|COMPAT_SYSCALL_DEFINE\d\( *)(\w+)/;

/**
 * What was pasted from the name on: a symbol with its offset and size (`%pS`) is the name, whatever register is before it;
 * otherwise an address, a question mark and `struct` are cut off.
 */
function bareName(pasted: string): string {
  const text = pasted.slice(0, 1000).trim();
  const place = WHOLE_PLACE.exec(text);
  if (place !== null) return text.slice(place.index);
  return text
    .replace(/^(?:\[<?[0-9a-fx]{0,18}>?\] *){0,2}(?:\? +)?/, "")
    .replace(/^(?:struct|union|enum) +/, "");
}

const WHOLE_PLACE = /[A-Za-z_.$][\w.$]*\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}/;

/** `__pick_next_task` in its parts: `pick`, `next`, `task`. */
export function nameParts(name: string): string[] {
  return name.replace(/^_+/, "").split("_");
}

/** The first of them, where the others are not asked for. */
export function firstNamePart(name: string): string {
  return FIRST_PART.exec(name)?.[1] ?? "";
}

const FIRST_PART = /^_*([^_]*)/;
