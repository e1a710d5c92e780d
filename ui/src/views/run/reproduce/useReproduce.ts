// Runs a run once more, with its code, params and seeds, and leads to the new one's report.
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import { asProblem } from "~/api/problem";
import type { RunId } from "../queries";

export function useReproduce({ dagId, runId }: RunId) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/reproduce", {
          params: { path: { dag_id: dagId, run_id: runId } },
        }),
      ),
    onSuccess: (made) => {
      notifications.show({ message: `${made.reproduces} runs once more, without any cache.`, color: "wind" });
      const to = "/dags/$dagId/runs/$runId";
      void navigate({ to, params: { dagId, runId: made.run_id }, search: { tab: "details" } });
    },
    onError: (error) =>
      notifications.show({ message: asProblem(error).detail || asProblem(error).title, color: "red" }),
  });
}
