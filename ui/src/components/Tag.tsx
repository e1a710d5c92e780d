// A short word with a tint: "built in", "Active", where a setting comes from. States of tasks have StateBadge.
import type { ReactNode } from "react";
import css from "./Tag.module.css";

interface Props {
  tone?: "quiet" | "good" | "bad" | "warn" | "accent";
  title?: string;
  children: ReactNode;
}

export function Tag({ tone = "quiet", title, children }: Props) {
  return (
    <span className={css.tag} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
