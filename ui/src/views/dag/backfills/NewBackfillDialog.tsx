// A new backfill: its dates, what to do with dates that have a run already, and which dates that comes to.
import { Button, Checkbox, Group, Loader, Modal, NumberInput, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorCard } from "~/components/ErrorCard";
import { fullTime } from "~/time/format";
import { useZone } from "~/time/zone";
import css from "./backfills.module.css";
import { create, dryRun, type NewBackfill, type Reprocess } from "./queries";

const REPROCESS: { value: Reprocess; label: string }[] = [
  { value: "none", label: "Leave them" },
  { value: "failed", label: "Again if failed" },
  { value: "completed", label: "Again, all" },
];
const SHOWN_DATES = 120;

export function NewBackfillDialog({ dagId, onClose }: { dagId: string; onClose: () => void }) {
  const [wanted, want] = useState<NewBackfill>(() => ({
    dag_id: dagId,
    from_date: daysAgo(7),
    to_date: daysAgo(1),
    run_backwards: false,
    reprocess_behavior: "none",
    max_active_runs: 4,
  }));
  const put = (part: Partial<NewBackfill>) => want((before) => ({ ...before, ...part }));
  const body = { ...wanted, from_date: `${wanted.from_date}T00:00:00Z`, to_date: `${wanted.to_date}T23:59:59Z` };
  const isWhole = wanted.from_date !== "" && wanted.to_date !== "" && wanted.from_date <= wanted.to_date;
  const preview = useQuery({
    queryKey: ["backfill-preview", body],
    queryFn: () => dryRun(body),
    enabled: isWhole,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: () => create(body),
    onSuccess: () => {
      notifications.show({ message: "The backfill begins", color: "teal" });
      void queries.invalidateQueries({ queryKey: ["dag", dagId] });
      onClose();
    },
  });
  const count = preview.data?.total_entries ?? 0;
  return (
    <Modal opened onClose={onClose} title={`Backfill ${dagId}`} size="lg">
      <Stack gap="sm">
        <Group grow>
          <TextInput
            type="date"
            label="From"
            value={wanted.from_date}
            onChange={(event) => put({ from_date: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="To (included)"
            value={wanted.to_date}
            error={isWhole ? undefined : "Has to be on or after From"}
            onChange={(event) => put({ to_date: event.currentTarget.value })}
          />
          <NumberInput
            label="Runs at once"
            min={1}
            max={1000}
            value={wanted.max_active_runs}
            onChange={(value) => put({ max_active_runs: Math.max(1, Number(value) || 1) })}
          />
        </Group>
        <div>
          <div>Dates that have a run already</div>
          <SegmentedControl
            size="xs"
            aria-label="Dates that have a run already"
            value={wanted.reprocess_behavior}
            data={REPROCESS}
            onChange={(value) => put({ reprocess_behavior: value as Reprocess })}
          />
        </div>
        <Checkbox
          size="xs"
          label="The newest date first"
          checked={wanted.run_backwards}
          onChange={(event) => put({ run_backwards: event.currentTarget.checked })}
        />
        {preview.error ? (
          <ErrorCard error={preview.error} />
        ) : preview.data ? (
          <Dates dates={preview.data.backfills.map((one) => one.logical_date)} total={count} />
        ) : (
          isWhole && <Loader size="xs" aria-label="Finding the dates" />
        )}
        {make.error && <ErrorCard error={make.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
          <Button disabled={!isWhole || count === 0} loading={make.isPending} onClick={() => make.mutate()}>
            Start {count} {count === 1 ? "run" : "runs"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Dates({ dates, total }: { dates: readonly string[]; total: number }) {
  const zone = useZone();
  if (total === 0) return <div className="quiet">No date of the schedule is between these, or all have a run.</div>;
  return (
    <section aria-label="Dates that would run" aria-live="polite">
      <div>
        <strong>{total}</strong> {total === 1 ? "run" : "runs"} would be made:
      </div>
      <div className={css.dates}>
        {dates.slice(0, SHOWN_DATES).map((date) => (
          <span key={date}>{fullTime(new Date(date), zone).slice(0, 16)}</span>
        ))}
        {total > SHOWN_DATES && <span className="quiet">and {total - SHOWN_DATES} more</span>}
      </div>
    </section>
  );
}

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
