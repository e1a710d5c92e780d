// Named things of two runs side by side. What differs is marked by weight, by sign and by a dot.
import { Button, Table } from "@mantine/core";
import { useState } from "react";
import type { Difference } from "~/api/schema";
import { StateBadge } from "~/components/StateBadge";
import { durationText } from "~/time/format";
import css from "./compare.module.css";
import { changeText, differing, ordered, valueText } from "./numbers";

interface Props {
  title: string;
  what: string;
  differences: readonly Difference[];
  kind?: "value" | "seconds" | "state";
  empty: string;
}

export function DifferenceTable({ title, what, differences, kind = "value", empty }: Props) {
  const [isAll, setAll] = useState(false);
  const changed = differing(differences);
  const shown = ordered(isAll || changed === 0 ? differences : differences.filter((one) => !one.is_same));
  const hidden = differences.length - shown.length;
  return (
    <section className={css.section} aria-label={title}>
      <h2 className={css.title}>
        {title}
        <span className="quiet">{differences.length > 0 && (changed > 0 ? `${changed} differ` : "all the same")}</span>
      </h2>
      {differences.length === 0 ? (
        <div className="quiet">{empty}</div>
      ) : (
        <Table className={css.table} aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{what}</Table.Th>
              <Table.Th>Left</Table.Th>
              <Table.Th>Right</Table.Th>
              <Table.Th className={css.change}>Change</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((one) => (
              <Table.Tr key={one.name} data-differs={!one.is_same || undefined}>
                <Table.Th scope="row" className={css.name}>
                  {one.name}
                </Table.Th>
                <Table.Td>
                  <Value value={one.left} kind={kind} />
                </Table.Td>
                <Table.Td>
                  <Value value={one.right} kind={kind} />
                </Table.Td>
                <Table.Td className={`${css.change} numbers`}>
                  {one.is_same ? <span className="quiet">same</span> : changeText(one.change) || howDiffers(one)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {hidden > 0 && (
        <Button variant="subtle" color="gray" onClick={() => setAll(true)}>
          Show {hidden} that {hidden === 1 ? "is" : "are"} the same
        </Button>
      )}
    </section>
  );
}

const howDiffers = (one: Difference): string => (one.left == null || one.right == null ? "one side" : "differs");

function Value({ value, kind }: { value: unknown; kind: Props["kind"] }) {
  if (kind === "state" && typeof value === "string") return <StateBadge state={value} />;
  const text = kind === "seconds" && typeof value === "number" ? durationText(value) : valueText(value);
  return <span className={`numbers ${css.value}`}>{text}</span>;
}
