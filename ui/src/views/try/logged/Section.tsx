// A titled part of what was logged.
import type { ReactNode } from "react";
import css from "../try.module.css";

export function Section({ title, quiet, children }: { title: string; quiet?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className={css.heading}>
        {title} {quiet && <span className="quiet">{quiet}</span>}
      </h2>
      {children}
    </section>
  );
}
