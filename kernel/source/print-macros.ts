import { ARGUMENT, END, MACRO, type RawFormat } from "./literal.ts";

/** What a call that prints is, by its name. */
export interface Printer {
  /** What the macro puts before the format. */
  readonly prefix: "none" | "pr_fmt" | "dev_fmt" | "panic" | "unknown";
  /** What the macro's own text makes of the format, ARGUMENT where that goes. */
  readonly around: RawFormat | undefined;
  readonly level: string | undefined;
  /** How many arguments are before the format, where one of them is a text as well. */
  readonly before: number;
  /** Goes on with the line before it. */
  readonly continues: boolean;
}

export interface PrinterRow {
  /** The characters that such a name can begin with: most rows are passed over by it, and their expressions never compiled. */
  readonly first: string;
  /** The first group, if there is one, says the level. */
  readonly pattern: RegExp;
  readonly prefix: Printer["prefix"];
  readonly source: string;
  readonly around?: RawFormat;
  readonly level?: string;
  /** What the arguments before the format say of it; the first that fits counts. */
  readonly cases?: readonly PrinterCase[];
  readonly before?: number;
}

interface PrinterCase {
  readonly argument: RegExp;
  readonly level: string;
  readonly around: RawFormat;
}

/** Behind what ACPICA prints: its version, the file and the line (ACPI_MSG_SUFFIX). */
const ACPI_SUFFIX = " (%8.8X/%s-%u)\n";

/** Families of printing calls; the first row that fits a name counts. */
const PRINTERS: readonly PrinterRow[] = [
  {
    first: "pK",
    pattern: /^pr_cont(_once)?$|^KERN_CONT$/,
    prefix: "none",
    source: "include/linux/printk.h: no pr_fmt",
  },
  {
    first: "np",
    pattern:
      /^(?:net_)?pr_(?:emerg|alert|crit|err|warn|warning|notice|info|debug|devel|level)(?:_once|_ratelimited)?(?:_extra)?$/,
    prefix: "pr_fmt",
    source: "include/linux/printk.h, include/linux/net.h",
  },
  {
    first: "_d",
    pattern:
      /^(?:_?dev_(?:printk|emerg|alert|crit|err|warn|notice|info|dbg|vdbg|err_probe|level)(?:_once|_ratelimited)?)$/,
    prefix: "dev_fmt",
    source: "include/linux/dev_printk.h",
  },
  {
    first: "nsahupwidv",
    pattern:
      /^(?:netdev|netif|sdev|scmd|ata_(?:port|link|dev)|hid|usb|pci|hw|wiphy|shost|starget|ibdev|drm|v4l2)_(?:printk|emerg|alert|crit|err|warn|notice|info|dbg|vdbg)(?:_once|_ratelimited)?$/,
    prefix: "dev_fmt",
    source: "include/linux/netdevice.h, scsi_device.h, libata.h, hid.h, pci.h: the device's name first",
  },
  {
    first: "p",
    pattern: /^panic$/,
    prefix: "panic",
    source: "kernel/panic.c: Kernel panic - not syncing: %s",
  },
  {
    first: "p_venDWdtx",
    pattern:
      /^(?:printk|_printk|vprintk|early_printk|printk_(?:once|ratelimited|deferred|deferred_once|emit)|(?:net_|DMA_)?WARN(?:_ONCE|_RATELIMIT|_TAINT|_TAINT_ONCE)?|__?warn_printk|die|die_if_kernel|no_printk|trace_printk|xen_raw_printk|prom_printf)$/,
    prefix: "none",
    source: "include/linux/printk.h, include/asm-generic/bug.h: the format alone",
  },
  {
    first: "D",
    pattern: /^DM(CRIT|ERR|WARN|INFO|DEBUG)(?:_LIMIT)?$/,
    prefix: "none",
    around: `device-mapper: ${MACRO}DM_MSG_PREFIX${END}: ${ARGUMENT}\n`,
    source: "include/linux/device-mapper.h",
  },
  {
    first: "x",
    pattern: /^xfs_(?:emerg|alert|crit|err|warn|notice|info|debug)(?:_once|_ratelimited|_tag)?$/,
    prefix: "none",
    around: `XFS (%s): ${ARGUMENT}\n`,
    source: "fs/xfs/xfs_message.c",
  },
  {
    first: "x",
    pattern: /^xfs_buf_alert_ratelimited$/,
    prefix: "none",
    around: `XFS (%s): ${ARGUMENT}\n`,
    before: 2,
    source: "fs/xfs/xfs_message.c: behind a text that names the rate limit",
  },
  {
    first: "c",
    pattern: /^cifs_dbg$/,
    prefix: "pr_fmt",
    cases: cifsCases(""),
    source: "fs/smb/client/cifs_debug.h",
  },
  {
    first: "c",
    pattern: /^cifs_server_dbg$/,
    prefix: "pr_fmt",
    cases: cifsCases("\\\\%s "),
    source: "fs/smb/client/cifs_debug.h: the server's name first",
  },
  {
    first: "c",
    pattern: /^cifs_tcon_dbg$/,
    prefix: "pr_fmt",
    cases: cifsCases("%s "),
    source: "fs/smb/client/cifs_debug.h: the share's name first",
  },
  ...(
    [
      ["INFO", "info", `ACPI: ${ARGUMENT}\n`],
      ["WARNING(?:_ONCE)?", "warn", `ACPI Warning: ${ARGUMENT}${ACPI_SUFFIX}`],
      ["ERROR(?:_ONCE)?", "err", `ACPI Error: ${ARGUMENT}${ACPI_SUFFIX}`],
      ["EXCEPTION", "err", `ACPI %s: AE_%s, ${ARGUMENT}${ACPI_SUFFIX}`], // "Exception" before 3.9
      ["ERROR_METHOD", "err", `ACPI Error: ${ARGUMENT} %s due to previous error (%s)${ACPI_SUFFIX}`], // uterror.c
      ["BIOS_WARNING", "warn", `ACPI BIOS Warning (bug): ${ARGUMENT}${ACPI_SUFFIX}`],
      ["BIOS_ERROR", "err", `ACPI BIOS Error (bug): ${ARGUMENT}${ACPI_SUFFIX}`],
      ["BIOS_EXCEPTION", "err", `ACPI BIOS Error (bug): AE_%s, ${ARGUMENT}${ACPI_SUFFIX}`],
    ] as const
  ).map(
    ([name, level, around]): PrinterRow => ({
      first: "Aa",
      pattern: new RegExp(`^ACPI_${name}$|^acpi_${name.toLowerCase()}$`),
      prefix: "none",
      level,
      around,
      source: "include/acpi/acoutput.h, include/acpi/platform/aclinux.h, drivers/acpi/acpica/utxferror.c",
    }),
  ),
];

/** By the first argument (fs/smb/client/cifs_debug.h); `who`: what the macro says of the connection. */
function cifsCases(who: string): readonly PrinterCase[] {
  return [
    { argument: /\bFYI\b/, level: "debug", around: `%s: ${who}${ARGUMENT}` },
    { argument: /\bVFS\b/, level: "err", around: `VFS: ${who}${ARGUMENT}` },
    { argument: /\bNOISY\b/, level: "debug", around: who + ARGUMENT },
  ];
}

/** The family that a printing call belongs to, by its name; undefined: none that all of the kernel uses. */
export function printerFamily(name: string): PrinterRow | undefined {
  const first = name[0] ?? "";
  return PRINTERS.find((one) => one.first.includes(first) && one.pattern.test(name));
}

/** Calls that format a text for another reader than the kernel log: proc and sysfs files, buffers, names. */
const NOT_THE_LOG =
  /^(?:seq_\w+|v?sn?printf|v?scnprintf|v?s?n?printf_\w+|k?v?asprintf\w*|devm_kasprintf|kvasprintf\w*|sysfs_emit\w*|sprintf\w*|snprintf\w*|trace_seq_\w+|trace_(?!printk)\w+|MODULE_\w+|__setup|early_param|sscanf|strn?cmp|strn?casecmp|str\w*|mem\w*|request_\w+|devm_\w+|clk_\w+|kthread_\w+|alloc_\w+|create_\w+|proc_\w+|debugfs_\w+|of_\w+|asm|__asm__|volatile|__volatile__|asm_volatile_goto|fprintf|fputs|puts|perror|fdt_\w+|device_property\w*|regulator_\w+|sizeof|ARRAY_SIZE|BUILD_BUG_ON_MSG|compiletime_assert|static_assert|ALTERNATIVE\w*|__ASM\w*|EXPORT_\w+|bio_\w+|class_create|kobject_\w+|audit_log\w*|printk_index_\w+|check_panic_on_warn|if|while|for|switch|return|lockdep_\w+|SND_SOC_\w+|SOC_\w+|cmn_\w+|kunit_\w+|KUNIT_\w+|TP_printk|__print_\w+|print_hex_dump\w*|device_create\w*|dev_set_name|register_\w+)$/;

/** Names that print by their own words, in any driver: `ath_err`, `DRM_ERROR`, `btrfs_info_in_rcu`, `dprintk`, `DBG`. */
const LIKE_A_PRINTER =
  /(?:^|_)(?:emerg|alert|crit|err|error|errmsg|warn|warning|notice|info|dbg|debug|msg|print|printk?|log|fatal|panic|trace|verbose|hint|bug)\d?(?:_(?:once|ratelimited|rl|on|cond|tag|(?:rl_)?in_rcu))?$|printk|printf$|dbg|debug|(?:^|_)(?:err|warn)/i;

/**
 * The printer that a name is; undefined for a call that does not print to the log. A name that is no kernel-wide
 * printer is one when it says so, or when the text it is given ends a line (`\n`) or has a conversion. `before`: the
 * arguments before that text, as the source has them.
 */
export function printerOf(name: string, format: string, before = ""): Printer | undefined {
  const row = printerFamily(name);
  if (row) {
    const so = row.cases?.find((one) => one.argument.test(before));
    const said = LEVELS[row.pattern.exec(name)?.[1]?.toLowerCase() ?? ""];
    return {
      prefix: row.prefix,
      around: so?.around ?? row.around,
      level: so?.level ?? row.level ?? said ?? levelOf(name),
      before: row.before ?? 0,
      continues: name.startsWith("pr_cont"),
    };
  }
  if (NOT_THE_LOG.test(name)) return undefined;
  const endsLine = format.endsWith("\n");
  if (!endsLine && !(LIKE_A_PRINTER.test(name) && /\S\s+\S|%/.test(format))) return undefined;
  return {
    prefix: "unknown",
    around: undefined,
    level: levelOf(name),
    before: 0,
    continues: /cont$/i.test(name),
  };
}

const WITH_PR_FMT = PRINTERS.filter(({ prefix }) => prefix === "pr_fmt");

/** Does a macro put the pr_fmt of its file before its text? Those that drivers name as the kernel's own do, too. */
export function usesPrFmt(name: string): boolean {
  return /^(?:net_)?pr_(?!cont)/.test(name) || WITH_PR_FMT.some(({ pattern }) => pattern.test(name));
}

/** `pr_err_ratelimited` is `err`, `KERN_WARNING` is `warn`: the names of `dmesg -x`. */
export function levelOf(name: string): string | undefined {
  const word =
    /(?:_|^)(emerg|alert|crit|err|error|warn|warning|notice|info|debug|dbg|vdbg|devel)(?:_|$)/i.exec(name);
  if (word === null) return /^(?:WARN|__warn)/.test(name) ? "warn" : name === "panic" ? "emerg" : undefined;
  return LEVELS[(word[1] ?? "").toLowerCase()];
}

const LEVELS: Readonly<Record<string, string>> = {
  emerg: "emerg",
  alert: "alert",
  crit: "crit",
  err: "err",
  error: "err",
  warn: "warn",
  warning: "warn",
  notice: "notice",
  info: "info",
  debug: "debug",
  dbg: "debug",
  vdbg: "debug",
  devel: "debug",
};
