// A matrix or a picture in small, a pixel an element, on a canvas: no element of the page for each.
import { useEffect, useRef } from "react";
import { pixelsOf } from "./pixels";
import css from "./values.module.css";

export function Overview({ rows, label, isGrey }: { rows: unknown[][]; label: string; isGrey: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context && width > 0) context.putImageData(new ImageData(pixelsOf(rows, isGrey), width, height), 0, 0);
  }, [rows, isGrey, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={css.overview}
      style={{ aspectRatio: `${width} / ${height}` }}
      role="img"
      aria-label={label}
    />
  );
}
