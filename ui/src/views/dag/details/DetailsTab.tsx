// Everything else that is known of a DAG, and what its author wrote about it.
import { Loader } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Markdown } from "~/components/Markdown";
import { When } from "~/components/When";
import { durationText } from "~/time/format";
import { Facts } from "../panel/Facts";
import { scheduleText } from "../schedule";
import type { TabProps } from "../TabLinks";
import css from "./details.module.css";

export default function DetailsTab({ dagId, page }: TabProps) {
  if (!page) return <Loader size="sm" aria-label="Loading" />;
  const { card } = page;
  return (
    <div className={css.columns}>
      <section>
        <Facts
          facts={[
            ["DAG id", <code key="id">{dagId}</code>],
            ["File", <code key="f">{card.file}</code>],
            ["Bundle", card.bundle + (page.bundle_version ? ` at ${page.bundle_version}` : "")],
            ["Schedule", scheduleText(card)],
            ["Timetable", page.timetable],
            ["Time zone", card.timezone],
            ["Start", <When key="s" at={page.start_date} />],
            ["End", page.end_date && <When key="e" at={page.end_date} />],
            ["Catch up", page.catchup ? "yes" : "no"],
            ["Active runs at most", String(page.max_active_runs)],
            ["Active tasks at most", String(page.max_active_tasks)],
            ["Run times out after", page.dagrun_timeout_seconds ? durationText(page.dagrun_timeout_seconds) : ""],
            ["Tasks", String(page.task_count)],
            [
              "Version",
              <Link key="v" to="/dags/$dagId" params={{ dagId }} search={{ tab: "code" }}>
                {page.version_number}
              </Link>,
            ],
            ["Parsed", <When key="p" at={page.parsed_at} relative />],
            ["Parsing took", page.parse_seconds === null ? "" : durationText(page.parse_seconds)],
          ]}
        />
        {Object.keys(page.default_args).length > 0 && (
          <>
            <h2 className={css.title}>Default arguments</h2>
            <Facts facts={Object.entries(page.default_args)} />
          </>
        )}
      </section>
      {page.doc && (
        <section className={css.doc} aria-label="Documentation">
          <h2 className={css.title}>Documentation</h2>
          <Markdown text={page.doc} />
        </section>
      )}
    </div>
  );
}
