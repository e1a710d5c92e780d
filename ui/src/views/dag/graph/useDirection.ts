// Which way a graph goes where the URL doesn't say: across, or down where the screen is narrow.
import { useMediaQuery } from "@mantine/hooks";
import type { Direction } from "./layout";

export function useDirection(chosen: Direction | undefined): Direction {
  const isNarrow = useMediaQuery("(max-width: 760px)", undefined, { getInitialValueInEffect: false });
  return chosen ?? (isNarrow ? "TB" : "LR");
}
