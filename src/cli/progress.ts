/** The progress bar of long commands: on a terminal only, on stderr. */
import { Presets, SingleBar } from "cli-progress";
import type { Progress } from "../formats/types.js";

/** A bar that shows the element, the bytes done and the time left; `report` is an `onProgress`. */
export interface ProgressBar {
  report(progress: Progress): void;
  /** Ends the bar's line. Idempotent. */
  stop(): void;
}

/** A bar on stderr, or one that shows nothing where stderr is no terminal or `quiet` is asked. */
export function progressBar(quiet: boolean): ProgressBar {
  if (quiet || !process.stderr.isTTY) return { report: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: "{element} [{bar}] {percentage}% | {doneMiB}/{totalMiB} MiB | {eta_formatted}", hideCursor: true },
    Presets.shades_classic,
  );
  let started = false;
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  return {
    report({ element, done, total }) {
      const payload = { element: element.padEnd(20).slice(0, 40), doneMiB: mib(done), totalMiB: mib(total) };
      if (!started) bar.start(total, done, payload);
      started = true;
      bar.setTotal(total);
      bar.update(done, payload);
    },
    stop() {
      if (started) bar.stop();
      started = false;
    },
  };
}
