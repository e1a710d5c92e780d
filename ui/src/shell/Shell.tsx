// The frame of every signed-in page: sidebar, top bar, the view.
import { Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { startLive } from "~/api/live";
import { startPatching } from "~/api/patching";
import { CommandPalette } from "./CommandPalette";
import { ADMIN_PLACES, ML_PLACES, PLACES } from "./navigation";
import { PasswordReminder } from "./PasswordReminder";
import { Sidebar } from "./Sidebar";
import css from "./shell.module.css";
import { useShortcut } from "./shortcuts";
import { TopBar } from "./TopBar";

export function Shell() {
  const [opened, { open, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(() => {
    startPatching();
    startLive();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the place changes
  useEffect(close, [pathname]);
  return (
    <div className={css.frame}>
      <a href="#main" className={css.skip}>
        Skip to the content
      </a>
      <Sidebar />
      <TopBar onMenu={open} />
      <main id="main" className={css.main} tabIndex={-1}>
        <PasswordReminder />
        <Outlet />
      </main>
      <Drawer opened={opened} onClose={close} size={230} padding={0} withCloseButton={false} title={undefined}>
        <Sidebar onLeave={close} />
      </Drawer>
      <CommandPalette />
      {[...PLACES, ...ML_PLACES, ...ADMIN_PLACES].map((place) =>
        place.key ? <GoTo key={place.to} to={place.to} label={place.label} second={place.key} /> : null,
      )}
    </div>
  );
}

function GoTo({ to, label, second }: { to: string; label: string; second: string }) {
  const navigate = useNavigate();
  useShortcut(`g ${second}`, `Go to ${label}`, () => void navigate({ to }), "Go to");
  return null;
}
