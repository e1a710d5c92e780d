import { describe, expect, it } from "vitest";
import type { ConnectionResponse } from "~/api/schema";
import { detailText, objectOf } from "./audit/lines";
import { bodyOf, valuesOf, wrongExtra } from "./connections/connection_form";
import { headline } from "./import_errors/headline";
import { endOf, scopesOf, tokenState } from "./tokens/token_state";

const connection: ConnectionResponse = {
  connection_id: "db",
  conn_type: "postgres",
  description: null,
  host: "h",
  login: null,
  password: "***",
  schema: null,
  port: 5432,
  extra: '{"key": "***"}',
};

describe("a connection's secrets", () => {
  it("are kept when nothing is typed, and never put into the form", () => {
    const values = valuesOf(connection);
    expect(values.password).toBe("");
    expect(bodyOf(values, connection)).toMatchObject({ password: "***", port: 5432, login: null });
  });

  it("are replaced by what is typed", () => {
    expect(bodyOf({ ...valuesOf(connection), password: "new" }, connection).password).toBe("new");
  });

  it("are none where there were none", () => {
    expect(bodyOf(valuesOf(undefined), undefined).password).toBeNull();
  });
});

it.each([
  ["", null],
  ['{"a": 1}', null],
  ["[1]", "A JSON object: { … }"],
])("an extra of %j", (extra, said) => {
  expect(wrongExtra(extra)).toBe(said);
});

describe("tokens", () => {
  const now = new Date("2026-11-21T10:00:00Z");

  it.each([
    [{ expires_at: null, revoked_at: null }, "Active"],
    [{ expires_at: "2026-11-21T10:00:00Z", revoked_at: null }, "Expired"],
    [{ expires_at: null, revoked_at: "2026-11-20T10:00:00Z" }, "Revoked"],
  ])("%j is %s", (token, state) => {
    expect(tokenState(token, now)).toBe(state);
  });

  it("get no right that their maker lacks", () => {
    const own = [
      { resource: "run", action: "create", dags: "team_*" },
      { resource: "pool", action: "read", dags: "*" },
      { resource: "user", action: "delete", dags: "*" },
    ];
    expect(scopesOf("all", own, "")).toBeNull();
    expect(scopesOf("read", own, "")).toEqual([own[1]]);
    expect(scopesOf("trigger", own, "")).toEqual([own[0]]);
  });

  it("end after days, or never", () => {
    expect(endOf(1, now)).toBe("2026-11-22T10:00:00.000Z");
    expect(endOf(0, now)).toBeNull();
  });
});

it("finds the line that says what is wrong", () => {
  expect(headline("Traceback (most recent call last):\n  File x\nValueError: no\n")).toBe("ValueError: no");
  expect(headline("")).toBe("");
});

it("says what was done to what", () => {
  expect(objectOf({ dag_id: "d", run_id: "r", task_id: null })).toBe("d · r");
  expect(detailText({ a: "x", b: [], c: null, d: 2 })).toBe("a: x, d: 2");
});
