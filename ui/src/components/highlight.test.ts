import { expect, it } from "vitest";
import { highlight } from "./highlight";

const kinds = (source: string) =>
  highlight(source).map((line) => line.map((piece) => `${piece.kind}:${piece.text}`).join("|"));

it("loses no character, whatever comes", () => {
  for (const source of [
    'def f():\n  """a\nb"""\n',
    "x = '\n",
    "<script>alert(1)</script>",
    "",
    "\n\n",
    'r"""',
    "@a\n#",
  ]) {
    const text = highlight(source).map((line) => line.map((piece) => piece.text).join(""));
    expect(text.join("\n")).toBe(source);
  }
});

it("knows a word from a name from a text", () => {
  expect(kinds("def go(x): return 'def'  # def")).toEqual([
    "keyword:def|plain: |name:go|plain:(x): |keyword:return|plain: |string:'def'|plain:  |comment:# def",
  ]);
});

it("carries a text over lines", () => {
  expect(kinds('"""a\nif b"""')).toEqual(['string:"""a', 'string:if b"""']);
});

it("leaves what is very long plain", () => {
  expect(highlight("if x", 2)).toEqual([[{ kind: "plain", text: "if x" }]]);
});
