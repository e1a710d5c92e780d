// One param's control. Params are plain text to this page: nothing an author or a run wrote becomes HTML.
import {
  Autocomplete,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { ReactNode } from "react";
import type { ParamField } from "~/api/schema";
import { Markdown } from "~/components/Markdown";
import { controlOf, mayBeEmpty, optionsOf, tidyJson, typesOf } from "./schema";

interface Props {
  field: ParamField;
  value: unknown;
  error?: ReactNode;
  onChange: (value: unknown) => void;
}

export function ParamInput({ field, value, error, onChange }: Props) {
  const { schema } = field;
  const said = (name: string) => (typeof schema[name] === "string" ? (schema[name] as string) : undefined);
  const number = (name: string) => (typeof schema[name] === "number" ? (schema[name] as number) : undefined);
  const shared = {
    label: said("title") ?? field.name,
    description: descriptionOf(said("description_md"), said("description") ?? field.description),
    error,
    withAsterisk: !mayBeEmpty(field) && !field.has_default,
    size: "xs" as const,
    // Paragraphs of Markdown cannot be within a paragraph.
    descriptionProps: { component: "div" as const },
  };
  const text = typeof value === "string" ? value : "";
  const type = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  switch (controlOf(field)) {
    case "switch": {
      const { withAsterisk: _, ...plain } = shared;
      return <Switch {...plain} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    }
    case "number":
      return (
        <NumberInput
          {...shared}
          value={typeof value === "number" || typeof value === "string" ? value : ""}
          onChange={onChange}
          min={number("minimum")}
          max={number("maximum")}
          step={number("multipleOf") ?? 1}
          clampBehavior="none"
          allowDecimal={!typesOf(field).every((one) => one === "integer")}
        />
      );
    case "select":
      return (
        <Select
          {...shared}
          data={optionsOf(field)}
          value={text || null}
          onChange={(one) => onChange(one ?? "")}
          clearable={mayBeEmpty(field)}
          openOnFocus={false}
          searchable
          allowDeselect={false}
        />
      );
    case "multiselect":
      return (
        <MultiSelect {...shared} data={optionsOf(field)} value={value as string[]} onChange={onChange} searchable />
      );
    case "lines":
      return (
        <Textarea {...shared} value={text} onChange={type} autosize minRows={2} maxRows={12} placeholder="One a line" />
      );
    case "long":
      return <Textarea {...shared} value={text} onChange={type} autosize minRows={3} maxRows={16} />;
    case "json":
      return <JsonInput {...shared} value={text} onChange={onChange} />;
    case "date":
      return <TextInput {...shared} type="date" value={text} onChange={type} />;
    case "datetime":
      return <TextInput {...shared} type="datetime-local" value={text} onChange={type} />;
    case "time":
      return <TextInput {...shared} type="time" step={1} value={text} onChange={type} />;
    case "secret":
      return <PasswordInput {...shared} value={text} onChange={type} autoComplete="new-password" />;
    case "suggest":
      return (
        <Autocomplete
          {...shared}
          data={optionsOf(field).map((one) => one.value)}
          value={text}
          onChange={onChange}
          spellCheck={false}
        />
      );
    default:
      return <TextInput {...shared} value={text} onChange={type} spellCheck={false} />;
  }
}

function descriptionOf(markdown: string | undefined, plain: string | undefined): ReactNode {
  return markdown ? <Markdown text={markdown} /> : plain || undefined;
}

interface JsonProps {
  label: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  withAsterisk?: boolean;
  value: string;
  onChange: (value: string) => void;
}

/** JSON as text; leaving the field puts it in order when it can be read. */
export function JsonInput({ value, onChange, ...shared }: JsonProps) {
  const tidy = () => {
    try {
      onChange(tidyJson(JSON.parse(value)));
    } catch {
      // It is not JSON yet: it stays as it was typed, and the form says so.
    }
  };
  return (
    <Textarea
      {...shared}
      size="xs"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={tidy}
      autosize
      minRows={3}
      maxRows={18}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
    />
  );
}
