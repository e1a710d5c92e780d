// The dialog of one action at a time, and the door to it for buttons, menus and keys.
import { useState } from "react";
import type { RunId } from "../queries";
import { ActionDialog, type Doing, type Target, type Wanted } from "./ActionDialog";

export interface Actions {
  /** No tasks: the whole run. */
  begin: (run: RunId, doing: Doing, tasks?: Target[]) => void;
  dialog: React.ReactNode;
}

export function useActions(): Actions {
  const [wanted, want] = useState<Wanted | undefined>();
  return {
    begin: (run, doing, tasks = []) => want({ run, doing, tasks }),
    dialog: <ActionDialog wanted={wanted} onClose={() => want(undefined)} />,
  };
}
