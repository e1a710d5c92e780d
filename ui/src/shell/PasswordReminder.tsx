// A password that somebody else made, or the first start: to be changed, until it is.
import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useMe } from "~/api/me";
import { PasswordDialog } from "./PasswordDialog";
import css from "./shell.module.css";

export function PasswordReminder() {
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  if (!me?.must_change_password) return null;
  return (
    <div className={css.reminder}>
      <IconLock size={15} aria-hidden />
      <span>Your password was made for you.</span>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        Choose your own
      </Button>
      <PasswordDialog opened={isOpen} onClose={() => setOpen(false)} />
    </div>
  );
}
