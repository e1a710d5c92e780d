// The stretch of equally large items that a scrolled viewport shows.

export interface Stretch {
  first: number;
  /** One past the last. */
  end: number;
}

/** Whole blocks, so that scrolling within a block changes nothing and draws nothing. */
export function stretch(scroll: number, viewport: number, size: number, count: number, block: number): Stretch {
  const first = Math.floor(Math.max(0, scroll) / size / block) * block - block;
  const end = Math.ceil((Math.max(0, scroll) + viewport) / size / block) * block + block;
  return { first: clamp(first, 0, count), end: clamp(end, 0, count) };
}

export const clamp = (value: number, lowest: number, highest: number): number =>
  Math.min(Math.max(value, lowest), Math.max(lowest, highest));

/** The scroll position nearest to the present one at which the item is whole in view. */
export function scrollTo(item: number, size: number, scroll: number, viewport: number): number {
  const start = item * size;
  if (start < scroll) return start;
  return start + size > scroll + viewport ? start + size - viewport : scroll;
}
