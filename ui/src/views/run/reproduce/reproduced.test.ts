import { expect, it } from "vitest";
import { reproducedRun } from "./reproduced";

it.each([
  ["reproduce__1__manual__2026-11-21T05:40:08+00:00", "manual__2026-11-21T05:40:08+00:00"],
  ["reproduce__12__a/b\nc", "a/b\nc"],
  ["reproduce__2__reproduce__1__x", "reproduce__1__x"],
  ["manual__2026", undefined],
  ["reproduce__x__manual", undefined],
])("%j repeats %j", (runId, source) => expect(reproducedRun(runId)).toBe(source));
