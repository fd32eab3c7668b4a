/** What was measured once or many times, and what it stands beside. */
export interface Measurement {
  readonly what: string;
  readonly unit: "s" | "ms" | "MB" | "of 100";
  readonly samples: readonly number[];
  /** The measurement of the same part that it is a multiple of. */
  readonly against?: string;
  readonly note?: string;
}

export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (place: number): number => sorted[place] ?? Number.NaN;
  return {
    count: sorted.length,
    min: at(0),
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    max: at(sorted.length - 1),
  };
}

/**
 * Takes a sample of each in turn, round after round, so that whatever disturbs the machine disturbs all alike. Gives
 * the samples by the name of the task.
 */
export async function inTurn(
  rounds: number,
  tasks: Readonly<Record<string, () => Promise<number>>>,
): Promise<(name: string) => readonly number[]> {
  const entries = Object.entries(tasks).map(([name, task]) => ({ name, task, samples: [] as number[] }));
  for (const { task } of entries) await task(); // what is read for the first time is not what is asked about
  for (let round = 0; round < rounds; round++)
    for (const { task, samples } of entries) samples.push(await task());
  return (name) => entries.find((entry) => entry.name === name)?.samples ?? [];
}
