import { describe, expect, test } from "vitest";
import { parseCrashes } from "../../../kernel/crash/parse.ts";

const ARM_REGISTERS = `Internal error: : 1406 [#1] SMP ARM
CPU: 0 PID: 77 Comm: kworker/0:1 Not tainted 5.10.9 #1
PC is at stm_pwm_apply+0x3c/0xb4
LR is at pwm_apply_state+0x20/0x60`;

describe("faults of programs are no crashes of the kernel", () => {
  test.each([
    ["Alignment trap: sensord (412) PC=0x00011a2c Instr=0xe5823000 Address=0x0002f0c1 FSR 0x811"],
    // arm64: a syndrome of a lower exception level
    ["Unhandled fault: synchronous external abort (0x92000010) at 0x0000007f8a2b1000"],
    ["Unhandled fault: alignment fault (0x92000021) at 0x00000000004d1003"],
    ["Unhandled fault: synchronous external abort (0x82000010) at 0x0000007f8a2b1000"],
    // arm: do_DataAbort() tells only the address, and die() does not follow
    [
      "Unhandled fault: external abort on non-linefetch (0x018) at 0x76f01234\npgd = 9e5c4000\n[76f01234] *pgd=8e5d1835",
    ],
  ])("%s", (log) => {
    expect(parseCrashes(log)).toEqual([]);
    const dated = log.replace(/^/gm, "[   12.345678] ");
    expect(parseCrashes(`${dated}\n${dated}`)).toEqual([]);
  });

  test("behind one, the kernel's own is found", () => {
    const program = "Unhandled fault: imprecise external abort (0xc06) at 0x00071000\npgd = 9e5c4000";
    const kernel = "Unhandled fault: imprecise external abort (0x1406) at 0x76ef7000\npgd = 80004000";
    const crashes = parseCrashes(`${program}\n${program}\n${kernel}\n${ARM_REGISTERS}`);
    expect(crashes).toMatchObject([
      { title: "Unhandled fault in stm_pwm_apply", kind: "machine-check", lines: [5, 10] },
    ]);
  });

  test.each([
    ["Unhandled fault: synchronous external abort (0x96000010) at 0xffffff8008066000"],
    ["Unhandled fault: synchronous external abort (0x96000010) at 0x0000007f8a2b1000"],
    ["Unhandled fault: external abort on non-linefetch (0x1028) at 0xfa1d4000"],
  ])("the kernel's own: %s", (log) => {
    expect(parseCrashes(log)).toMatchObject([{ kind: "machine-check" }]);
  });
});

describe("the address", () => {
  test.each([
    ["Unhandled fault: alignment exception (0x001) at 0xdfb480ba", "page-fault", "0xdfb480ba"],
    ["Unhandled fault: page domain fault (0x01b) at 0xc0000130", "page-fault", "0xc0000130"],
    [
      "Unhandled fault: external abort on non-linefetch (0x1028) at 0xfa1d4000",
      "machine-check",
      "0xfa1d4000",
    ],
    // The processor hears of these when it has gone on.
    ["Unhandled fault: imprecise external abort (0x1406) at 0x00000000", "machine-check", undefined],
    ["Unhandled fault: asynchronous external abort (0x1211) at 0x00000000", "machine-check", undefined],
    ["Unhandled fault at 0xffff800010003eb0", "page-fault", "0xffff800010003eb0"],
    ["BUG: Kernel NULL pointer dereference on read at 0x00000008", "null-deref", "0x8"],
    [
      "Unable to handle kernel paging request in mna handler\n at virtual address 4ecf3f9411c80001",
      "page-fault",
      "0x4ecf3f9411c80001",
    ],
  ])("%s", (headline, kind, address) => {
    const [crash, ...more] = parseCrashes(`${headline}\n${ARM_REGISTERS}`);
    expect(crash).toMatchObject({ kind, function: "stm_pwm_apply" });
    expect(crash?.address).toBe(address);
    expect(more).toEqual([]);
  });
});

describe("arm64's SError", () => {
  const headline = "SError Interrupt on CPU3, code 0x00000000be000011 -- SError";
  const cpu = "CPU: 3 PID: 293 Comm: Xorg Not tainted 5.18.0 #1\nHardware name: Some Board (DT)";
  const panic = `Kernel panic - not syncing: Asynchronous SError Interrupt\n${cpu}\nCall trace:`;
  const trace = ["dump_stack+0x18/0x34", "vpanic+0xf8/0x2dc", "abort+0x0/0x4", "add_taint+0x0/0xbc"];
  const handlers = ["arm64_serror_panic+0x70/0x80", "do_serror+0x58/0x74", "el1h_64_error+0x70/0x74"];
  const frames = [...trace, ...handlers, "vop_write+0x20/0x30 (P)", "vop_enable+0x5c/0xb0"].join("\n ");

  test("in the kernel", () => {
    const log = `${headline}\n${cpu}\npstate: 204000c9 (nzCv daIF +PAN)\npc : vop_write+0x20/0x30\nlr : vop_enable+0x5c/0xb0`;
    const expected = { title: "SError Interrupt in vop_write", kind: "machine-check", corrupted: false };
    expect(parseCrashes(log)).toMatchObject([{ ...expected, kernel: { arch: "arm64" } }]);
    expect(parseCrashes(`${log}\n${panic}\n ${frames}`)).toMatchObject([expected]);
  });
  test("in a program", () => {
    const log = `${headline}\n${cpu}\npstate: 80000000 (Nzcv daif -PAN)\npc : 0000aaaab517c114\nlr : 0000aaaab51b8c08`;
    expect(parseCrashes(log)).toMatchObject([
      { title: "SError Interrupt", kind: "machine-check", corrupted: false },
    ]);
  });
  test("of which only the panic was kept, its handlers are not to blame", () => {
    expect(parseCrashes(`${panic}\n ${frames}`)).toMatchObject([
      {
        title: "kernel panic: Asynchronous SError Interrupt",
        culprit: "vop_write",
        kernel: { arch: "arm64" },
      },
    ]);
  });
});

test("a sentence that quotes an exception is none", () => {
  expect(parseCrashes('The guest ends with "operand exception: 0015 [#1] SMP" at times.')).toEqual([]);
});

describe("exceptions are told by their names", () => {
  test.each(["Unknown program exception: 0028 [#1] SMP", "Unknown program exception: 0028 ilc:2 [#1] SMP"])(
    "s390: %s",
    (headline) => {
      const cpu = "CPU: 1 PID: 3323 Comm: worker-44 Not tainted 3.10.0-1062.4.1.el7.s390x #1";
      const psw = "Krnl PSW : 0704f00180000000 00000000001067ae (cpu_relax+0x1e/0x20)";
      expect(parseCrashes(`${headline}\n${cpu}\n${psw}`)).toMatchObject([
        {
          title: "Unknown program exception in cpu_relax",
          corrupted: false,
          kernel: { build: "#1", arch: "s390" },
        },
      ]);
    },
  );
  test.each([
    ["load access fault", "page-fault"],
    ["store (or AMO) access fault", "page-fault"],
    ["load address misaligned", "other"],
  ])("riscv: %s", (what, kind) => {
    const log = `Oops - ${what} [#1]
CPU: 0 PID: 29 Comm: vi Not tainted 5.18.0 #7
epc : clint_read+0x10/0x20
 ra : timer_read+0x4/0x8
epc : ffffffff800d9088 ra : ffffffff80081f20 sp : ffffffff807a1e90
status: 0000000000000120 badaddr: 0000000002004001 cause: 0000000000000005`;
    expect(parseCrashes(log)).toMatchObject([
      { title: `${what} in clint_read`, kind, address: "0x2004001", corrupted: false },
    ]);
  });
});

test("a kernel that has no symbols does not print a damaged log", () => {
  const log = `Unable to handle kernel NULL pointer dereference at virtual address 0000000000000379
Oops [#1]
CPU: 0 PID: 1 Comm: swapper/0 Not tainted 5.0.0 #1
sepc: ffffffe0006d62a4 ra : ffffffe0006d689e sp : ffffffe1f7ac9a90
 gp : ffffffe000ae9dc8 tp : ffffffe1f7ac0000 t0 : ffffffe1f6e1fc00
status: 0000000000000120 badaddr: 0000000000000379 cause: 000000000000000d`;
  expect(parseCrashes(log)).toMatchObject([
    {
      title: "BUG: unable to handle kernel NULL pointer dereference",
      kind: "null-deref",
      address: "0x379",
      corrupted: false,
      kernel: { arch: "riscv" },
    },
  ]);
});

test.each([
  ["Unable to handle kernel NULL pointer", "dereference at virtual address 00000001"],
  ["Unable to handle kernel NULL", "pointer dereference at virtual address 00000001"],
  ["Unable to handle kernel NULL pointer dereference", "at virtual address 00000001"],
])("a headline that was broken is whole: %s / %s", (...parts) => {
  expect(parseCrashes(`${parts.join("\n")}\n${ARM_REGISTERS}`)).toMatchObject([
    {
      title: "BUG: unable to handle kernel NULL pointer dereference in stm_pwm_apply",
      kind: "null-deref",
      address: "0x1",
    },
  ]);
});

test.each([
  ["pool_count+0x43a/0xffffffffffffb088 [zzstd]", "0x43a", "0xffffffffffffb088", "zzstd"],
  ["pool_count+0\u00d783/0\u00d7d7 [zzstd]", "0x83", "0xd7", "zzstd"],
  ["pool_count+0x", undefined, undefined, undefined],
])("a place as it is printed: %s", (place, offset, size, module) => {
  const log = `BUG: kernel NULL pointer dereference, address: 0000000000000008\nOops: 0000 [#1] SMP\nRIP: 0010:${place}`;
  const [crash] = parseCrashes(log);
  expect(crash?.function).toBe("pool_count");
  expect([crash?.offset, crash?.size, crash?.module]).toEqual([offset, size, module]);
});

test.each([
  ["arm", "Internal error: Oops: 80000005 [#1] PREEMPT SMP ARM\nCPU: 0 PID: 7 Comm: a Not tainted 5.4.1 #1"],
  [
    "loongarch",
    "CPU 6 Unable to handle kernel paging request at virtual address ffff800000008020, era == 9000000004106450, ra == 90000000041310b8",
  ],
  [
    "arm64",
    "Kernel panic - not syncing: stop\nHardware name: Some Board (DT)\nCall trace:\n panic+0x10/0x20\n stop_it+0x1/0x8",
  ],
  [
    "riscv",
    "Kernel panic - not syncing: stop\nHardware name: StarFive Board (DT)\nCall Trace:\n panic+0x10/0x20",
  ],
  [
    undefined,
    "Kernel panic - not syncing: stop\nHardware name: Some Board (DT)\nCall Trace:\n panic+0x10/0x20",
  ],
  ["riscv", "Oops - store (or AMO) access fault [#1]\nCPU: 0 PID: 7 Comm: a Not tainted 6.6.1 #1"],
])("the architecture is told: %s", (arch, log) => {
  expect(parseCrashes(log)[0]?.kernel.arch).toBe(arch);
});
