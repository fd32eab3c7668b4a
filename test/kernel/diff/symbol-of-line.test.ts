import { describe, expect, test } from "vitest";
import { symbolOfLine } from "../../../kernel/diff/symbol-of-line.ts";

describe("a line at column 0 opens", () => {
  test.each([
    ["static void foo(struct bar *b)", "foo"],
    ["struct task_struct *pick_next_task_fair(struct rq *rq)", "pick_next_task_fair"],
    ["int", undefined],
    ["foo(int a, int b)", "foo"],
    ["static int __attribute__((noinline)) foo(void)", "foo"],
    ["static int __init foo_init(void)", "foo_init"],
    ["SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)", "sys_read"],
    ["COMPAT_SYSCALL_DEFINE2(nanosleep, a, b)", "sys_nanosleep"],
    ["ENTRY(system_call)", "system_call"],
    ["SYM_FUNC_START(memcpy)", "memcpy"],
    ["SYM_CODE_START_LOCAL(ret_from_fork)", "ret_from_fork"],
    ["struct rq {", "struct rq"],
    ["static const struct file_operations foo_fops = {", "foo_fops"],
    ["static int table[] __initdata = {", "table"],
    ["out_unlock:", undefined],
    ["EXPORT_SYMBOL(foo);", undefined],
    ['MODULE_LICENSE("GPL");', undefined],
    ["DEFINE_MUTEX(lock);", undefined],
    ["module_init(foo_init);", undefined],
    ["typedef int (*handler_t)(int);", undefined],
    ["\treturn foo(bar);", undefined],
    ["if (x) {", undefined],
    ["", undefined],
  ])("%s", (line, symbol) => expect(symbolOfLine(line)).toBe(symbol));
});
