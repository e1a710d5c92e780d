// Which thing's editor is open: its name is in the URL, so that a link leads to it. `+` is a new one.
import { useNavigate, useSearch } from "@tanstack/react-router";

export const NEW = "+";

export function useEdit() {
  const { edit } = useSearch({ from: "/shell/admin/$section" });
  const navigate = useNavigate();
  const put = (name: string | undefined) =>
    void navigate({ to: ".", search: (old) => ({ ...old, edit: name }), replace: name === undefined });
  return { edit, open: put, openNew: () => put(NEW), close: () => put(undefined) };
}
