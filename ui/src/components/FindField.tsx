// A field above a view that narrows what it shows; `f` leads to it.
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRef } from "react";
import { useShortcut } from "~/shell/shortcuts";

interface Props {
  /** What is found: "Find a task". */
  label: string;
  value: string | undefined;
  onChange: (text: string | undefined) => void;
}

export function FindField({ label, value, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut("f", label, () => field.current?.focus());
  return (
    <TextInput
      ref={field}
      size="xs"
      w={200}
      aria-label={label}
      placeholder={`${label} (f)`}
      leftSection={<IconSearch size={14} />}
      defaultValue={value}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
