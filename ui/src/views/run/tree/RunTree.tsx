// The tasks of a run as a tree that lives: groups and mapped tasks unfold, what runs shows how far it is.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { mapText } from "~/api/mapPath";
import type { RunPage, TaskRows } from "~/api/schema";
import { ChoiceField, stateChoices } from "~/components/ChoiceField";
import { FindField } from "~/components/FindField";
import { useShortcut } from "~/shell/shortcuts";
import { STATE_ORDER } from "~/theme/states";
import page_ from "~/views/dag/dag.module.css";
import { toggle } from "~/views/dag/grid/fold";
import type { Doing } from "../actions/ActionDialog";
import type { Actions } from "../actions/useActions";
import { type Line, linesOf } from "./lines";
import { TreeLine } from "./TreeLine";
import css from "./tree.module.css";

const LINE = 32;
const STATES = stateChoices(STATE_ORDER);

interface Props {
  page: RunPage;
  rows: TaskRows;
  actions: Actions;
}

export function RunTree({ page, rows, actions }: Props) {
  const search = useSearch({ from: "/shell/dags/$dagId/runs/$runId" });
  const navigate = useNavigate({ from: "/dags/$dagId/runs/$runId" });
  const put = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const lines = useMemo(
    () =>
      linesOf(page.nodes, rows.tasks, {
        toggled: new Set(search.group ?? []),
        search: search.q ?? "",
        state: search.state ?? "",
        mapped: page.mapped,
      }),
    [page.nodes, page.mapped, rows.tasks, search.group, search.q, search.state],
  );
  const coming = Math.max(0, page.instance_total - rows.total);
  const at = Math.max(
    0,
    lines.findIndex((line) => line.key === search.task),
  );
  const [chosen, choose] = useState(at);
  const current = Math.min(chosen, lines.length - 1);
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    overscan: 12,
  });
  const run = { dagId: page.dag_id, runId: page.run_id };
  const step = (by: number) => {
    const next = Math.min(lines.length - 1, Math.max(0, current + by));
    choose(next);
    virtual.scrollToIndex(next);
    put({ task: lines[next]?.key });
  };
  const fold = (line: Line | undefined) => {
    if (line && line.kind !== "task" && line.kind !== "instance") put({ group: toggle(search.group, line.key) });
  };
  const open = (line: Line | undefined) => {
    if (!line || line.kind === "group" || line.kind === "mapped") return fold(line);
    const params = { ...run, taskId: line.node.id };
    void navigate({
      to: "/dags/$dagId/runs/$runId/tasks/$taskId",
      params,
      search: { map: mapText(line.row?.map_path) },
    });
  };
  useShortcut("j", "Next task", () => step(1));
  useShortcut("k", "Previous task", () => step(-1));
  useShortcut("arrowdown", "Next task", () => step(1));
  useShortcut("arrowup", "Previous task", () => step(-1));
  useShortcut("arrowright", "Unfold", () => !lines[current]?.isOpen && fold(lines[current]));
  useShortcut("arrowleft", "Fold", () => lines[current]?.isOpen && fold(lines[current]));
  useShortcut("enter", "Open the task", () => open(lines[current]));
  useShortcut("c", "Clear the task", () => begin(lines[current], "clear"));
  const begin = (line: Line | undefined, doing: Doing) => line && actions.begin(run, doing, targets(line, page));

  return (
    <>
      <div className={page_.tools}>
        <FindField label="Find a task" value={search.q} onChange={(q) => put({ q })} />
        <ChoiceField
          label="State of tasks"
          any="Any state"
          value={search.state}
          choices={STATES}
          onChange={(state) => put({ state })}
        />
        <span className={page_.grow} />
        <span className="quiet numbers">
          {rows.tasks.length < rows.total ? `${rows.tasks.length} of ` : ""}
          {rows.total + coming} task instances{coming > 0 && `, ${coming} to come`}
        </span>
      </div>
      <div className={css.table} role="treegrid" aria-label="Tasks of this run" aria-rowcount={lines.length + 1}>
        <div className={css.header} role="row" aria-rowindex={1}>
          <span role="columnheader">Task</span>
          <span role="columnheader">State</span>
          <span role="columnheader" className={css.wide}>
            Progress
          </span>
          <span role="columnheader" className={css.wide}>
            Started
          </span>
          <span role="columnheader">Took</span>
          <span role="columnheader">
            <span className={css.unseen}>Actions</span>
          </span>
        </div>
        <div ref={box} className={css.scroller} role="rowgroup">
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
            {virtual.getVirtualItems().map((item) => {
              const line = lines[item.index];
              if (!line) return null;
              return (
                <TreeLine
                  key={line.key}
                  line={line}
                  run={run}
                  top={item.start}
                  row={item.index}
                  isChosen={item.index === current && search.task !== undefined}
                  onFold={() => fold(line)}
                  onChoose={() => {
                    choose(item.index);
                    put({ task: line.key });
                  }}
                  onBegin={(doing) => begin(line, doing)}
                  mayEdit={page.may_edit}
                />
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}

function targets(line: Line, page: RunPage): [string, number[]][] {
  if (line.kind === "instance") return [[line.node.id, line.row?.map_path ?? []]];
  if (line.kind !== "group") return [[line.node.id, []]];
  const at = page.nodes.findIndex((node) => node.id === line.node.id);
  const below = page.nodes.slice(at + 1, at + 1 + (line.node.children ?? 0));
  return below.filter((node) => !node.is_group).map((node) => [node.id, []]);
}
