/** The same crash once more: another build, processor, task and kernel address. */
import { below, type Random } from "./chance.ts";

/** A frame of x86's call traces, behind the kernel's time if there is one. */
const FRAME =
  /^((?:\[ *\d+\.\d+\](?:\[ *[TC]\d+\])?)? {1,2}(?:\[<[0-9a-f]+>\] )?)(?!\? )[A-Za-z_][\w.]*\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[\w+\])?$/;
/** What a log of the corpora already wears: its host is not the one that is made up here. */
const WORN =
  /^(?:\[ *\d+\.\d+\] (?=\S+ kernel: )|(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) )(?:\S+ kernel: ?|\S+ (?=\[ *\d+\.\d{6}\]))/;

/** The log without the host that it names: it is dressed as another's. */
export function withoutHost(log: string): string {
  return log
    .split("\n")
    .map((line) => line.replace(WORN, ""))
    .join("\n");
}

/** The same crash of another build, on another processor, in another task; some of its last lines may be lost. */
export function happenAgain(log: string, chance: Random): string {
  const shift = 1 + below(chance, 0x3f);
  const update = below(chance, 20);
  const lines = log.split("\n").map((line) => {
    const again = line
      .replace(WORN, "")
      .replace(/\[<([0-9a-f]{8,16})>\]/g, (_, address: string) => `[<${otherDigits(address, chance)}>]`)
      .replace(
        /\b([A-Za-z_]\w*(?:\.\w+)*)\+0x([0-9a-f]{1,4})\/0x([0-9a-f]{1,4})\b/g,
        (_, name: string, offset: string, size: string) =>
          `${suffixed(name, chance)}+0x${(Number.parseInt(offset, 16) + shift).toString(16)}/0x${(Number.parseInt(size, 16) + shift).toString(16)}`,
      )
      .replace(/\bCPU: \d+ /g, `CPU: ${below(chance, 64)} `)
      .replace(/\bPID: \d+ /g, `PID: ${1 + below(chance, 30_000)} `)
      .replace(/\bPid: \d+,/g, `Pid: ${1 + below(chance, 30_000)},`)
      .replace(
        /(Not tainted|Tainted: [A-Z ]{1,24}?) {1,2}(\d+\.\d+\.)\d+(\S*) #\d+/,
        (_, taint: string, series: string, rest: string) =>
          `${taint} ${series}${update}${rest} #${1 + below(chance, 90)}`,
      )
      .replace(/^(.{0,40}Modules linked in:)((?: [\w()]+){4,})$/, (_, head: string, modules: string) =>
        [
          head,
          ...modules
            .trim()
            .split(" ")
            .filter(() => chance() < 0.9),
        ].join(" "),
      );
    const frame = FRAME.exec(again);
    if (frame === null || chance() > 0.1) return [again];
    return [again, `${frame[1]}? update_load_avg+0x${shift.toString(16)}/0x6d0`];
  });
  const all = lines.flat();
  const lost = chance() < 0.3 && all.length > 24 ? below(chance, Math.floor(all.length / 8)) : 0;
  return all.slice(0, all.length - lost).join("\n");
}

function otherDigits(address: string, chance: Random): string {
  if (/^0+$/.test(address)) return address; // a jump to NULL
  return address.slice(0, -5) + below(chance, 0x100000).toString(16).padStart(5, "0");
}

/** GCC's clones: the same function in another build. */
function suffixed(name: string, chance: Random): string {
  if (name.includes(".") || chance() > 0.05) return name;
  return `${name}.${chance() < 0.5 ? "isra" : "constprop"}.${below(chance, 3)}`;
}
