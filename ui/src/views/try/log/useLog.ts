// A log as the viewer has it: opens at its end (or at a line), loads more at either end, and grows while it is written.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { LogPage } from "~/api/schema";
import { liveLogUrl, logTail, logWindow, type TryOf } from "../queries";
import { begun, hasAfter, type Loaded, NOTHING, WINDOW_BYTES, withAfter, withBefore } from "./pieces";

const FIRST_LINES = 2000;

/** Where a log was opened: what is to be seen first. Another object each time it is opened. */
export interface Aim {
  at: number | "start" | "end";
}

export interface Log {
  loaded: Loaded;
  aim: Aim;
  isLoading: boolean;
  error: unknown;
  loadBefore: () => void;
  loadAfter: () => void;
  toStart: () => void;
  toEnd: () => void;
  toOffset: (offset: number) => void;
}

/** `offset`: byte of the line it opens at; undefined: at its end. */
export function useLog({ dagId, runId, taskId, map, asked }: TryOf, offset: number | undefined): Log {
  const of = useMemo(() => ({ dagId, runId, taskId, map, asked }), [dagId, runId, taskId, map, asked]);
  const [loaded, setLoaded] = useState<Loaded>(NOTHING);
  const [aim, setAim] = useState<Aim>({ at: offset ?? "end" });
  const [isLoading, setLoading] = useState(true);
  const [error, setError] = useState<unknown>();
  const busy = useRef(false);
  const latest = useRef(loaded);
  latest.current = loaded;

  const open = useCallback((asked: Promise<LogPage>, at: Aim["at"]) => {
    setLoading(true);
    setError(undefined);
    asked
      .then((page) => {
        setLoaded(begun(page));
        setAim({ at });
      })
      .catch(setError)
      .finally(() => setLoading(false));
  }, []);
  const toEnd = useCallback(() => open(logTail(of, FIRST_LINES), "end"), [open, of]);
  const toStart = useCallback(() => open(logWindow(of, 0, WINDOW_BYTES), "start"), [open, of]);
  const toOffset = useCallback(
    (at: number) => open(logWindow(of, Math.max(0, at - WINDOW_BYTES / 4), at + WINDOW_BYTES), at),
    [open, of],
  );
  const first = useRef(offset);
  useEffect(() => (first.current === undefined ? toEnd() : toOffset(first.current)), [toEnd, toOffset]);

  const add = useCallback((asked: Promise<LogPage>, put: (loaded: Loaded, page: LogPage) => Loaded) => {
    busy.current = true;
    asked
      .then((page) => setLoaded((now) => put(now, page)))
      .catch(setError)
      .finally(() => {
        busy.current = false;
      });
  }, []);
  const loadBefore = useCallback(() => {
    const { start } = latest.current;
    if (!busy.current && start > 0) add(logWindow(of, Math.max(0, start - WINDOW_BYTES), start), withBefore);
  }, [add, of]);
  const loadAfter = useCallback(() => {
    if (!busy.current && hasAfter(latest.current)) add(logWindow(of, latest.current.end, undefined), withAfter);
  }, [add, of]);

  const grows = !isLoading && !error && !loaded.isEnded && !hasAfter(loaded);
  useEffect(() => {
    if (!grows) return;
    const source = new EventSource(liveLogUrl(of, latest.current.end));
    source.onmessage = (event: MessageEvent<string>) => {
      const page = JSON.parse(event.data) as LogPage;
      setLoaded((now) => withAfter(now, page));
      if (page.is_ended) source.close();
    };
    return () => source.close();
  }, [grows, of]);

  return { loaded, aim, isLoading, error, loadBefore, loadAfter, toStart, toEnd, toOffset };
}
