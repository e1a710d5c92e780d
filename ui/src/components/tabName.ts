// What the browser's tab and history call a page.
import { useEffect } from "react";

export function useTabName(name: string): void {
  useEffect(() => {
    document.title = `${name} · Tradewind`;
  }, [name]);
}
