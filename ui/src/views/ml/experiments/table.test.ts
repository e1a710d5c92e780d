import { describe, expect, it } from "vitest";
import type { ExperimentRow } from "../queries";
import { columnsOf, csvOf, goodnessOf, metricsOf, nameOf, paramsOf, runText, saysSomething } from "./table";

const row = (
  run_id: string,
  params: Record<string, unknown>,
  metrics: Record<string, number | null>,
): ExperimentRow => ({
  dag_id: "d",
  run_id,
  state: "success",
  run_after: "2026-01-01T00:00:00Z",
  started_at: "2026-01-01T00:00:00Z",
  seconds: 1.5,
  params,
  metrics,
  git_commit: "",
  mlflow_url: "",
  note: "",
});

describe("experiments", () => {
  const rows = [row("a", { depth: 1, same: 2 }, { loss: 1, auc: 0.5 }), row("b", { depth: 2, same: 2 }, { loss: 3 })];

  it("shows what tells runs apart first", () => {
    expect(paramsOf(rows)).toEqual(["depth", "same"]);
    expect(paramsOf([row("a", { a: 1, z: 1 }, {}), row("b", { a: 1, z: 2 }, {})])).toEqual(["z", "a"]);
    expect(metricsOf(rows)).toEqual(["auc", "loss"]);
  });

  it("knows that less loss is better, and that more of others is", () => {
    expect(goodnessOf(rows, "loss")).toEqual([1, 0]);
    expect(goodnessOf(rows, "auc")).toEqual([1, null]);
    expect(goodnessOf(rows, undefined)).toEqual([null, null]);
  });

  it("writes a file that spreadsheets read, and no formula", () => {
    const text = csvOf([row("=1+1", { note: 'a "b", c', list: [1, 2], cold: -3 }, { loss: -0.5 })]);
    expect(text.split("\r\n")).toEqual([
      "dag_id,run_id,state,started_at,seconds,git_commit,cold,list,note,loss",
      `d,'=1+1,success,2026-01-01T00:00:00Z,1.5,,-3,"[1,2]","a ""b"", c",-0.5`,
    ]);
  });
});

describe("columns", () => {
  const rows = [row("a", { depth: 1, seed: 7 }, { f1: 0.5, loss: 1 }), row("b", { depth: 2, seed: 7 }, { f1: 0.6 })];

  it("begin with what is judged by, then what tells runs apart", () => {
    expect(columnsOf(rows, "loss")).toEqual(["metrics loss", "params depth", "params seed", "metrics f1"]);
    expect(nameOf("metrics valid loss")).toBe("valid loss");
  });

  it("leave out runs that logged nothing", () => {
    expect([row("c", {}, {}), ...rows].filter(saysSomething)).toHaveLength(2);
  });
});

it.each([
  ["manual__2026-11-21T16:45:12.573691+00:00", "manual 2026-11-21 16:45"],
  ["asset_triggered__2026-01-01T00:00:00+00:00", "asset triggered 2026-01-01 00:00"],
  ["asset_triggered__2026-01-01T00:00:00.1+00:00_677d926f", "asset triggered 2026-01-01 00:00"],
  ["my own id", "my own id"],
])("%s is read as %s", (id, text) => {
  expect(runText(id)).toBe(text);
});
