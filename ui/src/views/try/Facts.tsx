// Names and values in a titled list; what has no value is left out.
import type { ReactNode } from "react";
import css from "./try.module.css";

export function Facts({ title, facts }: { title: string; facts: [string, ReactNode][] }) {
  return (
    <section aria-label={title}>
      <h2 className={css.heading}>{title}</h2>
      <dl className={css.list}>
        {facts
          .filter(([, value]) => value !== null && value !== "" && value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
