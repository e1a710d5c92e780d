// The assets that start this DAG, and those that its tasks update.
import { Loader } from "@mantine/core";
import { IconArrowRight, IconDatabase } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "~/components/EmptyState";
import type { TabProps } from "../TabLinks";
import css from "./details.module.css";

export default function AssetsTab({ dagId, page }: TabProps) {
  if (!page) return <Loader size="sm" aria-label="Loading" />;
  const { upstream_assets: before, downstream_assets: after } = page;
  if (before.length === 0 && after.length === 0)
    return (
      <EmptyState icon={IconDatabase} title="No assets">
        A task with <code>outlets=[Asset("models/price")]</code> updates an asset; a DAG with{" "}
        <code>schedule=[Asset("models/price")]</code> runs when it was updated.
      </EmptyState>
    );
  return (
    <>
      <div className={css.assets}>
        <Assets title={`Start ${dagId}`} names={before} empty="No asset starts it." />
        <Assets title={`Updated by ${dagId}`} names={after} empty="Its tasks update none." />
      </div>
      <Link to="/assets" search={{ tab: "graph" }}>
        All assets and what they start <IconArrowRight size={13} aria-hidden />
      </Link>
    </>
  );
}

function Assets({ title, names, empty }: { title: string; names: readonly string[]; empty: string }) {
  return (
    <section>
      <h2 className={css.title}>{title}</h2>
      {names.length === 0 && <div className="quiet">{empty}</div>}
      {names.map((name) => (
        <Link key={name} to="/assets" search={{ q: name }} className={css.asset}>
          <IconDatabase size={15} aria-hidden /> <span className="clip">{name}</span>
        </Link>
      ))}
    </section>
  );
}
