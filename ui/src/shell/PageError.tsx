// A view that threw: said plainly, with a way on. A stale page after an upgrade is simply loaded anew.
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorCard } from "~/components/ErrorCard";

export function PageError({ error, reset }: ErrorComponentProps) {
  return <ErrorCard error={error} onRetry={isOldPage(error) ? () => window.location.reload() : reset} />;
}

/** After an upgrade an open page asks for files that are no longer there. */
function isOldPage(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script failed/i.test(error.message);
}
