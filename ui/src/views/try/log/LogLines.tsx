// The lines of a log: only those in sight are drawn. It stays at the end while one is there, and where one reads
// while lines are put before.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useLayoutEffect, useRef } from "react";
import type { LogLine } from "~/api/schema";
import { useRoomBelow } from "~/components/useRoomBelow";
import { plain, spansOf } from "./ansi";
import css from "./log.module.css";
import { hasAfter, hasBefore, lineAt } from "./pieces";
import type { Aim, Log } from "./useLog";

const LINE_HEIGHT = 19;
const NEAR_PIXELS = 400;

interface Props {
  log: Log;
  wraps: boolean;
  /** Byte of the line to show and mark. */
  marked: number | undefined;
  find: string;
  onMark: (offset: number) => void;
}

export function LogLines({ log, wraps, marked, find, onMark }: Props) {
  const { lines } = log.loaded;
  const frame = useRef<HTMLDivElement>(null);
  const height = useRoomBelow(frame);
  const follows = useRef(log.aim.at === "end");
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 30,
  });

  const first = lines[0]?.offset;
  const before = useRef<{ first: number | undefined; count: number; aim?: Aim }>({ first, count: 0 });
  useLayoutEffect(() => {
    const was = before.current;
    const aim = log.aim;
    before.current = { first, count: lines.length, aim: lines.length > 0 ? aim : was.aim };
    if (was.aim !== aim && lines.length > 0) {
      follows.current = aim.at === "end";
      if (aim.at === "end") rows.scrollToIndex(lines.length - 1, { align: "end" });
      else if (aim.at === "start") rows.scrollToIndex(0, { align: "start" });
      else rows.scrollToIndex(lineAt(lines, aim.at), { align: "center" });
    } else if (was.first !== undefined && first !== undefined && first < was.first && was.count > 0) {
      const added = lineAt(lines, was.first);
      rows.scrollToOffset((frame.current?.scrollTop ?? 0) + added * LINE_HEIGHT);
    } else if (follows.current && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: "end" });
  }, [first, lines, rows, log.aim]);

  const onScroll = useCallback(() => {
    const box = frame.current;
    if (!box) return;
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    follows.current = left < LINE_HEIGHT * 2 && !hasAfter(log.loaded);
    if (left < NEAR_PIXELS) log.loadAfter();
    if (box.scrollTop < NEAR_PIXELS && hasBefore(log.loaded)) log.loadBefore();
  }, [log]);

  return (
    <section
      ref={frame}
      className={css.frame}
      style={{ maxHeight: height }}
      data-wraps={wraps || undefined}
      onScroll={onScroll}
      aria-label="Log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
      tabIndex={0}
    >
      <div className={css.canvas} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const line = lines[item.index] as LogLine;
          return (
            <div
              key={item.key}
              ref={wraps ? rows.measureElement : undefined}
              data-index={item.index}
              className={css.line}
              data-level={levelOf(line.level)}
              data-marked={line.offset === marked || undefined}
              style={{ transform: `translateY(${item.start}px)`, minHeight: LINE_HEIGHT }}
            >
              <Line line={line} find={find} onMark={onMark} />
            </div>
          );
        })}
      </div>
    </section>
  );
}

export function Line({ line, find, onMark }: { line: LogLine; find: string; onMark: (offset: number) => void }) {
  const offset = line.offset ?? -1;
  const number = (line.number ?? -1) >= 0 ? String((line.number ?? 0) + 1) : "·";
  return (
    <>
      <button
        type="button"
        className={css.number}
        onClick={() => onMark(offset)}
        aria-label={`${number}: link to this line`}
        tabIndex={-1}
      >
        {number}
      </button>
      {line.at && <time className={css.at}>{clockOf(line.at)}</time>}
      {line.level && <span className={css.level}>{line.level}</span>}
      <span className={css.text}>
        {find ? <Found text={plain(line.text ?? "")} find={find} /> : <Spans text={line.text ?? ""} />}
      </span>
    </>
  );
}

function Spans({ text }: { text: string }) {
  return spansOf(text).map((span, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: spans of a line have no other name
    <span key={at} data-ansi={span.look || undefined}>
      {span.text}
    </span>
  ));
}

function Found({ text, find }: { text: string; find: string }) {
  const pieces: { text: string; is: boolean }[] = [];
  const [low, wanted] = [text.toLowerCase(), find.toLowerCase()];
  let at = 0;
  for (let hit = low.indexOf(wanted); hit >= 0 && pieces.length < 200; hit = low.indexOf(wanted, at)) {
    pieces.push({ text: text.slice(at, hit), is: false }, { text: text.slice(hit, hit + find.length), is: true });
    at = hit + find.length;
  }
  pieces.push({ text: text.slice(at), is: false });
  return pieces.map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other name
    <span key={at} className={piece.is ? css.found : undefined}>
      {piece.text}
    </span>
  ));
}

export function levelOf(level: string | undefined): string | undefined {
  const word = level?.toUpperCase();
  return word === "WARNING" || word === "ERROR" || word === "CRITICAL" || word === "DEBUG"
    ? word.toLowerCase()
    : undefined;
}

/** The time of day of a log's own timestamp, as it was written. */
function clockOf(at: string): string {
  return /(\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(at)?.[1] ?? at;
}
