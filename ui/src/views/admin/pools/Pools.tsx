// Pools: how many slots, how many are taken, and by whom.
import { IconBucket } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { PoolPage } from "~/api/schema";
import { type Column, DataTable } from "~/components/DataTable";
import { EmptyState } from "~/components/EmptyState";
import { AdminPage } from "../frame/AdminPage";
import { NEW, useEdit } from "../frame/edit";
import { PoolEditor } from "./PoolEditor";
import { Slots } from "./Slots";

const COLUMNS: Column<PoolPage>[] = [
  {
    id: "name",
    title: "Pool",
    value: (pool) => pool.name,
    cell: (pool) => <strong>{pool.name}</strong>,
    filter: "text",
  },
  {
    id: "slots",
    title: "Slots",
    width: "34%",
    value: (pool) => (pool.slots < 0 ? Number.MAX_SAFE_INTEGER : pool.slots),
    cell: (pool) => <Slots pool={pool} />,
  },
  {
    id: "queued",
    title: "Waiting",
    width: "90px",
    align: "right",
    value: (pool) => pool.queued,
    cell: (pool) => <span className="numbers">{pool.queued}</span>,
  },
  {
    id: "description",
    title: "Description",
    secondary: true,
    value: (pool) => pool.description,
    cell: (pool) => <span className="quiet">{pool.description}</span>,
  },
];

export default function Pools() {
  const { edit, open, openNew, close } = useEdit();
  const mayCreate = useMay("pool", "create");
  const pools = useQuery({
    queryKey: ["pools"],
    queryFn: ({ signal }) => body(api.GET("/api/tradewind/v1/pools", { signal })),
  });
  const rows = pools.data ?? [];
  const edited = rows.find((pool) => pool.name === edit);
  return (
    <AdminPage
      title="Pools"
      about="A pool limits how many tasks run at once; a task takes slots with pool= and pool_slots=."
      query={pools}
      onNew={mayCreate ? openNew : undefined}
      newLabel="New pool"
    >
      <DataTable
        label="Pools"
        rows={rows}
        columns={COLUMNS}
        rowKey={(pool) => pool.name}
        onOpen={(pool) => open(pool.name)}
        empty={<EmptyState icon={IconBucket} title="No pool fits" command="tradewind pools set training 4" />}
      />
      {(edited || edit === NEW) && <PoolEditor key={edit} pool={edited} onClose={close} />}
    </AdminPage>
  );
}
