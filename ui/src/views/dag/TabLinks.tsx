// Tabs as links, so that each is a URL that can be opened, sent and gone back from.
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { DagPage } from "~/api/schema";
import css from "./dag.module.css";

export interface TabProps {
  dagId: string;
  /** Not there yet while the page loads. */
  page: DagPage | undefined;
}

interface Props<T extends string> {
  label: string;
  tabs: readonly T[];
  active: T;
  /** Shown after a tab's name. */
  counts?: Partial<Record<T, number>>;
}

export function TabLinks<T extends string>({ label, tabs, active, counts }: Props<T>) {
  const box = useRef<HTMLElement>(null);
  // On a phone the row of tabs scrolls; the open one is in sight. Not scrollIntoView: it would move the page, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another tab is opened
  useEffect(() => {
    const open = box.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (box.current && open) box.current.scrollLeft = open.offsetLeft - box.current.clientWidth / 2;
  }, [active]);
  return (
    <nav ref={box} className={css.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          to="."
          search={(before) => ({ ...before, tab }) as never}
          className={css.tab}
          aria-current={tab === active ? "page" : undefined}
        >
          {tab[0]?.toUpperCase() + tab.slice(1)}
          {counts?.[tab] ? <span className={css.count}>{counts[tab]}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
