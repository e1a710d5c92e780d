// The DAG as a graph with the states of one run. Groups fold, the critical path stands out, the keyboard walks along it.
import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  MarkerType,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import { useEffect, useMemo, useRef } from "react";
import type { Graph, TaskRow } from "~/api/schema";
import { usePaintMark } from "~/components/paintMark";
import { useRoomBelow } from "~/components/useRoomBelow";
import { useShortcut } from "~/shell/shortcuts";
import { stateColour } from "~/theme/states";
import { type ShownGraph, shownGraph } from "./fold";
import css from "./graph.module.css";
import type { Direction } from "./layout";
import { type CardNode, GroupFrame, NodeCard } from "./NodeCard";
import { nodeState, statesOf } from "./states";
import { useFit } from "./useFit";
import { type Places, useLayout } from "./useLayout";
import { neighbour } from "./walking";

/** An overview of fewer nodes would only be in the way. */
const SMALL = 12;
const WHOLE = { padding: 0.12, maxZoom: 1 };
/** An edge runs over the frames of open groups, however deep these are, and under what they hold. */
const OVER_FRAMES = 20;
const OVER_EDGES = 30;
const NODE_TYPES = { card: NodeCard, frame: GroupFrame };

export interface GraphViewProps {
  graph: Graph;
  rows: readonly TaskRow[] | undefined;
  direction: Direction;
  isOpen: (groupId: string) => boolean;
  onFold: (groupId: string) => void;
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
  onOpen: (id: string) => void;
  search: string;
}

export function GraphView(props: GraphViewProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ graph, rows, direction, isOpen, onFold, chosen, onChoose, onOpen, search }: GraphViewProps) {
  const shown = useMemo(() => shownGraph(graph, isOpen), [graph, isOpen]);
  const places = useLayout(shown, direction);
  const scheme = useComputedColorScheme();
  const flow = useReactFlow();
  usePaintMark("graph", places !== undefined);
  const nodes = useMemo(
    () => (places ? flowNodes(shown, places, { graph, rows, direction, onFold, chosen, search }) : []),
    [shown, places, graph, rows, direction, onFold, chosen, search],
  );
  const edges = useMemo(() => flowEdges(shown, chosen), [shown, chosen]);

  // What is found, or chosen by key, comes into view.
  const focus = search ? nodes.find((node) => node.data.isFound)?.id : undefined;
  useEffect(() => {
    if (focus) void flow.fitView({ nodes: [{ id: focus }], maxZoom: 1.1, duration: 250 });
  }, [focus, flow]);
  const fit = useFit(places, WHOLE);
  const box = useRef<HTMLElement>(null);
  const height = useRoomBelow(box);
  const walk = (key: "next" | "before" | "up" | "down") => {
    const next = places && neighbour(shown, places, direction, chosen, key);
    if (!next) return;
    onChoose(next);
    void flow.fitView({ nodes: [{ id: next }], maxZoom: flow.getZoom(), minZoom: flow.getZoom(), duration: 150 });
  };
  const [along, against] = direction === "LR" ? ["arrowright", "arrowleft"] : ["arrowdown", "arrowup"];
  const [across, back] = direction === "LR" ? ["arrowdown", "arrowup"] : ["arrowright", "arrowleft"];
  useShortcut(along, "To what comes after", () => walk("next"), "Graph");
  useShortcut(against, "To what comes before", () => walk("before"), "Graph");
  useShortcut(across, "To the task below", () => walk("down"), "Graph");
  useShortcut(back, "To the task above", () => walk("up"), "Graph");
  useShortcut("enter", "Open what is chosen", () => chosen && onOpen(chosen), "Graph");
  useShortcut("0", "Show everything", () => void flow.fitView({ padding: 0.12, duration: 200 }), "Graph");
  useShortcut("+", "Zoom in", () => void flow.zoomIn({ duration: 120 }), "Graph");
  useShortcut("-", "Zoom out", () => void flow.zoomOut({ duration: 120 }), "Graph");

  return (
    <section ref={box} className={css.box} style={{ height }} aria-label="Graph of the DAG" aria-busy={!places}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={scheme}
        zIndexMode="manual"
        onlyRenderVisibleElements={nodes.length > 150}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        elementsSelectable
        disableKeyboardA11y
        minZoom={0.05}
        maxZoom={2}
        fitView
        fitViewOptions={WHOLE}
        {...fit}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_, node) => onChoose(node.id)}
        onNodeDoubleClick={(_, node) => onOpen(node.id)}
        onPaneClick={() => onChoose(undefined)}
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={1} color="var(--line)" />
        {nodes.length > SMALL && (
          <MiniMap<CardNode>
            pannable
            zoomable
            className={css.miniMap}
            nodeColor={(node) => (node.type === "frame" ? "var(--line)" : stateColour(node.data.state?.state))}
            maskColor="color-mix(in srgb, var(--ground-sunken) 70%, transparent)"
            bgColor="var(--ground-raised)"
            ariaLabel="Overview of the graph"
          />
        )}
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

type Given = Pick<GraphViewProps, "graph" | "rows" | "direction" | "onFold" | "chosen" | "search">;

function flowNodes(shown: ShownGraph, places: Places, given: Given): CardNode[] {
  const byTask = statesOf(given.rows ?? []);
  const critical = new Set(given.graph.critical_path);
  const wanted = given.search.trim().toLowerCase();
  return shown.nodes.flatMap((one): CardNode[] => {
    const place = places[one.node.id];
    if (!place) return [];
    const { id } = one.node;
    const isGroup = one.node.kind === "group";
    return [
      {
        id,
        type: one.isOpen ? "frame" : "card",
        parentId: one.parent ?? undefined,
        position: { x: place.x, y: place.y },
        width: place.width,
        height: place.height,
        zIndex: one.isOpen ? 0 : OVER_EDGES,
        selected: given.chosen === id,
        ariaLabel: one.node.label,
        data: {
          shown: one,
          state: given.rows && nodeState(isGroup ? one.tasks : [id], byTask),
          isCritical: critical.has(id) || (isGroup && !one.isOpen && one.tasks.some((task) => critical.has(task))),
          isFound: wanted !== "" && id.toLowerCase().includes(wanted),
          direction: given.direction,
          onFold: given.onFold,
        },
      },
    ];
  });
}

function flowEdges(shown: ShownGraph, chosen: string | undefined): Edge[] {
  return shown.edges.map((edge) => {
    const isNear = chosen !== undefined && (edge.source === chosen || edge.target === chosen);
    const colour = isNear ? "var(--accent)" : edge.isCritical ? "var(--text)" : "var(--edge)";
    return {
      id: edge.id,
      source: edge.source,
      target: edge.target,
      label: edge.label || undefined,
      className: edge.isData ? css.dataEdge : undefined,
      zIndex: edge.isCritical || isNear ? OVER_FRAMES + 1 : OVER_FRAMES,
      style: { stroke: colour, strokeWidth: edge.isCritical ? 2 : 1.4 },
      markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 14, height: 14 },
      focusable: false,
    };
  });
}
