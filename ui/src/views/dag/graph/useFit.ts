// Shows a graph whole, again whenever its box has another size, until somebody moves it: the height of the box is known
// only when what stands above it has been drawn. A graph that is too large to be read whole begins where it begins.
import { type FitViewOptions, type ReactFlowInstance, useReactFlow, useStore } from "@xyflow/react";
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
    const timer = window.setTimeout(() => void fitted(flow, { width, height }, options), 0);
    return () => window.clearTimeout(timer);
  }, [what, width, height, flow, options]);
  // Moves that the program makes come without an event.
  const onMoveStart = useCallback((event: MouseEvent | TouchEvent | null) => {
    if (event) isMoved.current = true;
  }, []);
  return { onMoveStart };
}

/** Below this zoom names cannot be read. */
const READABLE = 0.62;
const EDGE = 24;

async function fitted(
  flow: ReactFlowInstance,
  box: { width: number; height: number },
  options: FitViewOptions,
): Promise<void> {
  await flow.fitView(options);
  if (flow.getZoom() >= READABLE) return;
  const all = flow.getNodesBounds(flow.getNodes());
  // Its beginning is at the left, or at the top: the other way it is centred, unless that is too long as well.
  const start = (from: number, length: number, room: number) =>
    length * READABLE > room - 2 * EDGE ? EDGE - from * READABLE : (room - length * READABLE) / 2 - from * READABLE;
  const x = start(all.x, all.width, box.width);
  const y = start(all.y, all.height, box.height);
  await flow.setViewport({ x, y, zoom: READABLE });
}
