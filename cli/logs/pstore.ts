/**
 * Crash records that firmware or a reserved piece of memory kept over the reboot: the files of /sys/fs/pstore, or of a
 * copy that systemd-pstore made under /var/lib/systemd/pstore.
 *
 * A record holds a part of the log. fs/pstore/platform.c writes the newest lines first, so Part1 is the log's end, and
 * heads each part with `Panic#2 Part1`: the reason, the number of the event since boot, the part.
 */

/** A file of a pstore folder: `dmesg-efi-165536401701001`, `dmesg-ramoops-0`, `dmesg-erst-6319986351055831041`. */
const RECORD = /^dmesg-[a-z0-9_-]{1,32}-\d{1,24}$/;

export function isPstoreRecord(fileName: string): boolean {
  return RECORD.test(fileName);
}

/** A record with its text. */
export interface PstoreRecord {
  readonly fileName: string;
  readonly text: string;
}

/** One event's log, whole. */
export interface PstoreLog {
  /** `Panic#2`, or the file's name where the record has no head. */
  readonly event: string;
  readonly parts: number;
  readonly text: string;
}

const HEAD = /^([A-Z][A-Za-z ]{2,30}#\d{1,9}) Part(\d{1,9})\r?\n/;
/** efi-pstore numbers its records `(seconds * 100 + part) * 1000 + event`. */
const EFI = /^dmesg-efi(?:_pstore)?-(\d{9,11})\d{5}$/;
/** Slow firmware may take so long from the first part to the last. */
const SECONDS_OF_ONE_EVENT = 60;

interface Part {
  readonly part: number;
  readonly text: string;
}

interface Event {
  readonly name: string;
  readonly seconds: number | undefined;
  readonly parts: Part[];
}

/** The logs in a folder's records, each event's parts joined oldest first. */
export function joinRecords(records: readonly PstoreRecord[]): PstoreLog[] {
  const events: Event[] = [];
  for (const { fileName, text } of records) {
    const head = HEAD.exec(text);
    const name = head?.[1] ?? fileName;
    const part = { part: Number(head?.[2] ?? 1), text: text.slice(head?.[0].length ?? 0) };
    const efi = EFI.exec(fileName)?.[1];
    const seconds = efi === undefined ? undefined : Number(efi);
    const known = events.find((event) => event.name === name && belongs(part, { event, seconds }));
    if (known === undefined) events.push({ name, seconds, parts: [part] });
    else known.parts.push(part);
  }
  return events.map(({ name, parts }) => ({ event: name, parts: parts.length, text: joinParts(parts) }));
}

/** The same reason and number come back after a reboot: then a part is there already, or the time is another. */
function belongs({ part }: Part, { event, seconds }: { event: Event; seconds: number | undefined }): boolean {
  if (event.parts.some((known) => known.part === part)) return false;
  if (seconds === undefined || event.seconds === undefined) return true;
  return Math.abs(seconds - event.seconds) <= SECONDS_OF_ONE_EVENT;
}

function joinParts(parts: readonly Part[]): string {
  return [...parts]
    .sort((one, other) => other.part - one.part)
    .map(({ text }) => (text.endsWith("\n") ? text : `${text}\n`))
    .join("");
}
