// A value as it is best looked at: a table with its columns' statistics, an array, an image, JSON, a model, or its text.
import { Button, Loader, Pagination } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { api, body } from "~/api/client";
import { instanceName, mapText } from "~/api/mapPath";
import type { ValueInfo, ValuePreview, ValueUse } from "~/api/schema";
import { ErrorCard } from "~/components/ErrorCard";
import { JsonTree } from "~/components/JsonTree";
import { bytesText } from "~/time/format";
import { type Instance, PREVIEW_ROWS, previewQuery, rawValueUrl } from "~/views/try/queries";
import { ArrayView } from "./ArrayView";
import { TableView } from "./TableView";
import css from "./values.module.css";
import { shapeText } from "./words";

const CodeView = lazy(() => import("~/components/CodeView"));

export function ValueView({ of, name }: { of: Instance; name: string }) {
  const [offset, setOffset] = useState(0);
  const found = useQuery(previewQuery(of, name, offset));
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the value" />;
  const { info, table } = found.data;
  const pages = table ? Math.ceil(table.total_rows / PREVIEW_ROWS) : 0;
  return (
    <section className={css.box} aria-label={`Value ${name}`}>
      <header className={css.head}>
        <span className="mono">{info.type}</span>
        <span>{shapeText(info)}</span>
        <span>{bytesText(info.size_bytes)}</span>
        <span className="quiet" title={info.hash}>
          {info.hash.slice(0, 12)}
        </span>
        <Button
          component="a"
          variant="default"
          ml="auto"
          href={rawValueUrl(of, name)}
          download
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          Download
        </Button>
      </header>
      <Shown preview={found.data} name={name} />
      {pages > 1 && (
        <Pagination
          size="sm"
          total={pages}
          value={offset / PREVIEW_ROWS + 1}
          onChange={(page) => setOffset((page - 1) * PREVIEW_ROWS)}
          getControlProps={(control) => ({ "aria-label": `${control} page` })}
        />
      )}
      <LineageOf info={info} />
    </section>
  );
}

function Shown({ preview, name }: { preview: ValuePreview; name: string }) {
  const { info, table, array, image_url, model, text, json, is_cut, why_not } = preview;
  const cut = is_cut && <p className="quiet">Only its beginning is shown.</p>;
  if (table) return <TableView table={table} dtypes={info.schema ?? {}} />;
  if (array) return <ArrayView array={array} />;
  if (image_url?.startsWith("/")) return <img className={css.image} src={image_url} alt={name} />;
  if (model) return <ModelView model={model} />;
  if (why_not || typeof text === "string")
    return (
      <>
        <pre className={css.preview}>{text || info.preview}</pre>
        {why_not ? <p className="quiet">{why_not[0]?.toUpperCase() + why_not.slice(1)}.</p> : cut}
      </>
    );
  if (typeof json === "string" && isText(json)) return <pre className={css.preview}>{json}</pre>;
  return (
    <>
      <JsonTree value={json} open={2} length={info.length ?? undefined} />
      {cut}
    </>
  );
}

/** A text to read, rather than a word in quotes. */
const isText = (value: string) => value.length > 80 || value.includes("\n");

/** What is known of a model without loading it: its class, and what its own `repr` says of its parameters. */
function ModelView({ model }: { model: Record<string, unknown> }) {
  const { parameters, ...facts } = model;
  const repr = typeof parameters === "string" ? parameters : "";
  return (
    <>
      <dl className={css.facts}>
        {Object.entries(facts)
          .filter(([name]) => name !== "bytes")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
      </dl>
      <Suspense fallback={<pre className={css.preview}>{repr}</pre>}>
        <CodeView source={repr} label="What the model says of itself" />
      </Suspense>
    </>
  );
}

function LineageOf({ info }: { info: ValueInfo }) {
  const found = useQuery({
    queryKey: ["lineage", info.hash, info.dag_id, info.run_id],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/tradewind/v1/values/{hash}/lineage", {
          params: { path: { hash: info.hash }, query: { dag_id: info.dag_id, run_id: info.run_id } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
  if (!found.data) return null;
  return (
    <div className={css.lineage}>
      <Uses title="Written by" uses={found.data.written_by} />
      <Uses title="Read by" uses={found.data.read_by} />
    </div>
  );
}

const MOST_USES = 20;

function Uses({ title, uses }: { title: string; uses: ValueUse[] }) {
  return (
    <section>
      <h2>{title}</h2>
      {uses.length === 0 && <p className="quiet">nobody yet</p>}
      <ul>
        {uses.slice(0, MOST_USES).map((use) => (
          <li key={`${use.dag_id} ${use.run_id} ${use.task_id} ${use.map_path.join(".")}`}>
            <Link
              to="/dags/$dagId/runs/$runId/tasks/$taskId"
              params={{ dagId: use.dag_id, runId: use.run_id, taskId: use.task_id }}
              search={{ map: mapText(use.map_path) }}
            >
              {use.dag_id} · {instanceName(use.task_id, use.map_path)}
            </Link>{" "}
            <span className="quiet">{use.run_id}</span>
          </li>
        ))}
      </ul>
      {uses.length > MOST_USES && <p className="quiet">and {uses.length - MOST_USES} more</p>}
    </section>
  );
}
