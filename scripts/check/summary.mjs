/**
 * The last `N passed, N failed` line of an output.
 * @param {string} output @returns {{ passed: number, failed: number }} one failure where there is no such line
 */
export function readSummary(output) {
  const match = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return match ? { passed: Number(match[1]), failed: Number(match[2]) } : { passed: 0, failed: 1 };
}
