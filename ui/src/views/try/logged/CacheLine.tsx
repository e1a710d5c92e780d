// What the cache did: whose values these are, or why the try was run, with what changed in its code.
import { IconRecycle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Diff } from "~/components/Diff";
import { Tag } from "~/components/Tag";
import { durationText } from "~/time/format";
import css from "../try.module.css";
import type { TryJournal } from "./queries";
import { Section } from "./Section";

type Cache = NonNullable<TryJournal["cache"]>["said"];

export function CacheLine({ cache }: { cache: Cache }) {
  return (
    <Section title="Cache">
      <p className={css.reason}>
        {cache.is_hit && !cache.checked ? <Hit cache={cache} /> : <span>{whyRun(cache)}</span>}
        {cache.checked && <Tag tone={cache.checked === "same" ? "good" : "bad"}>{cache.checked}</Tag>}
        {cache.changed.length > 0 && !cache.is_hit && <span className="quiet">{cache.changed.join(", ")}</span>}
      </p>
      {cache.detail && <CodeDiff unified={cache.detail} />}
    </Section>
  );
}

function Hit({ cache }: { cache: Cache }) {
  return (
    <>
      <IconRecycle size={18} aria-hidden />
      <span>
        Not run: the same as in{" "}
        <Link to="/dags/$dagId/runs/$runId" params={{ dagId: cache.from_dag_id, runId: cache.from_run_id }}>
          run {cache.from_run_id}
        </Link>
      </span>
      {cache.saved_seconds > 0 && <span className="quiet">{durationText(cache.saved_seconds)} saved</span>}
    </>
  );
}

const whyRun = ({ checked, why }: Cache): string =>
  checked ? `Run as a sample, although it is in the cache${why && `: ${why}`}` : `Run, not in the cache: ${why}`;

/** Every part that changed begins with a pair of `---` and `+++`; what is no diff is shown as it is. */
function CodeDiff({ unified }: { unified: string }) {
  return unified.includes("\n+++ ") ? <Diff unified={unified} /> : <pre className={css.traceback}>{unified}</pre>;
}
