// The task instances that an action would touch.
import { Loader, ScrollArea } from "@mantine/core";
import type { TouchedList } from "~/api/schema";
import { StateBadge } from "~/components/StateBadge";
import css from "./actions.module.css";
import { gathered, touchedText } from "./preview";

const MOST_LINES = 200;

export function TouchedPreview({ list }: { list: TouchedList | undefined }) {
  if (!list) return <Loader size="xs" aria-label="Finding what would be touched" />;
  if (list.touched.length === 0) return <div className="quiet">No task instance would be touched.</div>;
  const runs = gathered(list.touched);
  return (
    <section aria-label="What will be touched" aria-live="polite">
      <div className={css.sum}>
        Touches <strong>{touchedText(list.touched)}</strong>
      </div>
      <ScrollArea.Autosize mah={280} className={css.list} viewportProps={{ tabIndex: 0 }}>
        {runs.map((run) => (
          <div key={`${run.dagId} ${run.runId}`}>
            {runs.length > 1 && <div className={css.run}>{run.runId}</div>}
            {run.tasks.slice(0, MOST_LINES).map((task) => (
              <div key={task.taskId} className={css.task}>
                <span className="clip">{task.taskId}</span>
                <span className={css.states}>
                  {Object.entries(task.states).map(([state, count]) => (
                    <StateBadge key={state} state={state} count={count > 1 ? count : undefined} />
                  ))}
                </span>
              </div>
            ))}
            {run.tasks.length > MOST_LINES && (
              <div className="quiet">and {run.tasks.length - MOST_LINES} more tasks</div>
            )}
          </div>
        ))}
      </ScrollArea.Autosize>
    </section>
  );
}
