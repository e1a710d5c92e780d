// DAG files that cannot be imported: what is wrong, where, and the author's own line first.
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { allPages } from "~/api/all_pages";
import { api, body } from "~/api/client";
import type { ImportErrorResponse } from "~/api/schema";
import { EmptyState } from "~/components/EmptyState";
import { When } from "~/components/When";
import { AdminPage } from "../frame/AdminPage";
import { headline } from "./headline";
import css from "./import_errors.module.css";

export default function ImportErrors() {
  const errors = useQuery({ queryKey: ["dags", "import-errors"], queryFn: ({ signal }) => load(signal) });
  return (
    <AdminPage
      title="Import errors"
      about="Files that could not be imported. What is known of their DAGs stays as it was before."
      query={errors}
    >
      {errors.data?.length === 0 && (
        <EmptyState
          icon={IconCircleCheck}
          title="Every DAG file can be imported"
          command="tradewind dags list-import-errors"
        >
          A file that fails is listed here within seconds, with the line it fails at.
        </EmptyState>
      )}
      <div className={css.list}>
        {errors.data?.map((one) => (
          <OneError key={one.import_error_id} error={one} startsOpen={errors.data.length <= 3} />
        ))}
      </div>
    </AdminPage>
  );
}

function OneError({ error, startsOpen }: { error: ImportErrorResponse; startsOpen: boolean }) {
  const [isOpen, setOpen] = useState(startsOpen);
  return (
    <section className={css.error}>
      <button type="button" className={css.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <strong>{error.filename}</strong>
        <span className={css.what}>{headline(error.stack_trace)}</span>
        <span className={css.when}>
          <When at={error.timestamp} relative />
        </span>
      </button>
      {isOpen && <pre className={css.trace}>{error.stack_trace}</pre>}
    </section>
  );
}

function load(signal: AbortSignal) {
  return allPages(async (offset, limit) => {
    const page = await body(api.GET("/api/v2/importErrors", { params: { query: { offset, limit } }, signal }));
    return { rows: page.import_errors, total: page.total_entries };
  });
}
