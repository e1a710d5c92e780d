// Above a graph: search, direction, folding.
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import type { Graph } from "~/api/schema";
import { useShortcut } from "~/shell/shortcuts";
import page from "../dag.module.css";
import type { Direction } from "./layout";

interface Props {
  graph: Graph | undefined;
  search: string;
  onSearch: (text: string | undefined) => void;
  direction: Direction;
  onDirection: (direction: Direction) => void;
  foldedByDefault: boolean;
  onFoldAll: () => void;
  children?: ReactNode;
}

export function GraphTools(props: Props) {
  const { graph, search, onSearch, direction, onDirection, foldedByDefault, onFoldAll, children } = props;
  const field = useRef<HTMLInputElement>(null);
  useShortcut("f", "Find a task", () => field.current?.focus(), "Graph");
  return (
    <div className={page.tools}>
      <TextInput
        ref={field}
        size="xs"
        w={200}
        aria-label="Find a task"
        placeholder="Find a task (f)"
        leftSection={<IconSearch size={14} />}
        defaultValue={search}
        onChange={(event) => onSearch(event.currentTarget.value || undefined)}
      />
      {children}
      <SegmentedControl
        size="xs"
        aria-label="Direction"
        value={direction}
        onChange={(value) => onDirection(value as Direction)}
        data={[
          { value: "LR", label: "Across" },
          { value: "TB", label: "Down" },
        ]}
      />
      {graph?.nodes.some((node) => node.kind === "group") && (
        <Button variant="subtle" color="gray" onClick={onFoldAll}>
          {foldedByDefault ? "Open groups" : "Fold groups"}
        </Button>
      )}
      <span className={page.grow} />
      {graph && (
        <span className="quiet numbers">
          {graph.nodes.filter((node) => node.kind === "task").length} tasks · version {graph.version_number}
        </span>
      )}
    </div>
  );
}
