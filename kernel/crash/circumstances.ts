/** Who crashed, and on what machine: processor, task, hardware, workqueue, loaded modules. */

export interface Circumstances {
  readonly cpu: number | undefined;
  readonly pid: number | undefined;
  readonly comm: string | undefined;
  readonly hardware: string | undefined;
  readonly workqueue: string | undefined;
  readonly modules: readonly string[];
}

/** Ways to name the processor, surest first. */
const CPU: readonly RegExp[] = [
  // kernel/watchdog.c; another processor may have looked
  /\bLOCKUP on cpu (\d{1,5})\b/,
  /^CPU: (\d{1,5}) (?:UID: \d+ )?PID: /,
  /^WARNING: CPU: (\d{1,5}) /,
  /\bCPU#(\d{1,5})\b/,
  /^CPU:? ?(\d{1,5})\b/,
  // powerpc's xmon
  /^cpu (0x[0-9a-f]{1,4}): Vector: /,
  /\bCPU: ?(\d{1,5})\b/,
  /\bCPU (\d{1,5}) Unable to handle/,
];

/** Ways to name the task: `pid` and `comm` groups. */
const TASK: readonly RegExp[] = [
  // dump_stack_print_info() since 3.10; UID since 6.12
  /^CPU: \d{1,5} (?:UID: \d{1,10} )?PID: (?<pid>\d{1,10}) Comm: (?<comm>.{1,64}?) (?:Not tainted|Tainted: |Kdump)/,
  // the crash utility's bt
  /^PID: {1,4}(?<pid>\d{1,10}) {1,4}TASK: {1,4}[0-9a-f]{8,16} {1,4}CPU: {1,4}\d{1,5} {1,4}COMMAND: "(?<comm>[^"]{1,64})"/,
  // until 3.9
  /^Pid: (?<pid>\d{1,10}), comm: {1,24}(?<comm>.{1,64}?) (?:Not tainted|Tainted: |EFLAGS|xid)/,
  /^Process (?<comm>.{1,64}?) \(pid: (?<pid>\d{1,10})/,
  /^(?:Modules linked in:.*)?Process: {1,4}(?<comm>.{1,64}?),? \(?pid:? (?<pid>\d{1,10})/,
  // kernel/hung_task.c, kernel/watchdog.c
  /INFO: task (?<comm>.{1,64}):(?<pid>\d{1,10}) (?:blocked|can't die)/,
  /stuck for \d{1,10}s! \[(?<comm>[^\]]{1,64}):(?<pid>\d{1,10})\]/,
  // mm/kasan/report.c
  /by task (?<comm>\S{1,64})\/(?<pid>\d{1,10})/,
  /, CPU#\d{1,5}: (?<comm>\S{1,64})\/(?<pid>\d{1,10})$/,
  // powerpc's xmon
  /^\s*pid {3}= (?<pid>\d{1,10}), comm = (?<comm>.{1,64})$/,
  // powerpc's show_regs(), sparc's die_if_kernel()
  /^TASK = [0-9a-f]{8,16}\[(?<pid>\d{1,10})\] '(?<comm>[^']{1,64})'/,
  /^(?<comm>[\w./-]{1,32})\((?<pid>\d{1,10})\): Oops/,
  /code: (?<comm>\S{1,64})\/(?<pid>\d{1,10})$/,
  /^CPU: \d{1,5} (?:UID: \d{1,10} )?PID: (?<pid>\d{1,10}) Comm: (?<comm>\S{1,64})/,
  /^comm: (?<comm>\S{1,64})$|^ ?comm "(?<comm2>[^"]{1,64})", pid (?<pid>\d{1,10})/,
  // kernel/panic.c, __warn(), where the line below it is lost
  /^WARNING: CPU: \d{1,5} PID: (?<pid>\d{1,10}) at /,
];

const HARDWARE = /Hardware name: ?(.{1,200})/;
/** Until 3.9 the board stood behind the kernel's build number. */
const BOARD =
  /^Pid: .{1,120}(?:Not tainted|Tainted:).{1,100}? #\d{1,6}(?:-\w{1,20})?\)? (?!SMP|PREEMPT|Debian|Ubuntu)([A-Za-z].{2,100})$/;
const WORKQUEUE = /^Workqueue: (\S{1,80}(?: \S{1,80})?)/;
const MODULES = /^Modules linked in:(.*)/;

/** Reads what the lines of a report say of these; the first line that says something counts. */
export function readCircumstances(lines: readonly string[]): Circumstances {
  const task = firstGroups(lines, TASK);
  const pid = task?.pid;
  const board = firstMatch(lines, HARDWARE) ?? firstMatch(lines, BOARD);
  const cpu = CPU.map((pattern) => firstMatch(lines, pattern)).find((found) => found !== undefined);
  return {
    cpu: cpu === undefined ? undefined : Number(cpu),
    pid: pid === undefined ? undefined : Number(pid),
    comm: task?.comm ?? task?.comm2,
    hardware: board?.trim(),
    workqueue: firstMatch(lines, WORKQUEUE),
    modules: readModules(lines),
  };
}

/**
 * Names behind "Modules linked in:". Taints in parentheses (`snd(E)`), load counts (`rose 38208 0`), addresses and
 * the module unloaded last are left out.
 */
function readModules(lines: readonly string[]): string[] {
  const list = firstMatch(lines, MODULES);
  if (list === undefined) return [];
  const modules: string[] = [];
  for (const word of list.replace(/\[last unloaded:[^\]]{0,200}\]?/, "").split(/[\s,]+/)) {
    const name = /^([A-Za-z_][\w-]{0,63}|[0-9][\w-]{0,62}[A-Za-z_]\w{0,8})(?:\([A-Z+-]+\)|@[\w/]+)?$/.exec(
      word,
    )?.[1];
    if (name !== undefined) modules.push(name);
  }
  return modules;
}

/** The first group of the first line that the pattern fits. */
export function firstMatch(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstGroups(
  lines: readonly string[],
  patterns: readonly RegExp[],
): Record<string, string | undefined> | undefined {
  for (const pattern of patterns) {
    for (const line of lines) {
      const groups = pattern.exec(line)?.groups;
      if (groups !== undefined) return groups;
    }
  }
  return undefined;
}
