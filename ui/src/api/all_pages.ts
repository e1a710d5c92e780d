// Lists of Airflow's API in one piece: pages of a hundred, asked for one after the other up to a bound.

export interface OffsetPage<Row> {
  rows: Row[];
  total: number;
}

const PAGE = 100;
const MOST = 5000;

/** Every row, at most `MOST`; a page that comes empty ends it, whatever the total says. */
export async function allPages<Row>(
  fetchPage: (offset: number, limit: number) => Promise<OffsetPage<Row>>,
): Promise<Row[]> {
  const found: Row[] = [];
  while (found.length < MOST) {
    const { rows, total } = await fetchPage(found.length, PAGE);
    found.push(...rows);
    if (rows.length === 0 || found.length >= total) break;
  }
  return found;
}
