// In whose zone times are shown.
import { ActionIcon, Menu, Text, Tooltip } from "@mantine/core";
import { IconCheck, IconClock } from "@tabler/icons-react";
import { fullTime } from "~/time/format";
import { useNow } from "~/time/now";
import { localZone, useZoneChoice, ZONE_CHOICES, ZONE_LABELS } from "~/time/zone";

export function ZoneSwitch() {
  const [choice, choose] = useZoneChoice();
  return (
    <Menu position="bottom-end" shadow="md" width={230}>
      <Menu.Target>
        <Tooltip label={`Times in: ${ZONE_LABELS[choice]}`}>
          <ActionIcon variant="subtle" color="gray" aria-label="Time zone">
            <IconClock size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {ZONE_CHOICES.map((one) => (
          <Menu.Item
            key={one}
            rightSection={one === choice ? <IconCheck size={14} /> : null}
            onClick={() => choose(one)}
          >
            {ZONE_LABELS[one]}
            {one === "local" && <Present zone={localZone()} />}
            {one === "utc" && <Present zone="UTC" />}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Present({ zone }: { zone: string }) {
  return (
    <Text size="xs" c="dimmed" className="numbers">
      {fullTime(useNow(), zone)}
    </Text>
  );
}
