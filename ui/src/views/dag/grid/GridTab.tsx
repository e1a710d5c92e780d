// The grid with its filters, and beside it the panel of what was chosen.
import { Button, Loader } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { mapText } from "~/api/mapPath";
import { ChoiceField, stateChoices } from "~/components/ChoiceField";
import { ErrorCard } from "~/components/ErrorCard";
import { FindField } from "~/components/FindField";
import { useShortcut } from "~/shell/shortcuts";
import page from "../dag.module.css";
import { ChosenPanel } from "../panel/ChosenPanel";
import type { TabProps } from "../TabLinks";
import { foldingOf, toggle, toggleAll } from "./fold";
import { GridView } from "./GridView";
import css from "./grid.module.css";
import type { ShownRow } from "./rows";
import { useGrid } from "./useGrid";

const RUN_STATES = stateChoices(["queued", "running", "success", "failed"]);
const RUN_TYPES = ["manual", "scheduled", "backfill", "asset_triggered"].map((value) => ({
  value,
  label: value.replace("_", " "),
}));

export default function GridTab({ dagId }: TabProps) {
  const search = useSearch({ from: "/shell/dags/$dagId" });
  const navigate = useNavigate({ from: "/dags/$dagId" });
  const put = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const { grid, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useGrid(dagId, {
    state: search.state,
    type: search.type,
  });
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const wanted = search.runs ?? 0;
  useEffect(() => {
    if (grid && grid.runs.length < wanted) more();
  }, [grid, wanted, more]);
  useShortcut("escape", "Close the panel", () => put({ run: undefined, task: undefined, map: undefined }));
  const folding = foldingOf(grid?.nodes ?? [], search.group);
  const hasGroups = grid?.nodes.some((node) => node.is_group) ?? false;

  const open = (runId: string, row: ShownRow | undefined) => {
    const { node, instance } = row ?? {};
    if (node && (instance || !row?.folds))
      void navigate({
        to: "/dags/$dagId/runs/$runId/tasks/$taskId",
        params: { dagId, runId, taskId: node.id },
        search: { map: mapText(instance?.mapPath) },
      });
    else void navigate({ to: "/dags/$dagId/runs/$runId", params: { dagId, runId }, search: { task: node?.id } });
  };

  if (error && !grid) return <ErrorCard error={error} onRetry={() => refetch()} />;
  return (
    <>
      <div className={page.tools}>
        <FindField label="Find a task" value={search.q} onChange={(q) => put({ q })} />
        <ChoiceField
          label="State of runs"
          any="Any state"
          value={search.state}
          choices={RUN_STATES}
          onChange={(state) => put({ state })}
        />
        <ChoiceField
          label="Type of runs"
          any="Any type"
          value={search.type}
          choices={RUN_TYPES}
          onChange={(type) => put({ type })}
        />
        {hasGroups && grid && (
          <Button variant="subtle" color="gray" onClick={() => put({ group: toggleAll(search.group) })}>
            {folding.foldedByDefault ? "Open groups" : "Fold groups"}
          </Button>
        )}
        <span className={page.grow} />
        {isFetchingNextPage && <Loader size="xs" aria-label="Loading older runs" />}
        {grid && (
          <span className="quiet numbers">
            {grid.runs.length}
            {hasNextPage ? "+" : ""} {grid.runs.length === 1 ? "run" : "runs"} ·{" "}
            {grid.nodes.filter((node) => !node.is_group).length} tasks
          </span>
        )}
      </div>
      {grid ? (
        <div className={css.split}>
          <GridView
            key={dagId}
            dagId={dagId}
            grid={grid}
            folding={folding}
            search={search.q ?? ""}
            chosenRun={search.run}
            chosenTask={search.task}
            chosenMap={search.map}
            onFold={(id) => put({ group: toggle(search.group, id) })}
            onChoose={(run, task, map) => put({ run, task, map })}
            onOpen={open}
            onNearOldest={more}
          />
          <ChosenPanel
            dagId={dagId}
            runId={search.run}
            taskId={search.task}
            map={search.map}
            onClose={() => put({ run: undefined, task: undefined, map: undefined })}
          />
        </div>
      ) : (
        <Loader size="sm" aria-label="Loading the grid" />
      )}
    </>
  );
}
