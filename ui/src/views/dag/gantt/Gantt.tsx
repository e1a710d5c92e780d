// When each task waited and ran. Zoom with the wheel and Ctrl, by dragging along the axis, or with + - 0.
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconChevronRight, IconZoomIn, IconZoomOut, IconZoomReset } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { mapText } from "~/api/mapPath";
import type { Timeline } from "~/api/schema";
import { useShortcut } from "~/shell/shortcuts";
import { stateLook } from "~/theme/states";
import { durationText, fullTime } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";
import css from "./gantt.module.css";
import { type GanttRow, ganttRows, type Segment, wholeOf } from "./rows";
import { fraction, moved, offsetText, type Span, spanOf, spanText, ticks, zoomed } from "./scale";

const ROW = 26;
const MOST_TICKS = 8;
/** Room for the longest: `12h 30m`. */
const TICK_PIXELS = 68;

interface Props {
  run: { dagId: string; runId: string };
  timeline: Timeline;
  /** When the run ended; null while it goes on. */
  endedAt: string | null | undefined;
  zoom: string | undefined;
  onZoom: (zoom: string | undefined) => void;
}

export function Gantt({ run, timeline, endedAt, zoom, onZoom }: Props) {
  const present = useNow(!endedAt).getTime();
  const now = endedAt ? Date.parse(endedAt) : present;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const critical = useMemo(() => new Set(timeline.critical_path), [timeline.critical_path]);
  const rows = useMemo(() => ganttRows(timeline.bars, critical, open, now), [timeline.bars, critical, open, now]);
  const whole = useMemo(() => wholeOf(timeline.bars, now), [timeline.bars, now]);
  const shown = spanOf(zoom, whole);
  const show = (span: Span) => onZoom(spanText(span, whole));
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  useWheelZoom(plot, (by, focus) => show(zoomed(shown, whole, by, focus)));
  const zoomBy = (by: number) => show(zoomed(shown, whole, by, 0.5));
  useShortcut("+", "Zoom in", () => zoomBy(0.5));
  useShortcut("-", "Zoom out", () => zoomBy(2));
  useShortcut("0", "Show everything", () => onZoom(undefined));
  useShortcut("arrowleft", "Earlier", () => show(moved(shown, whole, -0.25)));
  useShortcut("arrowright", "Later", () => show(moved(shown, whole, 0.25)));
  const fold = (taskId: string) => {
    const next = new Set(open);
    if (!next.delete(taskId)) next.add(taskId);
    setOpen(next);
  };
  return (
    <>
      <Legend onIn={() => zoomBy(0.5)} onOut={() => zoomBy(2)} onReset={() => onZoom(undefined)} isWhole={!zoom} />
      <div className={css.frame} ref={plot}>
        <Axis shown={shown} whole={whole} onSelect={show} />
        <div className={css.scroller} ref={box}>
          <ul className={css.rows} style={{ height: virtual.getTotalSize() }} aria-label="Tasks over time">
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              return row ? (
                <Row key={row.key} row={row} run={run} shown={shown} top={item.start} onFold={() => fold(row.taskId)} />
              ) : null;
            })}
          </ul>
        </div>
      </div>
    </>
  );
}

function Legend({
  onIn,
  onOut,
  onReset,
  isWhole,
}: Record<"onIn" | "onOut" | "onReset", () => void> & { isWhole: boolean }) {
  return (
    <div className={css.legend}>
      <span>
        <i className={css.keyQueue} /> waited for a slot
      </span>
      <span>
        <i className={css.keyRun} /> ran
      </span>
      <span>
        <i className={css.keyHeld} /> deferred, without a slot
      </span>
      <span>
        <i className={css.keyCritical} /> on the critical path
      </span>
      <Group gap={4} ml="auto" wrap="nowrap">
        <Tooltip label="Zoom in (+)">
          <ActionIcon variant="default" size={28} aria-label="Zoom in" onClick={onIn}>
            <IconZoomIn size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Zoom out (-)">
          <ActionIcon variant="default" size={28} aria-label="Zoom out" onClick={onOut} disabled={isWhole}>
            <IconZoomOut size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Show everything (0)">
          <ActionIcon variant="default" size={28} aria-label="Show everything" onClick={onReset} disabled={isWhole}>
            <IconZoomReset size={15} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  );
}

function useWheelZoom(plot: React.RefObject<HTMLDivElement | null>, zoom: (by: number, focus: number) => void) {
  const latest = useRef(zoom);
  useEffect(() => {
    latest.current = zoom;
  });
  useEffect(() => {
    const element = plot.current;
    if (!element) return;
    const listen = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const track = element.querySelector(`.${css.axis}`)?.getBoundingClientRect() ?? element.getBoundingClientRect();
      const focus = Math.min(1, Math.max(0, (event.clientX - track.left) / track.width));
      latest.current(event.deltaY > 0 ? 1.25 : 0.8, focus);
    };
    element.addEventListener("wheel", listen, { passive: false });
    return () => element.removeEventListener("wheel", listen);
  }, [plot]);
}

interface AxisProps {
  shown: Span;
  whole: Span;
  onSelect: (span: Span) => void;
}

/** Dragging along it shows the stretch that was dragged over. */
function Axis({ shown, whole, onSelect }: AxisProps) {
  const [drag, setDrag] = useState<[from: number, to: number] | undefined>();
  const zone = useZone();
  const { ref, width } = useElementSize();
  const most = Math.min(MOST_TICKS, Math.max(2, Math.floor(width / TICK_PIXELS)));
  const at = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const end = () => {
    if (drag && Math.abs(drag[1] - drag[0]) > 0.01) {
      const length = shown.end - shown.start;
      const [from, to] = [Math.min(...drag), Math.max(...drag)];
      onSelect({ start: shown.start + from * length, end: shown.start + to * length });
    }
    setDrag(undefined);
  };
  return (
    <div className={css.head}>
      <div className={css.corner}>{fullTime(new Date(shown.start), zone)}</div>
      <div
        ref={ref}
        className={css.axis}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([at(event), at(event)]);
        }}
        onPointerMove={(event) => drag && setDrag([drag[0], at(event)])}
        onPointerUp={end}
        onPointerCancel={() => setDrag(undefined)}
      >
        {ticks(shown, whole.start, most).map((tick) => (
          <span key={tick} className={css.tick} style={{ left: `${fraction(tick, shown) * 100}%` }}>
            {offsetText(tick - whole.start)}
          </span>
        ))}
        {drag && (
          <span
            className={css.drag}
            style={{ left: `${Math.min(...drag) * 100}%`, width: `${Math.abs(drag[1] - drag[0]) * 100}%` }}
          />
        )}
      </div>
    </div>
  );
}

interface RowProps {
  row: GanttRow;
  run: { dagId: string; runId: string };
  shown: Span;
  top: number;
  onFold: () => void;
}

function Row({ row, run, shown, top, onFold }: RowProps) {
  const name = row.mapPath ? `[${row.mapPath.join(", ")}]` : row.taskId;
  return (
    <li className={css.row} style={{ transform: `translateY(${top}px)` }} data-critical={row.isCritical || undefined}>
      <div className={css.name} data-deep={row.mapPath ? true : undefined}>
        {row.instances > 0 && (
          <button
            type="button"
            className={css.fold}
            aria-expanded={row.isOpen}
            onClick={onFold}
            aria-label={`Instances of ${row.taskId}`}
          >
            <IconChevronRight size={13} data-open={row.isOpen || undefined} />
          </button>
        )}
        <Link
          to="/dags/$dagId/runs/$runId/tasks/$taskId"
          params={{ ...run, taskId: row.taskId }}
          search={{ map: mapText(row.mapPath) }}
          className="clip"
          title={row.taskId}
        >
          {name}
        </Link>
        {row.instances > 0 && <span className="quiet numbers">× {row.instances}</span>}
      </div>
      <div
        className={css.track}
        title={`waited ${durationText(row.queueSeconds)}, ran ${durationText(row.runSeconds)}`}
      >
        {row.segments.map((segment) => (
          <SegmentBar
            key={`${segment.bar.map_path.join(".")} ${segment.bar.try_number}`}
            segment={segment}
            shown={shown}
            isFaint={row.instances > 0}
          />
        ))}
      </div>
      <div className={`${css.took} numbers`}>{durationText(row.runSeconds)}</div>
    </li>
  );
}

function SegmentBar({ segment, shown, isFaint }: { segment: Segment; shown: Span; isFaint: boolean }) {
  const { bar, queuedAt, endedAt, heldUntil } = segment;
  const startedAt = segment.startedAt ?? endedAt;
  const look = stateLook(bar.state);
  const place = (from: number, to: number) => ({
    left: `${fraction(from, shown) * 100}%`,
    width: `max(${((to - from) / (shown.end - shown.start)) * 100}%, 2px)`,
  });
  return (
    <>
      {heldUntil !== undefined && heldUntil > endedAt && (
        <span
          className={css.held}
          style={place(endedAt, heldUntil)}
          role="img"
          aria-label={`Deferred for ${durationText((heldUntil - endedAt) / 1000)}`}
        />
      )}
      {startedAt > queuedAt && <span className={css.queue} style={place(queuedAt, startedAt)} />}
      {segment.startedAt !== undefined && (
        <span
          className={css.bar}
          style={place(startedAt, endedAt)}
          data-hue={look.hue}
          data-state={bar.state}
          data-faint={isFaint || undefined}
          role="img"
          aria-label={`Try ${bar.try_number}: ${look.label}, ${durationText((endedAt - startedAt) / 1000)}`}
        />
      )}
    </>
  );
}
