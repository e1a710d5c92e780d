// The grid with its filters, and beside it the panel of what was chosen.
import { Button, Loader, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { mapText } from "~/api/mapPath";
import { ErrorCard } from "~/components/ErrorCard";
import { useShortcut } from "~/shell/shortcuts";
import { stateLook } from "~/theme/states";
import page from "../dag.module.css";
import { ChosenPanel } from "../panel/ChosenPanel";
import type { TabProps } from "../TabLinks";
import { foldingOf, toggle, toggleAll } from "./fold";
import { GridView } from "./GridView";
import css from "./grid.module.css";
import type { ShownRow } from "./rows";
import { useGrid } from "./useGrid";

const RUN_STATES = ["queued", "running", "success", "failed"];
const RUN_TYPES = ["manual", "scheduled", "backfill", "asset_triggered"];

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
  const field = useRef<HTMLInputElement>(null);
  useShortcut("f", "Find a task", () => field.current?.focus());
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
        <TextInput
          ref={field}
          size="xs"
          w={200}
          aria-label="Find a task"
          placeholder="Find a task (f)"
          leftSection={<IconSearch size={14} />}
          defaultValue={search.q}
          onChange={(event) => put({ q: event.currentTarget.value || undefined })}
        />
        <Select
          size="xs"
          w={140}
          clearable
          aria-label="State of runs"
          placeholder="Any state"
          value={search.state ?? null}
          data={RUN_STATES.map((value) => ({ value, label: stateLook(value).label }))}
          onChange={(value) => put({ state: value ?? undefined })}
        />
        <Select
          size="xs"
          w={140}
          clearable
          aria-label="Type of runs"
          placeholder="Any type"
          value={search.type ?? null}
          data={RUN_TYPES.map((value) => ({ value, label: value.replace("_", " ") }))}
          onChange={(value) => put({ type: value ?? undefined })}
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
