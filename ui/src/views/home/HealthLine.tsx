// Shown only when something is wrong: which part, why, and what to do.
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { PartHealth } from "~/api/schema";
import css from "./home.module.css";

const NAMES: Record<string, string> = {
  metadatabase: "The database",
  scheduler: "The scheduler",
  dag_processor: "The DAG processor",
  triggerer: "The triggerer",
  api_server: "An API server",
};

const COMMANDS: Record<string, string> = {
  scheduler: "tradewind scheduler",
  dag_processor: "tradewind dag-processor",
  triggerer: "tradewind triggerer",
};

export function HealthLine({ parts, importErrors }: { parts: PartHealth[]; importErrors: number }) {
  const ill = parts.filter(
    (part) => part.state === "unhealthy" || (part.state === "absent" && part.name === "scheduler"),
  );
  if (ill.length === 0 && importErrors === 0) return null;
  return (
    <div className={css.alerts}>
      {ill.map((part) => (
        <div key={part.name} className={css.alert} data-state="bad" role="alert">
          <IconAlertTriangle size={15} aria-hidden />
          <span>
            <strong>{NAMES[part.name] ?? part.name}</strong>{" "}
            {part.state === "absent" ? "is not running" : "is not well"}
            {part.why && `: ${part.why}`}. {COMMANDS[part.name] && <code>{COMMANDS[part.name]}</code>}
          </span>
        </div>
      ))}
      {importErrors > 0 && (
        <Link to="/admin/$section" params={{ section: "import-errors" }} className={css.alert} data-state="wait">
          <IconAlertTriangle size={15} aria-hidden />
          <span>
            {importErrors === 1 ? "One DAG file" : `${importErrors} DAG files`} cannot be imported:{" "}
            <u>see what is wrong</u>
          </span>
        </Link>
      )}
    </div>
  );
}
