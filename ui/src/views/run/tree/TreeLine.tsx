// One line of a run's tree.
import { ActionIcon, Menu, Progress } from "@mantine/core";
import { IconChevronRight, IconDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { mapText } from "~/api/mapPath";
import { Duration } from "~/components/Duration";
import { ReusedMark } from "~/components/ReusedMark";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import { isReused } from "~/theme/reused";
import type { Doing } from "../actions/ActionDialog";
import { CountBar } from "../CountBar";
import { type Line, progressOf } from "./lines";
import css from "./tree.module.css";

interface LineProps {
  line: Line;
  run: { dagId: string; runId: string };
  top: number;
  row: number;
  isChosen: boolean;
  mayEdit: boolean;
  onFold: () => void;
  onChoose: () => void;
  onBegin: (doing: Doing) => void;
}

export function TreeLine({ line, run, top, row, isChosen, mayEdit, onFold, onChoose, onBegin }: LineProps) {
  const folds = line.kind === "group" || line.kind === "mapped";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's keys j, k, enter do the same
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-level={line.depth + 1}
      aria-expanded={folds ? line.isOpen : undefined}
      aria-selected={isChosen}
      tabIndex={-1}
      className={css.line}
      style={{ transform: `translateY(${top}px)` }}
      data-chosen={isChosen || undefined}
      onClick={onChoose}
    >
      <div role="gridcell" className={css.name} style={{ paddingLeft: Math.min(line.depth, 8) * 16 }}>
        {folds ? (
          <button type="button" className={css.fold} onClick={onFold} aria-label={line.isOpen ? "Fold" : "Unfold"}>
            <IconChevronRight size={14} data-open={line.isOpen || undefined} />
          </button>
        ) : (
          <span className={css.noFold} />
        )}
        {line.kind === "group" ? (
          <strong className="clip">{line.label}</strong>
        ) : (
          <Link
            to="/dags/$dagId/runs/$runId/tasks/$taskId"
            params={{ ...run, taskId: line.node.id }}
            search={{ map: line.kind === "instance" ? mapText(line.row?.map_path) : undefined }}
            className="clip"
            title={line.node.id}
          >
            {line.label}
          </Link>
        )}
        {line.kind === "mapped" && (
          <span className="quiet numbers">{line.total > 0 ? `× ${line.total}` : "mapped"}</span>
        )}
        {line.row && (line.row.try_number ?? 0) > 1 && <span className={css.tries}>try {line.row.try_number}</span>}
        {line.row?.why && (!["success", "failed"].includes(line.state) || isReused(line.row.why)) && (
          <span className={`quiet clip ${css.wide}`}>{line.row.why}</span>
        )}
      </div>
      <div role="gridcell">
        <StateBadge state={line.state} /> <ReusedMark why={line.row?.why} />
      </div>
      <div role="gridcell" className={css.wide}>
        <Far line={line} />
      </div>
      <div role="gridcell" className={css.wide}>
        <When at={line.startedAt} />
      </div>
      <div role="gridcell">
        <Duration start={line.startedAt} end={line.endedAt} />
      </div>
      <div role="gridcell">{mayEdit && <LineMenu label={line.label} onBegin={onBegin} />}</div>
    </div>
  );
}

/** What has all ended alike is told by the state alone. */
const isWorthABar = (line: Line): boolean =>
  line.total > 1 && (progressOf(line) !== undefined || Object.keys(line.counts).length > 1);

/** How far it is; the last metrics; the last line of what failed. */
function Far({ line }: { line: Line }) {
  const progress = progressOf(line);
  const metrics = Object.entries(line.row?.metrics ?? {}).slice(0, 3);
  const failure = line.row?.why || line.row?.log_hint;
  if (failure && line.state === "failed") return <code className={css.hint}>{failure}</code>;
  return (
    <div className={css.far}>
      {line.kind === "mapped" || line.kind === "group" ? (
        isWorthABar(line) && <CountBar counts={line.counts} total={line.total} plain />
      ) : progress !== undefined ? (
        <Progress value={progress * 100} size="sm" aria-label={`${Math.round(progress * 100)} %`} />
      ) : null}
      {line.row?.progress && line.state === "running" && (
        <span className="quiet numbers clip">
          {progress !== undefined ? `${Math.round(progress * 100)} %` : line.row.progress.done}{" "}
          {line.row.progress.message}
        </span>
      )}
      {metrics.map(([name, value]) => (
        <span key={name} className={css.metric}>
          <span className="quiet">{name}</span> <span className="numbers">{Number(value.toPrecision(5))}</span>
        </span>
      ))}
    </div>
  );
}

function LineMenu({ label, onBegin }: { label: string; onBegin: (doing: Doing) => void }) {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Actions on ${label}`}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onBegin("clear")}>Clear: run again</Menu.Item>
        {(["success", "failed", "skipped"] as const).map((doing) => (
          <Menu.Item key={doing} onClick={() => onBegin(doing)}>
            Mark as {doing}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
