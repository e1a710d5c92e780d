import { describe, expect, it } from "vitest";
import type { Trial, TrialBegun } from "../queries";
import { goodness, historyOf, runningOf } from "./history";

const trial = (number: number, value: number | null, state: Trial["said"]["state"] = "complete"): Trial => ({
  entry_id: number,
  name: "s",
  at: "2026-01-01T00:00:00Z",
  who: "",
  dag_id: "d",
  run_id: "r",
  task_id: "t",
  map_path: [number],
  try_id: "",
  said: {
    number,
    state,
    params: {},
    value,
    seconds: 1,
    steps: [],
    reason: "",
    study: "",
    attrs: {},
    distributions: {},
  },
});

describe("a sweep's history", () => {
  const trials = [trial(2, 0.4), trial(0, 0.5), trial(1, 0.1, "pruned"), trial(3, null, "failed")];

  it("follows the best value in the order of the trials", () => {
    expect(historyOf(trials, true)).toEqual({
      x: [0, 1, 2, 3],
      values: [0.5, null, 0.4, null],
      best: [0.5, 0.5, 0.4, 0.4],
    });
    expect(historyOf(trials, false).best).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it("says how good each is among those that were completed", () => {
    expect(goodness(trials, true)).toEqual([1, 0, null, null]);
    expect(goodness([trial(0, 3)], false)).toEqual([1]);
  });
});

describe("running trials", () => {
  const begun = (number: number, entry_id: number): TrialBegun => ({
    ...trial(number, null),
    entry_id,
    said: { number, params: {}, study: "", distributions: {}, attrs: {}, study_attrs: {}, is_given: false },
  });
  const numbers = (...given: Parameters<typeof runningOf>) => runningOf(...given).map((one) => one.said.number);

  it("are those that have not ended, once each", () => {
    expect(numbers([begun(3, 9), begun(1, 8), begun(3, 7), begun(0, 6)], [trial(0, 0.5)], undefined)).toEqual([1, 3]);
  });

  it("are none of a sweep that is over, but those of one that began anew", () => {
    expect(numbers([begun(1, 5), begun(2, 12)], [], { entry_id: 10 })).toEqual([2]);
  });
});
