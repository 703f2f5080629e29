#!/usr/bin/env node
const require_validate = require("../validate-BoKaHDOS.cjs");
const require_matrices = require("../matrices-Bjoei5zu.cjs");
let node_util = require("node:util");
let node_events = require("node:events");
let node_fs_promises = require("node:fs/promises");
let node_perf_hooks = require("node:perf_hooks");
let cli_progress = require("cli-progress");
//#region src/inspect/export/text.ts
function separatedLine(fields, separator) {
	return `${fields.map((field) => quoteField(field, separator)).join(separator)}\n`;
}
function quoteField(field, separator) {
	if (field === null) return "";
	const text = String(field);
	return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}
function stringify(value) {
	if (typeof value === "bigint") return value.toString();
	if (typeof value === "number") return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
	if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
	if (Array.isArray(value)) return `[${value.map(stringify).join(",")}]`;
	if (ArrayBuffer.isView(value)) return `[${Array.from(value, stringify).join(",")}]`;
	return `{${Object.entries(value).filter(([, member]) => member !== void 0).map(([key, member]) => `${JSON.stringify(key)}:${stringify(member)}`).join(",")}}`;
}
//#endregion
//#region src/cli/command.ts
function defineCommand(command) {
	return command;
}
function text(values, name) {
	const value = values[name];
	return typeof value === "string" ? value : void 0;
}
function flag(values, name) {
	return values[name] === true;
}
//#endregion
//#region src/cli/usage.ts
var UsageError = class extends Error {
	name = "UsageError";
};
//#endregion
//#region src/cli/parse.ts
const UNITS = {
	"": 1,
	b: 1,
	kb: 1e3,
	mb: 1e6,
	gb: 1e9,
	kib: 2 ** 10,
	mib: 2 ** 20,
	gib: 2 ** 30,
	tib: 2 ** 40
};
function parseSize(option, text) {
	const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
	const unit = match === null ? void 0 : UNITS[match[2].toLowerCase()];
	if (match === null || unit === void 0) throw new UsageError(`--${option} takes a size such as 1GiB or 256MiB, not "${text}".`);
	return Math.floor(Number(match[1]) * unit);
}
function parseCount(option, text, least = 1) {
	const value = Number(text);
	if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < least) throw new UsageError(`--${option} takes a whole number of at least ${least}, not "${text}".`);
	return value;
}
function parseChoice(option, text, choices) {
	if (!choices.includes(text)) throw new UsageError(`--${option} takes one of ${choices.join(", ")}, not "${text}".`);
	return text;
}
function parseSlice(option, text) {
	const parts = text.split(":");
	if (parts.length < 2 || parts.length > 3 || parts.some((part) => !/^\s*-?\d*\s*$/.test(part))) throw new UsageError(`--${option} takes a slice such as 0:100 or ::2, not "${text}".`);
	const slice = {};
	for (const [i, key] of [
		"start",
		"stop",
		"step"
	].entries()) {
		const part = parts[i]?.trim();
		if (part) slice[key] = Number(part);
	}
	return slice;
}
async function parseNames(option, text) {
	if (!text.startsWith("@")) return text.split(",").map((name) => name.trim());
	try {
		return (await (0, node_fs_promises.readFile)(text.slice(1), "utf8")).split(/\r?\n/).filter((line) => line.length > 0);
	} catch (cause) {
		throw new UsageError(`--${option}: the list of names ${text.slice(1)} cannot be read: ${cause.message}`);
	}
}
//#endregion
//#region src/cli/convert-options.ts
const CONVERT_OPTIONS = {
	to: { type: "string" },
	"zarr-format": { type: "string" },
	codec: { type: "string" },
	"chunk-rows": { type: "string" },
	"chunk-columns": { type: "string" },
	"shard-rows": { type: "string" },
	x: { type: "string" },
	compat: { type: "string" },
	unsupported: { type: "string" },
	durability: { type: "string" },
	memory: { type: "string" },
	threads: { type: "string" },
	overwrite: { type: "boolean" }
};
const CONVERT_HELP = `  --to ats|zarr|h5ad  format of OUT, where its name (.ats, .zarr, .zarr.zip, .h5ad) does not say it
  --zarr-format 2|3   version of Zarr (3; 2 with a --compat before anndata-0.12)
  --codec CODEC       zstd:3, blosc-lz4, gzip or none (Zarr 3 zstd:1, Zarr 2 and .ats blosc-lz4)
  --chunk-rows N      rows of a chunk of X and layers
  --chunk-columns N   columns of a chunk of X and layers
  --shard-rows N      rows of a shard, the file that many chunks share, in Zarr 3; 0 for none (shards of 16 MiB)
  --x keep|sparse|dense|dual
                      how matrices are written: as they are (.ats: dense, so that Python reads them), as CSR, dense, or as CSR
                      and CSC
  --compat LEVEL      ${require_validate.COMPAT_LEVELS.join(", ")}:
                      the readers that must know every encoding
  --unsupported error|leave-out
                      elements without a form in OUT: stop (error), or warn and go on without them
  --durability full|none
                      none skips fsync`;
const PARSERS = {
	to: (option, value) => parseChoice(option, value, [
		"ats",
		"zarr",
		"h5ad"
	]),
	"zarr-format": (option, value) => parseChoice(option, value, ["2", "3"]) === "2" ? 2 : 3,
	codec: checkCodec,
	"chunk-rows": parseCount,
	"chunk-columns": parseCount,
	"shard-rows": (option, value) => parseCount(option, value, 0),
	x: (option, value) => parseChoice(option, value, [
		"keep",
		"sparse",
		"dense",
		"dual"
	]),
	compat: (option, value) => parseChoice(option, value, require_validate.COMPAT_LEVELS),
	unsupported: (option, value) => parseChoice(option, value, ["error", "leave-out"]),
	durability: (option, value) => parseChoice(option, value, ["full", "none"]),
	memory: parseSize,
	threads: parseCount
};
function convertOptions(values, output) {
	const parsed = { overwrite: flag(values, "overwrite") };
	for (const [option, parse] of Object.entries(PARSERS)) {
		const value = text(values, option);
		if (value !== void 0) parsed[camelCase(option)] = parse(option, value);
	}
	const options = parsed;
	checkFormat(options, output);
	return options;
}
function camelCase(option) {
	return option.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}
function checkCodec(option, value) {
	try {
		require_validate.parseCodec(value);
		return value;
	} catch (error) {
		throw require_matrices.AtsError.is(error) ? new UsageError(`--${option}: ${error.message}`) : error;
	}
}
function checkFormat({ to, zarrFormat, shardRows }, output) {
	if (zarrFormat === void 0 && shardRows === void 0) return;
	if ((to ?? require_validate.formatOfName(output)) !== "zarr") throw new UsageError(`${zarrFormat === void 0 ? "--shard-rows" : "--zarr-format"} is for Zarr, which ${output} is not to be; add --to zarr or leave it out.`);
	if (zarrFormat === 2 && shardRows !== void 0) throw new UsageError("--shard-rows: Zarr 2 has no shards.");
}
//#endregion
//#region src/cli/output.ts
var ReaderGone = class extends Error {
	name = "ReaderGone";
};
async function emit(chunk, signal) {
	if (process.stdout.destroyed || process.stdout.errored) throw new ReaderGone();
	if (!process.stdout.write(chunk)) await (0, node_events.once)(process.stdout, "drain", signal ? { signal } : {});
}
function endQuietlyOnClosedPipe() {
	process.stdout.on("error", (error) => {
		if (error.code === "EPIPE") process.exit(0);
		throw error;
	});
}
//#endregion
//#region src/cli/progress.ts
function progressBar(quiet) {
	if (quiet || !process.stderr.isTTY) return {
		report: () => void 0,
		stop: () => void 0
	};
	const bar = new cli_progress.SingleBar({
		format: "{element} [{bar}] {percentage}% | {doneMiB}/{totalMiB} MiB | {eta_formatted}",
		hideCursor: true
	}, cli_progress.Presets.shades_classic);
	let started = false;
	const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);
	return {
		report({ element, done, total }) {
			const payload = {
				element: element.padEnd(20).slice(0, 40),
				doneMiB: mib(done),
				totalMiB: mib(total)
			};
			if (!started) bar.start(total, done, payload);
			started = true;
			bar.setTotal(total);
			bar.update(done, payload);
		},
		stop() {
			if (started) bar.stop();
			started = false;
		}
	};
}
//#endregion
//#region src/cli/selection.ts
const SELECTION_OPTIONS = {
	obs: { type: "string" },
	var: { type: "string" },
	"obs-names": { type: "string" },
	"var-names": { type: "string" },
	"obs-slice": { type: "string" },
	"var-slice": { type: "string" }
};
const SELECTION_HELP = `  --obs EXPR          observations by an expression, such as "cell_type == 'B cell' and n_genes > 200"
  --var EXPR          variables by an expression
  --obs-names LIST    observations by name: a comma list, or @file with one name a line
  --var-names LIST    variables by name
  --obs-slice A:B:S   observations by position
  --var-slice A:B:S   variables by position
                      several for one axis apply in turn: positions, then names, then the expression`;
async function selectAxes(adata, values, signal) {
	let view = adata;
	for (const axis of ["obs", "var"]) {
		const slice = text(values, `${axis}-slice`);
		const names = text(values, `${axis}-names`);
		const expression = text(values, axis);
		if (slice !== void 0) view = view.select({ [axis]: parseSlice(`${axis}-slice`, slice) });
		if (names !== void 0) view = view.select({ [axis]: await parseNames(`${axis}-names`, names) });
		if (expression !== void 0) view = view.select({ [axis]: require_validate.parseExpression(expression) });
	}
	return view.resolve({ signal });
}
//#endregion
//#region src/cli/commands/convert.ts
const convertCommand = defineCommand({
	summary: "convert a store to another format, streamed",
	help: `Usage: ats convert IN OUT [options]

Converts IN to OUT. The format of OUT comes from its name or --to. Matrices move in blocks; OUT is there complete or not at all.

${CONVERT_HELP}
${SELECTION_HELP}
  --memory SIZE       bound on the memory of buffers (1GiB)
  --threads N         threads for decoding and files (all)
  --overwrite         replace OUT
  --quiet             no progress bar, no warnings
  --json              print what was written as JSON`,
	options: {
		...CONVERT_OPTIONS,
		quiet: {
			type: "boolean",
			short: "q"
		},
		json: { type: "boolean" },
		...SELECTION_OPTIONS
	},
	positionals: 2,
	async run([input, output], values, signal) {
		const options = convertOptions(values, output);
		const quiet = flag(values, "quiet");
		const bar = progressBar(quiet);
		const start = node_perf_hooks.performance.now();
		try {
			const result = await require_validate.convert(input, output, {
				...options,
				signal,
				view: (adata) => selectAxes(adata, values, signal),
				onProgress: bar.report,
				onWarning: (message) => {
					bar.stop();
					if (!quiet) process.stderr.write(`warning: ${message}\n`);
				}
			});
			bar.stop();
			const seconds = (node_perf_hooks.performance.now() - start) / 1e3;
			if (flag(values, "json")) await emit(`${stringify({
				...result,
				output,
				seconds
			})}\n`);
			else if (!quiet) await emit(`${output}: ${result.format}, ${result.shape.join(" × ")}, ${seconds.toFixed(1)} s\n`);
			return 0;
		} finally {
			bar.stop();
		}
	}
});
//#endregion
//#region src/cli/commands/diff.ts
const diffCommand = defineCommand({
	summary: "what differs between two stores, whatever their formats",
	help: `Usage: ats diff A B [--rtol X] [--atol X] [--json]

Compares two stores by meaning: names, shapes, types, categories, missing values and every value, but not how they are
stored. A dense and a sparse matrix of the same values are equal. Exit code 0 where they are equal, 1 where they differ.

  --rtol X  numbers a and b are equal where |a - b| <= atol + rtol * |b| (default 0)
  --atol X  (default 0)
  --json    one JSON document instead of a line per difference`,
	options: {
		json: { type: "boolean" },
		rtol: { type: "string" },
		atol: { type: "string" }
	},
	positionals: 2,
	async run([a, b], values, signal) {
		const tolerance = {
			rtol: parseTolerance(values, "rtol"),
			atol: parseTolerance(values, "atol")
		};
		const stores = [];
		try {
			for (const path of [a, b]) stores.push(await require_validate.openAnnData(path, { signal }));
			const [first, second] = stores;
			const report = await require_validate.diff(first, second, {
				...tolerance,
				signal
			});
			const lines = report.differences.map(({ path, what }) => `${path === "" ? "the store" : path} ${what}\n`);
			await emit(flag(values, "json") ? `${stringify(report)}\n` : lines.join(""));
			return report.equal ? 0 : 1;
		} finally {
			for (const store of stores) await store.close();
		}
	}
});
function parseTolerance(values, option) {
	const given = text(values, option);
	if (given === void 0) return 0;
	const value = Number(given);
	if (given.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
	throw new UsageError(`--${option} takes a number that is not negative, not "${given}".`);
}
//#endregion
//#region src/inspect/find.ts
async function find(elements, path) {
	const known = [];
	for (const { path: prefix, element } of require_validate.listParts(elements)) {
		known.push(prefix);
		if (path !== prefix && !path.startsWith(`${prefix}/`)) continue;
		const found = await descend(element, path.slice(prefix.length + 1));
		if (found !== null) return {
			...found,
			...axesOf(elements, prefix)
		};
	}
	throw new require_matrices.AtsError("NOT_FOUND", `There is no element "${path}"; there are ${known.join(", ")}.`, { path });
}
async function descend(element, rest) {
	if (rest === "") return {
		element,
		column: null
	};
	if (element.kind === "lazy-frame") return element.columnNames.includes(rest) ? {
		element,
		column: rest
	} : null;
	if (element.kind !== "lazy-dict") return null;
	const keys = [...await element.keys()].filter((key) => rest === key || rest.startsWith(`${key}/`));
	for (const key of keys.sort((a, b) => b.length - a.length)) {
		const child = await element.get(key);
		const found = child === void 0 ? null : await descend(child, rest.slice(key.length + 1));
		if (found !== null) return found;
	}
	return null;
}
function axesOf(elements, prefix) {
	const { obs, var: vars } = elements;
	switch (prefix.includes("/") ? prefix.slice(0, prefix.indexOf("/")) : prefix) {
		case "X":
		case "layers": return {
			rows: obs,
			columns: vars
		};
		case "obsm": return {
			rows: obs,
			columns: null
		};
		case "varm": return {
			rows: vars,
			columns: null
		};
		case "obsp": return {
			rows: obs,
			columns: obs
		};
		case "varp": return {
			rows: vars,
			columns: vars
		};
		case "raw": return prefix === "raw/X" ? {
			rows: obs,
			columns: elements.raw?.var ?? null
		} : {
			rows: null,
			columns: null
		};
		default: return {
			rows: null,
			columns: null
		};
	}
}
//#endregion
//#region src/inspect/export/frame.ts
const ROWS_AT_ONCE = 16384;
function plainFrame(frame) {
	const columns = Object.create(null);
	for (const [name, column] of frame.columns) columns[name] = cells(column);
	return {
		index: cells(frame.index),
		columns
	};
}
function cells(column) {
	const plain = require_validate.plainColumn(column);
	if (Array.isArray(plain)) return plain;
	const read = require_validate.cellReader(column);
	return Array.from({ length: column.length }, (_, row) => read(row));
}
async function* frameText(frame, columns, separator, options) {
	yield separatedLine([frame.indexName ?? "_index", ...columns ?? frame.columnNames], separator);
	for (let start = 0; start < frame.length; start += ROWS_AT_ONCE) {
		const count = Math.min(ROWS_AT_ONCE, frame.length - start);
		const slab = await frame.readFrame(columns, {
			kind: "range",
			start,
			step: 1,
			count
		}, options);
		const readers = [slab.index, ...slab.columns.values()].map(require_validate.cellReader);
		let text = "";
		for (let row = 0; row < count; row++) text += separatedLine(readers.map((read) => read(row)), separator);
		yield text;
	}
}
//#endregion
//#region src/inspect/export/npy.ts
function npyHeader(dtype, shape) {
	const descr = require_validate.numpyTypeString(dtype);
	if (descr === void 0) throw new require_matrices.AtsError("UNSUPPORTED", `numpy has no ${dtype}; use --format json or csv.`);
	const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.length === 1 ? `${shape[0]},` : shape.join(", ")}), }`;
	const long = text.length > 65e3;
	const prefix = long ? 12 : 10;
	const padded = `${text.padEnd(Math.ceil((prefix + text.length + 1) / 64) * 64 - prefix - 1)}\n`;
	const header = new Uint8Array(prefix + padded.length);
	header.set([
		147,
		78,
		85,
		77,
		80,
		89,
		long ? 2 : 1,
		0
	]);
	const view = new DataView(header.buffer);
	if (long) view.setUint32(8, padded.length, true);
	else view.setUint16(8, padded.length, true);
	header.set(new TextEncoder().encode(padded), prefix);
	return header;
}
//#endregion
//#region src/inspect/export/array.ts
const SLAB_BYTES = 16 * 2 ** 20;
async function* denseSlabs(array, options) {
	const { shape } = array;
	if (shape.length === 0) {
		yield requireDense(await array.read(void 0, options), array);
		return;
	}
	const length = shape[0];
	const rowBytes = shape.slice(1).reduce((product, extent) => product * extent, 1) * require_matrices.itemSize(requireDType(array));
	const rows = Math.max(1, Math.floor(SLAB_BYTES / Math.max(1, rowBytes)));
	for (let start = 0; start < length; start += rows) {
		const count = Math.min(rows, length - start);
		const value = await array.read([{
			kind: "range",
			start,
			step: 1,
			count
		}], options);
		yield requireDense(array.sparse === null ? value : await value.toDense(), array);
	}
}
function requireDType(array) {
	if (typeof array.dtype === "string" && array.dtype !== "string") return array.dtype;
	throw new require_matrices.AtsError("UNSUPPORTED", `${array.info.path} holds no numbers; use --format json or csv.`, { path: array.info.path });
}
function requireDense(value, array) {
	if (value.kind === "dense") return value;
	throw new require_matrices.AtsError("UNSUPPORTED", `${array.info.path} is not an array of numbers; use --format json.`, { path: array.info.path });
}
async function* arrayNpy(array, options) {
	yield npyHeader(requireDType(array), array.shape);
	for await (const slab of denseSlabs(array, options)) yield new Uint8Array(slab.data.buffer, slab.data.byteOffset, slab.data.byteLength);
}
async function* arrayJson(array, options) {
	yield `{"dtype":${JSON.stringify(requireDType(array))},"shape":${stringify(array.shape)},"data":[`;
	let first = true;
	for await (const slab of denseSlabs(array, options)) {
		const values = numbers(slab);
		if (values.length === 0) continue;
		yield `${first ? "" : ","}${stringify(values).slice(1, -1)}`;
		first = false;
	}
	yield "]}\n";
}
async function* matrixText(array, rows, columns, separator, options) {
	const width = array.shape[1] ?? 1;
	const header = columns === null ? Array.from({ length: width }, (_, i) => i) : await names(columns, options);
	const rowNames = rows === null ? null : await names(rows, options);
	yield separatedLine(["", ...header], separator);
	let row = 0;
	for await (const slab of denseSlabs(array, options)) {
		const values = numbers(slab);
		const height = values.length / Math.max(1, width);
		for (let r = 0; r < height; r++, row++) {
			const line = [rowNames === null ? row : rowNames[row] ?? null];
			for (let c = 0; c < width; c++) line.push(values[r * width + c]);
			yield separatedLine(line, separator);
		}
	}
}
async function names(frame, options) {
	return cells((await frame.readFrame([], void 0, options)).index);
}
function numbers(slab) {
	const kind = require_matrices.dtypeKind(slab.dtype);
	if (kind !== "bool" && kind !== "complex") return slab.data;
	const flat = new require_matrices.DenseArray(slab.dtype, [slab.shape.reduce((product, extent) => product * extent, 1)], slab.data);
	const read = require_validate.cellReader(flat);
	return Array.from({ length: flat.length }, (_, i) => read(i));
}
//#endregion
//#region src/inspect/export/value.ts
function plainValue(value) {
	if (value === null || typeof value !== "object") return value;
	if (require_validate.isArrayValue(value)) return plainArray(value);
	if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
	if (value.kind === "scalar" && "dtype" in value) return value.value;
	if (value instanceof Set) return [...value].map(plainValue);
	if (value instanceof Map) return [...value].map(([key, member]) => [plainValue(key), plainValue(member)]);
	if (Array.isArray(value)) return Array.from(value, plainValue);
	return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
}
function plainArray(value) {
	switch (value.kind) {
		case "frame": return plainFrame(value);
		case "csr":
		case "csc": return {
			format: value.kind,
			shape: value.shape,
			data: value.data,
			indices: value.indices,
			indptr: value.indptr
		};
		case "records": return Object.fromEntries([...value.fields].map(([name, field]) => [name, nest(field)]));
		case "dense":
		case "strings": return nest(value);
		default: return cells(value);
	}
}
function nest(array) {
	const flat = array.kind === "dense" ? cells(new require_matrices.DenseArray(array.dtype, [array.shape.reduce((p, n) => p * n, 1)], array.data)) : array.values;
	if (array.shape.length === 0) return flat[0];
	const level = (depth, offset) => {
		const extent = array.shape[depth];
		const stride = array.shape.slice(depth + 1).reduce((p, n) => p * n, 1);
		if (depth === array.shape.length - 1) return flat.slice(offset, offset + extent);
		return Array.from({ length: extent }, (_, i) => level(depth + 1, offset + i * stride));
	};
	return level(0, 0);
}
//#endregion
//#region src/inspect/export/export.ts
const EXPORT_FORMATS = [
	"csv",
	"tsv",
	"json",
	"npy"
];
async function* exportElement(elements, path, format, options = {}) {
	const found = await find(elements, path);
	const { element } = found;
	if (format === "npy") yield* arrayNpy(requireArray(found, path), options);
	else if (element.kind === "lazy-frame") yield* exportFrame(found, format, options);
	else if (element.kind === "lazy-array" && isNumericMatrix(element)) if (format === "json") yield* arrayJson(element, options);
	else yield* matrixText(element, found.rows, found.columns, separatorOf(format), options);
	else yield* exportValue(await element.read(void 0, options), path, format);
}
function separatorOf(format) {
	return format === "tsv" ? "	" : ",";
}
function isNumericMatrix(array) {
	return typeof array.dtype === "string" && array.dtype !== "string" && array.shape.length === 2;
}
function requireArray(found, path) {
	if (found.element.kind === "lazy-array") return found.element;
	throw new require_matrices.AtsError("UNSUPPORTED", `${path} is not an array; NPY holds arrays only. Use --format csv or json.`, { path });
}
async function* exportFrame(found, format, options) {
	const { element, column } = found;
	if (element.kind !== "lazy-frame") return;
	const columns = column === null ? void 0 : [column];
	if (format === "json") yield `${stringify(plainFrame(await element.readFrame(columns, void 0, options)))}\n`;
	else yield* frameText(element, columns, separatorOf(format), options);
}
function* exportValue(value, path, format) {
	const plain = plainValue(value);
	if (format === "json") yield `${stringify(plain)}\n`;
	else if (Array.isArray(plain) && !plain.some((item) => typeof item === "object" && item !== null)) for (const item of plain) yield separatedLine([item], separatorOf(format));
	else if (plain === null || typeof plain !== "object") yield `${String(plain)}\n`;
	else throw new require_matrices.AtsError("UNSUPPORTED", `${path} is no table; use --format json.`, { path });
}
//#endregion
//#region src/cli/commands/get.ts
const getCommand = defineCommand({
	summary: "one element or table as CSV, TSV, JSON or NPY on stdout",
	help: `Usage: ats get STORE PATH [options]

Writes the element PATH, as \`ats info\` names it (X, obs, obs/cell_type, layers/counts, uns/…), to stdout. Only the
selected part is read.

  --format csv|tsv|json|npy   (csv)
${SELECTION_HELP}`,
	options: {
		format: { type: "string" },
		...SELECTION_OPTIONS
	},
	positionals: 2,
	async run([store, path], values, signal) {
		const format = parseChoice("format", text(values, "format") ?? "csv", EXPORT_FORMATS);
		const adata = await require_validate.open(store, { signal });
		try {
			const view = await selectAxes(adata, values, signal);
			for await (const chunk of exportElement(view.elements, path, format, { signal })) await emit(chunk, signal);
			return 0;
		} finally {
			await adata.close();
		}
	}
});
//#endregion
//#region src/cli/commands/head.ts
const headCommand = defineCommand({
	summary: "the first rows of obs or var",
	help: `Usage: ats head STORE [options]

Prints the first rows of a table; only the columns that are asked for are read.

  --axis obs|var   which table (obs)
  -n N             how many rows (10)
  --columns LIST   a comma list of columns (all)
  --json           { "index": [...], "columns": { name: [...] } }, missing values as null`,
	options: {
		axis: { type: "string" },
		n: {
			type: "string",
			short: "n"
		},
		columns: { type: "string" },
		json: { type: "boolean" }
	},
	positionals: 1,
	async run([store], values, signal) {
		const axis = parseChoice("axis", text(values, "axis") ?? "obs", ["obs", "var"]);
		const n = parseCount("n", text(values, "n") ?? "10", 0);
		const columns = text(values, "columns")?.split(",");
		const adata = await require_validate.open(store, { signal });
		try {
			const frame = adata.elements[axis];
			const unknown = columns?.find((name) => !frame.columnNames.includes(name));
			if (unknown !== void 0) throw new require_matrices.AtsError("NOT_FOUND", `There is no column "${unknown}"; there are ${frame.columnNames.join(", ")}.`, { path: `${store}/${axis}` });
			const rows = {
				kind: "range",
				start: 0,
				step: 1,
				count: Math.min(n, frame.length)
			};
			const plain = plainFrame(await frame.readFrame(columns, rows, { signal }));
			await emit(flag(values, "json") ? `${stringify(plain)}\n` : table$1(plain, frame.indexName ?? ""));
			return 0;
		} finally {
			await adata.close();
		}
	}
});
function table$1({ index, columns }, indexName) {
	const fields = [index, ...Object.values(columns)].map((values) => values.map((value) => String(value ?? "")));
	const titles = [indexName, ...Object.keys(columns)];
	const widths = titles.map((title, i) => Math.max(title.length, ...fields[i].map((f) => f.length)));
	const line = (cells) => cells.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd();
	const rows = index.map((_, row) => line(fields.map((column) => column[row])));
	return `${[line(titles), ...rows].join("\n")}\n`;
}
//#endregion
//#region src/inspect/info.ts
async function info(store, options = {}) {
	const elements = [];
	for (const { path, element } of require_validate.listParts(store.elements)) await describe(path, element, elements, options);
	return {
		format: store.format,
		version: store.version,
		shape: store.elements.shape,
		elements
	};
}
async function describe(path, element, into, options) {
	if (element.kind !== "lazy-dict") into.push(report(path, element.info, await element.storedBytes(options)));
	if (element.kind === "lazy-frame") await describeColumns(path, element, into, options);
	if (element.kind === "lazy-dict") for (const key of await element.keys()) {
		const child = await element.get(key);
		if (child !== void 0) await describe(`${path}/${key}`, child, into, options);
	}
}
async function describeColumns(path, frame, into, options) {
	if (frame.column !== void 0) {
		for (const name of frame.columnNames) await describe(`${path}/${name}`, await frame.column(name), into, options);
		return;
	}
	const empty = await frame.readFrame(void 0, {
		kind: "range",
		start: 0,
		step: 1,
		count: 0
	}, options);
	for (const [name, column] of empty.columns) into.push(report(`${path}/${name}`, columnInfo(`${path}/${name}`, column, frame.length), void 0));
}
function report(path, element, bytes) {
	return {
		path,
		encoding: element.encoding,
		dtype: element.dtype,
		shape: element.shape,
		chunks: element.layout?.chunks ?? null,
		shards: element.layout?.shards ?? null,
		codec: element.layout?.codec ?? null,
		nnz: element.nnz,
		bytes: bytes ?? null
	};
}
const COLUMN_ENCODING = {
	dense: (column) => ["array", column.dtype],
	strings: () => ["string-array", "string"],
	categorical: () => ["categorical", "category"],
	nullable: (column) => nullableEncoding(column.values.dtype),
	arrow: (column) => ["arrow", String(column.vector.type)]
};
function nullableEncoding(dtype) {
	return [dtype === "bool" ? "nullable-boolean" : "nullable-integer", dtype];
}
function columnInfo(path, column, length) {
	const [encoding, dtype] = COLUMN_ENCODING[column.kind](column);
	return {
		path,
		encoding,
		encodingVersion: "",
		dtype,
		shape: [length],
		layout: null,
		nnz: null
	};
}
//#endregion
//#region src/cli/commands/info.ts
const infoCommand = defineCommand({
	summary: "format, shape and every element of a store",
	help: `Usage: ats info STORE [--json]

Prints the format and shape of STORE and, for every element, its path, encoding, dtype, shape, chunks, shards, codec,
stored values (sparse) and bytes on disk. No values are read.

  --json   one JSON document instead of a table`,
	options: { json: { type: "boolean" } },
	positionals: 1,
	async run([path], values, signal) {
		const store = await require_validate.openAnnData(path, { signal });
		try {
			const report = await info(store, { signal });
			await emit(flag(values, "json") ? `${stringify(report)}\n` : table(report));
			return 0;
		} finally {
			await store.close();
		}
	}
});
const HEADER = [
	"path",
	"encoding",
	"dtype",
	"shape",
	"chunks",
	"codec",
	"nnz",
	"bytes"
];
function table(report) {
	const lines = [HEADER, ...report.elements.map(row)];
	const widths = HEADER.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
	const text = lines.map((line) => line.map((field, column) => field.padEnd(widths[column])).join("  "));
	const version = report.version === null ? "" : ` ${report.version}`;
	return `${`${report.format}${version}, ${report.shape[0]} obs × ${report.shape[1]} vars`}\n\n${text.map((line) => line.trimEnd()).join("\n")}\n`;
}
function row(element) {
	const { path, encoding, dtype, shape, chunks, shards, codec, nnz, bytes } = element;
	const grid = [chunks, shards].filter((extents) => extents !== null).map((extents) => extents.join("×"));
	return [
		path,
		encoding,
		dtype ?? "",
		shape?.join("×") ?? "",
		grid.join(" in "),
		codec ?? "",
		nnz?.toLocaleString("en") ?? "",
		bytes?.toLocaleString("en") ?? ""
	];
}
//#endregion
//#region src/cli/main.ts
const COMMANDS = {
	convert: convertCommand,
	diff: diffCommand,
	get: getCommand,
	head: headCommand,
	info: infoCommand,
	validate: defineCommand({
		summary: "checks a store against its format",
		help: `Usage: ats validate STORE [--deep] [--json]

Checks metadata, encodings, shapes and columns of STORE. Exit code 0 where nothing is wrong, else 1 with a line for each
thing that is.

  --deep   also every value, and the checksum of every file of a store that this package wrote
  --json   one JSON document instead of lines`,
		options: {
			deep: { type: "boolean" },
			json: { type: "boolean" }
		},
		positionals: 1,
		async run([path], values, signal) {
			const report = await require_validate.validate(path, {
				deep: flag(values, "deep"),
				signal
			});
			const lines = report.findings.map(({ path: at, code, what }) => `${code} ${at === "" ? path : at}: ${what}\n`);
			await emit(flag(values, "json") ? `${stringify(report)}\n` : lines.join(""));
			return report.valid ? 0 : 1;
		}
	})
};
const HELP = `Usage: ats COMMAND [options]

${Object.entries(COMMANDS).map(([name, command]) => `  ${name.padEnd(10)}${command.summary}`).join("\n")}

  ats COMMAND --help   options of a command
  ats --version        the build: TensorStore, codecs, platform
`;
async function main(args, signal) {
	const [name, ...rest] = args;
	if (name === "--version" || name === "-V") {
		const { versionText } = await Promise.resolve().then(() => require("../version-BoJinwXl.cjs"));
		process.stdout.write(versionText());
		return 0;
	}
	if (name === "--help" || name === "-h" || name === "help") {
		process.stdout.write(HELP);
		return 0;
	}
	if (name === void 0) throw new UsageError("A command is missing.");
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : void 0;
	if (command === void 0) throw new UsageError(`There is no command "${name}".`);
	if (rest.includes("--help") || rest.includes("-h")) {
		process.stdout.write(`${command.help}\n`);
		return 0;
	}
	const { positionals, values } = parse(name, command, rest);
	return command.run(positionals, values, signal);
}
function parse(name, command, args) {
	try {
		const { positionals, values } = (0, node_util.parseArgs)({
			args,
			options: command.options,
			allowPositionals: true,
			strict: true
		});
		if (positionals.length !== command.positionals) throw new UsageError(`ats ${name} takes ${command.positionals} argument(s), not ${positionals.length}.`);
		return {
			positionals,
			values
		};
	} catch (error) {
		throw error instanceof UsageError ? error : new UsageError(error.message);
	}
}
function fail(error, interrupted) {
	if (interrupted) return 130;
	if (error instanceof ReaderGone) return 0;
	if (error instanceof UsageError) {
		process.stderr.write(`error: ${error.message} See ats --help.\n`);
		return 2;
	}
	const failure = require_matrices.AtsError.is(error) ? error : new require_matrices.AtsError("INTERNAL", error instanceof Error ? error.message : String(error));
	const where = failure.path === void 0 ? "" : ` ${failure.path}:`;
	const message = failure.message.replace(/\s*\n\s*/g, " ");
	const rest = where !== "" && message.startsWith(where.trim()) ? message.slice(where.trim().length).trim() : message;
	process.stderr.write(`error: ${failure.code}${where} ${rest}\n`);
	return 1;
}
const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort(new Error("interrupted")));
process.once("SIGTERM", () => interrupt.abort(new Error("interrupted")));
endQuietlyOnClosedPipe();
main(process.argv.slice(2), interrupt.signal).catch((error) => fail(error, interrupt.signal.aborted)).then((code) => {
	process.exitCode = code;
});
//#endregion
