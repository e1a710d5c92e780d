// A run by hand: the form made from the DAG's params. Views open it lazily: `LazyTriggerDialog`.
import { Alert, Drawer, Loader } from "@mantine/core";
import { IconPlayerPause } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { ErrorCard } from "~/components/ErrorCard";
import { TriggerForm } from "./TriggerForm";

interface Props {
  dagId: string;
  /** Id of a run whose params and conf the form starts from. */
  like?: string;
  onClose: () => void;
}

export default function TriggerDialog({ dagId, like, onClose }: Props) {
  const form = useQuery({
    queryKey: ["dag", dagId, "trigger-form"],
    queryFn: ({ signal }) =>
      body(api.GET("/api/tradewind/v1/dags/{dag_id}/trigger-form", { params: { path: { dag_id: dagId } }, signal })),
    // What is being filled in does not change under the user's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const model = useQuery({
    queryKey: ["run", dagId, like ?? "", "page"],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}", {
          params: { path: { dag_id: dagId, run_id: like ?? "" } },
          signal,
        }),
      ),
    enabled: like !== undefined,
  });
  const isReady = form.data && (like === undefined || !model.isPending);
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={`Trigger ${dagId}`}>
      {form.isError && <ErrorCard error={form.error} onRetry={form.refetch} />}
      {!form.isError && !isReady && <Loader size="sm" aria-label="Loading" />}
      {isReady && (
        <>
          {form.data.is_paused && (
            <Alert color="yellow" icon={<IconPlayerPause size={16} />} mb="md">
              This DAG is paused: the run will wait until it is let go on.
            </Alert>
          )}
          <TriggerForm
            form={form.data}
            given={{ params: model.data?.params ?? {}, conf: model.data?.conf ?? {} }}
            onDone={onClose}
          />
        </>
      )}
    </Drawer>
  );
}
