// API tokens: one's own, and with the right to it everybody's. A token is shown once.
import { ActionIcon, SegmentedControl, Tooltip } from "@mantine/core";
import { IconBan, IconKey } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { TokenInfo } from "~/api/schema";
import { confirm } from "~/components/confirm";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { ErrorCard } from "~/components/ErrorCard";
import { Tag } from "~/components/Tag";
import { When } from "~/components/When";
import { AdminPage } from "../frame/AdminPage";
import { NEW, useEdit } from "../frame/edit";
import { ShownOnce } from "../frame/ShownOnce";
import { useChange } from "../frame/useChange";
import { TokenEditor } from "./TokenEditor";
import { tokenState } from "./token_state";

export default function Tokens() {
  const { edit, openNew, close } = useEdit();
  const [whose, setWhose] = useState<"own" | "all">("own");
  const [secret, setSecret] = useState<string>();
  const maySeeAll = useMay("token", "read");
  const tokens = useQuery({
    queryKey: ["tokens", whose],
    queryFn: ({ signal }) =>
      whose === "own"
        ? body(api.GET("/api/tradewind/v1/me/tokens", { signal }))
        : body(api.GET("/api/tradewind/v1/tokens", { signal })),
  });
  const revoke = useChange({
    send: ({ token_id }: TokenInfo) =>
      whose === "own"
        ? body(api.DELETE("/api/tradewind/v1/me/tokens/{token_id}", { params: { path: { token_id } } }))
        : body(api.DELETE("/api/tradewind/v1/tokens/{token_id}", { params: { path: { token_id } } })),
    stale: ["tokens"],
    said: (token) => `Token ${token.label} opens nothing any more.`,
  });
  const { mutate } = revoke;
  const columns = useMemo(() => columnsOf(mutate), [mutate]);
  return (
    <AdminPage
      title="API tokens"
      about="For scripts, CI and the command line: TRADEWIND_TOKEN, or “Authorization: Bearer …”."
      query={tokens}
      onNew={openNew}
      newLabel="New token"
    >
      {maySeeAll && (
        <SegmentedControl
          size="xs"
          mb="sm"
          aria-label="Whose tokens"
          value={whose}
          onChange={(value) => setWhose(value === "all" ? "all" : "own")}
          data={[
            { value: "own", label: "Mine" },
            { value: "all", label: "Everybody's" },
          ]}
        />
      )}
      {revoke.isError && <ErrorCard error={revoke.error} />}
      {tokens.data?.length === 0 ? (
        <EmptyState icon={IconKey} title="No tokens yet">
          A token lets a script in without a password. Give it an end, and only the rights it needs.
        </EmptyState>
      ) : (
        <DataTable label="Tokens" rows={tokens.data ?? []} columns={columns} rowKey={(token) => token.token_id} />
      )}
      {edit === NEW && <TokenEditor onClose={close} onMade={(made) => setSecret(made.token)} />}
      <ShownOnce title="Your new token" secret={secret} onClose={() => setSecret(undefined)} />
    </AdminPage>
  );
}

function columnsOf(revoke: (token: TokenInfo) => void): Column<TokenInfo>[] {
  const askRevoke = async (token: TokenInfo) => {
    const text = "What uses it is refused from now on. It cannot be taken back.";
    if (await confirm({ title: `Revoke ${token.label}?`, body: text, action: "Revoke token", danger: true }))
      revoke(token);
  };
  return [
    {
      id: "label",
      title: "Label",
      value: (one) => one.label,
      cell: (one) => <strong>{one.label}</strong>,
      filter: "text",
    },
    { id: "user", title: "User", width: "14%", secondary: true, value: (one) => one.user, cell: (one) => one.user },
    {
      id: "scopes",
      title: "May",
      width: "18%",
      secondary: true,
      cell: (one) => (
        <span className="quiet">{one.scopes === null ? "all that its user may" : `${one.scopes.length} rights`}</span>
      ),
    },
    {
      id: "used",
      title: "Last used",
      width: "110px",
      value: (one) => one.last_used_at,
      cell: (one) =>
        one.last_used_at ? <When at={one.last_used_at} relative /> : <span className="quiet">never</span>,
    },
    {
      id: "expires",
      title: "Ends",
      width: "130px",
      secondary: true,
      value: (one) => one.expires_at,
      cell: (one) => (one.expires_at ? <When at={one.expires_at} /> : <span className="quiet">never</span>),
    },
    {
      id: "state",
      title: "State",
      width: "96px",
      cell: (one) => {
        const state = tokenState(one, new Date());
        return <Tag tone={state === "Active" ? "good" : "quiet"}>{state}</Tag>;
      },
    },
    {
      id: "revoke",
      title: "",
      width: "54px",
      align: "right",
      cell: (one) =>
        one.revoked_at ? null : (
          <Tooltip label="Revoke">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Revoke ${one.label}`}
              onClick={() => void askRevoke(one)}
            >
              <IconBan size={16} />
            </ActionIcon>
          </Tooltip>
        ),
    },
  ];
}
