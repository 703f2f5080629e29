/** A failure with one sentence for the reader, who is installing and wants to know what to do. */
export class BuildFailure extends Error {
  /** @param {string} message names what is missing or wrong, and the fix @param {{ cause?: unknown }} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = "BuildFailure";
  }
}

/**
 * Runs a script's main function and turns a `BuildFailure` into one line on stderr and exit code 1.
 * Anything else keeps its stack, because it is a fault of the script.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof BuildFailure ? `anndata-tensorstore: ${error.message}` : error);
    process.exitCode = 1;
  }
}
