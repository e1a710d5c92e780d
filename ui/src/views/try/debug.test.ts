import { expect, test } from "vitest";
import { debugCommand } from "./debug";

test("the command is one that a shell takes", () => {
  const of = { dagId: "d", runId: "manual__2026-01-01T00:00:00+00:00", taskId: "fit", map: undefined };
  expect(debugCommand(of, 2)).toBe("tradewind debug manual__2026-01-01T00:00:00+00:00 fit 2 --dag-id d");
});

test("what a shell would act upon is quoted", () => {
  const of = { dagId: "a b", runId: "it's; rm", taskId: "fit", map: "3" };
  expect(debugCommand(of, 1)).toBe("tradewind debug 'it'\\''s; rm' 'fit[3]' 1 --dag-id 'a b'");
});
