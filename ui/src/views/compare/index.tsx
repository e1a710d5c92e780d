// Two runs side by side: what was put in, what the code was, what came out, how long it took. The URL holds both.
import { ActionIcon, Button, Loader, Tooltip } from "@mantine/core";
import { IconArrowsDiff, IconArrowsExchange } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { useShortcut } from "~/shell/shortcuts";
import { Chooser } from "./Chooser";
import css from "./compare.module.css";
import { Sections } from "./Sections";
import { SideCard } from "./SideCard";

export default function CompareView() {
  const search = useSearch({ from: "/shell/compare" });
  const navigate = useNavigate({ from: "/compare" });
  const put = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const { dag, left, right, other } = search;
  const query = useQuery({
    queryKey: ["compare", dag, left, other ?? dag, right],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/tradewind/v1/compare", {
          params: {
            query: { left_dag: dag ?? "", left_run: left ?? "", right_dag: other ?? dag ?? "", right_run: right ?? "" },
          },
          signal,
        }),
      ),
    enabled: Boolean(dag && left && right),
  });
  const swap = () => put({ dag: other ?? dag, other: other ? dag : undefined, left: right, right: left });
  useShortcut("s", "Swap left and right", swap);
  return (
    <Page title="Compare runs">
      <div className={css.choosers}>
        <Chooser
          side="Left"
          dagId={dag}
          runId={left}
          onChange={(next) =>
            put({ dag: next.dagId, left: next.runId, ...(other ? {} : dag !== next.dagId && { right: undefined }) })
          }
        />
        <Tooltip label="Swap (s)">
          <ActionIcon
            variant="default"
            size={30}
            aria-label="Swap left and right"
            onClick={swap}
            disabled={!left && !right}
          >
            <IconArrowsExchange size={16} />
          </ActionIcon>
        </Tooltip>
        <Chooser
          side="Right"
          dagId={other ?? dag}
          runId={right}
          onChange={(next) => put({ other: next.dagId === dag ? undefined : next.dagId, right: next.runId })}
        />
      </div>
      {!(dag && left && right) && (
        <EmptyState
          icon={IconArrowsDiff}
          title="Choose two runs"
          action={
            left && right ? null : (
              <Button variant="default" onClick={() => void navigate({ to: "/dags" })}>
                To the DAGs
              </Button>
            )
          }
        >
          Their params, code, values, metrics and durations stand side by side here, with what changed first.
        </EmptyState>
      )}
      {query.error && <ErrorCard error={query.error} onRetry={() => query.refetch()} />}
      {query.isFetching && !query.data && <Loader size="sm" aria-label="Comparing" />}
      {query.data && (
        <>
          <div className={css.sides}>
            <SideCard name="Left" side={query.data.left} />
            <SideCard name="Right" side={query.data.right} />
          </div>
          <Sections comparison={query.data} />
        </>
      )}
    </Page>
  );
}
