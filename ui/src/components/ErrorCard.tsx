// What went wrong, as the server said it: what, why, what to do.
import { Button, Group } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { asProblem } from "~/api/problem";
import css from "./ErrorCard.module.css";

export function ErrorCard({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = asProblem(error);
  return (
    <div className={css.card} role="alert">
      <IconAlertTriangle size={18} aria-hidden className={css.icon} />
      <div className={css.words}>
        <strong>{problem.title}</strong>
        {problem.detail && <div>{problem.detail}</div>}
        {problem.hint && <div className="quiet">{problem.hint}</div>}
        {onRetry && problem.status !== 403 && (
          <Group mt={8}>
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          </Group>
        )}
      </div>
    </div>
  );
}
