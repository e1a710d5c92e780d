// What a try noted down. The key begins with ["task", …]: events of the task renew it.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import type { Schema } from "~/api/ours";
import type { Whole } from "~/views/ml/queries";
import type { Asked, Instance } from "../queries";

export type TryJournal = Whole<Schema<"TryJournal">>;

export const loggedQuery = ({ dagId, runId, taskId, map }: Instance, asked: Asked) =>
  queryOptions({
    queryKey: ["task", dagId, runId, taskId, "logged", map ?? "", asked],
    queryFn: async ({ signal }) =>
      (await body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/journal", {
          params: { path: { dag_id: dagId, run_id: runId, task_id: taskId }, query: { map, ...asked } },
          signal,
        }),
      )) as TryJournal,
    placeholderData: keepPreviousData,
    enabled: asked.try !== undefined,
  });
