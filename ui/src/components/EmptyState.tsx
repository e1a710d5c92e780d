// Nothing here yet: says what would be here, and what to do next, with a command to copy.
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { CopyCommand } from "./CopyCommand";
import css from "./EmptyState.module.css";

interface Props {
  icon: Icon;
  title: string;
  children?: ReactNode;
  /** A shell command that makes something appear here. */
  command?: string;
  action?: ReactNode;
}

export function EmptyState({ icon: Picture, title, children, command, action }: Props) {
  return (
    <div className={css.box}>
      <Picture size={30} stroke={1.3} aria-hidden className={css.icon} />
      <h2 className={css.title}>{title}</h2>
      {children && <div className={css.text}>{children}</div>}
      {command && <CopyCommand command={command} />}
      {action}
    </div>
  );
}
