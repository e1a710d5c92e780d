// Tries by what a URL says of them. A lost try is repeated under its own number; then their ids tell them apart.
import type { TryInfo } from "~/api/schema";

type Named = Pick<TryInfo, "number" | "try_id">;

export function triedAs<One extends Named>(
  tries: readonly One[],
  search: { try?: number; id?: string },
): One | undefined {
  const numbered = tries.filter((one) => one.number === search.try);
  return tries.find((one) => one.try_id === search.id) ?? numbered.at(-1) ?? tries.at(-1);
}

/** For the URL: nothing for the last try, which is shown unasked. */
export function placeOf(one: Named, tries: readonly Named[]): { try: number | undefined; id: string | undefined } {
  if (one.try_id === tries.at(-1)?.try_id) return { try: undefined, id: undefined };
  const isLastOfItsNumber = tries.filter(({ number }) => number === one.number).at(-1)?.try_id === one.try_id;
  return { try: one.number, id: isLastOfItsNumber ? undefined : one.try_id };
}

/** `Try 2`; of those that repeat a lost one `Try 2, once more`, `Try 2, 3rd time`. */
export function tryName(one: Named, tries: readonly Named[]): string {
  const same = tries.filter(({ number }) => number === one.number);
  const place = same.findIndex(({ try_id }) => try_id === one.try_id);
  if (place <= 0) return `Try ${one.number}`;
  return `Try ${one.number}, ${place === 1 ? "once more" : `${ordinal(place + 1)} time`}`;
}

const ENDINGS = ["th", "st", "nd", "rd"];

const ordinal = (number: number): string =>
  `${number}${Math.floor(number / 10) % 10 === 1 ? "th" : (ENDINGS[number % 10] ?? "th")}`;
