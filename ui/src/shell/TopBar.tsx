// Search, health, zone, theme, and who is signed in.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { openPalette } from "./CommandPalette";
import { HealthDot } from "./HealthDot";
import css from "./shell.module.css";
import { useShortcut } from "./shortcuts";
import { ThemeSwitch } from "./ThemeSwitch";
import { UserMenu } from "./UserMenu";
import { ZoneSwitch } from "./ZoneSwitch";

const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

export function TopBar({ onMenu }: { onMenu: () => void }) {
  useShortcut("/", "Search", openPalette, "Everywhere");
  return (
    <header className={css.top}>
      <Tooltip label="Menu">
        <ActionIcon className={css.burger} variant="subtle" color="gray" aria-label="Menu" onClick={onMenu}>
          <IconMenu2 size={18} />
        </ActionIcon>
      </Tooltip>
      <button type="button" className={css.search} onClick={openPalette}>
        <IconSearch size={15} aria-hidden />
        <span className="clip">Search or run a command</span>
        <kbd aria-hidden>{MODIFIER} K</kbd>
      </button>
      <HealthDot />
      <ZoneSwitch />
      <ThemeSwitch />
      <UserMenu />
    </header>
  );
}
