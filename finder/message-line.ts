/**
 * An observed line without what the log daemon or the console put before the kernel's own text: syslog's date and
 * host, `kernel:`, a level, the time since boot, the caller. Runs of blanks are made one.
 */
export function cleanLine(observed: string): string {
  let text = observed
    .slice(0, LONGEST_LINE)
    .replace(/[\r\n].*/s, "")
    .replace(/\s+/g, " ")
    .trim();
  for (let before = ""; before !== text; ) {
    before = text;
    for (const dressing of DRESSINGS) text = text.replace(dressing, "");
    text = text.trimStart();
  }
  return text;
}

const DRESSINGS: readonly RegExp[] = [
  /^(?:> ?){1,9}/, // a mail's quotes
  /^<\d{1,3}>/, // printk's level
  /^(?:kern|daemon|user) *: ?[a-z]{3,7} *: /, // dmesg -x
  /^\[ *\d{1,10}\.\d{1,9}\] ?/, // seconds since boot
  /^\[ *[TC]\d{1,8}\] ?/, // CONFIG_PRINTK_CALLER
  /^\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +\d{1,2} [\d:]{8} \d{4}\] /, // dmesg -T
  /^[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d [\w.:-]{1,64} (?=kernel)/, // syslog
  /^\d{4}-\d\d-\d\dT[\d:.,]{8,20}(?:Z|[+-]\d\d:?\d\d)? [\w.:-]{1,64} (?=kernel)/, // journald -o short-iso
  /^kernel(?:\[\d+\])?: /,
];
const LONGEST_LINE = 2000;
