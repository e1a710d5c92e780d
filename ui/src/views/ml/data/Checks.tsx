// What checks found, newest first.
import { type Column, DataTable } from "~/components/DataTable";
import { Tag } from "~/components/Tag";
import { When } from "~/components/When";
import { DownloadFile } from "../files/JournalFile";
import type { Checked } from "../queries";
import { RunLink } from "./Monitors";

const COLUMNS: Column<Checked>[] = [
  {
    id: "schema",
    title: "Schema",
    filter: "text",
    value: (row) => row.name,
    cell: (row) => <strong>{row.name}</strong>,
  },
  {
    id: "passed",
    title: "Passed",
    width: "100px",
    value: (row) => (row.said.passed ? 1 : 0),
    cell: (row) => <Tag tone={row.said.passed ? "good" : "bad"}>{row.said.passed ? "yes" : row.said.action}</Tag>,
  },
  {
    id: "rows",
    title: "Bad rows",
    width: "120px",
    align: "right",
    value: (row) => row.said.bad_rows,
    cell: (row) => (
      <span className="numbers">
        {row.said.bad_rows} of {row.said.rows}
      </span>
    ),
  },
  {
    id: "failures",
    title: "What failed",
    cell: (row) =>
      row.said.failures
        .slice(0, 3)
        .map((one) => `${one.column} ${one.check}${one.examples[0] ? ` (such as ${one.examples[0]})` : ""}`)
        .join("; "),
    secondary: true,
  },
  {
    id: "quarantine",
    title: "Set aside",
    width: "120px",
    cell: (row) =>
      row.said.quarantine_artifact && (
        <DownloadFile
          of={{ entryId: row.entry_id, artifact: row.said.quarantine_artifact }}
          label={`bad rows of ${row.name}`}
        />
      ),
    secondary: true,
  },
  { id: "run", title: "Run", cell: (row) => <RunLink entry={row} />, secondary: true },
  { id: "at", title: "When", width: "120px", value: (row) => row.at, cell: (row) => <When at={row.at} relative /> },
];

export function Checks({ checks }: { checks: Checked[] }) {
  return <DataTable rows={checks} columns={COLUMNS} rowKey={(row) => String(row.entry_id)} label="Checks" />;
}
