// Counts of two samples as heights from 0 to 1 that can be held against each other, whatever the samples' sizes.
export function pairsOf(before: readonly number[], now: readonly number[]): [number, number][] {
  const shares = (counts: readonly number[]) => {
    const all = counts.reduce((sum, count) => sum + count, 0) || 1;
    return counts.map((count) => count / all);
  };
  const [first, second] = [shares(before), shares(now)];
  const most = Math.max(...first, ...second) || 1;
  return Array.from({ length: Math.max(first.length, second.length) }, (_, at) => [
    (first[at] ?? 0) / most,
    (second[at] ?? 0) / most,
  ]);
}
