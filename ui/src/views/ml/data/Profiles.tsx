// Profiles of frames: a list to choose from, and the columns of the one that is chosen.
import { Select } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Column, DataTable } from "~/components/DataTable";
import { When } from "~/components/When";
import { Histogram } from "../Histogram";
import css from "../ml.module.css";
import type { ColumnProfile, Profile } from "../queries";
import { numberText } from "../text";
import { RunLink } from "./Monitors";

export const PROFILE_COLUMNS: Column<ColumnProfile>[] = [
  { id: "column", title: "Column", value: (row) => row.column, cell: (row) => <strong>{row.column}</strong> },
  {
    id: "dtype",
    title: "Type",
    width: "110px",
    value: (row) => row.dtype,
    cell: (row) => <code>{row.dtype}</code>,
    secondary: true,
  },
  {
    id: "nulls",
    title: "Nulls",
    width: "90px",
    align: "right",
    value: (row) => row.nulls / Math.max(row.count, 1),
    cell: (row) => <span className="numbers">{numberText((100 * row.nulls) / Math.max(row.count, 1))} %</span>,
  },
  {
    id: "distinct",
    title: "Distinct",
    width: "90px",
    align: "right",
    value: (row) => row.distinct,
    cell: (row) => numberText(row.distinct),
    secondary: true,
  },
  {
    id: "mean",
    title: "Mean",
    width: "90px",
    align: "right",
    value: (row) => row.mean,
    cell: (row) => numberText(row.mean),
  },
  {
    id: "range",
    title: "Range",
    cell: (row) => (row.minimum === null ? "" : `${numberText(row.minimum)} to ${numberText(row.maximum)}`),
    secondary: true,
  },
  {
    id: "spread",
    title: "Spread",
    width: "150px",
    cell: (row) => <Histogram counts={countsOf(row)} label={`Spread of ${row.column}`} />,
  },
  {
    id: "top",
    title: "Most frequent",
    cell: (row) => (
      <span className="clip">
        {row.top
          .slice(0, 3)
          .map((one) => String(one[0]))
          .join(", ")}
      </span>
    ),
    secondary: true,
  },
];

const countsOf = (row: ColumnProfile): number[] =>
  row.histogram_counts.length > 0 ? row.histogram_counts : row.top.map((one) => Number(one[1]));

export function Profiles({ profiles }: { profiles: Profile[] }) {
  const search = useSearch({ from: "/shell/data" });
  const navigate = useNavigate({ from: "/data" });
  const chosen = profiles.find((one) => String(one.entry_id) === search.name) ?? profiles[0];
  if (!chosen) return null;
  return (
    <>
      <Select
        size="xs"
        aria-label="Frame"
        searchable
        maw={620}
        data={profiles.map((one) => ({
          value: String(one.entry_id),
          label: `${one.dag_id} · ${one.task_id} · ${one.name} · ${one.run_id}`,
        }))}
        value={String(chosen.entry_id)}
        onChange={(name) => void navigate({ search: { tab: "profiles", name: name ?? undefined }, replace: true })}
      />
      <p className={css.facts}>
        <span>{chosen.said.rows.toLocaleString("en")} rows</span>
        <span>{chosen.said.columns.length} columns</span>
        {chosen.said.sampled_rows > 0 && <span>of a sample of {chosen.said.sampled_rows.toLocaleString("en")}</span>}
        <RunLink entry={chosen} />
        <When at={chosen.at} />
      </p>
      <DataTable rows={chosen.said.columns} columns={PROFILE_COLUMNS} rowKey={(row) => row.column} label="Columns" />
    </>
  );
}
