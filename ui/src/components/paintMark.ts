// Leaves a mark in the browser's timeline when a view has been painted with its data: benchmarks/ui reads them.
import { useEffect } from "react";

export function usePaintMark(name: string, ready = true): void {
  useEffect(() => {
    if (!ready) return;
    // The second frame begins after the first was painted.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(`tradewind:${name}`)));
    return () => cancelAnimationFrame(frame);
  }, [name, ready]);
}
