// Elements of a matrix as colours: from dark blue (least) over green to yellow (most), as people know it from plots.
const STOPS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

/** `isGrey`: bytes, which are a picture's shades, as a rule. */
export function pixelsOf(rows: readonly (readonly unknown[])[], isGrey = false): Uint8ClampedArray<ArrayBuffer> {
  const cells = rows.flat();
  const numbers = cells.filter((cell): cell is number => typeof cell === "number");
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of numbers) {
    low = Math.min(low, one);
    high = Math.max(high, one);
  }
  const made = new Uint8ClampedArray(cells.length * 4);
  cells.forEach((cell, at) => {
    const colour = isGrey && typeof cell === "number" ? [cell, cell, cell] : colourOf(cell, low, high);
    if (colour) made.set([...colour, 255], at * 4); // what is no number stays clear
  });
  return made;
}

function colourOf(cell: unknown, low: number, high: number): readonly number[] | undefined {
  if (Array.isArray(cell)) return cell.slice(0, 3).map(Number);
  if (typeof cell === "boolean") return STOPS[cell ? 4 : 0];
  if (typeof cell !== "number") return undefined;
  const place = high > low ? ((cell - low) / (high - low)) * (STOPS.length - 1) : 0;
  const below = Math.min(Math.floor(place), STOPS.length - 2);
  const [from, to] = [STOPS[below] ?? STOPS[0], STOPS[below + 1] ?? STOPS[0]];
  return from.map((channel, at) => channel + ((to[at] ?? 0) - channel) * (place - below));
}
