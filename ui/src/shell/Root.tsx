// Around every page, signed in or not: keyboard shortcuts and dialogs that any view may open.
import { Outlet } from "@tanstack/react-router";
import { ConfirmHost } from "~/components/confirm";
import { KeysHelp } from "./KeysHelp";
import { ShortcutListener } from "./shortcuts";

export function Root() {
  return (
    <>
      <ShortcutListener />
      <Outlet />
      <KeysHelp />
      <ConfirmHost />
    </>
  );
}
