/** HDF5's filters by name. */

/** HDF5's numbers of the filters that h5wasm has, and of the one that we add. */
export const READABLE_FILTERS: Readonly<Record<number, string>> = {
  1: "gzip",
  2: "shuffle",
  3: "fletcher32",
  4: "szip",
  5: "nbit",
  6: "scaleoffset",
  32000: "lzf",
};

/** A filter as a file has it; `name` is empty where the writer gave none. */
export interface H5Filter {
  readonly id: number;
  readonly name: string;
}

/** What a filter that h5wasm lacks calls itself. */
export function filterName({ id, name }: H5Filter): string {
  return name === "" ? `filter ${id}` : (name.split(" ", 1)[0] as string);
}

/** The filters of a dataset in the order of writing, such as `shuffle+gzip`; null where there are none. */
export function codecOf(filters: readonly H5Filter[]): string | null {
  const names = filters.map((filter) => READABLE_FILTERS[filter.id] ?? filterName(filter));
  return names.length > 0 ? names.join("+") : null;
}
