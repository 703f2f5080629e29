/** Near matches of a name that was not found, for messages. */

/** How many names are looked through; an axis may have hundreds of millions. */
const SCAN_LIMIT = 200_000;

/** Up to `limit` of `candidates` that look like `name`: equal but for case first, then by edit distance. */
export function nearMatches(name: string, candidates: Iterable<string | null>, limit = 3): string[] {
  const allowed = name.length <= 3 ? 1 : name.length <= 8 ? 2 : 3;
  const folded = name.toLowerCase();
  const found: { name: string; distance: number }[] = [];
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > SCAN_LIMIT) break;
    if (candidate === null || Math.abs(candidate.length - name.length) > allowed) continue;
    const distance = candidate.toLowerCase() === folded ? 0 : editDistance(name, candidate, allowed);
    if (distance > allowed) continue;
    found.push({ name: candidate, distance });
    if (found.length > 64) trim(found, limit);
  }
  trim(found, limit);
  return found.map((match) => match.name);
}

function trim(found: { distance: number }[], limit: number): void {
  found.sort((a, b) => a.distance - b.distance);
  found.length = Math.min(found.length, limit);
}

/** Levenshtein's distance, or `allowed + 1` where it is greater than `allowed`. */
function editDistance(a: string, b: string, allowed: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const cost = Math.min(replaced, (previous[j] as number) + 1, (row[j - 1] as number) + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > allowed) return allowed + 1;
    previous = row;
  }
  return previous[b.length] as number;
}

/** ` (did you mean "A" or "B"?)`, or nothing where no candidate is near. */
export function suggestion(name: string, candidates: Iterable<string | null>): string {
  const near = nearMatches(name, candidates).map((match) => JSON.stringify(match));
  return near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
}
