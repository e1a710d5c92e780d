// Plots and images that the tasks of a run handed on: seen where the run is, before anybody asks for values.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { instanceName, mapText } from "~/api/mapPath";
import type { ValueInfo } from "~/api/schema";
import { rawValueUrl } from "~/views/try/queries";
import { type RunId, valuesQuery } from "./queries";
import css from "./run.module.css";

const SEEN = new Set(["image", "plot"]);
const MOST_SHOWN = 12;

export function Plots({ run }: { run: RunId }) {
  const values = useQuery(valuesQuery(run));
  const seen = values.data?.values.filter((one) => SEEN.has(one.kind)) ?? [];
  if (seen.length === 0) return null;
  return (
    <section className={css.plots} aria-label="Plots">
      {seen.slice(0, MOST_SHOWN).map((value) => (
        <Plot key={`${value.task_id} ${value.map_path.join(".")} ${value.key}`} run={run} value={value} />
      ))}
      {seen.length > MOST_SHOWN && (
        <Link
          to="/dags/$dagId/runs/$runId"
          params={{ dagId: run.dagId, runId: run.runId }}
          search={{ tab: "values" }}
          className="quiet"
        >
          and {seen.length - MOST_SHOWN} more
        </Link>
      )}
    </section>
  );
}

/** A figure that was kept without its picture is left out. */
function Plot({ run, value }: { run: RunId; value: ValueInfo }) {
  const [isMissing, miss] = useState(false);
  const map = mapText(value.map_path);
  const name = `${instanceName(value.task_id, value.map_path)} · ${value.key}`;
  if (isMissing) return null;
  return (
    <Link
      to="/dags/$dagId/runs/$runId/tasks/$taskId"
      params={{ ...run, taskId: value.task_id }}
      search={{ tab: "values", map, value: value.key }}
      className={css.plot}
    >
      <img
        src={rawValueUrl({ ...run, taskId: value.task_id, map }, value.key)}
        alt={name}
        loading="lazy"
        onError={() => miss(true)}
      />
      <span className="clip">{name}</span>
    </Link>
  );
}
