// Files that entries of the journal name: pictures, pages without scripts, texts, what is left to download.
import { Button, Loader } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { raw } from "~/api/client";
import { path } from "~/api/ours";
import { ErrorCard } from "~/components/ErrorCard";
import { Markdown } from "~/components/Markdown";
import css from "../ml.module.css";
import { endingOf, rowsOf } from "./forms";

export interface FileOf {
  /** The entry that names it. */
  entryId: number;
  /** Its key in the artifact store. */
  artifact: string;
}

const urlOf = ({ entryId, artifact }: FileOf) => `/api/tradewind/v1${path`/journal/files/${entryId}/${artifact}`}`;

export function Picture({ of, label }: { of: FileOf; label: string }) {
  return (
    <a href={urlOf(of)} target="_blank" rel="noreferrer noopener" className={css.picture}>
      <img src={urlOf(of)} alt={label} loading="lazy" />
    </a>
  );
}

/** A page that a task made. `sandbox` without anything: it runs no scripts, and knows nothing of the page around it. */
export function FramedPage({ of, label }: { of: FileOf; label: string }) {
  return <iframe className={css.framed} src={urlOf(of)} title={label} sandbox="" loading="lazy" />;
}

export function DownloadFile({ of, label }: { of: FileOf; label: string }) {
  return (
    <Button
      component="a"
      variant="default"
      size="compact-xs"
      href={urlOf(of)}
      download
      aria-label={`Download ${label}`}
      leftSection={<IconDownload size={13} aria-hidden />}
    >
      Download
    </Button>
  );
}

const MOST_BYTES = 512 * 1024;

function useText(of: FileOf) {
  return useQuery({
    queryKey: ["file", of.entryId, of.artifact],
    queryFn: async ({ signal }) => (await (await raw(urlOf(of), { signal })).blob()).slice(0, MOST_BYTES).text(),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A text, a table with commas, or Markdown, by the end of its key or by `as`. */
export function TextFile({ of, label, as }: { of: FileOf; label: string; as?: "md" }) {
  const found = useText(of);
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (found.data === undefined) return <Loader size="sm" aria-label={`Loading ${label}`} />;
  const ending = as ?? endingOf(of.artifact);
  if (ending === "md") return <Markdown text={found.data} />;
  if (ending === "csv") return <CommaTable text={found.data} label={label} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
    <pre className={css.text} tabIndex={0}>
      {found.data}
    </pre>
  );
}

const MOST_ROWS = 100;

function CommaTable({ text, label }: { text: string; label: string }) {
  const [head = [], ...rows] = rowsOf(text, MOST_ROWS + 2);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
    <section className={css.scroll} tabIndex={0} aria-label={`Table ${label}`}>
      <table className={css.plain}>
        <thead>
          <tr>
            {head.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns may have one name
              <th key={at} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place
            <tr key={at}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: so are its columns
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p className="quiet">Its first {MOST_ROWS} rows.</p>}
    </section>
  );
}
