/** Claims about the package, each a line of output and one in the count. */

/** @type {Promise<boolean>[]} */
const results = [];

/**
 * Checks one claim; a claim that throws is a failed one, with its reason.
 * @param {string} text @param {() => boolean | Promise<boolean>} check
 */
export function claim(text, check) {
  results.push(judge(text, check));
}

async function judge(text, check) {
  try {
    const holds = await check();
    console.log(`${holds ? "ok    " : "FAILED"} ${text}`);
    return holds;
  } catch (error) {
    console.log(`FAILED ${text}: ${error.message}`);
    return false;
  }
}

/** Prints `N passed, N failed` and sets the exit code. */
export async function summary() {
  const all = await Promise.all(results);
  const passed = all.filter(Boolean).length;
  console.log(`${passed} passed, ${all.length - passed} failed`);
  if (passed < all.length) process.exitCode = 1;
}
