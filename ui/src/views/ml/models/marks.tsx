// Aliases and decisions as words with a tint.
import { Tag } from "~/components/Tag";
import css from "../ml.module.css";

const TONES = { champion: "good", challenger: "accent" } as const;

export function Aliases({ aliases }: { aliases: Record<string, string> }) {
  const found = Object.entries(aliases);
  if (found.length === 0) return <span className="quiet">none</span>;
  return (
    <span className={css.aliases}>
      {found.map(([alias, version]) => (
        <Tag key={alias} tone={TONES[alias as keyof typeof TONES] ?? "quiet"}>
          {alias} {version}
        </Tag>
      ))}
    </span>
  );
}

const DECISIONS = { promote: "good", hold: "warn", ask: "accent" } as const;

export function Decision({ decision, reason }: { decision: keyof typeof DECISIONS; reason: string }) {
  return (
    <span title={reason}>
      <Tag tone={DECISIONS[decision]}>{decision}</Tag> <span className="quiet">{reason}</span>
    </span>
  );
}
