import type { StoredDefinition } from "../cache/tree-reader.ts";
import { compatName, SYSCALL_PREFIXES, symbolName } from "../kernel/crash/symbol.ts";
import { architectureFilter, architectureOfPath } from "../kernel/source/architectures.ts";
import type { Maintainers } from "../kernel/source/maintainers.ts";

/** Where a name is defined. */
export interface FoundDefinition extends StoredDefinition {
  /** The folder under arch/ that it belongs to; undefined: everyone's. */
  readonly arch: string | undefined;
}

/** What definitions are looked up in: an indexed tree, or a folder that is searched. */
export interface DefinitionStore {
  definitions(name: string): StoredDefinition[];
  /** Whom to write to about a file. */
  maintainersOf(path: string): Maintainers[];
}

/**
 * The places that define what someone pasted (`func+0x1b/0x60 [mod]`, `struct foo`, `SYSCALL_DEFINE3(read`,
 * `__x64_sys_read`, `foo.isra.0`), for some architectures. Functions hide types and macros of the same name, as a
 * trace only ever names functions; `struct foo` asks for the type.
 */
export function findDefinitions(
  store: DefinitionStore,
  pasted: string,
  architectures: readonly string[],
): FoundDefinition[] {
  const belongs = architectureFilter(architectures);
  for (const name of namesOf(pasted)) {
    const found = store.definitions(name).filter((one) => belongs(one.path));
    if (found.length === 0) continue;
    const best = found.some(isCode) ? found.filter(isCode) : found;
    return best.map((one) => ({ ...one, arch: architectureOfPath(one.path) }));
  }
  return [];
}

/** The names that a pasted text may stand for in an index, the likeliest first. */
export function namesOf(pasted: string): string[] {
  const typed = /^\s*(struct|union|enum)\s+(\w+)/.exec(pasted.slice(0, 300));
  if (typed !== null) return [`${typed[1]} ${typed[2]}`];
  const written = /^[\w.$]+$/.test(pasted.trim()) ? [pasted.trim()] : [];
  const compat = compatName(pasted);
  if (compat !== undefined) return [...new Set([...written, compat])];
  const name = symbolName(pasted);
  const stem = SYSCALL_PREFIXES.find((prefix) => name.startsWith(prefix) && name.length > prefix.length);
  return [
    ...new Set([
      ...written,
      name,
      ...faceOf(name),
      ...(stem === "sys_" || stem === undefined ? [] : [`sys_${name.slice(stem.length)}`]),
      `struct ${name}`,
      `union ${name}`,
      `enum ${name}`,
    ]),
  ];
}

/** What a function is of that macros make beside the one that the source names. */
function faceOf(name: string): string[] {
  for (const { made, of } of FACES) {
    const stem = made.exec(name)?.[1];
    if (stem !== undefined) return of.map((prefix) => prefix + stem);
  }
  return [];
}

const FACES: readonly { readonly made: RegExp; readonly of: readonly string[] }[] = [
  // arch/x86/include/asm/idtentry.h: what enters the kernel, and what it calls
  { made: /^(?:xen_)?asm_(\w+)$/, of: [""] },
  // include/trace/trace_events.h, include/trace/perf.h, include/trace/bpf_probe.h: an event is also a class of its own
  {
    made: /^(?:trace_event_raw_event|trace_raw_output|trace_event_define_fields|perf_trace|__bpf_trace)_(\w+)$/,
    of: ["trace_event_raw_event_", "trace_"],
  },
  // include/linux/tracepoint.h
  { made: /^__(?:traceiter|tracepoint|probestub|SC[KT]__tp_func)_(\w+)$/, of: ["trace_"] },
];

function isCode(one: StoredDefinition): boolean {
  return one.kind === "function" || one.kind === "assembly";
}
