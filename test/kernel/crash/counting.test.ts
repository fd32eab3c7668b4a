/** What is a crash, what a part of one, and what none. */
import { expect, test } from "vitest";
import { parseCrashes } from "../../../kernel/crash/parse.ts";

const titles = (...lines: string[]) => parseCrashes(lines.join("\n")).map((crash) => crash.title);

test.each([
  ["the heading of a firmware's table", "SMBIOS TYPE 4 CPU INFO:", "Handle: 4"],
  ["the end of a sentence", "booting this kernel gives the", "following BUG:"],
  [
    "a headline in quotes",
    "   * 'BUG: scheduling while atomic: swapper'",
    "   * is what one sees without this.",
  ],
  ["a test that looked for a headline", "# WARNING: saw 'kernel BUG at': ok", "ok 3 selftests: x.sh"],
  ["a headline in quotes, of a test", "# BUG: saw 'kernel BUG at': ok", "ok 3 selftests: x.sh"],
  [
    "the source of a headline",
    'printk(KERN_ERR "BUG: scheduling while atomic: %s/%d/0x%08x", comm, pid, n);',
  ],
])("%s is no crash", (_, ...lines) => {
  expect(titles(...lines)).toEqual([]);
});

test.each([["BUG:"], ["[  17.123456] WARNING:"], ["rcu: INFO:"], ["[ INFO:"]])(
  "a headline that was cut is one: %s",
  (line) => {
    expect(titles(line)).toHaveLength(1);
  },
);

test("a headline in a field of JSON or YAML counts", () => {
  expect(titles("- message: 'BUG: scheduling while atomic: swapper/0/0x00000002'")).toHaveLength(1);
});

const STACK_PROTECTOR =
  "Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: probe+0x4/0x8";

test("a panic's last line repeats its message", () => {
  expect(
    titles(
      `[    1.000000] ${STACK_PROTECTOR}`,
      "[    1.000001] CPU: 0 PID: 1 Comm: swapper/0 Not tainted 6.6.0 #1",
      "[    1.000002] Call Trace:",
      "[    1.000003]  panic+0x14/0x20",
      "[    1.000004]  probe+0x4/0x8",
      `[    1.000005] ---[ end ${STACK_PROTECTOR} ]---`,
    ),
  ).toEqual(["kernel panic: stack is corrupted in probe"]);
  expect(titles(`[    1.000005] ---[ end ${STACK_PROTECTOR} ]---`)).toHaveLength(1);
});

test("machine checks are announced, then told", () => {
  const announced = "[    1.0] mce: [Hardware Error]: Machine check events logged";
  const told = "[    1.1] mce: [Hardware Error]: CPU 2: Machine Check: 0 Bank 4: a600000000020408";
  expect(titles(announced, told)).toEqual(["machine check"]);
  expect(titles(announced, "[    1.2] BUG: scheduling while atomic: swapper/0/0x00000002")).toHaveLength(2);
});

test("SLUB tells who allocated the object, and prints it, before the trace", () => {
  const dump = Array.from(
    { length: 16 },
    (_, at) => `Object ffff88003b6a5${at.toString(16)}10: ${"6b ".repeat(16)}`,
  );
  const [crash, ...more] = parseCrashes(
    [
      "=============================================================================",
      "BUG kmalloc-64 (Not tainted): Poison overwritten",
      "-----------------------------------------------------------------------------",
      "",
      "INFO: 0xffff88003b6a5d10-0xffff88003b6a5d10. First byte 0x6c instead of 0x6b",
      "INFO: Allocated in ring_alloc+0xb/0x10 age=12 cpu=1 pid=3946",
      "\t__slab_alloc+0x3c1/0x3dc",
      "\tring_alloc+0xb/0x10",
      "INFO: Freed in ring_free+0xb/0x10 age=6 cpu=1 pid=3946",
      "\t__slab_free+0x3c1/0x3dc",
      "\tring_free+0xb/0x10",
      "INFO: Slab 0xffffea0000eda940 objects=21 used=18 fp=0xffff88003b6a5d10 flags=0x100000000004080",
      "INFO: Object 0xffff88003b6a5d10 @offset=3344 fp=0xffff88003b6a5e50",
      "",
      ...dump,
      "CPU: 1 PID: 17 Comm: sh Not tainted 4.4.0 #1",
      "Call Trace:",
      " dump_stack+0x4d/0x65",
      " print_trailer+0x14d/0x200",
      " check_bytes_and_report+0xc3/0x110",
      " check_object+0x1c3/0x260",
      " alloc_debug_processing+0x7d/0x1b0",
      " __slab_alloc+0x3c1/0x3dc",
      " __kmalloc+0x13f/0x190",
      " ring_open+0x55/0x100",
    ].join("\n"),
  );
  expect(more).toEqual([]);
  expect(crash).toMatchObject({ kind: "other", corrupted: false, lines: [1, 40] });
  expect(crash?.title).toBe("BUG: Poison overwritten in ring_open");
});

const WARNING = [
  "[   17.1] WARNING: CPU: 1 PID: 356 at kernel/x.c:7 probe+0x75/0x80()",
  "[   17.1] CPU: 1 PID: 356 Comm: cat Not tainted 4.3.0 #1",
  "[   17.1] Call Trace:",
  "[   17.1]  [<ffffffff81075052>] warn_slowpath_fmt+0x46/0x50",
  "[   17.1]  [<ffffffff81075152>] probe+0x75/0x80",
];

test("an oops behind the end of another report is a crash of its own", () => {
  const oops = "[   17.1] invalid opcode: 0000 [#1] SMP";
  expect(titles(...WARNING, "[   17.1] ---[ end trace 322af61ac3977ce8 ]---", oops)).toEqual([
    "WARNING in probe",
    "invalid opcode in corrupted",
  ]);
  expect(titles(...WARNING, oops)).toEqual(["WARNING in probe"]);
});

test("a short report that another follows is whole where it was printed to its end", () => {
  const whole = [...WARNING, "[   17.1] RIP: 0023:0x805cbe8"];
  const corrupted = (lines: readonly string[]) =>
    parseCrashes([...lines, ...WARNING].join("\n")).map((crash) => crash.corrupted);
  expect(corrupted(whole)).toEqual([false, false]);
  expect(corrupted(WARNING)).toEqual([true, false]);
});

test("a warning of lib/list_debug.c tells of a corrupted list, wherever list_del() was inlined", () => {
  const [crash] = parseCrashes(
    [
      "WARNING: CPU: 4 PID: 0 at lib/list_debug.c:62 flow_target+0x68f/0xfd0 [flow]",
      "list_del corruption. next->prev should be ffff92e8ae4f58f0, but was ffffffffc0633428",
      "Call Trace:",
      " [<ffffffff81075052>] __warn+0x46/0x50",
      " [<ffffffffc0612345>] flow_target+0x68f/0xfd0 [flow]",
    ].join("\n"),
  );
  expect(crash).toMatchObject({ kind: "list-corruption", title: "WARNING: corrupted list in flow_target" });
});
