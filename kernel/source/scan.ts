import { scanAssembly } from "./scan-assembly.ts";
import { scanC } from "./scan-c.ts";
import { NOTHING_SCANNED, type ScannedFile } from "./scanned-file.ts";

/** Scans a file of a tree by what its path says it is; one that is no source gives nothing. */
export function scanSource(path: string, bytes: Buffer): ScannedFile {
  const scan = SCANNERS[extensionOf(path)];
  return scan === undefined || bytes.length > LARGEST_FILE ? NOTHING_SCANNED : scan(bytes);
}

/** True for a file that is worth scanning: C or assembly of the kernel, not of programs that run beside it. */
export function isSource(path: string): boolean {
  return extensionOf(path) in SCANNERS && !NOT_THE_KERNEL.test(path);
}

function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf("."));
}

const SCANNERS: Readonly<Record<string, (bytes: Buffer) => ScannedFile>> = {
  ".c": scanC,
  ".h": scanC,
  ".S": scanAssembly,
};
const NOT_THE_KERNEL = /^(?:Documentation|tools|scripts|usr|samples\/(?:bpf|seccomp|vfs))\//;
/** Nothing in a kernel comes near; what does is no source. */
export const LARGEST_FILE = 64 << 20;
