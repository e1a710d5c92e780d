// Where a run ran, where it was forked from, which run it repeats.
import { Button } from "@mantine/core";
import { IconRepeat } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { Schema } from "~/api/ours";
import { CopyCommand } from "~/components/CopyCommand";
import { ErrorCard } from "~/components/ErrorCard";
import { FindField } from "~/components/FindField";
import { JsonTree } from "~/components/JsonTree";
import { bytesText } from "~/time/format";
import { Facts } from "~/views/dag/panel/Facts";
import type { Whole } from "~/views/ml/queries";
import { MlflowLink } from "~/views/try/logged/Tracked";
import type { RunId } from "../queries";
import { Report } from "../reproduce/Report";
import { reproducedRun } from "../reproduce/reproduced";
import { useReproduce } from "../reproduce/useReproduce";
import css from "../run.module.css";

type RunJournal = Whole<Schema<"RunJournal">>;
type Environment = NonNullable<RunJournal["environment"]>["said"];

export function RunEnvironment({ run }: { run: RunId }) {
  const { dagId, runId } = run;
  const found = useQuery({
    queryKey: ["run", dagId, runId, "journal"],
    queryFn: async ({ signal }) =>
      (await body(
        api.GET("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/journal", {
          params: { path: { dag_id: dagId, run_id: runId } },
          signal,
        }),
      )) as RunJournal,
  });
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return null;
  const { environment, tracked, forked } = found.data;
  return (
    <>
      {tracked && <MlflowLink tracked={tracked.said} />}
      {forked && <ForkedFrom forked={forked.said} />}
      {reproducedRun(runId) && <Report run={run} />}
      {environment && <EnvironmentFacts said={environment.said} />}
      <Reproduce run={run} />
    </>
  );
}

function Reproduce({ run }: { run: RunId }) {
  const mayCreate = useMay("run", "create");
  const reproduce = useReproduce(run);
  return (
    <section aria-label="Reproduce">
      <h2>Reproduce</h2>
      <p className="quiet">The same code, params, values and seeds once more, and what comes out otherwise.</p>
      {mayCreate && (
        <Button
          variant="default"
          mb="xs"
          leftSection={<IconRepeat size={14} aria-hidden />}
          loading={reproduce.isPending}
          onClick={() => reproduce.mutate()}
        >
          Run it once more
        </Button>
      )}
      <CopyCommand command={`tradewind runs reproduce ${quoted(run.dagId)} ${quoted(run.runId)}`} />
    </section>
  );
}

/** For a shell, whatever is in it. */
const quoted = (text: string): string => (/^[\w.+:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function ForkedFrom({ forked }: { forked: NonNullable<RunJournal["forked"]>["said"] }) {
  const { from_dag_id: dagId, from_run_id: runId } = forked;
  return (
    <section aria-label="Fork">
      <h2>
        Forked from{" "}
        <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId }}>
          {runId}
        </Link>
      </h2>
      <p>
        Begun with {forked.tasks.join(", ")}; {forked.kept} task instances were taken over.
      </p>
      {Object.keys(forked.params).length > 0 && <JsonTree value={forked.params} open={2} />}
    </section>
  );
}

function EnvironmentFacts({ said }: { said: Environment }) {
  const [sought, seek] = useState("");
  const packages = Object.entries(said.packages).sort(([one], [other]) => one.localeCompare(other));
  const shown = packages.filter(([name]) => name.toLowerCase().includes(sought.toLowerCase()));
  return (
    <section aria-label="Environment">
      <h2>Environment</h2>
      <Facts
        facts={[
          ["Commit", said.git_commit && <code key="commit">{said.git_commit}</code>],
          ["Branch", said.git_branch],
          ["Not committed", said.is_dirty ? "there were changes" : said.git_commit && "nothing"],
          ["Python", said.python],
          ["Platform", said.platform],
          ["Machine", said.host && `${said.host}: ${said.cpus} CPUs, ${bytesText(said.memory_bytes)}`],
          ["GPUs", said.gpus.join(", ")],
          ["Seed", said.seed],
        ]}
      />
      {packages.length > 0 && (
        <>
          <div className={css.packagesFind}>
            <FindField label="Find a package" value={sought} onChange={(text) => seek(text ?? "")} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key */}
          <ul className={css.packages} aria-label="Packages" tabIndex={0}>
            {shown.map(([name, version]) => (
              <li key={name}>
                <span>{name}</span> <span className="numbers">{version}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
