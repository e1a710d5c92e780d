// The trigger form, loaded when it is opened.
import { lazy, Suspense } from "react";

const TriggerDialog = lazy(() => import("./TriggerDialog"));

interface Props {
  /** Undefined: closed. */
  dagId: string | undefined;
  like?: string;
  onClose: () => void;
}

export function LazyTriggerDialog({ dagId, like, onClose }: Props) {
  if (dagId === undefined) return null;
  return (
    <Suspense fallback={null}>
      <TriggerDialog dagId={dagId} like={like} onClose={onClose} />
    </Suspense>
  );
}
