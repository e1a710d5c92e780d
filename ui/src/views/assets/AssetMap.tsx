// Assets and the DAGs and tasks that write and read them, as a graph.
import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import { IconBox, IconDatabase, IconPackage, IconSitemap, IconTags } from "@tabler/icons-react";
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from "@xyflow/react";
import { memo, useMemo, useRef } from "react";
import type { AssetGraph, AssetNode } from "~/api/schema";
import { useRoomBelow } from "~/components/useRoomBelow";
import { stateColour, stateLook } from "~/theme/states";
import { layout } from "~/views/dag/graph/layout";
import { useFit } from "~/views/dag/graph/useFit";
import css from "./assets.module.css";

interface CardData extends Record<string, unknown> {
  node: AssetNode;
  isDown: boolean;
  isChosen: boolean;
}

type Card = Node<CardData, "card">;

const ICONS = { asset: IconDatabase, alias: IconTags, dag: IconSitemap, task: IconBox, value: IconPackage };
const WIDTH = 180;
const HEIGHT = 46;
const FIT = { padding: 0.06, maxZoom: 1 };
/** What is wider than this for its height, as long chains are, is drawn downwards: across it would be too small to read. */
const WIDEST = 4;

const NodeCard = memo(function NodeCard({ data: { node, isDown, isChosen } }: NodeProps<Card>) {
  const Picture = ICONS[node.kind as keyof typeof ICONS] ?? IconBox;
  return (
    <div className={css.card} data-kind={node.kind} data-chosen={isChosen || undefined} title={node.uri || node.label}>
      <Handle
        type="target"
        position={isDown ? Position.Top : Position.Left}
        isConnectable={false}
        className={css.handle}
      />
      <Picture size={16} stroke={1.6} aria-hidden />
      <span className={css.words}>
        <span className={css.label}>{node.label}</span>
        <span className="quiet clip">{detailOf(node)}</span>
      </span>
      {node.state && (
        <span
          className={css.state}
          style={{ background: stateColour(node.state) }}
          role="img"
          aria-label={`last run: ${stateLook(node.state).label}`}
        />
      )}
      <Handle
        type="source"
        position={isDown ? Position.Bottom : Position.Right}
        isConnectable={false}
        className={css.handle}
      />
    </div>
  );
});

function detailOf(node: AssetNode): string {
  if (node.kind === "task") return `task of ${node.group}`;
  return (node.kind === "value" && node.uri) || (node.kind === "dag" ? "DAG" : node.kind);
}

const NODE_TYPES = { card: NodeCard };

interface Props {
  graph: AssetGraph;
  chosen?: string;
  onOpen: (node: AssetNode) => void;
}

export default function AssetMap(props: Props) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ graph, chosen, onOpen }: Props) {
  const scheme = useComputedColorScheme();
  const box = useRef<HTMLElement>(null);
  const height = useRoomBelow(box);
  const nodes = useMemo(() => cards(graph, chosen), [graph, chosen]);
  const edges = useMemo(() => graph.edges.map(edgeOf), [graph]);
  const fit = useFit(graph, FIT);
  return (
    <section ref={box} className={css.map} style={{ height }} aria-label="Graph of assets">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={scheme}
        onlyRenderVisibleElements={nodes.length > 150}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        minZoom={0.05}
        maxZoom={2}
        fitView
        fitViewOptions={FIT}
        {...fit}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_, card) => onOpen(card.data.node)}
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={1} color="var(--line)" />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function cards(graph: AssetGraph, chosen: string | undefined): Card[] {
  const boxes = graph.nodes.map(({ id }) => ({ id, parent: null, width: WIDTH, height: HEIGHT, isOpen: false }));
  const across = layout({ boxes, lines: graph.edges, direction: "LR" });
  const isDown = shapeOf(across) > WIDEST;
  const places = isDown ? layout({ boxes, lines: graph.edges, direction: "TB" }) : across;
  return graph.nodes.flatMap((node): Card[] => {
    const place = places[node.id];
    if (!place) return [];
    const data = { node, isDown, isChosen: node.id === chosen };
    return [
      {
        id: node.id,
        type: "card",
        position: { x: place.x, y: place.y },
        width: WIDTH,
        height: HEIGHT,
        ariaLabel: `${node.kind} ${node.label}`,
        data,
      },
    ];
  });
}

/** How many times wider than high. */
function shapeOf(places: Record<string, { x: number; y: number }>): number {
  const all = Object.values(places);
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)];
  return (Math.max(...xs) - Math.min(...xs) + WIDTH) / (Math.max(...ys) - Math.min(...ys) + HEIGHT) / (WIDTH / HEIGHT);
}

function edgeOf({ source, target }: { source: string; target: string }): Edge {
  return {
    id: `${source} → ${target}`,
    source,
    target,
    style: { stroke: "var(--line-strong)", strokeWidth: 1.4 },
    markerEnd: { type: MarkerType.ArrowClosed, color: "var(--line-strong)", width: 14, height: 14 },
    focusable: false,
  };
}
