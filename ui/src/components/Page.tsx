// The head of a view: where one is, its title, what can be done here.
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import css from "./Page.module.css";

interface Props {
  title: ReactNode;
  /** Of the browser's tab, where `title` is not plain text. */
  name?: string;
  /** Where one came from, outermost first. */
  trail?: { label: string; to: string }[];
  actions?: ReactNode;
  /** A line under the title. */
  below?: ReactNode;
  children: ReactNode;
}

export function Page({ title, name, trail, actions, below, children }: Props) {
  const tab = name ?? (typeof title === "string" ? title : "");
  useEffect(() => {
    document.title = tab ? `${tab} · Tradewind` : "Tradewind";
  }, [tab]);
  return (
    <>
      <header className={css.head}>
        <div className={css.words}>
          {trail && (
            <nav aria-label="Trail" className={css.trail}>
              {trail.map((one) => (
                <Link key={one.to} to={one.to}>
                  {one.label}
                </Link>
              ))}
            </nav>
          )}
          <h1 className={css.title}>{title}</h1>
          {below && <div className={css.below}>{below}</div>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </>
  );
}
