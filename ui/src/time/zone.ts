// In whose zone times are shown: the viewer's own, UTC, or each DAG's. Kept in the browser.
import { useLocalStorage } from "@mantine/hooks";
import { createContext, useContext } from "react";

export const ZONE_CHOICES = ["local", "utc", "dag"] as const;
export type ZoneChoice = (typeof ZONE_CHOICES)[number];

export const ZONE_LABELS: Record<ZoneChoice, string> = { local: "Your zone", utc: "UTC", dag: "The DAG's zone" };

export function useZoneChoice(): [ZoneChoice, (choice: ZoneChoice) => void] {
  const [choice, choose] = useLocalStorage<ZoneChoice>({
    key: "tradewind-zone",
    defaultValue: "local",
    getInitialValueInEffect: false,
    deserialize: (kept) => ZONE_CHOICES.find((one) => one === kept) ?? "local",
    serialize: (one) => one,
  });
  return [choice, choose];
}

export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** Views of one DAG provide its zone; elsewhere "the DAG's zone" falls back to UTC. */
export const DagZone = createContext<string | undefined>(undefined);

/** The IANA zone to show times in here. A zone this browser doesn't know becomes UTC. */
export function useZone(): string {
  const [choice] = useZoneChoice();
  const dagZone = useContext(DagZone);
  return resolveZone(choice, dagZone);
}

export function resolveZone(choice: ZoneChoice, dagZone: string | undefined): string {
  const wanted = choice === "local" ? localZone() : choice === "dag" ? (dagZone ?? "UTC") : "UTC";
  return isKnown(wanted) ? wanted : "UTC";
}

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
