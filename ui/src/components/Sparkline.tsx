// A series as a line without axes. Holes (not finite) interrupt it.
interface Props {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
  colour?: string;
}

export function Sparkline({ values, label, width = 96, height = 22, colour = "var(--accent)" }: Props) {
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={linePath(values, width, height)} fill="none" stroke={colour} strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  );
}

/** SVG path of the series, a pixel and a half within the box. */
export function linePath(values: readonly number[], width: number, height: number): string {
  const finite = values.filter(Number.isFinite);
  const lowest = Math.min(...finite);
  const span = Math.max(...finite) - lowest || 1;
  const step = values.length > 1 ? (width - 3) / (values.length - 1) : 0;
  let lifted = true;
  return values
    .map((value, at) => {
      if (!Number.isFinite(value)) {
        lifted = true;
        return "";
      }
      const command = lifted ? "M" : "L";
      lifted = false;
      const y = height - 1.5 - ((value - lowest) / span) * (height - 3);
      return `${command}${(1.5 + at * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
