/** A log whose newlines were lost: one long line is cut where a new message must have begun. */

/** Shorter lines than this hold one message. */
const SHORTEST_JOINED = 100;
const FEWEST_STARTS = 3;

const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

/** A prefix inside a line means that another line was glued on: the kernel's time or dmesg's date ... */
const TIME_INSIDE =
  /\[(?: *\d{1,10}\.\d{6}\](?:\[ *[TC]\d{1,10}\])?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}\]) /g;
/** ... or the kernel's tag, behind a date and a host. */
const TAG_INSIDE = /kernel(?:\[\d{1,10}\])?:/g;
const LEVEL_AHEAD = /<\d{1,3}>$/;
const DATE_AHEAD = new RegExp(
  `(?:(?:<\\d{1,3}>)?${MONTH} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?|\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?) ?[\\w.-]{0,64}? ?$`,
);
const LONGEST_AHEAD = 110;
/** The line's own tag. */
const DATE_FIRST = new RegExp(`^(?:<\\d{1,3}>)?(?:${MONTH}|\\d{4}-\\d\\d-)`);
const LONGEST_FIRST = 64;

/** How the lines of an oops begin, for logs without any prefix. */
const STARTS = [
  "BUG: (?:unable|kernel|KASAN|soft)",
  "(?:IP|EIP|RIP|EIP is at|PC is at|LR is at|pc|epc|NIP) ?:? {1,4}(?:\\[[<0-9a-fc]|\\d{4}:|[0-9a-f]{16}|\\w{1,127}\\+0x)",
  "(?:PGD|\\*pde|\\*pdpt|pgd) =? ?[0-9a-f]{3}",
  "(?<!Internal error: )Oops: (?:[0-9a-f]{4}|[\\w ]{1,40}) \\[#",
  "Internal error: ",
  "(?:Modules linked in|last sysfs file|Hardware name|Workqueue|Call Trace|Call trace|Stack|Code|Process|Dumping ftrace buffer|Krnl PSW|Krnl Code|Instruction dump): ?",
  "(?:CPU: \\d{1,5} (?:UID: \\d{1,10} )?PID: \\d|CPU \\d{1,5}:|Pid: \\d)",
  "(?:RSP|RAX|EAX|RDX|RBP|ESI|R10|R13|FS|CS|CR2|DR0|DR3|x29|x26|x23|x20|x17|x14|x11|x8|x5|x2|sp) ?: {0,2}[0-9a-f]{4}",
  "DS: [0-9a-f]{4} ES: ",
  "(?:lr|LR) ?:? ?(?:\\[[0-9a-f]{8,16}\\] |[0-9a-f]{16} )?[\\w.]{1,127}\\+0x",
  "task: [0-9a-f]{8}",
  "---\\[ (?:end|cut)",
  "-{8,16}\\[ cut here",
  "</?(?:TASK|IRQ|NMI|EOI|SOFTIRQ)>",
  "Kernel panic - not syncing",
  "\\[<[0-9a-f]{0,16}>\\] {1,4}(?:\\? )?[\\w.]{1,127}\\+0x",
  "\\[\\] ?(?:\\? )?[\\w.]{1,127}\\+0x",
  "\\? [\\w.]{1,127}\\+0x[0-9a-f]{1,6}/",
];
const LINE_INSIDE = new RegExp(`[\\s\\])](?=${STARTS.join("|")})`, "g");
/** Starts that are recognised even without a blank in front; looked for only in a line that must be many. */
const GLUED_INSIDE =
  /[a-z\d)\]](?=BUG: (?:unable|kernel)|R?IP: (?:\[<|0010:)|Oops: [0-9a-f]{4} \[#|Modules linked in:|CPU: \d{1,5} (?:UID: \d{1,10} )?PID: |Hardware name: |task: [0-9a-f]{8}|RSP: 0018:|RAX: [0-9a-f]{16}|Call [Tt]race:|Code: [0-9a-f]{2} |CR2: [0-9a-f]{16}|---\[ end|PGD [0-9a-f]| ?\[<[0-9a-f]{8,16}>\] (?:\? )?\w)/g;
const SHORTEST_GLUED = 240;
/** Bare frames in a row: `func+0x1/0x2 func+0x3/0x4`. */
const FRAME_INSIDE =
  /(?<=\/0x[0-9a-f]{1,6}(?: \[\w{1,63}\])?) {1,8}(?=[A-Za-z_][\w.]{0,127}\+0x[0-9a-f]{1,6}\/)/g;

/** The messages in a line, each with its prefix. */
export function splitAtPrefixes(line: string): string[] {
  return line.length < SHORTEST_JOINED ? [line] : cutAt(line, prefixPlaces(line));
}

/** The lines of an oops in a message without its prefix. A few that belong on one line are left there. */
export function splitAtStarts(message: string): string[] {
  if (message.length < SHORTEST_JOINED) return [message];
  const places = [...message.matchAll(LINE_INSIDE)].map((match) => match.index + 1);
  if (message.length >= SHORTEST_GLUED)
    for (const match of message.matchAll(GLUED_INSIDE)) places.push(match.index + 1);
  const starts = cutAt(
    message,
    places.sort((one, other) => one - other),
  );
  return starts.length < FEWEST_STARTS ? [message] : starts.flatMap((start) => start.split(FRAME_INSIDE));
}

/** Where prefixes begin, in order. */
function prefixPlaces(line: string): number[] {
  const places: number[] = [];
  for (const { index } of line.matchAll(TIME_INSIDE)) {
    const level = LEVEL_AHEAD.exec(line.slice(Math.max(0, index - 5), index));
    // A date and a host in front of the time are the same line's.
    const from = Math.max(0, index - LONGEST_AHEAD);
    const ahead = DATE_AHEAD.exec(line.slice(from, index));
    places.push(ahead === null ? index - (level?.[0].length ?? 0) : from + ahead.index);
  }
  const dated = DATE_FIRST.test(line);
  for (const { index } of line.matchAll(TAG_INSIDE)) {
    if (dated && index < LONGEST_FIRST) continue;
    const ahead = DATE_AHEAD.exec(line.slice(Math.max(0, index - LONGEST_AHEAD), index));
    if (ahead !== null) places.push(Math.max(0, index - LONGEST_AHEAD) + ahead.index);
  }
  return places.sort((one, other) => one - other);
}

/** An instruction pointer prints its address twice, and stays whole. */
const POINTER_AHEAD =
  /\b(?:RIP|IP|EIP|NIP|LR|Caller|at):? {0,3}(?:[\da-z]{4}:)?(?:\[<[0-9a-f]*>\] *|\[\] *)?$/;

/** Cuts at the places, given in order. */
function cutAt(line: string, places: readonly number[]): string[] {
  if (places.length === 0 || (places.length === 1 && places[0] === 0)) return [line];
  const parts: string[] = [];
  let start = 0;
  for (const place of places) {
    if (place <= start || POINTER_AHEAD.test(line.slice(Math.max(start, place - 64), place))) continue;
    parts.push(line.slice(start, place));
    start = place;
  }
  parts.push(line.slice(start));
  return parts;
}
