// A URL of ours that leads nowhere.
import { Button } from "@mantine/core";
import { IconMap2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "~/components/EmptyState";

export function NotFound() {
  return (
    <EmptyState
      icon={IconMap2}
      title="There is no such page"
      action={
        <Button component={Link} to="/">
          Home
        </Button>
      }
    >
      The address may be mistyped, or what it showed has been deleted.
    </EmptyState>
  );
}
