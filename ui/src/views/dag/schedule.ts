// How a DAG's schedule is called everywhere. Pure.
import type { DagCard } from "~/api/schema";

/** A DAG without one is run by hand, or by other DAGs. */
export const hasSchedule = ({ schedule }: Pick<DagCard, "schedule">): boolean =>
  schedule !== "" && schedule !== "Never";

export const scheduleText = (card: Pick<DagCard, "schedule">): string =>
  hasSchedule(card) ? card.schedule : "By hand";
