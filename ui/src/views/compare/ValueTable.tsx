// The values of both runs: the same by their content, or not.
import { Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { instanceName, mapText } from "~/api/mapPath";
import type { Comparison, ValueInfo } from "~/api/schema";
import { bytesText } from "~/time/format";
import { rawValueUrl } from "~/views/try/queries";
import css from "./compare.module.css";
import { differing } from "./numbers";

const MOST_ROWS = 300;

interface Props {
  values: Comparison["values"];
  left: Comparison["left"];
  right: Comparison["right"];
}

export function ValueTable({ values }: Props) {
  const changed = differing(values);
  const rows = [...values].sort((one, other) => Number(one.is_same) - Number(other.is_same)).slice(0, MOST_ROWS);
  return (
    <section className={css.section} aria-label="Values">
      <h2 className={css.title}>
        Values
        <span className="quiet">{values.length > 0 && (changed > 0 ? `${changed} differ` : "all the same")}</span>
      </h2>
      {values.length === 0 ? (
        <div className="quiet">Neither run handed anything on.</div>
      ) : (
        <Table className={css.table} aria-label="Values">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Value</Table.Th>
              <Table.Th>Left</Table.Th>
              <Table.Th>Right</Table.Th>
              <Table.Th className={css.change}>Content</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((one) => (
              <Table.Tr
                key={`${one.task_id} ${one.map_path.join(".")} ${one.key}`}
                data-differs={!one.is_same || undefined}
              >
                <Table.Th scope="row" className={css.name}>
                  {instanceName(one.task_id, one.map_path)} <span className="quiet">{one.key}</span>
                </Table.Th>
                <Table.Td>
                  <Value value={one.left} />
                </Table.Td>
                <Table.Td>
                  <Value value={one.right} />
                </Table.Td>
                <Table.Td className={css.change}>
                  {one.is_same ? <span className="quiet">same</span> : one.left && one.right ? "differs" : "one side"}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {values.length > MOST_ROWS && <div className="quiet">and {values.length - MOST_ROWS} more</div>}
    </section>
  );
}

const SEEN = new Set(["image", "plot"]);

const Glance = ({ value }: { value: ValueInfo }) => <code className={css.preview}>{value.preview}</code>;

/** A plot beside the other run's. A figure that was kept without its picture is told in words. */
function Picture({ value }: { value: ValueInfo }) {
  const [isMissing, miss] = useState(false);
  if (isMissing) return <Glance value={value} />;
  const { dag_id: dagId, run_id: runId, task_id: taskId } = value;
  const url = rawValueUrl({ dagId, runId, taskId, map: mapText(value.map_path) }, value.key);
  return (
    <img className={css.picture} src={url} alt={`${taskId} ${value.key}`} loading="lazy" onError={() => miss(true)} />
  );
}

function Value({ value }: { value: ValueInfo | null }) {
  if (!value) return <span className="quiet">–</span>;
  return (
    <Link
      to="/dags/$dagId/runs/$runId/tasks/$taskId"
      params={{ dagId: value.dag_id, runId: value.run_id, taskId: value.task_id }}
      search={{ tab: "values", map: mapText(value.map_path), value: value.key }}
      className={css.valueLink}
    >
      <span>
        {value.type}
        {value.shape && ` ${value.shape.join(" × ")}`} <span className="quiet">{bytesText(value.size_bytes)}</span>
      </span>
      {SEEN.has(value.kind) ? <Picture value={value} /> : <Glance value={value} />}
    </Link>
  );
}
