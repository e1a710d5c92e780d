// The frame of a section: title, what it is for, a button for a new one, the list or why there is none.
import { Button, Loader } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { useShortcut } from "~/shell/shortcuts";

interface Asked {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface Props {
  title: string;
  about: ReactNode;
  query: Asked;
  /** Absent: nothing can be added here, or not by this user. */
  onNew?: () => void;
  newLabel?: string;
  children: ReactNode;
}

export function AdminPage({ title, about, query, onNew, newLabel, children }: Props) {
  return (
    <Page title={title} below={about} actions={onNew && <NewButton label={newLabel ?? "New"} onClick={onNew} />}>
      {query.isError && <ErrorCard error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loader size="sm" aria-label="Loading" />}
      {!query.isError && !query.isPending && children}
    </Page>
  );
}

function NewButton({ label, onClick }: { label: string; onClick: () => void }) {
  useShortcut("n", label, onClick);
  return (
    <Button leftSection={<IconPlus size={14} />} onClick={onClick}>
      {label}
    </Button>
  );
}
