import type { RunningKernel } from "../kernel/running-kernel.ts";
import type { Proof } from "./proof.ts";

export type VerdictStatus = "fixed" | "missing" | "not-affected" | "unknown";

/** What one kind of data says of a fix and a kernel. */
export interface Opinion {
  readonly status: VerdictStatus;
  readonly reason: string;
  /** The release, or the package's version, since which the kernel's own line has the fix. */
  readonly since?: string | undefined;
  /** What a "fixed" rests on. */
  readonly proof?: Proof | undefined;
}

/** What to call the kernel in a sentence. */
export function nameOf(kernel: RunningKernel): string {
  return kernel.upstream ?? kernel.release ?? kernel.series ?? "this kernel";
}
