/** Where the files of the workers are. */

/**
 * The address of the worker whose source is `src/workers/<name>.ts`. Worker threads need JavaScript: from the sources (tests,
 * which load TypeScript) the built file is taken, from `dist` the neighbour.
 */
export function workerUrl(name: string): URL {
  const here = new URL(`./${name}.js`, import.meta.url);
  const source = here.pathname.lastIndexOf("/src/workers/");
  if (source >= 0 && import.meta.url.endsWith(".ts")) {
    here.pathname = `${here.pathname.slice(0, source)}/dist/workers/${name}.js`;
  }
  return here;
}
