import { describe, expect, it } from "vitest";
import { instanceName, mapPathOf, mapText } from "~/api/mapPath";
import { inline, parseMarkdown } from "./markdown";
import { parseDiff } from "./unifiedDiff";

describe("a diff", () => {
  const unified = [
    "--- a/dags/one.py\t2026-11-20",
    "+++ b/dags/one.py\t2026-11-21",
    "@@ -1,3 +1,3 @@ def train():",
    " same",
    "-old = 1",
    "+new = 1",
    " after",
    "--- /dev/null",
    "+++ b/dags/two.py",
    "@@ -0,0 +1 @@",
    "+--- not a file's name",
    "\\ No newline at end of file",
  ].join("\n");

  it("has files with numbered lines", () => {
    const [one, two] = parseDiff(unified);
    expect([one?.name, one?.added, one?.removed, one?.hunks[0]?.within]).toEqual(["dags/one.py", 1, 1, "def train():"]);
    expect(one?.hunks[0]?.lines.map((line) => [line.kind, line.old, line.new])).toEqual([
      ["same", 1, 1],
      ["removed", 2, undefined],
      ["added", undefined, 2],
      ["same", 3, 3],
    ]);
    expect([two?.name, two?.hunks[0]?.lines[0]?.text]).toEqual(["dags/two.py", "--- not a file's name"]);
  });

  it("may be empty, or none", () => {
    expect(parseDiff("")).toEqual([]);
    expect(parseDiff("no diff\nat all")).toEqual([]);
  });
});

describe("Markdown", () => {
  it("has the blocks that docs have", () => {
    const kinds = parseMarkdown(
      "# T\n\ntext\nmore\n\n- a\n- b\n\n1. c\n\n```\ncode\n```\n\n| h |\n|---|\n| c |\n\n> q\n\n---",
    );
    expect(kinds.map((block) => block.kind)).toEqual([
      "heading",
      "paragraph",
      "list",
      "list",
      "code",
      "table",
      "quote",
      "rule",
    ]);
  });

  it("reads a docstring without its indentation", () => {
    const [first, second] = parseMarkdown("First line.\n\n    - item\n    ");
    expect(first).toEqual({ kind: "paragraph", text: [{ kind: "text", text: "First line." }] });
    expect(second?.kind).toBe("list");
  });

  it.each([
    ["`a` **b** *c*", ["code", "text", "strong", "text", "emphasis"]],
    ["[x](https://x.example/)", ["link"]],
    ["see https://x.example/a?b=1", ["text", "link"]],
    ["[x](javascript:alert(1))", ["text"]],
    ["[x](data:text/html,y)", ["text"]],
    ["<script>alert(1)</script>", ["text"]],
    ["snake_case_name stays", ["text"]],
  ])("%s", (source, kinds) => expect(inline(source).map((piece) => piece.kind)).toEqual(kinds));

  it("ends, whatever it is given", () => {
    for (const source of ["```", "|", ">", "- ", "#", "*".repeat(2000), "[".repeat(2000), "\n".repeat(50)])
      expect(Array.isArray(parseMarkdown(source))).toBe(true);
  });
});

describe("map paths", () => {
  it.each([
    [[], undefined, "t"],
    [[3], "3", "t [3]"],
    [[0, 10], "0.10", "t [0, 10]"],
  ])("%o", (path, text, name) => {
    expect(mapText(path)).toBe(text);
    expect(mapPathOf(text)).toEqual(path);
    expect(instanceName("t", path)).toBe(name);
  });
  it("that are none are empty", () =>
    expect([mapPathOf("x"), mapPathOf("1..2"), mapPathOf("-1")]).toEqual([[], [], []]));
});
