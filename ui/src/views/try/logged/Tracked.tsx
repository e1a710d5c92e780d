// Where MLflow has the try, and which versions of models it registered.
import { IconExternalLink } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { safeLink } from "../safeLink";
import css from "../try.module.css";
import type { TryJournal } from "./queries";
import { Section } from "./Section";

type TrackedRun = NonNullable<TryJournal["tracked"]>["said"];

export function Tracked({ tracked, models }: { tracked: TrackedRun | null; models: TryJournal["models"] }) {
  if (!tracked && models.length === 0) return null;
  return (
    <Section title="Tracked">
      <p className={css.facts}>
        {tracked && <MlflowLink tracked={tracked} />}
        {models.map((one) => (
          <Link
            key={one.entry_id}
            to="/models/$model"
            params={{ model: one.name }}
            search={{ version: one.said.version }}
          >
            {one.name} {one.said.version}
          </Link>
        ))}
      </p>
    </Section>
  );
}

export function MlflowLink({ tracked }: { tracked: TrackedRun }) {
  if (!tracked.url || !safeLink(tracked.url))
    return (
      <span>
        MLflow run <code>{tracked.mlflow_run_id}</code>
      </span>
    );
  return (
    <a href={tracked.url} target="_blank" rel="noreferrer noopener">
      MLflow run {tracked.mlflow_run_id.slice(0, 10)} <IconExternalLink size={12} aria-hidden />
    </a>
  );
}
