// A list above a view, of which one may be chosen, or none: then everything is shown.
import { Select } from "@mantine/core";
import { stateLook } from "~/theme/states";

interface Props {
  label: string;
  /** What stands there while nothing is chosen: "Any state". */
  any: string;
  value: string | undefined;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

export function ChoiceField({ label, any, value, choices, onChange }: Props) {
  return (
    <Select
      size="xs"
      w={145}
      clearable
      aria-label={label}
      placeholder={any}
      value={value ?? null}
      data={choices}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

export const stateChoices = (states: readonly string[]) =>
  states.map((value) => ({ value, label: stateLook(value).label }));
