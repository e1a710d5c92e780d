// What came out otherwise than in the run that this one repeats: in where it ran, and in the values of each task.
import { Loader, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import type { ReproductionReport } from "~/api/schema";
import { ErrorCard } from "~/components/ErrorCard";
import type { RunId } from "../queries";

export function Report({ run }: { run: RunId }) {
  const { dagId, runId } = run;
  const found = useQuery({
    queryKey: ["run", dagId, runId, "reproduction"],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/reproduction", {
          params: { path: { dag_id: dagId, run_id: runId } },
          signal,
        }),
      ),
  });
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the report" />;
  const { reproduces, environment, has_environment, tasks } = found.data;
  return (
    <section aria-label="Reproduction">
      <h2>
        Repeats{" "}
        <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId: reproduces }}>
          {reproduces}
        </Link>{" "}
        <Verdict report={found.data} />
      </h2>
      {environment.length > 0 ? (
        <ul>
          {environment.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : (
        <p className="quiet">
          {has_environment ? "It ran in the same environment." : "Where it runs is not noted yet."}
        </p>
      )}
      {tasks.length > 0 && <Tasks tasks={tasks} />}
      <Link to="/compare" search={{ dag: dagId, left: reproduces, right: runId }}>
        Compare the two runs side by side
      </Link>
    </section>
  );
}

function Verdict({ report }: { report: ReproductionReport }) {
  if (report.is_same === null) return <span className="quiet">· still running</span>;
  return (
    <span data-state={report.is_same ? "success" : "failed"}>· {report.is_same ? "the same" : "not the same"}</span>
  );
}

function Tasks({ tasks }: { tasks: ReproductionReport["tasks"] }) {
  return (
    <Table mb="sm" aria-label="Values of each task">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Task</Table.Th>
          <Table.Th>Values</Table.Th>
          <Table.Th>What differs</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tasks.map(({ task_id, result, detail, follows_from = [] }) => (
          <Table.Tr key={task_id}>
            <Table.Th scope="row">{task_id}</Table.Th>
            <Table.Td className={result === "different" ? undefined : "quiet"}>{result}</Table.Td>
            <Table.Td>
              {detail}
              {follows_from.length > 0 && <span className="quiet"> follows from {follows_from.join(", ")}</span>}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
