/** The first row to show, so that the chosen one is on the screen; as near to `top` as can be. */
export function follow(top: number, selected: number, height: number, count: number): number {
  const most = Math.max(0, count - height);
  const low = selected - height + 1;
  return Math.max(0, Math.min(most, Math.max(low, Math.min(top, selected))));
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** The row that a movement leads to; undefined: it is none. */
export function moved(
  action: string | undefined,
  selected: number,
  { count, height }: { readonly count: number; readonly height: number },
): number | undefined {
  const page = Math.max(1, height - 1);
  const to = {
    up: selected - 1,
    down: selected + 1,
    "page-up": selected - page,
    "page-down": selected + page,
    top: 0,
    bottom: count - 1,
  }[action ?? ""];
  return to === undefined ? undefined : clamp(to, 0, Math.max(0, count - 1));
}
