// Which run a view of the DAG shows: the newest, unless the URL says another.
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { stateLook } from "~/theme/states";
import { newestRuns } from "./queries";

const CHOICES = 30;

export function useRecentRuns(dagId: string) {
  return useQuery({
    queryKey: ["dag", dagId, "recent"],
    queryFn: async () => (await newestRuns(dagId, {}, CHOICES)).runs.map((run) => run.bar),
  });
}

interface Props {
  dagId: string;
  value: string | undefined;
  onChange: (runId: string | undefined) => void;
  /** What nothing chosen means. */
  placeholder: string;
}

export function RunChoice({ dagId, value, onChange, placeholder }: Props) {
  const { data = [] } = useRecentRuns(dagId);
  const known = data.map((bar) => ({ value: bar.run_id, label: `${bar.run_id} · ${stateLook(bar.state).label}` }));
  const choices = value && !known.some((one) => one.value === value) ? [{ value, label: value }, ...known] : known;
  return (
    <Select
      size="xs"
      w={300}
      maw="100%"
      searchable
      clearable
      aria-label="Run"
      placeholder={placeholder}
      value={value ?? null}
      data={choices}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
