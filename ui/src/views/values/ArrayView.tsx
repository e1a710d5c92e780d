// An array: what its numbers are like, all of it in small as a picture or a curve, and its first corner in figures.
import { lazy, Suspense } from "react";
import type { ArrayPreview } from "~/api/schema";
import { Overview } from "./Overview";
import { Histogram } from "./TableView";
import css from "./values.module.css";
import { cellText, isNoNumber } from "./words";

const Plot = lazy(() => import("~/components/Plot"));

export function ArrayView({ array }: { array: ArrayPreview }) {
  const rows = array.values.map((row) => (Array.isArray(row) ? (row as unknown[]) : [row]));
  const overview = (array.overview ?? []) as unknown[][];
  return (
    <>
      <Statistics array={array} />
      {overview.length === 1 ? <Curve row={overview[0] ?? []} /> : null}
      <div className={css.arrayHead}>
        {overview.length > 1 && (
          <Overview
            rows={overview}
            isGrey={array.dtype === "uint8"}
            label={`All of it in small, ${array.shape.join(" × ")}`}
          />
        )}
        {(array.stats?.histogram ?? []).length > 0 && (
          <Histogram counts={array.stats?.histogram ?? []} label="Distribution of its elements" />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key */}
      <section className={css.scroll} aria-label="Rows" tabIndex={0}>
        <table className={css.table}>
          <tbody>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of an array are known by their place
              <tr key={at}>
                <th scope="row">{at}</th>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: so are its columns
                  <td key={column} data-number data-null={isNoNumber(cell) || undefined}>
                    {cellText(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="quiet">Its first corner, of {array.shape.join(" × ")}.</p>
    </>
  );
}

function Statistics({ array: { dtype, stats } }: { array: ArrayPreview }) {
  if (!stats) return <p className="quiet">{dtype}</p>;
  const facts = [
    dtype,
    ...(stats.minimum === null || stats.minimum === undefined
      ? ["no number"]
      : [`from ${cellText(stats.minimum)} to ${cellText(stats.maximum)}`, `mean ${cellText(stats.mean)}`]),
    ...(stats.std === null || stats.std === undefined ? [] : [`deviation ${cellText(stats.std)}`]),
    ...(stats.nulls > 0 ? [`${stats.nulls.toLocaleString("en")} are no finite numbers`] : []),
  ];
  return <p className="numbers quiet">{facts.join(" · ")}</p>;
}

function Curve({ row }: { row: unknown[] }) {
  if (row.length < 3) return null;
  const values = row.map((value) => (typeof value === "number" ? value : null));
  return (
    <Suspense fallback={<div style={{ height: 160 }} />}>
      <Plot
        label="All of it as a curve"
        x={values.map((_, at) => at)}
        series={[{ label: "value", values }]}
        height={160}
      />
    </Suspense>
  );
}
