// The rows of the grid as they are shown: groups and tasks as far as they are unfolded, and the instances of mapped
// tasks below these.
import type { GridCell, GridNode, GridRun } from "~/api/schema";
import { type Folding, isFolded, shownNodes } from "./fold";
import type { InstanceRow, Instances } from "./instances";

export interface ShownRow {
  key: string;
  node: GridNode;
  label: string;
  depth: number;
  /** Of an instance of a mapped task. */
  instance?: InstanceRow;
  folds: boolean;
  isOpen: boolean;
  /** Says something, and has no cells. */
  isNote?: boolean;
}

export function rowsOf(nodes: readonly GridNode[], folding: Folding, instances: Instances, search: string): ShownRow[] {
  return shownNodes(nodes, folding, search).flatMap((node) => [
    rowOf(node, folding),
    ...below(node, folding, instances),
  ]);
}

/** Mapped tasks are folded until somebody unfolds them, however many rows there are. */
export const isUnfolded = (node: GridNode, folding: Folding): boolean =>
  node.is_group ? !isFolded(folding, node.id) : node.is_mapped && folding.toggled.has(node.id);

const rowOf = (node: GridNode, folding: Folding): ShownRow => ({
  key: node.id,
  node,
  label: node.label,
  depth: node.depth,
  folds: node.is_group || node.is_mapped,
  isOpen: isUnfolded(node, folding),
});

function below(node: GridNode, folding: Folding, instances: Instances): ShownRow[] {
  if (node.is_group || !isUnfolded(node, folding)) return [];
  const known = instances.get(node.id);
  if (!known) return [note(node, "Loading its instances …")];
  const rows = known.rows.map((instance) => instanceOf(node, instance));
  if (known.isCut) rows.push(note(node, `The first ${known.rows.length}: the run's page has more`));
  return rows.length > 0 ? rows : [note(node, "No instance in these runs")];
}

function instanceOf(node: GridNode, instance: InstanceRow): ShownRow {
  const index = `[${instance.mapPath.join(", ")}]`;
  return {
    key: `${node.id}${index}`,
    node,
    label: instance.label ? `${instance.label} ${index}` : index,
    depth: node.depth + 1,
    instance,
    folds: false,
    isOpen: false,
  };
}

const note = (node: GridNode, label: string): ShownRow => ({
  key: `${node.id}[]`,
  node,
  label,
  depth: node.depth + 1,
  folds: false,
  isOpen: false,
  isNote: true,
});

export function cellAt(row: ShownRow, run: GridRun): GridCell | undefined {
  if (row.isNote) return undefined;
  return row.instance ? row.instance.cells[run.bar.run_id] : run.cells[row.node.id];
}
