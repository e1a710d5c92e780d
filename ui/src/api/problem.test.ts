import { expect, it } from "vitest";
import { ApiError, asProblem, problemOf } from "./problem";

it("says what the server said", () => {
  const found = problemOf(409, { title: "Conflict", detail: "there is such a run", hint: "another id" });
  expect(found).toMatchObject({ status: 409, detail: "there is such a run", hint: "another id" });
});

it.each([null, "<html>", 3, { detail: 7 }])("makes do with a body like %j", (body) => {
  expect(problemOf(502, body)).toMatchObject({ title: "The server is away", status: 502, detail: "" });
});

it("knows a server that does not answer from a page that failed", () => {
  expect(asProblem(new TypeError("Failed to fetch")).title).toBe("The server does not answer");
  expect(asProblem(new Error("boom")).detail).toBe("boom");
  expect(asProblem(new ApiError(problemOf(403, null))).status).toBe(403);
});
