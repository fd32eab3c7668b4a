import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GuideMachine } from "./guide-machine.ts";

/** A block of commands in the guide, what it is to print, its exit status, and what happened on the machine before. */
interface Step {
  readonly commands: string;
  readonly expected: readonly string[];
  readonly status: number;
  readonly machine: string | undefined;
}

/**
 * The guide's blocks in order: `sh` is run, the `text` behind it is to be found in the output, line by line in this
 * order; `...` stands for lines left out. `# status 1` says how a command ends; a comment says when the machine changes.
 */
function stepsOf(guide: string): Step[] {
  const parts = guide.matchAll(
    /<!-- the tests go on with the machine: (?<machine>\w+) -->|```sh\n(?<commands>[\s\S]*?)```(?:\s*```text\n(?<expected>[\s\S]*?)```)?/g,
  );
  const steps: Step[] = [];
  let machine: string | undefined;
  for (const { groups } of parts) {
    if (groups?.machine !== undefined) {
      machine = groups.machine;
      continue;
    }
    const commands = groups?.commands ?? "";
    const lines = (groups?.expected ?? "").split("\n").map((line) => line.trim());
    steps.push({
      commands,
      expected: lines.filter((line) => line !== "" && line !== "..."),
      status: Number(/# status (\d+)/.exec(commands)?.[1] ?? 0),
      machine,
    });
    machine = undefined;
  }
  return steps;
}

const guide = readFileSync(new URL("../../docs/guide.md", import.meta.url), "utf8");
const steps = stepsOf(guide);

let machine: GuideMachine;
beforeAll(async () => {
  machine = await GuideMachine.make();
});
afterAll(() => machine.remove());

describe("the guide, from top to bottom on one machine", () => {
  test.each(steps.map((step) => [step.commands.split("\n")[0] ?? "", step] as const))(
    "%s",
    async (_first, step) => {
      if (step.machine !== undefined) machine.runs(step.machine);
      const { status, output } = await machine.run(step.commands);
      expect(status, output).toBe(step.status);
      let rest = output;
      for (const line of step.expected) {
        expect(rest).toContain(line);
        rest = rest.slice(rest.indexOf(line) + line.length);
      }
    },
  );
});

test("no command of the guide is left out: every block of code is one that is run, or its output", () => {
  const fences = [...guide.matchAll(/^```(\w*)$/gm)]
    .map(([, language]) => language)
    .filter((one) => one !== "");
  expect(new Set(fences)).toEqual(new Set(["sh", "text"]));
  expect(fences.filter((one) => one === "sh")).toHaveLength(steps.length);
});

test("what the guide leads to is there", () => {
  for (const [, target = ""] of guide.matchAll(/\]\(([^)#]+\.md)(?:#[^)]*)?\)/g))
    expect(readFileSync(new URL(`../../docs/${target}`, import.meta.url), "utf8")).not.toBe("");
});
