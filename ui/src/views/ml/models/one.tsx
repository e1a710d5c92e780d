// One model: its versions and aliases, what gates decided, where it came from; promoting and going back.
import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMay } from "~/api/me";
import { confirm } from "~/components/confirm";
import { type Column, DataTable } from "~/components/DataTable";
import { ErrorCard } from "~/components/ErrorCard";
import { Page } from "~/components/Page";
import { Tag } from "~/components/Tag";
import { When } from "~/components/When";
import { useChange } from "~/views/admin/frame/useChange";
import { Picture } from "../files/JournalFile";
import css from "../ml.module.css";
import { type ModelPage, modelQuery, moveAlias, rollBack } from "../queries";
import { GateTable } from "./GateTable";
import { LineageMap } from "./LineageMap";
import { Aliases, Decision } from "./marks";

type Version = ModelPage["versions"][number];
const CHAMPION = "champion";
const MOST_MOVES = 30;

export default function ModelView() {
  const { model } = useParams({ from: "/shell/models/$model" });
  const found = useQuery(modelQuery(model));
  const mayEdit = useMay("model", "edit");
  const stale = ["ml", "models"];
  const promote = useChange({
    send: (sent: { version: string; expected: string }) =>
      moveAlias(model, { alias: CHAMPION, reason: "promoted by hand", ...sent }),
    stale,
    said: ({ version }) => `Version ${version} is the champion of ${model}.`,
  });
  const back = useChange({
    send: () => rollBack(model, "rolled back by hand"),
    stale,
    said: () => `The champion of ${model} is the one before again.`,
  });
  const champion = found.data?.aliases[CHAMPION] ?? "";
  const askPromote = async (version: string) => {
    const question = {
      title: `Make version ${version} the champion?`,
      body: champion
        ? `Version ${champion} is the champion now, and becomes archived. What loads the champion of ${model} gets version ${version} from then on.`
        : `What loads the champion of ${model} gets version ${version} from then on.`,
      action: `Promote version ${version}`,
    };
    if (await confirm(question)) promote.mutate({ version, expected: champion });
  };
  const askBack = async () => {
    const question = {
      title: `Go back from version ${champion}?`,
      body: `The champion before it is the champion of ${model} again.`,
      action: "Roll back",
      danger: true,
    };
    if (await confirm(question)) back.mutate(undefined);
  };
  const isBusy = promote.isPending || back.isPending;
  const error = found.error ?? promote.error ?? back.error;
  return (
    <Page
      title={model}
      trail={[{ label: "Models", to: "/models" }]}
      below={found.data && <Aliases aliases={found.data.aliases} />}
      actions={
        mayEdit &&
        champion && (
          <Button variant="default" loading={back.isPending} disabled={isBusy} onClick={() => void askBack()}>
            Roll back
          </Button>
        )
      }
    >
      {error && <ErrorCard error={error} onRetry={() => found.refetch()} />}
      {found.isPending && <Loader size="sm" aria-label="Loading the model" />}
      {found.data && (
        <>
          <Versions
            page={found.data}
            mayEdit={mayEdit}
            isBusy={isBusy}
            onPromote={(version) => void askPromote(version)}
          />
          <Gates page={found.data} />
          <Chosen page={found.data} />
          <Moves page={found.data} />
        </>
      )}
    </Page>
  );
}

interface VersionsProps {
  page: ModelPage;
  mayEdit: boolean;
  isBusy: boolean;
  onPromote: (version: string) => void;
}

function Versions({ page, mayEdit, isBusy, onPromote }: VersionsProps) {
  const navigate = useNavigate({ from: "/models/$model" });
  const metrics = [...new Set(page.versions.flatMap((one) => Object.keys(one.said.metrics)))].slice(0, 6);
  const aliasesOf = (version: string) => Object.entries(page.aliases).filter(([, its]) => its === version);
  const columns: Column<Version>[] = [
    {
      id: "version",
      title: "Version",
      width: "70px",
      value: (row) => Number(row.said.version),
      cell: (row) => <strong>{row.said.version}</strong>,
    },
    {
      id: "aliases",
      title: "Alias",
      cell: (row) => aliasesOf(row.said.version).map(([alias]) => <Tag key={alias}>{alias}</Tag>),
    },
    ...metrics.map(
      (name): Column<Version> => ({
        id: `metric ${name}`,
        title: name,
        align: "right",
        value: (row) => row.said.metrics[name] ?? null,
        cell: (row) => <span className="numbers">{numberText(row.said.metrics[name])}</span>,
      }),
    ),
    {
      id: "run",
      title: "Made by",
      value: (row) => row.run_id,
      cell: (row) => (
        <Link to="/dags/$dagId/runs/$runId" params={{ dagId: row.dag_id, runId: row.run_id }}>
          {row.dag_id} · {row.task_id}
        </Link>
      ),
      secondary: true,
    },
    {
      id: "at",
      title: "When",
      width: "120px",
      value: (row) => row.at,
      cell: (row) => <When at={row.at} relative />,
      secondary: true,
    },
    {
      id: "promote",
      title: "",
      width: "96px",
      cell: (row) =>
        mayEdit &&
        page.aliases[CHAMPION] !== row.said.version && (
          <Button size="compact-xs" variant="subtle" disabled={isBusy} onClick={() => onPromote(row.said.version)}>
            Promote
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      rows={page.versions}
      columns={columns}
      rowKey={(row) => row.said.version}
      label="Versions"
      onOpen={(row) => void navigate({ search: { version: row.said.version }, replace: true })}
    />
  );
}

function Gates({ page }: { page: ModelPage }) {
  const last = page.gates[0];
  if (!last) return null;
  return (
    <section className={css.section} aria-label="Gates">
      <h2 className={css.title}>
        Champion against challenger
        <span className="quiet">
          {last.said.challenger && `version ${last.said.challenger} against ${last.said.champion || "none"} · `}
          <When at={last.at} relative />
        </span>
      </h2>
      <p>
        <Decision decision={last.said.decision} reason={last.said.reason} />
      </p>
      <GateTable decision={last.said} />
      {last.said.figures.length > 0 && (
        <div className={css.pictures}>
          {last.said.figures.map((artifact) => (
            <Picture
              key={artifact}
              of={{ entryId: last.entry_id, artifact }}
              label={`What the gate of ${page.name} saw`}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function Chosen({ page }: { page: ModelPage }) {
  const search = useSearch({ from: "/shell/models/$model" });
  const version = search.version ?? page.aliases[CHAMPION] ?? page.versions[0]?.said.version;
  if (!version) return null;
  return (
    <section className={css.section} aria-label="Lineage">
      <h2 className={css.title}>
        Where it came from <span className="quiet">version {version}</span>
      </h2>
      <LineageMap model={page.name} version={version} />
    </section>
  );
}

function Moves({ page }: { page: ModelPage }) {
  if (page.moves.length === 0) return null;
  return (
    <section className={css.section} aria-label="History of aliases">
      <h2 className={css.title}>Promotions</h2>
      <ol className={css.moves}>
        {page.moves.slice(0, MOST_MOVES).map((one) => (
          <li key={one.entry_id}>
            <When at={one.at} />
            <Aliases aliases={{ [one.said.alias]: "" }} />
            <span className="numbers">
              {one.said.old_version && <span className="quiet">{one.said.old_version} → </span>}
              {one.said.version ? <strong>version {one.said.version}</strong> : "taken away"}
            </span>
            <span className="quiet">
              {[one.said.is_rollback && "rolled back", one.said.reason, one.dag_id || one.who]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const numberText = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : String(Number(value.toPrecision(4)));
