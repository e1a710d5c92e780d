// Source with line numbers and colours. Only lines in sight cost layout (content-visibility in blocks).
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import css from "./CodeView.module.css";
import { highlight, type Piece } from "./highlight";

interface Props {
  source: string;
  label: string;
  /** Number of the line to show first and mark. */
  line?: number;
  firstLine?: number;
  /** What stands at the end of a line: a duration, a failure. */
  notes?: ReadonlyMap<number, ReactNode>;
}

const BLOCK = 50;

export default function CodeView({ source, label, line, firstLine = 1, notes }: Props) {
  const lines = useMemo(() => highlight(source), [source]);
  const marked = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: shows the marked line whenever it or the source changes
  useEffect(() => marked.current?.scrollIntoView({ block: "center" }), [line, source]);
  const blocks = Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, at) => at * BLOCK);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
    <section className={css.code} aria-label={label} tabIndex={0}>
      {blocks.map((start) => (
        <div key={start} className={css.block}>
          {lines.slice(start, start + BLOCK).map((pieces, at) => {
            const number = firstLine + start + at;
            const isMarked = number === line;
            return (
              <div key={number} className={css.line} data-marked={isMarked || undefined} ref={isMarked ? marked : null}>
                <span className={css.number} aria-hidden>
                  {number}
                </span>
                <Line pieces={pieces} />
                {notes?.get(number)}
              </div>
            );
          })}
        </div>
      ))}
    </section>
  );
}

function Line({ pieces }: { pieces: Piece[] }) {
  return (
    <span className={css.text}>
      {pieces.map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other name
        <span key={at} data-kind={piece.kind}>
          {piece.text}
        </span>
      ))}
      {"\n"}
    </span>
  );
}
