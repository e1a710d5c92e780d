// Names and values, in two columns; what has no value is left out.
import { Fragment, isValidElement, type ReactNode } from "react";
import css from "./panel.module.css";

export type Fact = [name: string, value: ReactNode];

export function Facts({ facts }: { facts: readonly Fact[] }) {
  const told = facts.filter(
    ([, value]) => isValidElement(value) || (value !== null && value !== undefined && value !== ""),
  );
  return (
    <dl className={css.facts}>
      {told.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
