/** How one case went. */
export interface Outcome {
  readonly id: string;
  readonly kind: string;
  /** Of the right answer, from 1; undefined: it was no candidate. */
  readonly rank: number | undefined;
  /** What the model believed of its first answer. */
  readonly belief: number;
  /** The first answer's number in the index. */
  readonly first: number | undefined;
}

export interface Summary {
  readonly cases: number;
  readonly recall: number;
  readonly at1: number;
  readonly at5: number;
  readonly at10: number;
  /** Mean reciprocal rank. */
  readonly mrr: number;
}

export function summaryOf(outcomes: readonly { readonly rank: number | undefined }[]): Summary {
  const within = (k: number): number =>
    share(outcomes.filter((one) => (one.rank ?? Number.POSITIVE_INFINITY) <= k).length, outcomes.length);
  const sum = outcomes.reduce((total, { rank }) => total + (rank === undefined ? 0 : 1 / rank), 0);
  return {
    cases: outcomes.length,
    recall: within(Number.MAX_VALUE),
    at1: within(1),
    at5: within(5),
    at10: within(10),
    mrr: share(sum, outcomes.length),
  };
}

export function summaryText({ cases, recall, at1, at5, at10, mrr }: Summary): string {
  const text = (value: number): string => value.toFixed(3);
  return `n ${cases}  R@1 ${text(at1)}  R@5 ${text(at5)}  R@10 ${text(at10)}  MRR ${text(mrr)}  candidates ${text(recall)}`;
}

/**
 * Bounds of belief from which answers are right in 95 of 100 ("confirmed") and, below that, 70 of 100 ("likely"), in
 * each of these ways of asking.
 */
export function boundsOf(ways: readonly (readonly Outcome[])[]): { confirmed: number; likely: number } {
  const confirmed = Math.max(...ways.map((outcomes) => lowestBound(outcomes, 0.95)));
  const rest = ways.map((outcomes) => outcomes.filter((one) => one.belief < confirmed));
  return { confirmed, likely: Math.max(...rest.map((outcomes) => lowestBound(outcomes, 0.7))) };
}

/** How often answers are right that are called so, by bounds read off the other parts of the cases. */
export function saidText(ways: readonly (readonly Outcome[])[], partOf: (one: Outcome) => number): string[] {
  const said = ways.map(() => ({ confirmed: { all: 0, right: 0 }, likely: { all: 0, right: 0 } }));
  for (const part of new Set(ways.flat().map(partOf))) {
    const bounds = boundsOf(ways.map((outcomes) => outcomes.filter((one) => partOf(one) !== part)));
    ways.forEach((outcomes, way) => {
      for (const one of outcomes) {
        if (partOf(one) !== part || one.belief < bounds.likely) continue;
        const count = said[way]?.[one.belief >= bounds.confirmed ? "confirmed" : "likely"];
        if (!count) continue;
        count.all++;
        if (one.rank === 1) count.right++;
      }
    });
  }
  return said.map((counts) =>
    Object.entries(counts)
      .map(([name, { all, right }]) => `${name} ${right} of ${all} right (${share(right, all)})`)
      .join(", "),
  );
}

function lowestBound(outcomes: readonly Outcome[], precision: number): number {
  const sorted = [...outcomes].sort((a, b) => b.belief - a.belief);
  let right = 0;
  let bound = 1;
  sorted.forEach((one, at) => {
    if (one.rank === 1) right++;
    if (at >= 9 && right / (at + 1) >= precision) bound = one.belief;
  });
  return Math.round(bound * 1000) / 1000;
}

/** Belief against truth, ten bands. */
export function calibrationTable(outcomes: readonly Outcome[]): string {
  const rows = ["| belief | answers | right |", "|---|---|---|"];
  for (let band = 0; band < 10; band++) {
    const inside = outcomes.filter((one) => Math.min(9, Math.floor(one.belief * 10)) === band);
    if (inside.length === 0) continue;
    const right = inside.filter((one) => one.rank === 1).length;
    rows.push(
      `| ${band / 10}-${(band + 1) / 10} | ${inside.length} | ${share(right, inside.length).toFixed(2)} |`,
    );
  }
  return rows.join("\n");
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000;
}
