// What is shown of the DAGs; all of it is in the URL.
import { Group, MultiSelect, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useShortcut } from "~/shell/shortcuts";
import css from "./dags.module.css";
import type { Show } from "./queries";

const SHOWS: { value: Show | ""; label: string }[] = [
  { value: "", label: "All" },
  { value: "active", label: "Active" },
  { value: "paused", label: "Paused" },
  { value: "running", label: "Running" },
  { value: "failed", label: "Failed" },
  { value: "broken", label: "Broken" },
];

const TYPING_MILLISECONDS = 150;

export function Filters({ tags, owners }: { tags: string[]; owners: string[] }) {
  const search = useSearch({ from: "/shell/dags" });
  const navigate = useNavigate({ from: "/dags" });
  const put = (patch: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true });
  return (
    <Group gap={8} mb={12} className={css.filters}>
      <SearchBox text={search.q ?? ""} onChange={(q) => put({ q: q || undefined })} />
      <SegmentedControl
        size="xs"
        data={SHOWS}
        value={search.show ?? ""}
        onChange={(value) => put({ show: SHOWS.find((one) => one.value === value)?.value || undefined })}
        aria-label="Which DAGs"
        className={css.shows}
      />
      {tags.length > 0 && (
        <MultiSelect
          size="xs"
          placeholder={search.tags ? undefined : "Tags"}
          aria-label="Tags"
          data={tags}
          value={search.tags ?? []}
          onChange={(value) => put({ tags: value.length > 0 ? value : undefined })}
          clearable
          searchable
          className={css.select}
        />
      )}
      {owners.length > 1 && (
        <Select
          size="xs"
          placeholder="Owner"
          aria-label="Owner"
          data={owners}
          value={search.owner ?? null}
          onChange={(value) => put({ owner: value ?? undefined })}
          clearable
          searchable
          className={css.select}
        />
      )}
    </Group>
  );
}

/** Typing stays here until it rests; a change of the URL from elsewhere (back, a link) is taken over. */
function SearchBox({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const box = useRef<HTMLInputElement>(null);
  const tell = useDebouncedCallback(onChange, TYPING_MILLISECONDS);
  useEffect(() => setTyped(text), [text]);
  useShortcut("f", "Search DAGs", () => box.current?.focus());
  return (
    <TextInput
      ref={box}
      size="xs"
      placeholder="Search"
      aria-label="Search DAGs"
      leftSection={<IconSearch size={14} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      className={css.search}
    />
  );
}
