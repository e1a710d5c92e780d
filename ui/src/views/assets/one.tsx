// One asset: what it comes from and what comes of it, and the events that updated it.
import { Button, JsonInput, Loader, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBell, IconDatabase } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { useMay } from "~/api/me";
import type { AssetGraph, AssetNode } from "~/api/schema";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { JsonTree } from "~/components/JsonTree";
import { Page } from "~/components/Page";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import { TabLinks } from "~/views/dag/TabLinks";
import { around, neighbours } from "./around";
import css from "./assets.module.css";
import { NodeLinks } from "./NodeLinks";
import { useOpenNode } from "./open";
import { type AssetEvent, eventsQuery, graphQuery, tellEvent, writtenQuery } from "./queries";
import { withValues } from "./values";

const AssetMap = lazy(() => import("./AssetMap"));
const TABS = ["lineage", "events"] as const;

export default function AssetView() {
  const { assetId: name } = useParams({ from: "/shell/assets/$assetId" });
  const search = useSearch({ from: "/shell/assets/$assetId" });
  const found = useQuery(graphQuery);
  const open = useOpenNode();
  const mayTell = useMay("asset", "create");
  const [isTelling, setTelling] = useState(false);
  const tab = search.tab === "events" ? "events" : "lineage";
  const node = found.data?.nodes.find((one) => one.label === name && (one.kind === "asset" || one.kind === "alias"));
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the asset" />;
  if (!node)
    return (
      <EmptyState icon={IconDatabase} title="No such asset" action={<Link to="/assets">To all assets</Link>}>
        No DAG names {name} any more, and nothing has updated it.
      </EmptyState>
    );
  const { before, after } = neighbours(found.data, node.id);
  return (
    <Page
      title={name}
      trail={[{ label: "Assets", to: "/assets" }]}
      actions={
        mayTell &&
        node.kind === "asset" && (
          <Button leftSection={<IconBell size={14} aria-hidden />} onClick={() => setTelling(true)}>
            Say it was updated
          </Button>
        )
      }
      below={
        <div className={css.facts}>
          {node.uri && node.uri !== name && <code>{node.uri}</code>}
          <span>
            updated <When at={node.last_event_at} relative />
          </span>
          <span>
            written by <NodeLinks graph={found.data} ids={before} />
          </span>
          <span>
            read by <NodeLinks graph={found.data} ids={after} />
          </span>
        </div>
      }
    >
      <TabLinks label={`Views of ${name}`} tabs={TABS} active={tab} />
      {tab === "lineage" ? (
        <Suspense fallback={<Loader size="sm" aria-label="Loading" />}>
          <Lineage graph={around(found.data, node.id)} node={node} onOpen={open} />
        </Suspense>
      ) : (
        <Events name={name} />
      )}
      <Tell name={name} opened={isTelling} onClose={() => setTelling(false)} />
    </Page>
  );
}

interface LineageProps {
  graph: AssetGraph;
  node: AssetNode;
  onOpen: (node: AssetNode) => void;
}

/** With the values that its last update wrote. */
function Lineage({ graph, node, onOpen }: LineageProps) {
  const events = useQuery(eventsQuery(node.label));
  const last = events.data?.[0];
  const writer =
    last?.source_dag_id && last.source_run_id && last.source_task_id
      ? { dagId: last.source_dag_id, runId: last.source_run_id, taskId: last.source_task_id }
      : undefined;
  const values = useQuery({ ...writtenQuery(writer), enabled: writer !== undefined });
  const whole = useMemo(
    () => (writer && values.data ? withValues(graph, node.id, writer, values.data) : graph),
    [graph, node.id, writer, values.data],
  );
  return <AssetMap graph={whole} chosen={node.id} onOpen={onOpen} />;
}

function Events({ name }: { name: string }) {
  const found = useQuery(eventsQuery(name));
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the events" />;
  if (found.data.length === 0)
    return (
      <EmptyState icon={IconBell} title="No events yet" command={`tradewind assets event ${name}`}>
        Each update of the asset, by a task or from outside, is kept here with the runs that it started.
      </EmptyState>
    );
  return (
    <ol className={css.events}>
      {found.data.map((event) => (
        <Event key={event.id} event={event} />
      ))}
    </ol>
  );
}

function Event({ event }: { event: AssetEvent }) {
  const { source_dag_id: dagId, source_run_id: runId, source_task_id: taskId, extra } = event;
  return (
    <li className={css.event}>
      <When at={event.timestamp} />
      <span>
        {dagId && runId && taskId ? (
          <>
            <Link to="/dags/$dagId/runs/$runId/tasks/$taskId" params={{ dagId, runId, taskId }}>
              {dagId} · {taskId}
            </Link>{" "}
            <Link
              to="/dags/$dagId/runs/$runId/tasks/$taskId"
              params={{ dagId, runId, taskId }}
              search={{ tab: "values" }}
              className="quiet"
            >
              its values
            </Link>
          </>
        ) : (
          <span className="quiet">from outside</span>
        )}
        {extra && Object.keys(extra).length > 0 && <JsonTree value={extra} open={0} name="extra" />}
      </span>
      <span className={css.started}>
        {event.created_dagruns.map((run) => (
          <Link
            key={`${run.dag_id} ${run.run_id}`}
            to="/dags/$dagId/runs/$runId"
            params={{ dagId: run.dag_id, runId: run.run_id }}
          >
            <StateBadge state={run.state} variant="icon" /> {run.dag_id}
          </Link>
        ))}
      </span>
    </li>
  );
}

function Tell({ name, opened, onClose }: { name: string; opened: boolean; onClose: () => void }) {
  const [text, setText] = useState("{}");
  const queries = useQueryClient();
  const tell = useMutation({
    mutationFn: () => tellEvent(name, JSON.parse(text) as Record<string, unknown>),
    onSuccess: () => {
      notifications.show({ message: `${name} was updated; what waits for it begins`, color: "teal" });
      void queries.invalidateQueries({ queryKey: ["assets"] });
      onClose();
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={`Say that ${name} was updated`}>
      <Stack gap="sm">
        <JsonInput
          label="Extra (JSON, kept with the event)"
          value={text}
          onChange={setText}
          autosize
          minRows={3}
          validationError="This is not JSON"
        />
        {tell.error && <ErrorCard error={tell.error} />}
        <Button loading={tell.isPending} onClick={() => tell.mutate()}>
          Update {name}
        </Button>
      </Stack>
    </Modal>
  );
}
