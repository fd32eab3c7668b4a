import { cpus, freemem, loadavg, totalmem } from "node:os";
import { ripgrepPath } from "../../finder/ripgrep.ts";
import { ask } from "./process.ts";

/** On what, with what and when something was measured. */
export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  readonly freeMemory: number;
  /** The load of the minute before: others at work make every figure worse. */
  readonly load: number;
  readonly node: string;
  readonly git: string;
  readonly ripgrep: string;
  readonly ctags: string;
}

export async function thisMachine(): Promise<Machine> {
  const firstLine = async (command: string): Promise<string> => {
    try {
      return (await ask(command, ["--version"])).split("\n")[0] ?? "";
    } catch {
      return "none";
    }
  };
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    freeMemory: Math.round(freemem() / 2 ** 30),
    load: loadavg()[0] ?? 0,
    node: process.version,
    git: (await firstLine("git")).replace("git version ", ""),
    ripgrep: (await firstLine(ripgrepPath())).replace("ripgrep ", ""),
    ctags: (await firstLine("ctags")).replace(/,.*/, "").replace("Universal Ctags ", ""),
  };
}
