import { expect, test } from "vitest";
import { describeError, errorOfThread } from "../../indexer/thread-error.ts";
import { KfixError } from "../../kernel/error.ts";

test.each([
  [Object.assign(new Error("spawn git EMFILE"), { code: "EMFILE" }), /too many open files/, /ulimit -n/],
  [
    Object.assign(new Error("x"), { code: "ENOSPC", path: "/a" }),
    /^\/a: the disk is full/,
    /free some space/,
  ],
  [new KfixError("bad-input", "it is cut", { hint: "fetch it again" }), /it is cut/, /fetch it again/],
])("what is refused in a thread is told as everywhere: %s", (thrown, says, hint) => {
  const error = errorOfThread(structuredClone(describeError(thrown)));
  expect(error).toBeInstanceOf(KfixError);
  expect(error.message).toMatch(says);
  expect(error).toMatchObject({ hint: expect.stringMatching(hint) });
});

test("a bug in a thread stays one", () => {
  const error = errorOfThread(structuredClone(describeError(new TypeError("x is undefined"))));
  expect(error).not.toBeInstanceOf(KfixError);
  expect(error.message).toContain("x is undefined");
});
