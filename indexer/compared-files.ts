import { type ChangedFiles, VERSIONS } from "./changed-files.ts";
import type { TouchThreads } from "./touch-threads.ts";
import type { TouchedLists } from "./touched-versions.ts";

/** For each change of `ChangedFiles` the symbols (functions, structures, variables) that it touches. */
export class ComparedFiles {
  readonly #answers: readonly TouchedLists[];
  /** Of each change: which answer has it, and where. */
  readonly #answerOf: Uint16Array;
  readonly #startOf: Uint32Array;

  constructor(order: Int32Array, answers: readonly TouchedLists[]) {
    this.#answers = answers;
    this.#answerOf = new Uint16Array(order.length);
    this.#startOf = new Uint32Array(order.length);
    for (const [number, { lists }] of answers.entries()) {
      let start = 0;
      for (const change of order.subarray(number * AT_A_TIME, (number + 1) * AT_A_TIME)) {
        this.#answerOf[change] = number;
        this.#startOf[change] = start;
        start += Math.max(1, lists[start] ?? 0);
      }
    }
  }

  /** Undefined: no line that is text changed. */
  symbols(change: number): string[] | undefined {
    const { names, lists } = this.#answers[this.#answerOf[change] ?? 0] ?? NOTHING;
    const start = this.#startOf[change] ?? 0;
    const count = lists[start] ?? 0;
    if (count === 0) return undefined;
    return Array.from(lists.subarray(start + 1, start + count), (name) => names[name] ?? "");
  }
}

/**
 * Compares the two versions of each changed file, path by path. `tell` is told which share of them is done, from 0 to 1.
 */
export async function compareFiles(
  files: ChangedFiles,
  threads: TouchThreads,
  tell: (share: number) => void,
): Promise<ComparedFiles> {
  const order = files.byPath();
  const answers: TouchedLists[] = [];
  const questions = questionsOf(files, order);
  let done = 0;
  const ask = async (): Promise<void> => {
    for (const { number, versions } of questions) {
      const changes = versions.length / VERSIONS;
      answers[number] = await threads.touched(versions);
      done += changes;
      tell(done / files.count);
    }
  };
  // Each thread has its next question at hand.
  await Promise.all(Array.from({ length: 2 * threads.count }, ask));
  return new ComparedFiles(order, answers);
}

interface Question {
  readonly number: number;
  readonly versions: Buffer<ArrayBuffer>;
}

function* questionsOf(files: ChangedFiles, order: Int32Array): Generator<Question> {
  for (let number = 0; number * AT_A_TIME < order.length; number++) {
    const changes = order.subarray(number * AT_A_TIME, (number + 1) * AT_A_TIME);
    const versions = Buffer.allocUnsafeSlow(changes.length * VERSIONS);
    for (const [at, change] of changes.entries()) files.copyVersions(change, versions, at * VERSIONS);
    yield { number, versions };
  }
}

const NOTHING: TouchedLists = { names: [], lists: new Int32Array(0) };

/** Changes in a question: a fortieth of a segment's, so that no thread waits long for another at its end. */
const AT_A_TIME = 4096;
