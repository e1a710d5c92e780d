// A state, by icon, word and hue; never by colour alone.
import { Tooltip } from "@mantine/core";
import { stateColour, stateLook } from "~/theme/states";
import css from "./StateBadge.module.css";

interface Props {
  state: string | null | undefined;
  /** `icon`: without the word, which a tooltip and screen readers still give. */
  variant?: "badge" | "icon";
  /** Shown after the word: a number of instances, for example. */
  count?: number;
  size?: number;
}

export function StateBadge({ state, variant = "badge", count, size = 14 }: Props) {
  const look = stateLook(state);
  const icon = <look.icon size={size} className={look.live ? css.live : undefined} data-state={state} aria-hidden />;
  if (variant === "icon") {
    return (
      <Tooltip label={look.label}>
        <span className={css.icon} style={{ color: stateColour(state) }} role="img" aria-label={look.label}>
          {icon}
        </span>
      </Tooltip>
    );
  }
  return (
    <span
      className={css.badge}
      style={{ color: `var(--state-${look.hue}-text)`, background: `var(--state-${look.hue}-tint)` }}
    >
      <span className={css.icon} style={{ color: stateColour(state) }}>
        {icon}
      </span>
      {look.label}
      {count !== undefined && <span className="numbers">{count}</span>}
    </span>
  );
}
