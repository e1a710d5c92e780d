// Runs × tasks: the newest run on the right, only what is in view is drawn, in both directions.
import { IconCalendarOff } from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import type { Grid, GridNode } from "~/api/schema";
import { EmptyState } from "~/components/EmptyState";
import { usePaintMark } from "~/components/paintMark";
import { type Folding, isFolded, shownNodes } from "./fold";
import { GridHover, type Hovered } from "./GridHover";
import { GridRow } from "./GridRow";
import css from "./grid.module.css";
import { HEAD, ROW, useWindows } from "./measures";
import { moved, type Place } from "./moves";
import { RunBars } from "./RunBars";

interface Props {
  grid: Grid;
  folding: Folding;
  search: string;
  chosenRun: string | undefined;
  chosenTask: string | undefined;
  onFold: (id: string) => void;
  /** Empty where a run's own bar, or a task's name, was meant. */
  onChoose: (runId: string | undefined, taskId: string | undefined) => void;
  onOpen: (runId: string, taskId: string | undefined, isPlain: boolean) => void;
  onNearOldest: () => void;
}

export function GridView(props: Props) {
  const { grid, folding, search, chosenRun, chosenTask, onNearOldest } = props;
  const nodes = useMemo(() => shownNodes(grid.nodes, folding, search), [grid.nodes, folding, search]);
  const { box, shown, look, reveal } = useWindows(nodes.length, grid.runs.length, onNearOldest);
  const [place, setPlace] = useState<Place>({ row: 0, run: 0 });
  const [hovered, setHovered] = useState<{ at: Place; card: Hovered } | undefined>();
  usePaintMark("grid");

  const choose = (at: Place) => {
    const node = nodes[at.row];
    setPlace(at);
    props.onChoose(grid.runs[at.run]?.bar.run_id, at.row < 0 ? undefined : node?.id);
  };
  const open = (at: Place) => {
    const [run, node] = [grid.runs[at.run], nodes[at.row]];
    if (run) props.onOpen(run.bar.run_id, at.row < 0 ? undefined : node?.id, isPlain(node));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moved(place, event.key, nodes.length, grid.runs.length, 20);
    const node = nodes[place.row];
    if (next) {
      setPlace(next);
      reveal(next.row, next.run);
    } else if (event.key === "Enter") open(place);
    else if (event.key === " ") choose(place);
    else if ((event.key === "+" || event.key === "-") && node?.is_group) props.onFold(node.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent) => {
    const at = placeOf(event.target);
    if (!at) return;
    if (at.run >= 0) return choose(at);
    const node = nodes[at.row];
    if (node?.is_group) props.onFold(node.id);
    else if (node) props.onChoose(chosenRun, node.id);
  };
  const onMove = (event: MouseEvent) => {
    const at = placeOf(event.target);
    const run = at && at.run >= 0 ? grid.runs[at.run] : undefined;
    if (!at || !run) return setHovered(undefined);
    if (hovered?.at.row === at.row && hovered.at.run === at.run) return;
    setHovered({ at, card: { node: nodes[at.row], run, x: event.clientX, y: event.clientY } });
  };

  if (grid.runs.length === 0)
    return (
      <EmptyState icon={IconCalendarOff} title="No run yet">
        Each run becomes a column here, each task a row. Press <kbd>t</kbd> to trigger the first one.
      </EmptyState>
    );
  return (
    <div
      ref={box}
      className={css.scroller}
      role="grid"
      aria-label="Runs and tasks"
      aria-rowcount={nodes.length + 1}
      aria-colcount={grid.runs.length + 1}
      aria-activedescendant={`cell-${place.row}-${place.run}`}
      tabIndex={0}
      onScroll={look}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const at = placeOf(event.target);
        if (at && at.run >= 0) open(at);
      }}
      onMouseMove={onMove}
      onMouseLeave={() => setHovered(undefined)}
    >
      <div
        style={
          {
            width: shown.width || "100%",
            height: HEAD + nodes.length * ROW + 8,
            "--slack": `${shown.slack}px`,
          } as CSSProperties
        }
        role="rowgroup"
      >
        <RunBars
          runs={grid.runs}
          shown={shown.runs}
          names={shown.names}
          placed={place.row < 0 ? place.run : undefined}
          chosen={chosenRun}
        />
        <div className={css.body} role="presentation">
          {nodes.slice(shown.rows.first, shown.rows.end).map((node, at) => (
            <GridRow
              key={node.id}
              node={node}
              row={shown.rows.first + at}
              runs={grid.runs}
              shown={shown.runs}
              names={shown.names}
              folded={node.is_group && isFolded(folding, node.id)}
              placed={place.row === shown.rows.first + at ? place.run : undefined}
              chosen={chosenTask === node.id ? (chosenRun ?? "") : undefined}
            />
          ))}
        </div>
      </div>
      {hovered && createPortal(<GridHover {...hovered.card} />, document.body)}
    </div>
  );
}

const isPlain = (node: GridNode | undefined): boolean => node !== undefined && !node.is_group && !node.is_mapped;

/** Which cell, bar or name an event came from; a name has run -1. */
function placeOf(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  if (!cell) return undefined;
  return { row: Number(cell.dataset.row), run: cell.dataset.run === undefined ? -1 : Number(cell.dataset.run) };
}
