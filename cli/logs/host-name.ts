/** The machine that a log is of, by where the log lies: for logs that name none. */
import { basename, dirname } from "node:path";

/** Names that every machine has; the folder tells more. */
const COMMON =
  /^(?:kern|kernel|syslog|messages|dmesg|vmcore-dmesg|console|serial|journal|system|crash|oops|boot|bootlog|log|logs|var|all|lines?|standard input)$/i;
/** `kern.log.1.gz`, `dmesg-20161112`. */
const ENDINGS = /(?:\.(?:log|txt|out|json|jsonl|ndjson|gz|xz|zst|bz2|old|eml|\d{1,14})|-\d{8,14})$/i;
/** kdump names its folder by the machine and the time: `web-01-2016-11-12-15:06:31` (kdump.conf(5)). */
const KDUMP = /-\d{4}(?:-\d\d){2}-\d\d:\d\d(?::\d\d)?$/;

/** `web-01` for `web-01.log.1.gz`, `fleet/web-01/kern.log` and `/var/crash/web-01-2016-11-12-15:06:31/vmcore-dmesg.txt`. */
export function hostOfPath(path: string): string {
  for (let place = path; ; place = dirname(place)) {
    const name = bareName(basename(place));
    if (name !== "" && name !== "." && name !== ".." && !COMMON.test(name)) return name;
    if (dirname(place) === place) return path;
  }
}

function bareName(name: string): string {
  let bare = name.replace(KDUMP, "");
  for (let shorter = bare.replace(ENDINGS, ""); shorter !== bare; shorter = bare.replace(ENDINGS, ""))
    bare = shorter;
  return bare;
}
