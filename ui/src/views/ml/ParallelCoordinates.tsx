// One line a run or trial through an axis a param or metric: what good ones have in common.
import { useElementSize } from "@mantine/hooks";
import { useState } from "react";
import { axesOf, lineOf } from "./coordinates";
import css from "./ml.module.css";

export interface Line {
  id: string;
  label: string;
  cells: Record<string, unknown>;
  /** From 0 (worst) to 1; null: it has none. */
  goodness: number | null;
}

interface Props {
  label: string;
  columns: readonly string[];
  lines: readonly Line[];
  onOpen?: (id: string) => void;
}

const HEIGHT = 260;
const TOP = 34;
const BOTTOM = 14;
const SIDE = 70;
const MOST_LINES = 500;

export function ParallelCoordinates({ label, columns, lines, onOpen }: Props) {
  const { ref, width } = useElementSize();
  const [over, setOver] = useState<string>();
  const shown = lines.slice(0, MOST_LINES);
  const axes = axesOf(
    columns,
    shown.map((line) => line.cells),
  );
  if (axes.length < 2 || shown.length < 2) return null;
  const x = (axis: number) => SIDE + (axis * Math.max(0, width - 2 * SIDE)) / (axes.length - 1);
  const y = (at: number) => HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM);
  const chosen = shown.find((line) => line.id === over);
  return (
    <figure className={css.coordinates} ref={ref}>
      <svg width={width} height={HEIGHT} role="img" aria-label={label}>
        {shown.map((line, row) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table below has a link for each
          <path
            key={line.id}
            d={lineOf(axes, row, x, y)}
            className={css.line}
            data-over={line.id === over || undefined}
            style={{ stroke: shadeOf(line.goodness) }}
            onMouseEnter={() => setOver(line.id)}
            onMouseLeave={() => setOver(undefined)}
            onClick={() => onOpen?.(line.id)}
          />
        ))}
        {axes.map((axis, at) => (
          <g key={axis.name} transform={`translate(${x(at)} 0)`}>
            <line y1={y(1)} y2={y(0)} className={css.axis} />
            <text y={14} textAnchor="middle" className={css.axisName}>
              {axis.name.length > 22 ? `…${axis.name.slice(-21)}` : axis.name}
            </text>
            {axis.ticks.map((tick) => (
              <text key={tick.label} x={-5} y={y(tick.at) + 4} textAnchor="end" className={css.tick}>
                {tick.label}
              </text>
            ))}
          </g>
        ))}
      </svg>
      <figcaption className="quiet">
        {chosen?.label ?? "Each line is one; the stronger its colour, the better."}
        {lines.length > MOST_LINES && ` The first ${MOST_LINES} of ${lines.length}.`}
      </figcaption>
    </figure>
  );
}

const shadeOf = (goodness: number | null): string =>
  goodness === null
    ? "var(--line-strong)"
    : `color-mix(in oklab, var(--accent) ${Math.round(15 + 85 * goodness)}%, var(--line-strong))`;
