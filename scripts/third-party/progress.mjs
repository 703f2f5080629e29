/** Seconds between two progress lines, so that a log of a 20-minute build stays short. */
const EVERY_MS = 15_000;

/**
 * Turns the output of ninja (`[12/340] …`) or make (`[ 4%] …`) into a progress line now and then.
 * @param {(message: string) => void} say @param {() => number} [now]
 * @returns {(line: string) => void}
 */
export function progressLines(say, now = Date.now) {
  const start = now();
  let last = start;
  return (line) => {
    const share = shareOf(line);
    if (share === undefined || now() - last < EVERY_MS) return;
    last = now();
    const minutes = Math.floor((last - start) / 60_000);
    const seconds = Math.floor((last - start) / 1000) % 60;
    say(`${String(Math.floor(share * 100)).padStart(3)} %  after ${minutes}:${String(seconds).padStart(2, "0")} min`);
  };
}

/** The part that is done, 0 to 1, or undefined for a line that does not tell. */
function shareOf(line) {
  const ninja = /^\[(\d+)\/(\d+)\]/.exec(line);
  if (ninja) return Number(ninja[1]) / Number(ninja[2]);
  const make = /^\[\s*(\d+)%\]/.exec(line);
  return make ? Number(make[1]) / 100 : undefined;
}
