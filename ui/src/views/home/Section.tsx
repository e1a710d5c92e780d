// A titled list of the first page; says so when it is empty.
import type { ReactNode } from "react";
import css from "./home.module.css";

interface Props {
  title: string;
  count: number;
  none: string;
  children: ReactNode;
}

export function Section({ title, count, none, children }: Props) {
  return (
    <section className={css.section} aria-label={title}>
      <h2 className={css.heading}>
        {title}
        {count > 0 && <span className={css.count}>{count}</span>}
      </h2>
      {count > 0 ? children : <p className={css.none}>{none}</p>}
    </section>
  );
}
