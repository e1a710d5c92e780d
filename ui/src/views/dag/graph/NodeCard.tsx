// The nodes of the graph: tasks, groups, assets.
import { IconBox, IconChevronDown, IconChevronRight, IconDatabase, IconSitemap } from "@tabler/icons-react";
import { Handle, type Node, type NodeProps, Position, useStore } from "@xyflow/react";
import { memo } from "react";
import { ReusedMark } from "~/components/ReusedMark";
import { type StateLook, stateLook } from "~/theme/states";
import { durationText, secondsBetween } from "~/time/format";
import { useNow } from "~/time/now";
import { CountBar } from "~/views/run/CountBar";
import type { ShownNode } from "./fold";
import css from "./graph.module.css";
import type { Direction } from "./layout";
import type { NodeState } from "./states";

export interface CardData extends Record<string, unknown> {
  shown: ShownNode;
  state: NodeState | undefined;
  isCritical: boolean;
  isFound: boolean;
  direction: Direction;
  onFold: (id: string) => void;
}

export type CardNode = Node<CardData, "card" | "frame">;

function Handles({ direction }: { direction: Direction }) {
  const [into, out] = direction === "LR" ? [Position.Left, Position.Right] : [Position.Top, Position.Bottom];
  return (
    <>
      <Handle type="target" position={into} isConnectable={false} className={css.handle} />
      <Handle type="source" position={out} isConnectable={false} className={css.handle} />
    </>
  );
}

/** So far away that no name can be read: a thousand nodes are boxes then, and cost what boxes cost. */
const FAR = 0.3;
const isFar = (flow: { transform: [number, number, number] }): boolean => flow.transform[2] < FAR;

export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<CardNode>) {
  const { shown, state, isCritical, isFound, direction } = data;
  const { node } = shown;
  const look = state ? stateLook(state.state) : undefined;
  const far = useStore(isFar);
  return (
    <div
      className={css.card}
      data-kind={node.kind}
      data-hue={look?.hue}
      data-state={state?.state}
      data-far={far || undefined}
      data-critical={isCritical || undefined}
      data-found={isFound || undefined}
      data-selected={selected || undefined}
      data-setup={node.is_setup || node.is_teardown || undefined}
      title={node.tooltip || node.id}
    >
      <Handles direction={direction} />
      {!far && <CardWords data={data} look={look} />}
    </div>
  );
});

function CardWords({ data, look }: { data: CardData; look: StateLook | undefined }) {
  const { shown, state } = data;
  const { node } = shown;
  return (
    <>
      <span className={css.icon}>{look ? <look.icon size={16} /> : <KindIcon kind={node.kind} />}</span>
      <span className={css.words}>
        <span className={css.label}>{node.label}</span>
        <span className={css.detail}>{state ? <Took state={state} /> : detailOf(shown)}</span>
      </span>
      <ReusedMark why={state?.reused} size={15} />
      {node.is_mapped && state && state.total > 1 && <span className={css.many}>× {state.total}</span>}
      {node.is_mapped && !state && <span className={css.many}>[ ]</span>}
      {node.kind === "group" && <FoldButton data={data} />}
      {state && state.total > 1 && (
        <span className={css.counts}>
          <CountBar counts={state.counts} total={state.total} plain />
        </span>
      )}
    </>
  );
}

function Took({ state }: { state: NodeState }) {
  const now = useNow(state.startedAt !== null && state.endedAt === null);
  const label = stateLook(state.state).label;
  if (!state.startedAt) return label;
  // The icons of these two say enough; others are worth the word.
  const isPlain = state.state === "success" || state.state === "running";
  return `${isPlain ? "" : `${label} · `}${durationText(secondsBetween(state.startedAt, state.endedAt, now))}`;
}

const detailOf = ({ node, tasks }: ShownNode): string => {
  if (node.kind === "group") return `${tasks.length} tasks`;
  if (node.is_setup) return "setup";
  if (node.is_teardown) return "teardown";
  if (node.trigger_rule && node.trigger_rule !== "all_success") return node.trigger_rule;
  return node.operator || node.kind;
};

function KindIcon({ kind }: { kind: string }) {
  if (kind === "asset") return <IconDatabase size={16} />;
  if (kind === "dag") return <IconSitemap size={16} />;
  return <IconBox size={16} stroke={1.5} />;
}

function FoldButton({ data }: { data: CardData }) {
  const { shown, onFold } = data;
  const Chevron = shown.isOpen ? IconChevronDown : IconChevronRight;
  return (
    <button
      type="button"
      className={`${css.fold} nodrag nopan`}
      aria-expanded={shown.isOpen}
      aria-label={`${shown.isOpen ? "Fold" : "Open"} ${shown.node.label}`}
      onClick={(event) => {
        event.stopPropagation();
        onFold(shown.node.id);
      }}
    >
      <Chevron size={15} />
    </button>
  );
}

export const GroupFrame = memo(function GroupFrame({ data }: NodeProps<CardNode>) {
  const { shown, state, direction } = data;
  return (
    <div className={css.group} data-hue={state && stateLook(state.state).hue}>
      <Handles direction={direction} />
      <div className={css.groupHead}>
        <FoldButton data={data} />
        <span className={css.label}>{shown.node.label}</span>
        <span className={css.detail}>{shown.tasks.length} tasks</span>
      </div>
    </div>
  );
});
