// What a try logged and noted down: cache, tracking, params, figures, tables, notebooks, checkpoints, checks, profiles.
import { Loader } from "@mantine/core";
import { IconNotes } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { JsonTree } from "~/components/JsonTree";
import { Checks } from "~/views/ml/data/Checks";
import { ReportFiles } from "~/views/ml/data/Monitors";
import type { TryTabProps } from "../index";
import css from "../try.module.css";
import { Artifacts } from "./Artifacts";
import { CacheLine } from "./CacheLine";
import { Notebooks } from "./Notebooks";
import { ProfileTable } from "./ProfileTable";
import { loggedQuery, type TryJournal } from "./queries";
import { Section } from "./Section";
import { Tracked } from "./Tracked";
import { Checkpoints, Retries, Usage } from "./What";

export default function LoggedTab({ of, shown, asked }: TryTabProps) {
  const found = useQuery(loggedQuery(of, asked));
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (shown && !found.data) return <Loader size="sm" aria-label="Loading what was logged" />;
  if (!found.data || isEmpty(found.data))
    return (
      <EmptyState icon={IconNotes} title="Nothing logged" command={'ml.log_figure(figure, "confusion.png")'}>
        Figures, tables, params, notebooks, checkpoints, checks and what the cache did are shown here.
      </EmptyState>
    );
  return <Said journal={found.data} />;
}

const isEmpty = (journal: TryJournal): boolean =>
  Object.values(journal).every((one) => one === null || (Array.isArray(one) && one.length === 0));

function Said({ journal }: { journal: TryJournal }) {
  const params = Object.assign({}, ...journal.params.map((one) => one.said.params).reverse()) as object;
  return (
    <div className={css.sections}>
      {journal.cache && <CacheLine cache={journal.cache.said} />}
      <Tracked tracked={journal.tracked?.said ?? null} models={journal.models} />
      {Object.keys(params).length > 0 && (
        <Section title="Params">
          <JsonTree value={params} open={2} />
        </Section>
      )}
      <Artifacts artifacts={journal.artifacts} />
      <Notebooks notebooks={journal.notebooks} />
      <Checkpoints saved={journal.checkpoints} />
      <Retries changed={journal.retries} />
      {journal.checks.length > 0 && (
        <Section title="Data checks">
          <Checks checks={journal.checks} />
        </Section>
      )}
      {journal.drifts.map((one) => (
        <Section key={one.entry_id} title={`Drift: ${one.name}`}>
          <p>
            {one.said.columns.filter((column) => column.drifted).length} of {one.said.columns.length} columns drifted
          </p>
          <ReportFiles report={one} />
        </Section>
      ))}
      {journal.profiles.map((one) => (
        <Section key={one.entry_id} title={`Profile of ${one.name}`} quiet={`${one.said.rows} rows`}>
          <ProfileTable profile={one.said} />
        </Section>
      ))}
      {journal.usage && <Usage usage={journal.usage.said} />}
    </div>
  );
}
