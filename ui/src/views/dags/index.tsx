// All DAGs: searched, filtered, each with its last runs, its next one, and what can be done with it.
import { Loader } from "@mantine/core";
import { IconBinaryTree2 } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { LazyTriggerDialog } from "../trigger/LazyTriggerDialog";
import { useColumns } from "./columns";
import { Filters } from "./Filters";
import { useCards } from "./queries";

export default function DagsView() {
  const search = useSearch({ from: "/shell/dags" });
  const navigate = useNavigate({ from: "/dags" });
  const cards = useCards(search);
  const [triggered, setTriggered] = useState<string>();
  const columns = useColumns(setTriggered);
  const first = cards.data?.pages[0];
  const rows = cards.data?.pages.flatMap((page) => page.dags) ?? [];
  const isFiltered = Boolean(search.q || search.tags || search.owner || search.show);
  return (
    <Page title="DAGs" below={first && `${first.total.toLocaleString("en")} ${isFiltered ? "fit" : "in all"}`}>
      <Filters tags={first?.tags ?? []} owners={first?.owners ?? []} />
      {cards.isError && <ErrorCard error={cards.error} onRetry={cards.refetch} />}
      {cards.isPending && <Loader size="sm" aria-label="Loading" />}
      {first && first.total === 0 && !isFiltered && <NoDags />}
      {first && (first.total > 0 || isFiltered) && (
        <DataTable
          label="DAGs"
          rows={rows}
          columns={columns}
          rowKey={(card) => card.dag_id}
          rowHeight={46}
          sortedByServer
          onOpen={(card) => void navigate({ to: "/dags/$dagId", params: { dagId: card.dag_id } })}
          onEnd={() => cards.hasNextPage && !cards.isFetchingNextPage && void cards.fetchNextPage()}
          empty="No DAG fits these filters."
        />
      )}
      <LazyTriggerDialog dagId={triggered} onClose={() => setTriggered(undefined)} />
    </Page>
  );
}

function NoDags() {
  return (
    <EmptyState icon={IconBinaryTree2} title="No DAGs yet" command="tradewind init my-project">
      A DAG is a Python file in the DAG folder. Airflow's files work as they are. This makes a project with an example:
    </EmptyState>
  );
}
