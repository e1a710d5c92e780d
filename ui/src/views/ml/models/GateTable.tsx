// What a gate compared, a line a metric and slice, with the interval of the difference.
import { Table } from "@mantine/core";
import { Tag } from "~/components/Tag";
import css from "../ml.module.css";
import type { Compared, GateDecision } from "../queries";

const WIDTH = 150;

export function GateTable({ decision }: { decision: GateDecision }) {
  const reach = Math.max(...decision.compared.flatMap((one) => [one.low, one.high, one.difference]).map(sizeOf), 1e-12);
  return (
    <div className={css.scroll}>
      <Table aria-label="Compared metrics" className={css.gate}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Metric</Table.Th>
            <Table.Th>Slice</Table.Th>
            <Table.Th>Challenger</Table.Th>
            <Table.Th>Champion</Table.Th>
            <Table.Th>Difference</Table.Th>
            <Table.Th>p</Table.Th>
            <Table.Th>Passed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {decision.compared.map((one) => (
            <Table.Tr key={`${one.metric} ${one.slice} ${one.threshold}`}>
              <Table.Th scope="row">{one.metric}</Table.Th>
              <Table.Td>{one.slice || "all"}</Table.Td>
              <Table.Td className="numbers">{text(one.challenger)}</Table.Td>
              <Table.Td className="numbers">
                {one.champion === null && one.threshold !== null ? (
                  <span className="quiet">needs {text(one.threshold)}</span>
                ) : (
                  text(one.champion)
                )}
              </Table.Td>
              <Table.Td>
                <Interval one={one} reach={reach} />
              </Table.Td>
              <Table.Td className="numbers">
                {text(one.p_value)} {one.test && <span className="quiet">{one.test}</span>}
              </Table.Td>
              <Table.Td>
                <Tag tone={one.passed ? "good" : "bad"}>{one.passed ? "yes" : "no"}</Tag>{" "}
                <span className="quiet">{one.reason}</span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Interval({ one, reach }: { one: Compared; reach: number }) {
  if (one.difference === null) return <span className="quiet">–</span>;
  const x = (value: number) => WIDTH / 2 + (value / reach) * (WIDTH / 2 - 4);
  const said = one.low === null || one.high === null ? "" : ` (${text(one.low)} to ${text(one.high)})`;
  return (
    <>
      <span className="numbers">
        {text(one.difference)}
        {said}
      </span>
      <svg width={WIDTH} height={14} className={css.interval} aria-hidden>
        <line x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={14} className={css.axis} />
        {one.low !== null && one.high !== null && (
          <line x1={x(one.low)} x2={x(one.high)} y1={7} y2={7} stroke="var(--accent)" strokeWidth={2} />
        )}
        <circle cx={x(one.difference)} cy={7} r={3.5} fill="var(--accent)" />
      </svg>
    </>
  );
}

const sizeOf = (value: number | null): number => (value === null ? 0 : Math.abs(value));
const text = (value: number | null): string => (value === null ? "–" : String(Number(value.toPrecision(3))));
