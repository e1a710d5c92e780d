// Shows a graph whole, again whenever its box has another size, until somebody moves it: the height of the box is known
// only when what stands above it has been drawn.
import { type FitViewOptions, useReactFlow, useStore } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";

/** `what`: another one is shown whole, too, however the one before had been moved. Give what comes back to `ReactFlow`. */
export function useFit(what: unknown, options: FitViewOptions) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const shown = useRef<unknown>(undefined);
  const isMoved = useRef(false);
  useEffect(() => {
    if (shown.current !== what) isMoved.current = false;
    shown.current = what;
    if (!what || isMoved.current || width === 0 || height === 0) return;
    // When its nodes have been placed.
    const timer = window.setTimeout(() => void flow.fitView(options), 0);
    return () => window.clearTimeout(timer);
  }, [what, width, height, flow, options]);
  // Moves that the program makes come without an event.
  const onMoveStart = useCallback((event: MouseEvent | TouchEvent | null) => {
    if (event) isMoved.current = true;
  }, []);
  return { onMoveStart };
}
