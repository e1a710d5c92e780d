// The command that opens a try again, as one would type it.
import type { Instance } from "./queries";

export function debugCommand({ dagId, runId, taskId, map }: Instance, number: number): string {
  const task = map ? `${taskId}[${map}]` : taskId;
  return `tradewind debug ${quoted(runId)} ${quoted(task)} ${number} --dag-id ${quoted(dagId)}`;
}

/** As a POSIX shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
