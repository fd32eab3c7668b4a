import type { StoredMessage } from "../cache/tree-reader.ts";

/** What a line says of where it is from, beside its own text: the driver or file system, and the function. */
export interface LineOrigin {
  readonly isDrm: boolean;
  /** Names of drivers, modules and files, in lower case, with underscores. */
  readonly names: readonly string[];
  readonly functions: ReadonlySet<string>;
}

/** A line, as `cleanLine` leaves it, without what DRM puts before each text. */
export function withoutDrm(line: string): string {
  const drm = drmOf(line);
  return drm === undefined ? line : line.slice(drm[0].length) || line;
}

/** Reads the beginning of a line, as `cleanLine` leaves it. */
export function originOf(line: string): LineOrigin {
  const head = line.slice(0, LONGEST_HEAD);
  const drm = drmOf(line);
  const names = [
    HEAD_NAME.exec(head)?.[1],
    drm?.groups?.module,
    drm && "drm",
    line.endsWith(")") ? ACPI_FILE.exec(line)?.[1] : undefined,
  ];
  const functions = [...head.matchAll(NAMED_FUNCTION)].map((match) => match[1] ?? "");
  return {
    isDrm: drm !== undefined,
    names: names.filter((name) => name !== undefined).map(plainName),
    functions: new Set([...functions, drm?.groups?.function ?? ""]),
  };
}

function drmOf(line: string): RegExpExecArray | undefined {
  return (line.includes("[drm") && DRM.exec(line)) || undefined;
}

/**
 * How near a call is to what the line says of itself, in the signs of text that this outweighs. One that prints another's
 * format (`%pV`) is near to any line.
 */
export function nearness(
  origin: LineOrigin,
  call: Pick<StoredMessage, "path" | "function" | "macro" | "format">,
): number {
  if (call.format.includes("%pV")) return 0;
  const parts = call.path
    .replace(/\.\w+$/, "")
    .split("/")
    .map(plainName);
  const named = Math.max(
    0,
    ...origin.names.map((name) => Math.max(...parts.map((part) => alike(name, part)))),
  );
  const inside = call.function !== undefined && origin.functions.has(call.function) ? 1 : 0;
  const prints = origin.isDrm && /drm/i.test(call.macro) ? 1 : 0;
  return NEAR * (named + inside + prints);
}

/** 1: the same. `ath11k_pci` is of ath11k, `mt7921e` of mt7921, `i2c_designware` of i2c-designware-core.c. */
function alike(name: string, part: string): number {
  if (part.startsWith(name)) return part.length === name.length ? 1 : part[name.length] === "_" ? LONGER : 0;
  if (part.length < 3 || !name.startsWith(part)) return 0;
  return /^(?:_|\w{1,2}$)/.test(name.slice(part.length)) ? part.length / name.length : 0;
}

/** `EXT4-fs` is the folder ext4. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("-", "_")
    .replace(/(?<=\w)_fs$/, "");
}

/**
 * `amdgpu 0000:03:00.0: [drm] *ERROR* `, `[drm:func [mod]] `: what drm_dev_printk, __drm_err and __drm_printk put before a
 * text (drivers/gpu/drm/drm_print.c, include/drm/drm_print.h).
 */
const DRM =
  /^(?:[\w.-]{1,40} [\w.:-]{1,40}: )?\[drm(?::(?<function>\w{1,80})(?:\+0x[0-9a-f/x]{1,20})?(?: \[(?<module>[\w-]{1,60})\])?)?\] (?:\*ERROR\* )?/;
/** `nvme nvme0: `, `EXT4-fs error (device sda1): `, `iwlwifi: `: the first word of few before a colon. */
const HEAD_NAME = /^([A-Za-z][\w-]{1,40})(?: [^ :]\S{0,40}){0,3}?: /;
/** `nfs4_reclaim_open_state: `, `ext4_lookup:1234: `, `foo_probe(): `. */
const NAMED_FUNCTION = /(?<![\w-])([a-z_]\w{2,80})(?:\(\))?:/g;
/** `(20220331/utresrc-420)` (ACPI_MSG_SUFFIX of drivers/acpi/acpica/acutils.h). */
const ACPI_FILE = /\([0-9A-F]{8}\/(\w{1,40})-\d{1,6}\)$/;
const LONGEST_HEAD = 160;
const NEAR = 3;
const LONGER = 0.9;
