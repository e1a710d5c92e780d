// A pool's form, and who holds its slots now.
import { Checkbox, NumberInput, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import { useMay } from "~/api/me";
import type { PoolPage } from "~/api/schema";
import { confirm } from "~/components/confirm";
import { Duration } from "~/components/Duration";
import { StateBadge } from "~/components/StateBadge";
import { EditDrawer } from "../frame/EditDrawer";
import { useChange } from "../frame/useChange";
import css from "./pools.module.css";

const DEFAULT_POOL = "default_pool";

interface Values {
  name: string;
  slots: number | string;
  description: string;
  include_deferred: boolean;
}

export function PoolEditor({ pool, onClose }: { pool: PoolPage | undefined; onClose: () => void }) {
  const mayEdit = useMay("pool", pool ? "edit" : "create");
  const mayDelete = useMay("pool", "delete");
  const form = useForm<Values>({
    initialValues: {
      name: pool?.name ?? "",
      slots: pool?.slots ?? 8,
      description: pool?.description ?? "",
      include_deferred: pool?.include_deferred ?? false,
    },
    validate: {
      name: (value) => (value.trim() ? null : "A pool needs a name"),
      slots: (value) => (Number.isInteger(value) && Number(value) >= -1 ? null : "A whole number; -1: endless"),
    },
  });
  const save = useChange({
    send: (values: Values) => (pool ? patch(values) : create(values)),
    stale: ["pools"],
    said: (values) => `Pool ${values.name} is saved.`,
    onDone: onClose,
  });
  const remove = useChange({
    send: (name: string) => body(api.DELETE("/api/v2/pools/{pool_name}", { params: { path: { pool_name: name } } })),
    stale: ["pools"],
    said: (name) => `Pool ${name} is deleted.`,
    onDone: onClose,
  });
  const askDelete = async (name: string) => {
    const question = {
      title: `Delete pool ${name}?`,
      body: "Tasks that name it will wait until it exists again.",
      action: "Delete pool",
    };
    if (await confirm({ ...question, danger: true })) remove.mutate(name);
  };
  return (
    <EditDrawer
      title={pool ? `Pool ${pool.name}` : "New pool"}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      isSaving={save.isPending}
      error={save.error ?? remove.error}
      onDelete={pool && pool.name !== DEFAULT_POOL && mayDelete ? () => void askDelete(pool.name) : undefined}
      readOnly={!mayEdit}
    >
      <TextInput label="Name" size="xs" data-autofocus disabled={pool !== undefined} {...form.getInputProps("name")} />
      <NumberInput
        label="Slots"
        description="-1: endless"
        size="xs"
        min={-1}
        allowDecimal={false}
        {...form.getInputProps("slots")}
      />
      <TextInput label="Description" size="xs" {...form.getInputProps("description")} />
      <Checkbox
        label="Deferred tasks keep their slots"
        size="xs"
        {...form.getInputProps("include_deferred", { type: "checkbox" })}
      />
      {pool && pool.holders.length > 0 && <Holders pool={pool} />}
    </EditDrawer>
  );
}

function Holders({ pool }: { pool: PoolPage }) {
  return (
    <section>
      <Title order={3} size="sm" my={6}>
        Who holds its slots
      </Title>
      <ul className={css.holders}>
        {pool.holders.map((one) => (
          <li key={`${one.dag_id} ${one.run_id} ${one.task_id} ${one.map_path.join(".")}`} className={css.holder}>
            <StateBadge state={one.state} variant="icon" />
            <Link
              to="/dags/$dagId/runs/$runId/tasks/$taskId"
              params={{ dagId: one.dag_id, runId: one.run_id, taskId: one.task_id }}
              search={{ map: one.map_path.join(".") || undefined }}
            >
              {one.dag_id} · {one.task_id}
              {one.map_path.length > 0 && ` [${one.map_path.join(", ")}]`}
            </Link>
            <span>
              {one.slots > 1 && `${one.slots} slots · `}
              <Duration start={one.since} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function create(values: Values) {
  return body(api.POST("/api/v2/pools", { body: { ...values, slots: Number(values.slots) } }));
}

function patch({ name, slots, description, include_deferred }: Values) {
  return body(
    api.PATCH("/api/v2/pools/{pool_name}", {
      params: { path: { pool_name: name } },
      // The default pool's description and name belong to Tradewind.
      body:
        name === DEFAULT_POOL
          ? { slots: Number(slots), include_deferred }
          : { slots: Number(slots), description, include_deferred },
    }),
  );
}
