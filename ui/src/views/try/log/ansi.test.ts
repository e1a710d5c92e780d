import { describe, expect, it } from "vitest";
import { plain, spansOf } from "./ansi";

describe("spansOf", () => {
  it.each([
    ["plain", [{ text: "plain", look: "" }]],
    [
      "\x1b[31mred\x1b[0m rest",
      [
        { text: "red", look: "red" },
        { text: " rest", look: "" },
      ],
    ],
    ["\x1b[1;32mok", [{ text: "ok", look: "bold green" }]],
    ["a bell\x07 rings", [{ text: "a bell rings", look: "" }]],
    [
      "\x1b[3;9;41mx\x1b[49;23;29my",
      [
        { text: "x", look: "italic strike on-red" },
        { text: "y", look: "" },
      ],
    ],
    ["\x1b[94mbright", [{ text: "bright", look: "blue" }]],
    [
      "a\x1b[2Kb",
      [
        { text: "a", look: "" },
        { text: "b", look: "" },
      ],
    ],
    [
      "\x1b[38;5;196mx\x1b[4my",
      [
        { text: "x", look: "" },
        { text: "y", look: "underline" },
      ],
    ],
    ["\x1b[38;2;31;32;33mx", [{ text: "x", look: "" }]],
    ["\x1b]8;;http://evil\x07link\x1b]8;;\x07", [{ text: "link", look: "" }]],
  ])("%j", (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });

  it("keeps markup as text", () => {
    expect(spansOf("<img src=x onerror=alert(1)>")).toEqual([{ text: "<img src=x onerror=alert(1)>", look: "" }]);
  });
});

describe("plain", () => {
  it("drops escapes only", () => {
    expect(plain("\x1b[1mtrain\x1b[0m: 3/10")).toBe("train: 3/10");
  });
});
