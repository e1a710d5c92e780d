// A sweep's name, `dag/run/group`, in the words that matter: the group, and when.
import { runText } from "../experiments/table";

export function sweepText({ name, dag_id, run_id }: { name: string; dag_id: string; run_id: string }): string {
  const rest = name.startsWith(`${dag_id}/${run_id}/`) ? name.slice(dag_id.length + run_id.length + 2) : name;
  return `${rest} · ${runText(run_id)}`;
}
