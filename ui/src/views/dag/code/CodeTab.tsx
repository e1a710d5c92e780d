// The DAG's code as each version had it, and what changed between two.
import { Loader, Select } from "@mantine/core";
import { IconFileOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Code, VersionInfo } from "~/api/schema";
import { Diff } from "~/components/Diff";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { fullTime } from "~/time/format";
import { useZone } from "~/time/zone";
import page from "../dag.module.css";
import { codeDiffQuery, codeQuery } from "../queries";
import type { TabProps } from "../TabLinks";
import css from "./code.module.css";

const CodeView = lazy(() => import("~/components/CodeView"));

export default function CodeTab({ dagId }: TabProps) {
  const search = useSearch({ from: "/shell/dags/$dagId" });
  const navigate = useNavigate({ from: "/dags/$dagId" });
  const code = useQuery(codeQuery(dagId, search.version));
  const put = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  if (code.error && !code.data) return <ErrorCard error={code.error} onRetry={() => code.refetch()} />;
  if (!code.data) return <Loader size="sm" aria-label="Loading the code" />;
  const { version, versions, file } = code.data;
  return (
    <>
      <div className={page.tools}>
        <VersionChoice
          label="Version"
          versions={versions}
          value={version.number}
          onChange={(number) => put({ version: number })}
        />
        <VersionChoice
          label="Compared with"
          versions={versions.filter((one) => one.number !== version.number)}
          value={search.against}
          onChange={(number) => put({ against: number })}
          placeholder="Compare with…"
        />
        <span className={page.grow} />
        <span className="quiet mono clip">{file}</span>
      </div>
      {search.against !== undefined && search.against !== version.number ? (
        <Changes dagId={dagId} one={search.against} other={version.number} />
      ) : (
        <Source code={code.data} />
      )}
    </>
  );
}

function Source({ code }: { code: Code }) {
  if (code.source === null)
    return (
      <EmptyState icon={IconFileOff} title="The code of this version is gone">
        Snapshots are kept as long as a run needs them; {code.file} has changed since.
      </EmptyState>
    );
  return (
    <Suspense fallback={<Loader size="sm" aria-label="Loading" />}>
      <CodeView source={code.source} label={`Code of version ${code.version.number}`} />
    </Suspense>
  );
}

function Changes({ dagId, one, other }: { dagId: string; one: number; other: number }) {
  const diff = useQuery(codeDiffQuery(dagId, Math.min(one, other), Math.max(one, other)));
  if (diff.error) return <ErrorCard error={diff.error} onRetry={() => diff.refetch()} />;
  if (!diff.data) return <Loader size="sm" aria-label="Comparing" />;
  return (
    <>
      {diff.data.changes.length > 0 && (
        <section className={css.changes} aria-label="What changed">
          <h2>
            Version {Math.min(one, other)} to {Math.max(one, other)}
          </h2>
          <ul>
            {diff.data.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </section>
      )}
      <Diff unified={diff.data.unified} empty="The files are the same." />
    </>
  );
}

interface ChoiceProps {
  label: string;
  versions: readonly VersionInfo[];
  value: number | undefined;
  onChange: (number: number | undefined) => void;
  placeholder?: string;
}

function VersionChoice({ label, versions, value, onChange, placeholder }: ChoiceProps) {
  const zone = useZone();
  return (
    <Select
      size="xs"
      w={280}
      searchable
      clearable={placeholder !== undefined}
      aria-label={label}
      placeholder={placeholder}
      value={value === undefined ? null : String(value)}
      data={versions.map((one) => ({
        value: String(one.number),
        label: `Version ${one.number} · ${fullTime(new Date(one.created_at), zone).slice(0, 16)} · ${one.runs} runs`,
      }))}
      onChange={(next) => onChange(next === null ? undefined : Number(next))}
    />
  );
}
