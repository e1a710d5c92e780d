// Questions that tasks ask people: answered here, and the task goes on.
import { Loader, SegmentedControl, TextInput } from "@mantine/core";
import { IconHandStop, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { QuestionCard } from "./QuestionCard";
import css from "./waiting.module.css";

export default function WaitingView() {
  const { q, show = "open" } = useSearch({ from: "/shell/waiting" });
  const navigate = useNavigate({ from: "/waiting" });
  const asks = useQuery({
    queryKey: ["asks", show],
    queryFn: ({ signal }) => body(api.GET("/api/tradewind/v1/waiting", { params: { query: { show } }, signal })),
  });
  const all = asks.data ?? [];
  const wanted = (q ?? "").toLowerCase();
  const shown = all.filter((one) => `${one.subject} ${one.dag_id} ${one.task_id}`.toLowerCase().includes(wanted));
  return (
    <Page title="Questions" below="Tasks that wait for a person. They go on once somebody answers.">
      <SegmentedControl
        size="xs"
        mb={12}
        aria-label="Which questions"
        value={show}
        data={[
          { value: "open", label: "Open" },
          { value: "answered", label: "Answered" },
        ]}
        onChange={(chosen) =>
          void navigate({ search: (old) => ({ ...old, show: chosen === "answered" ? "answered" : undefined }) })
        }
      />
      {asks.isError && <ErrorCard error={asks.error} onRetry={asks.refetch} />}
      {asks.isPending && <Loader size="sm" aria-label="Loading" />}
      {all.length > 3 && (
        <TextInput
          size="xs"
          mb={12}
          maw={320}
          placeholder="Search"
          aria-label="Search questions"
          leftSection={<IconSearch size={14} />}
          value={q ?? ""}
          onChange={(event) => {
            const text = event.currentTarget.value;
            void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true });
          }}
        />
      )}
      {asks.data && shown.length === 0 && <Nothing isFiltered={all.length > 0} show={show} />}
      <div className={css.list}>
        {shown.map((one) => (
          <QuestionCard
            key={`${one.dag_id} ${one.run_id} ${one.task_id} ${one.map_path.join(".")} ${show}`}
            question={one}
          />
        ))}
      </div>
    </Page>
  );
}

function Nothing({ isFiltered, show }: { isFiltered: boolean; show: "open" | "answered" }) {
  const title = show === "open" ? "Nobody is waited for" : "Nothing was answered yet";
  return (
    <EmptyState icon={IconHandStop} title={isFiltered ? "No question fits" : title}>
      A DAG asks with ApprovalOperator, HITLBranchOperator or HITLEntryOperator: whether to deploy a model, which of two
      candidates, with which threshold.
    </EmptyState>
  );
}
