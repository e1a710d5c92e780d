// Beside the state of a success that was not run.
import { Tooltip } from "@mantine/core";
import { IconRecycle } from "@tabler/icons-react";
import { isReused, reusedText } from "~/theme/reused";

export function ReusedMark({ why, size = 14 }: { why: string | null | undefined; size?: number }) {
  if (!why || !isReused(why)) return null;
  return (
    <Tooltip label={reusedText(why)}>
      <IconRecycle size={size} role="img" aria-label={reusedText(why)} />
    </Tooltip>
  );
}
