import { describe, expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./query_string";
import { choice, flag, integer, mapPath, reader, samePlace, text, texts } from "./search";

describe("the way back after signing in stays on this site", () => {
  it.each(["/", "/dags?q=a#b", "/dags/a%2Fb"])("%s is kept", (back) => {
    expect(samePlace({ back }, "back")).toBe(back);
  });

  it.each([
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/\t/evil.example",
    "",
  ])("%j is dropped", (back) => {
    expect(samePlace({ back }, "back")).toBeUndefined();
  });
});

it("drops what does not fit, and never fails", () => {
  const raw = { n: "12x", big: "99999", tab: "nope", on: "true", q: 7, list: ["a", 3, ""], map: "1.x" };
  expect(integer(raw, "n", 0, 100)).toBeUndefined();
  expect(integer(raw, "big", 0, 100)).toBeUndefined();
  expect(choice(raw, "tab", ["grid", "graph"])).toBeUndefined();
  expect(flag(raw, "on")).toBe(true);
  expect(text(raw, "q")).toBe("7");
  expect(texts(raw, "list")).toEqual(["a"]);
  expect(mapPath(raw, "map")).toBeUndefined();
  expect(text({ q: "x".repeat(600) }, "q")).toHaveLength(500);
});

it("covers what the URL says and does not fit", () => {
  const read = reader((raw) => ({ tab: choice(raw, "tab", ["grid"]), n: integer(raw, "n", 0, 9) }));
  const raw = { tab: "nope", n: "3" };
  expect({ ...raw, ...read(raw) }).toStrictEqual({ tab: undefined, n: 3 });
});

it.each([
  [{ q: "10.10" }, "?q=10.10"],
  [{ tags: ["a", "b"], q: undefined }, "?tags=a&tags=b"],
  [{ q: "a&b=c d/ü" }, "?q=a%26b%3Dc+d%2F%C3%BC"],
  [{}, ""],
])("%j is written %s", (search, query) => {
  expect(stringifySearch(search)).toBe(query);
});

it("reads what it wrote", () => {
  const search = { q: "1e5", tags: ["x", "y"], odd: "<b>&" };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});
