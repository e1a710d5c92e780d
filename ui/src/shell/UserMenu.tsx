// Who is signed in; signing out.
import { ActionIcon, Menu, Text, Tooltip } from "@mantine/core";
import { IconApi, IconKeyboard, IconLock, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "~/api/client";
import { useMe } from "~/api/me";
import { PasswordDialog } from "./PasswordDialog";
import { useActiveShortcuts } from "./shortcuts";

export function UserMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const shortcuts = useActiveShortcuts();
  const [changing, setChanging] = useState(false);
  const signOut = async () => {
    await api.DELETE("/api/tradewind/v1/session").catch(() => undefined);
    window.location.assign("/signin");
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={220}>
        <Menu.Target>
          <Tooltip label={me?.name ?? "Account"}>
            <ActionIcon variant="subtle" color="gray" aria-label="Account">
              <IconUserCircle size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text fz="sm" fw={600} c="var(--text)" className="clip">
              {me?.name ?? "…"}
            </Text>
            {me?.roles.join(", ")}
          </Menu.Label>
          <Menu.Item leftSection={<IconLock size={15} />} onClick={() => setChanging(true)}>
            Change password
          </Menu.Item>
          <Menu.Item
            leftSection={<IconApi size={15} />}
            onClick={() => void navigate({ to: "/admin/$section", params: { section: "tokens" } })}
          >
            API tokens
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKeyboard size={15} />}
            onClick={() => shortcuts.find((one) => one.keys === "?")?.run()}
          >
            Keys
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={15} />} onClick={signOut}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PasswordDialog opened={changing} onClose={() => setChanging(false)} />
    </>
  );
}
