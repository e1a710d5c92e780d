// What the task instance handed on: its values by key, and the one that is looked at.
import { Loader } from "@mantine/core";
import { IconPackage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { bytesText } from "~/time/format";
import { ValueView } from "~/views/values/ValueView";
import { shapeText, shortType } from "~/views/values/words";
import type { TryTabProps } from "./index";
import { valuesQuery } from "./queries";
import css from "./try.module.css";

const RETURNED = "return_value";

export default function ValuesTab({ of }: TryTabProps) {
  const { value: wanted } = useSearch({ from: "/shell/dags/$dagId/runs/$runId/tasks/$taskId" });
  const found = useQuery(valuesQuery(of));
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the values" />;
  // What a task returns comes first: with several outputs its keys stand beside it.
  const values = [...found.data].sort((one, other) => Number(other.key === RETURNED) - Number(one.key === RETURNED));
  const shown = values.find((one) => one.key === wanted) ?? values[0];
  if (!shown)
    return (
      <EmptyState icon={IconPackage} title="No values">
        What a task returns, or pushes as XCom, is kept and shown here: tables, arrays, plots, models.
      </EmptyState>
    );
  return (
    <div className={css.values}>
      <nav className={css.keys} aria-label="Values">
        {values.map((one) => (
          <Link
            key={one.key}
            to="."
            search={(before) => ({ ...before, value: one.key }) as never}
            className={css.key}
            aria-current={one === shown ? "true" : undefined}
          >
            <span className="mono">{one.key}</span>
            <span className="quiet">
              {[shortType(one.type), shapeText(one), bytesText(one.size_bytes)].filter(Boolean).join(" · ")}
            </span>
          </Link>
        ))}
      </nav>
      <ValueView key={shown.key} of={of} name={shown.key} />
    </div>
  );
}
