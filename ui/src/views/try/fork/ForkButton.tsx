// New runs that start from this task, with the values of everything before it, and other params where wanted.
import { Button, Loader, Modal } from "@mantine/core";
import { IconGitFork } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "~/api/me";
import { ErrorCard } from "~/components/ErrorCard";
import { runQuery } from "~/views/run/queries";
import type { Instance } from "../queries";
import { ForkForm } from "./ForkForm";

export function ForkButton({ of }: { of: Instance }) {
  const [isOpen, open] = useState(false);
  if (!useMay("run", "create")) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconGitFork size={14} aria-hidden />} onClick={() => open(true)}>
        Fork from here
      </Button>
      <Modal opened={isOpen} onClose={() => open(false)} title={`Fork: new runs from ${of.taskId} on`} size="lg">
        <Content of={of} onClose={() => open(false)} />
      </Modal>
    </>
  );
}

function Content({ of, onClose }: { of: Instance; onClose: () => void }) {
  const run = useQuery(runQuery({ dagId: of.dagId, runId: of.runId }));
  if (run.error) return <ErrorCard error={run.error} onRetry={() => run.refetch()} />;
  if (!run.data) return <Loader size="sm" aria-label="Loading the params" />;
  return <ForkForm of={of} params={run.data.params} onClose={onClose} />;
}
