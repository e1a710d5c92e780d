// How high a box has to be to reach the bottom of the window, measured from where it stands.
import { useViewportSize } from "@mantine/hooks";
import { type RefObject, useLayoutEffect, useState } from "react";

const MARGIN_PIXELS = 16;

export function useRoomBelow(box: RefObject<HTMLElement | null>, least = 320): number {
  const { height } = useViewportSize();
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => box.current && setTop(box.current.getBoundingClientRect().top + window.scrollY);
    measure();
    // What stands above may grow: a failure that is shown, a bar that wraps.
    const watcher = new ResizeObserver(measure);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, [box]);
  return Math.max(least, (height || window.innerHeight) - top - MARGIN_PIXELS);
}
