// What the pages on models, experiments, data, sweeps and costs ask for. Keys begin with ["ml"].
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import type { Schema } from "~/api/ours";

interface Signal {
  signal: AbortSignal;
}

/** The server leaves out no field of the journal: those that have a default are there as well. */
export type Whole<T> = T extends readonly (infer One)[]
  ? Whole<One>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<T[Name]> }
    : T;

export type ModelRow = Whole<Schema<"ModelRow">>;
export type ModelPage = Whole<Schema<"ModelPage">>;
export type Lineage = Whole<Schema<"Lineage">>;
export type ExperimentRow = Schema<"ExperimentRow">;
export type GateDecision = Whole<Schema<"GateDecision">>;
export type Compared = Whole<Schema<"MetricCompared">>;
export type Drift = Whole<Schema<"Noted_DriftReport_">>;
export type Profile = Whole<Schema<"Noted_ValueProfile_">>;
export type ColumnProfile = Whole<Schema<"ColumnProfile">>;
export type Checked = Whole<Schema<"Noted_DataChecked_">>;
export type Performance = Whole<Schema<"Noted_PerformanceChecked_">>;
export type SweepStarted = Whole<Schema<"Noted_SweepStarted_">>;
export type SweepEnded = Whole<Schema<"Noted_SweepEnded_">>;
export type Trial = Whole<Schema<"Noted_TrialEnded_">>;
export type TrialBegun = Whole<Schema<"Noted_TrialStarted_">>;
export type DayCost = Schema<"DayCost">;

const whole = <T>(found: T): Whole<T> => found as Whole<T>;
const ROOT = "/api/tradewind/v1";

export const modelsQuery = queryOptions({
  queryKey: ["ml", "models"],
  queryFn: async ({ signal }: Signal) => whole(await body(api.GET(`${ROOT}/models`, { signal }))),
});

export const modelQuery = (model: string) =>
  queryOptions({
    queryKey: ["ml", "models", model],
    queryFn: async ({ signal }: Signal) =>
      whole(await body(api.GET(`${ROOT}/models/{model}`, { params: { path: { model } }, signal }))),
  });

export const lineageQuery = (model: string, version: string) =>
  queryOptions({
    queryKey: ["ml", "models", model, "lineage", version],
    queryFn: async ({ signal }: Signal) =>
      whole(
        await body(
          api.GET(`${ROOT}/models/{model}/versions/{version}/lineage`, {
            params: { path: { model, version } },
            signal,
          }),
        ),
      ),
  });

export const moveAlias = (model: string, sent: { alias: string; version: string; reason: string; expected: string }) =>
  body(api.POST(`${ROOT}/models/{model}/alias`, { params: { path: { model } }, body: sent }));

export const rollBack = (model: string, reason: string) =>
  body(api.POST(`${ROOT}/models/{model}/rollback`, { params: { path: { model } }, body: { reason } }));

export const experimentsQuery = (dagId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["ml", "experiments", dagId ?? ""],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET(`${ROOT}/experiments`, { params: { query: { dag_id: dagId, before: pageParam, limit: 100 } }, signal }),
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next_before ?? undefined,
  });

export const costsQuery = (days: number) =>
  queryOptions({
    queryKey: ["ml", "costs", days],
    queryFn: ({ signal }: Signal) => body(api.GET(`${ROOT}/costs`, { params: { query: { days } }, signal })),
  });

export const driftsQuery = (name?: string) =>
  queryOptions({
    queryKey: ["ml", "drift", name ?? ""],
    queryFn: async ({ signal }: Signal) =>
      whole(
        await body(
          api.GET(`${ROOT}/journal/DriftReport`, {
            params: { query: name === undefined ? { newest: true } : { name, limit: 200 } },
            signal,
          }),
        ),
      ).entries,
  });

export const performanceQuery = queryOptions({
  queryKey: ["ml", "performance"],
  queryFn: async ({ signal }: Signal) =>
    whole(await body(api.GET(`${ROOT}/journal/PerformanceChecked`, { params: { query: { newest: true } }, signal })))
      .entries,
});

export const checksQuery = queryOptions({
  queryKey: ["ml", "checks"],
  queryFn: async ({ signal }: Signal) =>
    whole(await body(api.GET(`${ROOT}/journal/DataChecked`, { params: { query: { limit: 200 } }, signal }))).entries,
});

export const profilesQuery = queryOptions({
  queryKey: ["ml", "profiles"],
  queryFn: async ({ signal }: Signal) =>
    whole(await body(api.GET(`${ROOT}/journal/ValueProfile`, { params: { query: { limit: 100 } }, signal }))).entries,
});

export const sweepsQuery = queryOptions({
  queryKey: ["ml", "sweeps"],
  queryFn: async ({ signal }: Signal) => {
    const query = { newest: true };
    const [begun, ended] = await Promise.all([
      body(api.GET(`${ROOT}/journal/SweepStarted`, { params: { query }, signal })),
      body(api.GET(`${ROOT}/journal/SweepEnded`, { params: { query }, signal })),
    ]);
    return { begun: whole(begun).entries, ended: whole(ended).entries };
  },
});

export const sweepQuery = (name: string) =>
  queryOptions({
    queryKey: ["ml", "sweeps", name],
    queryFn: async ({ signal }: Signal) => {
      const query = { name, limit: 1 };
      const [begun, ended, trials, started] = await Promise.all([
        body(api.GET(`${ROOT}/journal/SweepStarted`, { params: { query }, signal })),
        body(api.GET(`${ROOT}/journal/SweepEnded`, { params: { query }, signal })),
        body(api.GET(`${ROOT}/journal/TrialEnded`, { params: { query: { name, limit: 500 } }, signal })),
        body(api.GET(`${ROOT}/journal/TrialStarted`, { params: { query: { name, limit: 500 } }, signal })),
      ]);
      return {
        begun: whole(begun).entries[0],
        ended: whole(ended).entries[0],
        trials: whole(trials).entries,
        started: whole(started).entries,
      };
    },
  });
