// Live events gathered until the next frame: three hundred of them a second cost one drawing a frame, not three hundred.
import { useEffect, useRef } from "react";
import { onLive } from "./live";
import type { LiveEvent } from "./schema";

/** Calls the latest `handle` with the events that fit, in order, while the component is shown. */
export function useLiveBatch(fits: (event: LiveEvent) => boolean, handle: (events: LiveEvent[]) => void): void {
  const latest = useRef({ fits, handle });
  useEffect(() => {
    latest.current = { fits, handle };
  });
  useEffect(() => {
    let gathered: LiveEvent[] = [];
    let frame: number | undefined;
    const flush = () => {
      frame = undefined;
      const events = gathered;
      gathered = [];
      latest.current.handle(events);
    };
    const stop = onLive((event) => {
      if (!latest.current.fits(event)) return;
      gathered.push(event);
      // Frames stand still in a hidden tab; nobody looks at it then.
      frame ??= requestAnimationFrame(flush);
    });
    return () => {
      stop();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, []);
}
