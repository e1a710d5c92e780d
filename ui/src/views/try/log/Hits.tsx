// Lines that have a text, or a level at least, of the whole file; the server looks, whatever its size.
import { Button, Loader } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ErrorCard } from "~/components/ErrorCard";
import { logHits, type TryOf } from "../queries";
import { Line, levelOf } from "./LogLines";
import css from "./log.module.css";

const PAGE_HITS = 200;

export function Hits({ of, q, level, onMark }: { of: TryOf; q: string; level: string; onMark: (at: number) => void }) {
  const { dagId, runId, taskId, map, asked } = of;
  const found = useInfiniteQuery({
    queryKey: ["log-hits", dagId, runId, taskId, map, asked, q, level],
    queryFn: ({ pageParam, signal }) => logHits(of, q, level, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.length < PAGE_HITS ? undefined : (last.at(-1)?.offset ?? 0) + 1),
  });
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" m="md" aria-label="Searching" />;
  const lines = found.data.pages.flat();
  return (
    <section className={css.frame} aria-label="Lines found">
      <p className={css.note} role="status">
        {lines.length === 0
          ? "No line fits."
          : `${lines.length}${found.hasNextPage ? "+" : ""} lines; choose one to see it in its place.`}
      </p>
      {lines.map((line) => (
        <div key={line.offset} className={css.hit} data-level={levelOf(line.level)}>
          <button
            type="button"
            className={css.cover}
            onClick={() => onMark(line.offset ?? 0)}
            aria-label="Show in its place"
          />
          <Line line={line} find={q} onMark={onMark} />
        </div>
      ))}
      {found.hasNextPage && (
        <Button variant="default" m="sm" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Look further
        </Button>
      )}
    </section>
  );
}
