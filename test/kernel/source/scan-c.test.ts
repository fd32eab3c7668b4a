import { describe, expect, test } from "vitest";
import { scanC } from "../../../kernel/source/scan-c.ts";

function definitionsOf(...lines: string[]): string[] {
  return scanC(Buffer.from(lines.join("\n"))).definitions.map(
    ({ name, line, endLine, kind, macro }) =>
      `${kind} ${name} ${line}-${endLine}${macro === undefined ? "" : ` by ${macro}`}`,
  );
}

function messagesOf(...lines: string[]): string[] {
  return scanC(Buffer.from(lines.join("\n"))).messages.map(
    (site) =>
      `${site.line} ${site.function ?? "?"} ${site.macro} ${site.level ?? "-"} ${JSON.stringify(site.format)}`,
  );
}

describe("definitions", () => {
  const CASES: readonly (readonly [what: string, source: readonly string[], found: readonly string[]])[] = [
    ["a function", ["int foo(int a)", "{", "\treturn a;", "}"], ["function foo 1-4"]],
    ["the type on a line of its own", ["static struct sk_buff *", "foo(void) {", "}"], ["function foo 2-3"]],
    ["an annotation behind it", ["static int foo(int a) __acquires(&lock)", "{", "}"], ["function foo 1-3"]],
    ["an unknown annotation behind it", ["static int foo(int a) __odd(x)", "{", "}"], ["function foo 1-3"]],
    [
      "an attribute before it",
      ["__printf(1, 2) void foo(const char *f, ...)", "{", "}"],
      ["function foo 1-3"],
    ],
    [
      "a macro without a semicolon before it",
      ["EXPORT_SYMBOL(bar)", "int foo(void)", "{", "}"],
      ["function foo 2-4"],
    ],
    ["the old style of parameters", ["int foo(a, b)", "int a;", "char *b;", "{", "}"], ["function foo 1-5"]],
    [
      "a system call",
      ["SYSCALL_DEFINE3(read, unsigned int, fd)", "{", "}"],
      ["function sys_read 1-3 by SYSCALL_DEFINE3"],
    ],
    [
      "a compat system call",
      ["COMPAT_SYSCALL_DEFINE1(time, int, t)", "{", "}"],
      ["function compat_sys_time 1-3 by COMPAT_SYSCALL_DEFINE1"],
    ],
    [
      "an exception's entry",
      ["DEFINE_IDTENTRY(exc_divide_error)", "{", "}"],
      ["function exc_divide_error 1-3 by DEFINE_IDTENTRY"],
    ],
    [
      "a trace event, statements among its arguments, and what is behind it",
      [
        "TRACE_EVENT(lamp_lit,",
        "\tTP_PROTO(struct lamp *lamp, int on),",
        "\tTP_fast_assign(__entry->on = on; if (on) { __entry->by = 1; }),",
        '\tTP_printk("%d", __entry->on)',
        ");",
        "int foo(void)",
        "{",
        "}",
      ],
      ["function trace_lamp_lit 1-5 by TRACE_EVENT", "function foo 6-8"],
    ],
    [
      "a class of events, and one of it",
      [
        "DECLARE_EVENT_CLASS(lamp, TP_ARGS(x), TP_fast_assign(a = b; c = d;));",
        "DEFINE_EVENT(lamp, lamp_dimmed, TP_ARGS(x));",
      ],
      [
        "function trace_event_raw_event_lamp 1-1 by DECLARE_EVENT_CLASS",
        "function trace_lamp_dimmed 2-2 by DEFINE_EVENT",
      ],
    ],
    [
      "a driver's entry and exit",
      ["module_pci_driver(glow);", "builtin_platform_driver(lamp);", "module_init(late);"],
      [
        "function glow_init 1-1 by module_pci_driver",
        "function glow_exit 1-1 by module_pci_driver",
        "function lamp_init 2-2 by builtin_platform_driver",
      ],
    ],
    ["a function that gives a function", ["void (*foo(int a))(int)", "{", "}"], ["function foo 1-3"]],
    ["a prototype", ["int foo(int a);", "extern int bar(void) __pure;"], []],
    ["an initialiser", ["static struct ops o = {", "\t.read = foo,", "};", "int x[] = { 1, 2 };"], []],
    ["a structure", ["struct foo {", "\tint a;", "};"], ["type struct foo 1-3"]],
    [
      "an enumeration and a function that gives one",
      ["enum e { A, B };", "enum e f(void)", "{", "}"],
      ["type enum e 1-1", "function f 2-4"],
    ],
    ["a macro with arguments", ["#define min(a, b) \\", "\t((a) < (b) ? (a) : (b))"], ["macro min 1-2"]],
    [
      "braces in strings, characters and comments",
      ["int foo(void)", "{", "\tp(\"}\"); c = '}'; /* } */ // }", "}", "int bar(void) { }"],
      ["function foo 1-4", "function bar 5-5"],
    ],
    [
      "both sides of a condition",
      ["#ifdef A", "int foo(int a)", "{", "#else", "int foo(void)", "{", "#endif", "}", "int bar(void) { }"],
      ["function foo 2-8", "function foo 5-8", "function bar 9-9"],
    ],
    [
      "a brace that each side closes",
      [
        "void foo(void)",
        "{",
        "#ifdef A",
        "\tif (a) {",
        "#else",
        "\tif (b) {",
        "#endif",
        "\t}",
        "}",
        "void bar(void) { }",
      ],
      ["function foo 1-9", "function bar 10-10"],
    ],
    [
      "what is switched off",
      ["#if 0", "int foo(void) {", "#else", "int bar(void)", "{", "#endif", "}"],
      ["function bar 4-7"],
    ],
    [
      "what stands behind a string that goes on in the next line",
      ["void f(void)", "{", '\tdout("a \\', '\tb", 1);', '\ts = "c \\', '\td";', "}", "int g(void) { }"],
      ["function f 1-7", "function g 8-8"],
    ],
    [
      "a file that lost a brace",
      ["void foo(void)", "{", "\tif (a) {", "}", "", "void bar(void)", "{", "}"],
      ["function foo 1-4", "function bar 6-8"],
    ],
  ];

  for (const [what, source, found] of CASES)
    test(what, () => {
      expect(definitionsOf(...source)).toEqual(found);
    });
});

describe("messages", () => {
  const CASES: readonly (readonly [what: string, source: readonly string[], found: readonly string[]])[] = [
    [
      "a level and pieces of a string",
      ['\tprintk(KERN_ERR "a %d"', '\t\t" b\\n", x);'],
      ['2 f printk err "a %d b\\n"'],
    ],
    [
      "a macro before the text",
      ['\tprintk(KERN_INFO PFX "on\\n");'],
      ['2 f printk info "\\u0001PFX\\u0002on\\n"'],
    ],
    ["a level spelled out", ['\tprintk("<3>gone\\n");'], ['2 f printk err "gone\\n"']],
    ["the condition before it", ['\tWARN(!strcmp(a, "x"), "odd %s\\n", a);'], ['2 f WARN warn "odd %s\\n"']],
    ["a device before it", ['\tdev_err(&pdev->dev, "no irq\\n");'], ['2 f dev_err err "no irq\\n"']],
    ["one that goes on", ['\tpr_cont(" done\\n");'], ['2 f pr_cont cont " done\\n"']],
    [
      "either of two texts",
      ['\tpr_info(a ? "on\\n" : "off\\n");'],
      ['2 f pr_info info "on\\n"', '2 f pr_info info "off\\n"'],
    ],
    [
      "a driver's own macro",
      ['\tmydrv_err(p, "ring %d stuck\\n", r);'],
      ['2 f mydrv_err err "ring %d stuck\\n"'],
    ],
    [
      "a file system's own, without an end of line",
      [
        '\txfs_alert_tag(mp, XFS_PTAG_VERIFIER_ERROR, "bad %pS", a);',
        '\tbtrfs_info_in_rcu(fs, "scrub: %s", a);',
      ],
      ['2 f xfs_alert_tag alert "bad %pS"', '3 f btrfs_info_in_rcu info "scrub: %s"'],
    ],
    ["signs of UTF-8", ['\tpr_warn("%d µA, 9 \\xc2\\xb0 C\\n", a);'], ['2 f pr_warn warn "%d µA, 9 ° C\\n"']],
    ["a call over several lines", ["\tpr_warn(", '\t\t"late\\n");'], ['2 f pr_warn warn "late\\n"']],
    [
      "one behind a string that goes on in the next line",
      ['\tseq_puts(m, "a \\', '\tb");', '\tpr_err("late\\n");'],
      ['4 f pr_err err "late\\n"'],
    ],
    [
      "parentheses that are doubled",
      ['\tACPI_ERROR((AE_INFO, "No %s", a));', '\tDPRINTK(("b %d\\n", b));'],
      ['2 f ACPI_ERROR err "No %s"', '3 f DPRINTK - "b %d\\n"'],
    ],
    [
      "a level that another argument says",
      ['\tcifs_dbg(VFS, "bad %d\\n", a);', '\tcifs_dbg(FYI, "odd %d\\n", a);', '\tDMERR_LIMIT("gone");'],
      ['2 f cifs_dbg err "bad %d\\n"', '3 f cifs_dbg debug "odd %d\\n"', '4 f DMERR_LIMIT err "gone"'],
    ],
    [
      "a text behind another",
      ['\txfs_buf_alert_ratelimited(bp, "XFS: io", "io error %d", e);'],
      ['2 f xfs_buf_alert_ratelimited alert "io error %d"'],
    ],
    ["what only names a printer", ['\tcheck_panic_on_warn("odd thing");'], []],
    ["what prints elsewhere", ['\tseq_printf(m, "total %d\\n", n); snprintf(b, 9, "x\\n");'], []],
    ["what a comment holds", ['\t/* printk("no\\n"); */ // pr_err("no\\n");'], []],
  ];

  for (const [what, source, found] of CASES)
    test(what, () => {
      expect(messagesOf("void f(void) {", ...source, "}")).toEqual(found);
    });

  test("a macro's body counts as a function", () => {
    expect(messagesOf("#define complain(x) do { \\", '\tpr_err("bad %d\\n", x); \\', "} while (0)")).toEqual([
      '2 complain pr_err err "bad %d\\n"',
    ]);
  });

  test("a macro that prints what it is given is no place, as its calls are", () => {
    const own = '#define lumen_err(fmt, ...) pr_err("lumen: " fmt, ##__VA_ARGS__)';
    expect(messagesOf(own, 'void f(void) { lumen_err("bad %d\\n", 1); }')).toEqual([
      '2 f lumen_err err "bad %d\\n"',
    ]);
  });

  test("pr_fmt holds from where it stands", () => {
    const { messages } = scanC(
      Buffer.from('#define pr_fmt(fmt) "lumen: " fmt\nvoid f(void) { pr_err("a\\n"); printk("b\\n"); }'),
    );
    expect(messages.map((site) => site.prefix)).toEqual(["lumen: \u0003", undefined]);
  });
});

test("conditions in conditions: beyond any compiler's depth they are read, and counted", () => {
  const lines = [
    ...Array.from({ length: 300 }, () => "#if 1"),
    "#if 0",
    "void deep(void)",
    "{",
    "}",
    "#endif",
    ...Array.from({ length: 300 }, () => "#endif"),
    "#if 0",
    "void dead(void)",
    "{",
    "}",
    "#endif",
    "void alive(void)",
    "{",
    "}",
  ];
  expect(definitionsOf(...lines)).toEqual(["function deep 302-304", "function alive 611-613"]);
});

test("hostile files end soon", () => {
  const deep = "{".repeat(200_000);
  const open = `void f(void) { ${'printk("'.repeat(100_000)}`;
  const conditions = "#if 1\n".repeat(100_000);
  for (const text of [
    deep,
    open,
    conditions,
    `/* ${"*".repeat(500_000)}`,
    '"'.repeat(300_001),
    "(".repeat(300_000),
  ])
    expect(scanC(Buffer.from(text)).definitions.length).toBeLessThan(2);
});
