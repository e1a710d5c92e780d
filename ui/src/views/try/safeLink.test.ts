import { expect, it } from "vitest";
import { safeLink } from "./safeLink";

it.each([
  ["https://example.com/a", true],
  ["/relative", true],
  ["javascript:alert(1)", false],
  ["JaVaScRiPt:alert(1)", false],
  ["data:text/html,<script>", false],
  ["http://[", false],
])("%s: %s", (url, is) => {
  expect(safeLink(url)).toBe(is);
});
