import { expect, it } from "vitest";
import { paramsOf } from "./params";

it.each([
  ["", {}],
  [' {"rate": 0.2} ', { rate: 0.2 }],
])("%j is %j", (text, params) => expect(paramsOf(text)).toEqual({ params }));

it.each(["{", "[1]", "null", "3"])("%j is refused", (text) => expect(paramsOf(text).error).toContain("JSON object"));
