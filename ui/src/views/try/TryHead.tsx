// The head of a task instance: where it is, its state, its tries side by side, and what can be done.
import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconExternalLink, IconRotateClockwise } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { instanceName, mapPathOf } from "~/api/mapPath";
import type { TaskPage, TryInfo } from "~/api/schema";
import { Duration } from "~/components/Duration";
import { Page } from "~/components/Page";
import { ReusedMark } from "~/components/ReusedMark";
import { StateBadge } from "~/components/StateBadge";
import { When } from "~/components/When";
import type { Doing } from "~/views/run/actions/ActionDialog";
import { ForkButton } from "./fork/ForkButton";
import type { Instance } from "./queries";
import { safeLink } from "./safeLink";
import { placeOf, tryName } from "./tries";
import css from "./try.module.css";

interface Props {
  of: Instance;
  page: TaskPage;
  shown: TryInfo | undefined;
  onAct: (doing: Doing) => void;
}

export function TryHead({ of, page, shown, onAct }: Props) {
  const { row } = page;
  const name = row.label ? `${of.taskId} [${row.label}]` : instanceName(of.taskId, mapPathOf(of.map));
  const trail = [
    { label: of.dagId, to: `/dags/${encodeURIComponent(of.dagId)}` },
    { label: of.runId, to: `/dags/${encodeURIComponent(of.dagId)}/runs/${encodeURIComponent(of.runId)}` },
  ];
  return (
    <Page
      name={`${name} · ${of.dagId}`}
      title={
        <>
          {name} <StateBadge state={row.state} /> <ReusedMark why={row.why} size={18} />
        </>
      }
      trail={trail}
      actions={
        <>
          {page.may_edit && <Buttons onAct={onAct} />}
          <ForkButton of={of} />
        </>
      }
      below={<Facts page={page} shown={shown} />}
    >
      {page.tries.length > 1 && <Tries page={page} shown={shown} />}
      {row.progress && row.state === "running" && <Progress page={page} />}
    </Page>
  );
}

function Facts({ page, shown }: { page: TaskPage; shown: TryInfo | undefined }) {
  const links = Object.entries(page.extra_links).filter(([, url]) => safeLink(url));
  return (
    <div className={css.facts}>
      <span className="mono">{page.operator}</span>
      {shown && (
        <span>
          {shown.ended_at ? "took" : "for"}{" "}
          <Duration start={shown.started_at ?? shown.queued_at} end={shown.ended_at} />
        </span>
      )}
      {shown?.started_at && (
        <span>
          started <When at={shown.started_at} />
        </span>
      )}
      {shown?.host && <span>on {shown.host}</span>}
      {page.map_length !== null && <span>{page.map_length} instances</span>}
      {links.map(([label, url]) => (
        <a key={label} href={url} target="_blank" rel="noreferrer noopener">
          {label} <IconExternalLink size={12} aria-hidden />
        </a>
      ))}
    </div>
  );
}

function Buttons({ onAct }: { onAct: (doing: Doing) => void }) {
  return (
    <>
      <Button leftSection={<IconRotateClockwise size={14} aria-hidden />} onClick={() => onAct("clear")}>
        Run again
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            Mark as
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(["success", "failed", "skipped"] as const).map((state) => (
            <Menu.Item key={state} onClick={() => onAct(state)}>
              <StateBadge state={state} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function Tries({ page, shown }: { page: TaskPage; shown: TryInfo | undefined }) {
  return (
    <nav className={css.tries} aria-label="Tries">
      {page.tries.map((one) => (
        <Link
          key={one.try_id}
          to="."
          search={(before) => ({ ...before, ...placeOf(one, page.tries), line: undefined }) as never}
          className={css.try}
          aria-current={one === shown ? "true" : undefined}
        >
          <StateBadge state={one.state} variant="icon" />
          {tryName(one, page.tries)}
          <span className="quiet">
            <Duration start={one.started_at} end={one.ended_at} />
          </span>
        </Link>
      ))}
    </nav>
  );
}

function Progress({ page }: { page: TaskPage }) {
  const { done, total, message } = page.row.progress ?? { done: 0, total: null, message: "" };
  const share = total ? Math.min(1, done / total) : undefined;
  return (
    <div className={css.progress}>
      <progress value={share} aria-label={message || "Progress"} className={css.progressBar} />
      <span className="numbers">
        {done}
        {total ? ` of ${total}` : ""} {message}
      </span>
    </div>
  );
}
