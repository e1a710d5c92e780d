// What each state of a run, a task or a try is called, drawn with and coloured like: one table for every view.
import type { Icon } from "@tabler/icons-react";
import {
  IconAlertTriangleFilled,
  IconCalendarTime,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleX,
  IconClockPause,
  IconGhost2,
  IconHourglass,
  IconMinus,
  IconPlayerSkipForwardFilled,
  IconPlayerStopFilled,
  IconProgress,
  IconRotateClockwise,
  IconXboxXFilled,
} from "@tabler/icons-react";

export interface StateLook {
  label: string;
  /** Name of the hue in states.css: `--state-<hue>`. */
  hue: string;
  icon: Icon;
  /** Still on its way: its figures change. */
  live: boolean;
}

const look = (label: string, hue: string, icon: Icon, live = false): StateLook => ({ label, hue, icon, live });

const LOOKS: Record<string, StateLook> = {
  success: look("Success", "success", IconCircleCheckFilled),
  failed: look("Failed", "failed", IconXboxXFilled),
  running: look("Running", "running", IconProgress, true),
  queued: look("Queued", "queued", IconHourglass, true),
  scheduled: look("Scheduled", "scheduled", IconCalendarTime, true),
  up_for_retry: look("Up for retry", "retry", IconRotateClockwise, true),
  up_for_reschedule: look("Up for reschedule", "retry", IconRotateClockwise, true),
  rescheduled: look("Rescheduled", "retry", IconRotateClockwise),
  restarting: look("Restarting", "retry", IconRotateClockwise, true),
  deferred: look("Deferred", "deferred", IconClockPause, true),
  skipped: look("Skipped", "skipped", IconPlayerSkipForwardFilled),
  upstream_failed: look("Upstream failed", "upstream", IconCircleX),
  removed: look("Removed", "none", IconMinus),
  lost: look("Lost", "failed", IconGhost2),
  cancelled: look("Cancelled", "upstream", IconPlayerStopFilled),
  expanded: look("Expanded", "success", IconCircleCheckFilled),
  none: look("Not started", "none", IconCircle),
};

const UNKNOWN = look("Unknown", "none", IconAlertTriangleFilled);

/** The look of a state; null, undefined and "none" are a task about which nothing has been decided. */
export function stateLook(state: string | null | undefined): StateLook {
  return LOOKS[state ?? "none"] ?? { ...UNKNOWN, label: state ?? "Unknown" };
}

/** CSS colour for bars, dots and canvas strokes. */
export function stateColour(state: string | null | undefined): string {
  return `var(--state-${stateLook(state).hue})`;
}

/** The states of tasks in the order legends and counts show them: what needs eyes comes first. */
export const STATE_ORDER = [
  "failed",
  "lost",
  "upstream_failed",
  "up_for_retry",
  "running",
  "deferred",
  "up_for_reschedule",
  "queued",
  "scheduled",
  "success",
  "skipped",
  "removed",
  "none",
] as const;
