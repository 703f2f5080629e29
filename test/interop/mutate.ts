/** Damage to files, of every kind that a disk or a hostile mind does. */

/** Numbers from 0 to below the one that is asked for, the same for the same `seed`. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** `bytes` with a few bits flipped, with a number put to an extreme, with a stretch copied elsewhere, or cut. */
export function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const mutant = Uint8Array.from(bytes);
  const kind = random(10);
  const at = random(bytes.length - 16);
  if (kind === 0) return mutant.subarray(0, random(bytes.length));
  if (kind === 1) mutant.fill(random(2) === 0 ? 0xff : 0, at, at + [1, 2, 4, 8][random(4)]!);
  if (kind === 2) mutant.copyWithin(at, random(bytes.length - 16), random(bytes.length - 16));
  if (kind === 3) mutant.copyWithin(at, random(bytes.length - 16) & ~7, (random(bytes.length - 16) & ~7) + 8);
  if (kind > 3) for (let flips = random(3); flips >= 0; flips--) mutant[random(bytes.length)]! ^= 1 << random(8);
  return mutant;
}
