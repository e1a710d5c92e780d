// Template fields as they were rendered for this try; secrets were masked when they were kept.
import { IconBraces } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { EmptyState } from "~/components/EmptyState";
import { JsonTree } from "~/components/JsonTree";
import type { TryTabProps } from "./index";
import css from "./try.module.css";

const CodeView = lazy(() => import("~/components/CodeView"));

export default function RenderedTab({ page }: TryTabProps) {
  const fields = Object.entries(page.rendered);
  if (fields.length === 0)
    return (
      <EmptyState icon={IconBraces} title="No rendered templates">
        Fields with templates, such as a command or a query, are shown here as the task got them, once a try has ended.
      </EmptyState>
    );
  return (
    <div className={css.sections}>
      {fields.map(([name, value]) => (
        <section key={name}>
          <h2 className={css.heading}>{name}</h2>
          {typeof value === "string" ? (
            <Suspense fallback={<pre>{value}</pre>}>
              <CodeView source={value} label={name} />
            </Suspense>
          ) : (
            <JsonTree value={value} open={2} />
          )}
        </section>
      ))}
    </div>
  );
}
