/** TensorStore's own counters, and what this build contains. */
import { native } from "./native.js";

/** A distribution: how often, and the mean of what was observed. */
export interface Histogram {
  readonly count: number;
  readonly mean: number;
}

/** A counter or gauge as a number; a metric with fields has one entry for each, as `name{field=value}`. */
export type Metrics = Readonly<Record<string, number | string | Histogram>>;

interface MetricJson {
  readonly name: string;
  readonly values: readonly Record<string, number | string>[];
}

/**
 * The metrics whose name begins with `prefix`. They count for the whole process since it began: compare two calls.
 * `/tensorstore/kvstore/file/bytes_read` is what the `file` driver read, `/tensorstore/kvstore/ats/bytes_read` what our own read.
 */
export function metrics(prefix = ""): Metrics {
  const result: Record<string, number | string | Histogram> = {};
  for (const { name, values } of JSON.parse(native().metrics(prefix)) as MetricJson[]) {
    for (const value of values) result[name + fieldsOf(value)] = numberOf(value);
  }
  return result;
}

const NO_FIELDS = /^(value|max_value|count|mean|sum_of_squared_deviation|bucket_.*|[-\d].*|inf)$/i;

function fieldsOf(value: Record<string, number | string>): string {
  const fields = Object.entries(value).filter(([key]) => !NO_FIELDS.test(key));
  return fields.length === 0 ? "" : `{${fields.map(([key, text]) => `${key}=${text}`).join(",")}}`;
}

function numberOf(value: Record<string, number | string>): number | string | Histogram {
  if ("count" in value) return { count: Number(value.count), mean: Number(value.mean ?? 0) };
  return value.value ?? value.max_value ?? 0;
}

/** Drivers that read files. */
const FILE_DRIVERS = ["file", "ats"];

/** Bytes that TensorStore has read from files in this process so far, through its own driver or one of ours. */
export function fileBytesRead(): number {
  return FILE_DRIVERS.reduce((total, driver) => {
    const name = `/tensorstore/kvstore/${driver}/bytes_read`;
    const bytes = metrics(name)[name];
    return total + (typeof bytes === "number" ? bytes : 0);
  }, 0);
}

/** What a binary was built from. */
export interface BuildInfo {
  readonly version: string;
  readonly tensorstore: string;
  readonly drivers: readonly string[];
  readonly kvstores: readonly string[];
  readonly codecs: readonly string[];
}

/** What this binary was built from, and what it can open. */
export function buildInfo(): BuildInfo {
  const versions = native().versions();
  return {
    version: versions.package,
    tensorstore: versions.tensorstore,
    drivers: ["array", "auto", "cast", "downsample", "json", "n5", "stack", "zarr", "zarr3"],
    kvstores: ["ats_directory", "ats_zip", "file", "kvstack", "memory", "zarr3_sharding_indexed", "zip"],
    codecs: ["blosc", "bytes", "bz2", "crc32c", "gzip", "sharding_indexed", "transpose", "xz", "zlib", "zstd"],
  };
}
