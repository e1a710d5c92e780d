// Lines over time or steps, by uPlot: fast with a hundred thousand points, redrawn when its size or the theme changes.
import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import css from "./Plot.module.css";

export interface PlotSeries {
  label: string;
  /** As many as there are x; null is a hole. */
  values: readonly (number | null)[];
  /** Marks without a line between them. */
  isPoints?: boolean;
  /** A CSS colour; without it one of the plot's own palette. */
  colour?: string;
}

export interface PlotProps {
  /** What it shows, for screen readers. */
  label: string;
  x: readonly number[];
  series: readonly PlotSeries[];
  height?: number;
  /** x are seconds since 1970, and the axis shows times. */
  isTime?: boolean;
  xLabel?: string;
  formatX?: (x: number) => string;
  formatY?: (y: number) => string;
  /** Plots with the same key share their cursor. */
  sync?: string;
  onPick?: (index: number) => void;
}

const PALETTE = 8;

export default function Plot(props: PlotProps) {
  const { ref, width } = useElementSize();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const scheme = useComputedColorScheme("light");
  const shape = props.series.map((one) => one.label).join("\n");
  const latest = useRef(props);
  latest.current = props;
  const height = props.height ?? 200;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot where its series or colours change; data are set below
  useEffect(() => {
    if (!box.current || width === 0) return;
    const made = new uPlot(optionsOf(latest, box.current, width, height), dataOf(latest.current), box.current);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = undefined;
    };
  }, [shape, scheme, width > 0, height]);

  useEffect(() => {
    if (width > 0) plot.current?.setSize({ width, height });
  }, [width, height]);

  useEffect(() => {
    plot.current?.setData(dataOf({ x: props.x, series: props.series }));
  }, [props.x, props.series]);

  return (
    <div ref={ref} className={css.frame}>
      <div ref={box} role="img" aria-label={props.label} style={{ minHeight: height }} />
    </div>
  );
}

function dataOf({ x, series }: Pick<PlotProps, "x" | "series">): uPlot.AlignedData {
  return [[...x], ...series.map((one) => [...one.values])];
}

function optionsOf(latest: { current: PlotProps }, box: Element, width: number, height: number): uPlot.Options {
  const { series, isTime = false, xLabel, sync } = latest.current;
  const style = getComputedStyle(box);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const resolved = (given: string) => (given.startsWith("var(") ? colour(given.slice(4, -1)) : given);
  const axis: uPlot.Axis = {
    stroke: colour("--text-quiet"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1, size: 4 },
    font: "11px ui-sans-serif, system-ui, sans-serif",
  };
  return {
    width,
    height,
    scales: { x: { time: isTime, range: (_, low, high) => xRange(low, high, isTime) } },
    cursor: { sync: sync ? { key: sync } : undefined, points: { size: 6 }, drag: { x: true, y: false } },
    legend: { show: true, live: true },
    axes: [
      {
        ...axis,
        size: 30,
        space: isTime ? 96 : 50,
        values:
          isTime && !latest.current.formatX
            ? undefined
            : (_, ticks) => ticks.map((x) => latest.current.formatX?.(x) ?? String(x)),
      },
      { ...axis, size: 58, values: (_, ticks) => ticks.map((y) => latest.current.formatY?.(y) ?? shortNumber(y)) },
    ],
    series: [
      {
        label: xLabel ?? (isTime ? "at" : "x"),
        value: (_, x) => (x == null ? "" : (latest.current.formatX?.(x) ?? (isTime ? "" : String(x)))),
      },
      ...series.map((one, at) => ({
        label: one.label,
        stroke: resolved(one.colour ?? colour(`--plot-${(at % PALETTE) + 1}`)),
        width: one.isPoints ? 0 : 1.6,
        points: one.isPoints
          ? { show: true, size: 8, width: 2, stroke: resolved(one.colour ?? colour(`--plot-${(at % PALETTE) + 1}`)) }
          : { show: one.values.length < 40, size: 4 },
        value: (_: uPlot, y: number | null) => (y == null ? "–" : (latest.current.formatY?.(y) ?? shortNumber(y))),
      })),
    ],
    hooks: {
      setCursor: [showLast],
      setData: [showLast],
      ready: [
        showLast,
        (made) =>
          made.over.addEventListener("click", () => {
            if (made.cursor.idx != null) latest.current.onPick?.(made.cursor.idx);
          }),
      ],
    },
  };
}

/** Without a cursor the legend tells of the last point, instead of nothing. */
function showLast(plot: uPlot): void {
  const last = plot.data[0].length - 1;
  if (plot.cursor.idx == null && last >= 0) plot.setLegend({ idx: last }, false);
}

const ALONE_SECONDS = 1800;

/** From the first x to the last; around one that is alone, which would be a point within years. */
function xRange(low: number | null, high: number | null, isTime: boolean): uPlot.Range.MinMax {
  if (low === null || high === null || low !== high) return [low, high];
  const beside = isTime ? ALONE_SECONDS : 1;
  return [low - beside, high + beside];
}

/** Four significant digits: `0.9766`, `1.5e-7`, `12 400`. */
export function shortNumber(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2).replace("e+", "e");
  return String(Number(value.toPrecision(4)));
}
