import { expect, it } from "vitest";
import { hourMarks } from "./hour";

const now = new Date("2026-11-21T10:00:00Z");

it("puts runs of one minute together, overdue ones at the beginning, later ones nowhere", () => {
  const marks = hourMarks(
    [
      { dag_id: "late", at: "2026-11-21T09:59:00Z" },
      { dag_id: "a", at: "2026-11-21T10:30:05Z" },
      { dag_id: "b", at: "2026-11-21T10:30:50Z" },
      { dag_id: "far", at: "2026-11-21T12:00:00Z" },
    ],
    now,
  );
  expect(marks.map((mark) => [mark.percent, mark.names])).toEqual([
    [0, ["late"]],
    [50, ["a", "b"]],
  ]);
});
