// Is everything running? A dot, and behind it each part with its heartbeat and this page's own connection.
import { Group, Popover, Stack, Text } from "@mantine/core";
import { useOverview } from "~/api/home";
import { useLiveState } from "~/api/live";
import { When } from "~/components/When";
import css from "./shell.module.css";

const PART_NAMES: Record<string, string> = {
  metadatabase: "Database",
  scheduler: "Scheduler",
  dag_processor: "DAG processor",
  triggerer: "Triggerer",
  api_server: "API server",
};

const LIVE_TEXT = {
  open: "This page is live",
  connecting: "This page is connecting",
  lost: "This page has lost the server; it tries again",
};

export function HealthDot() {
  const overview = useOverview();
  const live = useLiveState();
  const parts = overview.data?.health ?? [];
  const ill = parts.filter((part) => part.state === "unhealthy");
  const state = ill.length > 0 || (overview.isError && live === "lost") ? "bad" : live === "open" ? "good" : "wait";
  const said =
    ill.length > 0 ? "Unhealthy" : live === "lost" ? "Reconnecting" : live === "open" ? "Healthy" : "Connecting";
  return (
    <Popover position="bottom-end" shadow="md" width={300}>
      <Popover.Target>
        <button type="button" className={css.health} aria-label={`Health: ${said}`}>
          <span className={css.dot} data-state={state} aria-hidden />
          <span className={css.onlyWide}>{said}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          {parts.map((part) => (
            <div key={part.name}>
              <Group gap={8} wrap="nowrap">
                <span
                  className={css.dot}
                  data-state={part.state === "healthy" ? "good" : part.state === "absent" ? "wait" : "bad"}
                  aria-hidden
                />
                <Text fz="sm" fw={500}>
                  {PART_NAMES[part.name] ?? part.name}
                </Text>
                <Text fz="xs" c="dimmed" ml="auto">
                  {part.heartbeat_at ? <When at={part.heartbeat_at} relative /> : part.state}
                </Text>
              </Group>
              {part.why && (
                <Text fz="xs" c="dimmed" ml={16}>
                  {part.why}
                </Text>
              )}
            </div>
          ))}
          <Group gap={8} wrap="nowrap">
            <span className={css.dot} data-state={live === "open" ? "good" : "wait"} aria-hidden />
            <Text fz="sm">{LIVE_TEXT[live]}</Text>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
