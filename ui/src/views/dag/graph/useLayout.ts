// The layout of what is shown: at once for small graphs, in a worker for large ones, while the old one stays in sight.
import { useEffect, useMemo, useState } from "react";
import type { ShownGraph } from "./fold";
import { type Direction, layout, NODE_HEIGHT, nodeWidth, type Place, type Wanted } from "./layout";

const AT_ONCE = 90;

export type Places = Record<string, Place>;

/** Undefined until the first layout is there. The key is the topology, so that states don't lay out anew. */
export function useLayout(shown: ShownGraph, direction: Direction): Places | undefined {
  const key = useMemo(() => keyOf(shown, direction), [shown, direction]);
  const small = shown.nodes.length <= AT_ONCE;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is all that matters of what is shown
  const direct = useMemo(() => (small ? layout(wantedOf(shown, direction)) : undefined), [key, small]);
  const [slow, setSlow] = useState<{ key: string; places: Places } | undefined>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is all that matters of what is shown
  useEffect(() => {
    if (small) return;
    const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = (event: MessageEvent<Places>) => {
      setSlow({ key, places: event.data });
      worker.terminate();
    };
    worker.onerror = () => setSlow({ key, places: layout(wantedOf(shown, direction)) });
    worker.postMessage(wantedOf(shown, direction));
    return () => worker.terminate();
  }, [key, small]);
  return direct ?? slow?.places;
}

function keyOf({ nodes, edges }: ShownGraph, direction: Direction): string {
  return [
    direction,
    ...nodes.map((one) => `${one.node.id}:${one.isOpen ? 1 : 0}`),
    "|",
    ...edges.map((edge) => edge.id),
  ].join("\r");
}

function wantedOf({ nodes, edges }: ShownGraph, direction: Direction): Wanted {
  return {
    direction,
    boxes: nodes.map(({ node, parent, isOpen }) => ({
      id: node.id,
      parent,
      isOpen,
      width: nodeWidth(node.label),
      height: NODE_HEIGHT,
    })),
    lines: edges.map(({ source, target, label }) => ({
      source,
      target,
      label: label ? label.length * 7 + 12 : undefined,
    })),
  };
}
