// A version of the DAG, shown without states: how it was, or is, wired.
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { codeQuery } from "../queries";

interface Props {
  dagId: string;
  value: number | undefined;
  onChange: (version: number | undefined) => void;
}

export function VersionChoice({ dagId, value, onChange }: Props) {
  const { data } = useQuery(codeQuery(dagId, undefined));
  return (
    <Select
      size="xs"
      w={116}
      clearable
      searchable
      aria-label="Version"
      placeholder="Version"
      value={value === undefined ? null : String(value)}
      data={(data?.versions ?? []).map((one) => ({ value: String(one.number), label: `Version ${one.number}` }))}
      onChange={(next) => onChange(next === null ? undefined : Number(next))}
    />
  );
}
