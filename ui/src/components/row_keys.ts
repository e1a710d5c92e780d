// j, k and Enter: the current row of a table.
import { useState } from "react";
import { useShortcut } from "~/shell/shortcuts";

export function useRowKeys(count: number, show: (index: number) => void, open?: (index: number) => void) {
  const [at, setAt] = useState(-1);
  const go = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    setAt(next);
    show(next);
  };
  useShortcut("j", "Next row", () => go(at + 1), "Tables");
  useShortcut("k", "Row before", () => go(at - 1), "Tables");
  useShortcut("enter", "Open the row", () => at >= 0 && open?.(at), "Tables");
  return [at, setAt] as const;
}
