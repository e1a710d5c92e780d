// A DAG that can't be shown: gone, not allowed, or a server that is away.
import { IconBinaryTree2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { asProblem } from "~/api/problem";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";

export function MissingDag({ dagId, error, onRetry }: { dagId: string; error: unknown; onRetry: () => void }) {
  if (asProblem(error).status !== 404) return <ErrorCard error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      icon={IconBinaryTree2}
      title={`There is no DAG ${dagId}`}
      command="tradewind dags list"
      action={<Link to="/dags">All DAGs</Link>}
    >
      It may have been renamed or deleted, or its file does not import.
    </EmptyState>
  );
}
