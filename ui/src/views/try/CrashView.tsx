// What went wrong with a try: the error, where in the author's code, signal and memory, the last lines, what to try.
import { IconBulb } from "@tabler/icons-react";
import type { CrashCard } from "~/api/schema";
import { CopyCommand } from "~/components/CopyCommand";
import { bytesText } from "~/time/format";
import css from "./try.module.css";

interface Props {
  crash: CrashCard;
  isOpen: boolean;
  /** Opens this try again on the command line. */
  debug: string;
}

export function CrashView({ crash, isOpen, debug }: Props) {
  const facts = [
    crash.location && ["at", crash.location],
    crash.signal !== null && ["signal", `${crash.signal} ${crash.signal_name}`],
    crash.exit_code !== null && crash.exit_code !== 0 && ["exit code", String(crash.exit_code)],
    crash.max_rss_bytes !== null && ["memory at most", bytesText(crash.max_rss_bytes)],
  ].filter((fact): fact is [string, string] => Array.isArray(fact));
  return (
    <section className={css.crash} aria-label="What went wrong">
      <pre className={css.error}>
        {crash.error_type && <strong>{crash.error_type}</strong>}
        {crash.error_type && crash.error ? ": " : ""}
        {crash.error}
      </pre>
      {facts.length > 0 && (
        <dl className={css.crashFacts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {crash.advice.length > 0 && (
        <ul className={css.advice}>
          {crash.advice.map((line) => (
            <li key={line}>
              <IconBulb size={14} aria-hidden /> {line}
            </li>
          ))}
        </ul>
      )}
      {isOpen && (
        <div className={css.debug}>
          <span className="quiet">Open it again with its inputs</span>
          <CopyCommand command={debug} />
        </div>
      )}
      {isOpen && crash.traceback && (
        <details>
          <summary>Traceback</summary>
          <pre className={css.traceback}>{crash.traceback}</pre>
        </details>
      )}
      {isOpen && crash.last_lines.length > 0 && (
        <details>
          <summary>Its last lines</summary>
          <pre className={css.traceback}>{crash.last_lines.join("\n")}</pre>
        </details>
      )}
    </section>
  );
}
