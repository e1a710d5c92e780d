// The log of a try: its bar (search, level, wrap, ends, download) and its lines.
import { ActionIcon, Button, Loader, SegmentedControl, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback, useLocalStorage } from "@mantine/hooks";
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconDownload,
  IconFileText,
  IconSearch,
  IconTextWrap,
} from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { useShortcut } from "~/shell/shortcuts";
import { bytesText } from "~/time/format";
import { logDownloadUrl, type TryOf } from "../queries";
import { Hits } from "./Hits";
import { LogLines } from "./LogLines";
import css from "./log.module.css";
import { useLog } from "./useLog";

const LEVELS = [
  { value: "", label: "All" },
  { value: "INFO", label: "Info" },
  { value: "WARNING", label: "Warning" },
  { value: "ERROR", label: "Error" },
];

export default function LogTab({ of, isWaiting }: { of: TryOf; isWaiting: boolean }) {
  const search = useSearch({ from: "/shell/dags/$dagId/runs/$runId/tasks/$taskId" });
  const navigate = useNavigate({ from: "/dags/$dagId/runs/$runId/tasks/$taskId" });
  const [wraps, setWraps] = useLocalStorage({ key: "tradewind-log-wraps", defaultValue: true });
  const log = useLog(of, search.line);
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search.q ?? "");
  const put = (next: { q?: string; level?: string; line?: number }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const putText = useDebouncedCallback((text: string) => put({ q: text || undefined, line: undefined }), 250);
  const show = (offset: number) => {
    setTyped("");
    put({ q: undefined, level: undefined, line: offset });
    log.toOffset(offset);
  };
  useShortcut("/", "Search the log", () => input.current?.focus(), "Log");
  useShortcut("shift+g", "End of the log", log.toEnd, "Log");
  useShortcut("g g", "Beginning of the log", log.toStart, "Log");
  useShortcut("w", "Wrap lines", () => setWraps(!wraps), "Log");

  const isSearching = Boolean(search.q || search.level);
  const isEmpty = !log.isLoading && log.loaded.size === 0;
  return (
    <div className={css.box}>
      <div className={css.bar}>
        <TextInput
          ref={input}
          size="xs"
          className={css.search}
          leftSection={<IconSearch size={14} aria-hidden />}
          placeholder="Search all of it"
          aria-label="Search the log"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            putText(event.currentTarget.value);
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label="Level at least"
          data={LEVELS}
          value={search.level ?? ""}
          onChange={(level) => put({ level: level || undefined, line: undefined })}
        />
        <span className={css.size}>
          {bytesText(log.loaded.size)}
          {!log.loaded.isEnded && !log.isLoading && <span className={css.live}>live</span>}
        </span>
        <ActionIcon.Group>
          <Tool label="Beginning (g g)" icon={IconArrowBarToUp} onClick={log.toStart} />
          <Tool label="End (G)" icon={IconArrowBarToDown} onClick={log.toEnd} />
          <Tool
            label={wraps ? "Don't wrap lines (w)" : "Wrap lines (w)"}
            icon={IconTextWrap}
            onClick={() => setWraps(!wraps)}
          />
        </ActionIcon.Group>
        <Button
          component="a"
          variant="default"
          href={logDownloadUrl(of)}
          download
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          Download
        </Button>
      </div>
      {log.error ? <ErrorCard error={log.error} onRetry={log.toEnd} /> : null}
      {log.isLoading && log.loaded.size === 0 && <Loader size="sm" m="md" aria-label="Loading the log" />}
      {isEmpty && !log.error && (
        <EmptyState icon={IconFileText} title={isWaiting ? "Nothing written yet" : "This try wrote nothing"}>
          {isWaiting
            ? "Lines appear here as the task writes them."
            : "What a task prints or logs is kept here, from its first byte."}
        </EmptyState>
      )}
      {!isEmpty &&
        (isSearching ? (
          <Hits of={of} q={search.q ?? ""} level={search.level ?? ""} onMark={show} />
        ) : (
          <LogLines
            log={log}
            wraps={wraps}
            marked={search.line}
            find={search.q ?? ""}
            onMark={(line) => put({ line })}
          />
        ))}
    </div>
  );
}

function Tool({ label, icon: Picture, onClick }: { label: string; icon: typeof IconSearch; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={28} onClick={onClick} aria-label={label}>
        <Picture size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
