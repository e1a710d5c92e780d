// The columns of a frame that the try handed on.
import { DataTable } from "~/components/DataTable";
import { PROFILE_COLUMNS } from "~/views/ml/data/Profiles";
import type { TryJournal } from "./queries";

export function ProfileTable({ profile }: { profile: TryJournal["profiles"][number]["said"] }) {
  return <DataTable rows={profile.columns} columns={PROFILE_COLUMNS} rowKey={(row) => row.column} label="Columns" />;
}
