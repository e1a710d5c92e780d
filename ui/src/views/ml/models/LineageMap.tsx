// From data and code to a model's version: what is linked can be opened.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { ErrorCard } from "~/components/ErrorCard";
import { layout } from "~/views/dag/graph/layout";
import css from "../ml.module.css";
import { type Lineage, lineageQuery } from "../queries";

const WIDTH = 168;
const HEIGHT = 44;

export function LineageMap({ model, version }: { model: string; version: string }) {
  const found = useQuery(lineageQuery(model, version));
  if (found.error) return <ErrorCard error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" aria-label="Loading the lineage" />;
  return <Drawing lineage={found.data} />;
}

function Drawing({ lineage }: { lineage: Lineage }) {
  const places = useMemo(() => {
    const boxes = lineage.nodes.map(({ id }) => ({ id, parent: null, width: WIDTH, height: HEIGHT, isOpen: false }));
    return layout({ boxes, lines: linesOf(lineage), direction: "LR" });
  }, [lineage]);
  const all = Object.values(places);
  const width = Math.max(...all.map((place) => place.x + WIDTH), 0) + 8;
  const height = Math.max(...all.map((place) => place.y + HEIGHT), 0) + 8;
  return (
    <section className={css.scroll} aria-label="Lineage of the model">
      <svg width={width} height={height}>
        <title>From data and code to the model</title>
        {linesOf(lineage).map(({ source, target }) => {
          const [from, to] = [places[source], places[target]];
          if (!from || !to) return null;
          const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
          const middle = (x1 + x2) / 2;
          return (
            <path
              key={`${source} ${target}`}
              d={`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`}
              fill="none"
              stroke="var(--line-strong)"
              strokeWidth={1.4}
            />
          );
        })}
        {lineage.nodes.map((node) => {
          const place = places[node.id];
          return (
            place && (
              <foreignObject key={node.id} x={place.x} y={place.y} width={WIDTH} height={HEIGHT}>
                <div className={css.node} data-kind={node.kind} title={`${node.kind} ${node.label} ${node.detail}`}>
                  {node.path ? <Link to={node.path}>{node.label}</Link> : <span>{node.label}</span>}
                  <span className="quiet clip">{node.detail || node.kind}</span>
                </div>
              </foreignObject>
            )
          );
        })}
      </svg>
    </section>
  );
}

const linesOf = (lineage: Lineage) =>
  lineage.edges.flatMap(([source, target]) =>
    source !== undefined && target !== undefined ? [{ source, target }] : [],
  );
