// Ctrl K: every place and command of the UI, and what the server finds for what was typed.
import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, spotlight } from "@mantine/spotlight";
import type { Icon } from "@tabler/icons-react";
import {
  IconBinaryTree2,
  IconBox,
  IconBucket,
  IconDatabase,
  IconListCheck,
  IconMoon,
  IconPlayerPlay,
  IconPlug,
  IconSearch,
  IconVariable,
} from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "~/api/client";
import { ADMIN_PLACES, ML_PLACES, PLACES } from "./navigation";

export const openPalette = () => spotlight.open();

const KIND_ICONS: Record<string, Icon> = {
  dag: IconBinaryTree2,
  run: IconPlayerPlay,
  task: IconListCheck,
  asset: IconDatabase,
  variable: IconVariable,
  connection: IconPlug,
  pool: IconBucket,
};

const TYPING_MILLISECONDS = 120;

export function CommandPalette() {
  const [query, setQuery] = useState("");
  const [asked] = useDebouncedValue(query.trim(), TYPING_MILLISECONDS);
  const router = useRouter();
  const hits = useQuery({
    queryKey: ["search", asked],
    queryFn: ({ signal }) => body(api.GET("/api/tradewind/v1/search", { params: { query: { q: asked } }, signal })),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  const found = asked ? (hits.data ?? []) : [];
  const commands = useCommands().filter((one) => one.label.toLowerCase().includes(query.trim().toLowerCase()));
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={["mod + K"]}
      scrollable
      maxHeight={420}
      overlayProps={{ backgroundOpacity: 0.28 }}
      yOffset={90}
      centered={false}
    >
      <Spotlight.Search
        placeholder="Search DAGs, runs, tasks, assets … or run a command"
        leftSection={<IconSearch size={17} stroke={1.7} />}
      />
      <Spotlight.ActionsList>
        {found.length > 0 && (
          <Spotlight.ActionsGroup label="Found">
            {found.map((hit) => (
              <Line
                key={hit.kind + hit.path}
                label={hit.label}
                detail={hit.detail}
                icon={KIND_ICONS[hit.kind] ?? IconBox}
                run={() => router.history.push(hit.path)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label="Commands">
            {commands.map((command) => (
              <Line key={command.label} {...command} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length === 0 && commands.length === 0 && (
          <Spotlight.Empty>{hits.isFetching ? "Searching …" : "Nothing has this in its name"}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface Command {
  label: string;
  detail?: string;
  icon: Icon;
  run: () => void;
}

function useCommands(): Command[] {
  const router = useRouter();
  const { toggleColorScheme } = useMantineColorScheme();
  return [
    ...[...PLACES, ...ML_PLACES, ...ADMIN_PLACES].map((place) => ({
      label: place.label,
      icon: place.icon,
      run: () => router.history.push(place.to),
    })),
    { label: "Switch between light and dark", icon: IconMoon, run: toggleColorScheme },
  ];
}

function Line({ label, detail, icon: Picture, run }: Command) {
  return (
    <Spotlight.Action
      label={label}
      description={detail}
      leftSection={<Picture size={17} stroke={1.6} aria-hidden />}
      onClick={run}
    />
  );
}
