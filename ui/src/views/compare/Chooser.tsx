// One of the two runs: its DAG, then the run, from lists that can be searched.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "~/api/client";
import { stateLook } from "~/theme/states";
import { shortTime } from "~/time/format";
import { useNow } from "~/time/now";
import { useZone } from "~/time/zone";
import { dagRuns } from "~/views/dag/runs/queries";
import css from "./compare.module.css";

interface Props {
  side: string;
  dagId: string | undefined;
  runId: string | undefined;
  onChange: (next: { dagId: string | undefined; runId: string | undefined }) => void;
}

export function Chooser({ side, dagId, runId, onChange }: Props) {
  const [typed, type] = useState("");
  const [search] = useDebouncedValue(typed, 200);
  const zone = useZone();
  const now = useNow(false);
  const dags = useQuery({
    queryKey: ["dags", "choice", search === dagId ? "" : search],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/tradewind/v1/dags", {
          params: { query: { search: search === dagId ? "" : search, limit: 50 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const runs = useQuery({
    queryKey: ["dag", dagId ?? "", "runs", "choice"],
    queryFn: ({ signal }) => dagRuns(dagId ?? "", { order_by: ["-run_after"], limit: 100 }, signal),
    enabled: dagId !== undefined,
  });
  const runChoices = (runs.data?.dag_runs ?? []).map((run) => ({
    value: run.dag_run_id,
    label: `${run.dag_run_id} · ${stateLook(run.state).label} · ${shortTime(new Date(run.run_after), zone, now)}`,
  }));
  return (
    <div className={css.chooser}>
      <Select
        size="xs"
        searchable
        aria-label={`${side}: DAG`}
        placeholder="DAG"
        value={dagId ?? null}
        data={withChosen(dags.data?.dags.map((card) => card.dag_id) ?? [], dagId)}
        onSearchChange={type}
        onChange={(next) => onChange({ dagId: next ?? undefined, runId: undefined })}
      />
      <Select
        size="xs"
        searchable
        aria-label={`${side}: run`}
        placeholder={dagId ? "Run" : "First choose a DAG"}
        disabled={!dagId}
        value={runId ?? null}
        data={
          runId && !runChoices.some((one) => one.value === runId)
            ? [{ value: runId, label: runId }, ...runChoices]
            : runChoices
        }
        onChange={(next) => onChange({ dagId, runId: next ?? undefined })}
      />
    </div>
  );
}

const withChosen = (found: string[], chosen: string | undefined): string[] =>
  chosen && !found.includes(chosen) ? [chosen, ...found] : found;
