// Runs × tasks: the newest run on the right, only what is in view is drawn, in both directions.
import { IconCalendarOff } from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { mapText } from "~/api/mapPath";
import type { Grid } from "~/api/schema";
import { EmptyState } from "~/components/EmptyState";
import { usePaintMark } from "~/components/paintMark";
import { useRoomBelow } from "~/components/useRoomBelow";
import type { Folding } from "./fold";
import { GridHover, type Hovered } from "./GridHover";
import { GridRow } from "./GridRow";
import css from "./grid.module.css";
import { HEAD, ROW, useWindows } from "./measures";
import { moved, type Place } from "./moves";
import { RunBars } from "./RunBars";
import { isUnfolded, rowsOf, type ShownRow } from "./rows";
import { useInstances } from "./useInstances";

interface Props {
  dagId: string;
  grid: Grid;
  folding: Folding;
  search: string;
  chosenRun: string | undefined;
  chosenTask: string | undefined;
  /** Of a mapped task's instance. */
  chosenMap: string | undefined;
  onFold: (id: string) => void;
  /** Empty where a run's own bar, or a task's name, was meant. */
  onChoose: (runId: string | undefined, taskId: string | undefined, map: string | undefined) => void;
  onOpen: (runId: string, row: ShownRow | undefined) => void;
  onNearOldest: () => void;
}

export function GridView(props: Props) {
  const { dagId, grid, folding, search, chosenRun, chosenTask, chosenMap, onNearOldest } = props;
  const { instances, want } = useInstances(dagId);
  const rows = useMemo(() => rowsOf(grid.nodes, folding, instances, search), [grid.nodes, folding, instances, search]);
  const { box, shown, look, reveal } = useWindows(rows.length, grid.runs.length, onNearOldest);
  useEffect(() => {
    const tasks = grid.nodes.filter((node) => !node.is_group && isUnfolded(node, folding));
    want({ tasks, runs: tasks.length > 0 ? grid.runs.slice(shown.runs.first, shown.runs.end) : [] });
  }, [want, grid, folding, shown.runs]);
  const [place, setPlace] = useState<Place>({ row: 0, run: 0 });
  const [hovered, setHovered] = useState<{ at: Place; card: Hovered } | undefined>();
  const room = useRoomBelow(box, 260);
  usePaintMark("grid");

  const choose = (at: Place) => {
    const row = rows[at.row];
    setPlace(at);
    props.onChoose(grid.runs[at.run]?.bar.run_id, row?.node.id, mapText(row?.instance?.mapPath));
  };
  const open = (at: Place) => {
    const run = grid.runs[at.run];
    if (run) props.onOpen(run.bar.run_id, rows[at.row]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moved(place, event.key, rows.length, grid.runs.length, 20);
    const row = rows[place.row];
    if (next) {
      setPlace(next);
      reveal(next.row, next.run);
    } else if (event.key === "Enter") open(place);
    else if (event.key === " ") choose(place);
    else if (row?.folds && event.key === (row.isOpen ? "-" : "+")) props.onFold(row.node.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent) => {
    const at = placeOf(event.target);
    if (!at) return;
    if (at.run >= 0) return choose(at);
    const row = rows[at.row];
    if (row?.folds) props.onFold(row.node.id);
    else if (row && !row.isNote) props.onChoose(chosenRun, row.node.id, mapText(row.instance?.mapPath));
  };
  const onMove = (event: MouseEvent) => {
    const at = placeOf(event.target);
    const run = at && at.run >= 0 ? grid.runs[at.run] : undefined;
    if (!at || !run) return setHovered(undefined);
    if (hovered?.at.row === at.row && hovered.at.run === at.run) return;
    setHovered({ at, card: { row: rows[at.row], run, x: event.clientX, y: event.clientY } });
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
      style={{ maxHeight: room }}
      role="grid"
      aria-label="Runs and tasks"
      aria-rowcount={rows.length + 1}
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
            height: HEAD + rows.length * ROW + 8,
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
          {rows.slice(shown.rows.first, shown.rows.end).map((row, at) => (
            <GridRow
              key={row.key}
              row={row}
              place={shown.rows.first + at}
              runs={grid.runs}
              shown={shown.runs}
              names={shown.names}
              placed={place.row === shown.rows.first + at ? place.run : undefined}
              chosen={chosenTask === row.node.id && isChosen(row, chosenMap) ? (chosenRun ?? "") : undefined}
            />
          ))}
        </div>
      </div>
      {hovered && createPortal(<GridHover {...hovered.card} />, document.body)}
    </div>
  );
}

const isChosen = (row: ShownRow, map: string | undefined): boolean =>
  !row.isNote && mapText(row.instance?.mapPath) === map;

/** Which cell, bar or name an event came from; a name has run -1. */
function placeOf(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  if (!cell) return undefined;
  return { row: Number(cell.dataset.row), run: cell.dataset.run === undefined ? -1 : Number(cell.dataset.run) };
}
