// Parallel coordinates as numbers: each axis has its values' places between 0 (bottom) and 1.

export type Cell = string | number | boolean | null | undefined;

export interface Axis {
  name: string;
  /** A place for each row; null where it has no value. */
  places: (number | null)[];
  /** Labels along the axis, from its bottom. */
  ticks: { at: number; label: string }[];
}

const MOST_WORDS = 12;

/** Axes of the columns that differ among the rows; numbers in their order, words by name. */
export function axesOf(names: readonly string[], rows: readonly Record<string, unknown>[]): Axis[] {
  return names.flatMap((name) => {
    const cells = rows.map((row) => cellOf(row[name]));
    const known = cells.filter((cell) => cell !== null);
    if (new Set(known).size < 2) return [];
    return [known.every((cell) => typeof cell === "number") ? numbers(name, cells) : words(name, cells)];
  });
}

export function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function numbers(name: string, cells: readonly (string | number | null)[]): Axis {
  const known = cells.filter((cell): cell is number => typeof cell === "number");
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const wide = low > 0 && high / low >= 100; // learning rates and the like
  const scale = (value: number) =>
    wide ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low || 1);
  const middle = wide ? Math.sqrt(low * high) : (low + high) / 2;
  return {
    name,
    places: cells.map((cell) => (typeof cell === "number" ? scale(cell) : null)),
    ticks: [low, middle, high].map((value) => ({ at: scale(value), label: short(value) })),
  };
}

function words(name: string, cells: readonly (string | number | null)[]): Axis {
  const found = [...new Set(cells.filter((cell) => cell !== null).map(String))].sort();
  const place = (word: string) => (found.length > 1 ? found.indexOf(word) / (found.length - 1) : 0.5);
  return {
    name,
    places: cells.map((cell) => (cell === null ? null : place(String(cell)))),
    ticks: found.slice(0, MOST_WORDS).map((word) => ({ at: place(word), label: word.slice(0, 18) })),
  };
}

const short = (value: number): string => {
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e5 || size < 1e-3) ? value.toExponential(1) : String(Number(value.toPrecision(3)));
};

/** A line through the places of a row, broken where it has none. */
export function lineOf(axes: readonly Axis[], row: number, x: (axis: number) => number, y: (at: number) => number) {
  let isDown = false;
  return axes
    .map((axis, index) => {
      const place = axis.places[row];
      if (place === null || place === undefined) {
        isDown = false;
        return "";
      }
      const command = isDown ? "L" : "M";
      isDown = true;
      return `${command}${x(index).toFixed(1)} ${y(place).toFixed(1)}`;
    })
    .join("");
}
