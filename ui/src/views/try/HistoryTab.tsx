// Every change of the task instance's state: when, from what to what, who, why.
import { IconArrowRight } from "@tabler/icons-react";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import type { TryTabProps } from "./index";
import css from "./try.module.css";

export default function HistoryTab({ page }: TryTabProps) {
  return (
    <ol className={css.history}>
      {page.history.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: history is only ever added to
        <li key={at}>
          <When at={line.at} />
          <span className={css.move}>
            {line.new ? (
              <>
                <StateBadge state={line.old || "none"} />
                <IconArrowRight size={13} aria-label="to" />
                <StateBadge state={line.new} />
              </>
            ) : (
              <span className="quiet">note</span>
            )}
          </span>
          <span>{line.why}</span>
          <span className="quiet">{line.who}</span>
        </li>
      ))}
    </ol>
  );
}
