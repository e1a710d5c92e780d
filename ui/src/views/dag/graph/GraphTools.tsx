// Above a graph: search, direction, folding.
import { Button, SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import type { Graph } from "~/api/schema";
import { FindField } from "~/components/FindField";
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
  return (
    <div className={page.tools}>
      <FindField label="Find a task" value={search} onChange={onSearch} />
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
