import { A as AtsError, C as allocateUnset, D as itemSize, E as isDType, O as lanes, S as allocate, T as dtypeOf$1, _ as INT32_MAX$3, a as sizeOf$1, b as kernelAxis, c as densify, d as runSteps, f as runStepsSync, g as assertSound, h as Fault, i as fromParts, k as viewAs, l as majorLength, n as CsrMatrix, o as convertLayout, p as step, r as DenseArray, s as sparsify, t as CscMatrix, u as minorLength, v as allocateIntegers, w as dtypeKind, x as lastEntry, y as allocateLike } from "./matrices-CrVrzZ_-.js";
import { a as fromWire, c as float16Value, i as swapBytes$1, l as halfToNumber, n as codecOf, o as newControl, u as numberToFloat16 } from "./filters-B-6pqEhf.js";
import { _ as packStrings, a as nativeBytes, c as KvStore, d as cancellable, f as onAbort, g as isPresent, h as checkText, l as Context, m as StringArray, p as native$1, t as open$3, u as toJson, v as unpackText } from "./open-Cw1OVGbP.js";
import { a as PACKAGE_ROOT } from "./locate-dv6IJnAM.js";
import { inspect, isDeepStrictEqual, promisify } from "node:util";
import { setMaxListeners } from "node:events";
import { isUtf8 } from "node:buffer";
import { close, constants as constants$1, createReadStream, createWriteStream, fstat, open } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setImmediate as setImmediate$1, setTimeout } from "node:timers/promises";
import { link, lstat, mkdir, open as open$1, readFile, readdir, readlink, realpath, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import * as zlib from "node:zlib";
import { createGunzip, gunzip, gzip } from "node:zlib";
import { availableParallelism, endianness, hostname, tmpdir } from "node:os";
import { randomBytes, randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import { getHeapStatistics } from "node:v8";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
//#region src/selection/axis.ts
function wholeAxis(length) {
	return {
		kind: "range",
		start: 0,
		step: 1,
		count: length
	};
}
function isWholeAxis(selection, length) {
	return selection.kind === "range" && selection.start === 0 && selection.step === 1 && selection.count === length;
}
function positionAt(selection, i) {
	return selection.kind === "range" ? selection.start + i * selection.step : selection.positions[i];
}
//#endregion
//#region src/plan/chunks.ts
function countChunks(read) {
	const { shape, itemSize, touched } = read;
	const chunkShape = read.layout?.chunks;
	if (!chunkShape) return countContiguous(read);
	let chunks = 1;
	let bytes = itemSize;
	for (let d = 0; d < shape.length; d++) {
		const along = countAlong(touched[d], shape[d], chunkShape[d]);
		chunks *= along.chunks;
		bytes *= along.values;
	}
	return {
		chunks,
		bytes: chunks === 0 ? 0 : bytes
	};
}
function countContiguous({ shape, itemSize, touched, layout }) {
	const rows = layout === null ? shape[0] : countOf$1(touched[0], shape[0] ?? 1);
	const bytes = shape.slice(1).reduce((product, extent) => product * extent, (rows ?? 1) * itemSize);
	return {
		chunks: bytes === 0 ? 0 : 1,
		bytes
	};
}
function selectedBytes({ shape, itemSize, touched }) {
	return shape.reduce((product, extent, d) => product * countOf$1(touched[d], extent), itemSize);
}
function countOf$1(touched, extent) {
	if (touched === void 0) return extent;
	if ("kind" in touched) return touched.count;
	return touched.counts.reduce((sum, count) => sum + count, 0);
}
function countAlong(touched, extent, chunk) {
	const grid = Math.ceil(extent / chunk);
	if (touched === void 0) return {
		chunks: grid,
		values: extent
	};
	const seen = new Uint8Array(grid);
	mark(touched, chunk, seen);
	const chunks = seen.reduce((sum, bit) => sum + bit, 0);
	const cut = seen[grid - 1] === 1 ? grid * chunk - extent : 0;
	return {
		chunks,
		values: chunks * chunk - cut
	};
}
function mark(touched, chunk, seen) {
	if (!("kind" in touched)) for (let r = 0; r < touched.starts.length; r++) markInterval(touched.starts[r], touched.counts[r]);
	else if (touched.kind === "range" && Math.abs(touched.step) <= chunk && touched.count > 0) {
		const last = positionAt(touched, touched.count - 1);
		const first = Math.min(touched.start, last);
		markInterval(first, Math.max(touched.start, last) - first + 1);
	} else for (let i = 0; i < touched.count; i++) seen[Math.floor(positionAt(touched, i) / chunk)] = 1;
	function markInterval(start, count) {
		if (count > 0) seen.fill(1, Math.floor(start / chunk), Math.floor((start + count - 1) / chunk) + 1);
	}
}
//#endregion
//#region src/selection/slice.ts
function isSlice(value) {
	if (typeof value !== "object" || value === null) return false;
	const prototype = Object.getPrototypeOf(value);
	if (prototype !== null && prototype !== Object.prototype) return false;
	return Object.keys(value).every((key) => key === "start" || key === "stop" || key === "step");
}
function normalizeSlice(slice, length, axis = "axis") {
	const step = integer(slice.step ?? 1, "step", axis);
	if (step === 0 || !Number.isFinite(step)) throw new AtsError("INVALID_ARGUMENT", `The step of a slice of ${axis} is ${step}; pass 1 or -1.`);
	const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
	const bound = (value, missing, name) => {
		if (value === null || value === void 0) return missing;
		const at = integer(value, name, axis);
		return Math.min(Math.max(at < 0 ? at + length : at, lowest), highest);
	};
	const start = bound(slice.start, step > 0 ? lowest : highest, "start");
	const stop = bound(slice.stop, step > 0 ? highest : lowest, "stop");
	return makeRange(start, step, Math.max(0, Math.ceil((stop - start) / step)));
}
function makeRange(start, step, count) {
	if (count === 0) return {
		kind: "range",
		start: 0,
		step: 1,
		count: 0
	};
	return {
		kind: "range",
		start,
		step: count === 1 ? 1 : step,
		count
	};
}
function integer(value, name, axis) {
	if (typeof value === "number" && (Number.isInteger(value) || Math.abs(value) === Number.POSITIVE_INFINITY)) return value;
	throw new AtsError("INVALID_ARGUMENT", `The ${name} of a slice of ${axis} is ${String(value)}; pass an integer.`);
}
//#endregion
//#region src/selection/positions.ts
const INT32_LIMIT = 2 ** 31;
function allocatePositions(count, length) {
	return length <= INT32_LIMIT ? new Int32Array(count) : new Float64Array(count);
}
function normalizePositions(input, length, axis = "axis") {
	const out = allocatePositions(input.length, length);
	for (let i = 0; i < input.length; i++) {
		const value = input[i];
		const position = Number(value);
		if (!Number.isInteger(position) || typeof value === "string" || position >= length || position < -length) throw outOfRange(value, length, axis);
		out[i] = position < 0 ? position + length : position;
	}
	return compact$1(out);
}
function outOfRange(value, length, axis) {
	const kind = typeof value;
	if (kind !== "number" && kind !== "bigint" || kind === "number" && !Number.isInteger(value)) return new AtsError("INVALID_ARGUMENT", `Position ${String(value)} on ${axis} is not an integer.`);
	return new AtsError("INVALID_ARGUMENT", `Position ${value} is outside ${axis} of length ${length}; ${length === 0 ? "the axis is empty" : `pass ${-length}…${length - 1}`}.`);
}
function compact$1(positions) {
	const count = positions.length;
	if (count < 2) return makeRange(count === 0 ? 0 : positions[0], 1, count);
	const start = positions[0];
	const step = positions[1] - start;
	if (step === 0) return {
		kind: "positions",
		positions,
		count
	};
	for (let i = 2; i < count; i++) if (positions[i] !== start + i * step) return {
		kind: "positions",
		positions,
		count
	};
	return makeRange(start, step, count);
}
function toPositions$1(selection) {
	if (selection.kind === "positions") return selection.positions;
	const { start, step, count } = selection;
	const out = allocatePositions(count, Math.max(start, start + (count - 1) * step) + 1);
	for (let i = 0; i < count; i++) out[i] = start + i * step;
	return out;
}
//#endregion
//#region src/selection/runs.ts
function runs(selection) {
	if ("kind" in selection && selection.kind === "range" && selection.step === 1) {
		const filled = selection.count === 0 ? [] : [selection];
		return {
			starts: Float64Array.from(filled, (range) => range.start),
			counts: Float64Array.from(filled, (range) => range.count)
		};
	}
	const positions = "kind" in selection ? toPositions$1(selection) : selection;
	const starts = positions.slice();
	const counts = positions.slice();
	let run = -1;
	for (let i = 0; i < positions.length; i++) {
		const position = positions[i];
		if (run >= 0 && position === starts[run] + counts[run]) counts[run] = counts[run] + 1;
		else {
			run++;
			starts[run] = position;
			counts[run] = 1;
		}
	}
	return {
		starts: starts.slice(0, run + 1),
		counts: counts.slice(0, run + 1)
	};
}
function sortPositions(selection) {
	const positions = toPositions$1(selection);
	if (isAscending(positions)) return {
		sorted: positions,
		inverse: null
	};
	const sorted = unique(positions.slice().sort());
	const inverse = new Int32Array(positions.length);
	for (let i = 0; i < positions.length; i++) inverse[i] = search(sorted, positions[i]);
	return {
		sorted,
		inverse
	};
}
function isAscending(positions) {
	for (let i = 1; i < positions.length; i++) if (positions[i] <= positions[i - 1]) return false;
	return true;
}
function unique(ascending) {
	let kept = 0;
	for (let i = 0; i < ascending.length; i++) if (i === 0 || ascending[i] !== ascending[i - 1]) ascending[kept++] = ascending[i];
	const out = allocatePositions(kept, ascending instanceof Int32Array ? 0 : Number.POSITIVE_INFINITY);
	out.set(ascending.subarray(0, kept));
	return out;
}
function search(sorted, position) {
	let low = 0;
	let high = sorted.length - 1;
	while (low < high) {
		const middle = low + high >>> 1;
		if (sorted[middle] < position) low = middle + 1;
		else high = middle;
	}
	return low;
}
//#endregion
//#region src/plan/describe.ts
function describeSelection(shape, touched) {
	return shape.map((extent, d) => describeAxis(touched[d], extent)).join(" × ");
}
function describeAxis(touched, extent) {
	const count = countOf$1(touched, extent);
	if (touched === void 0) return `all ${format(extent)}`;
	const pieces = "kind" in touched ? describePieces(touched) : plural(touched.starts.length, "run");
	return `${format(count)} of ${format(extent)} (${pieces})`;
}
function describePieces(selection) {
	if (selection.kind === "positions") return plural(runs(selection).starts.length, "run");
	const { start, step, count } = selection;
	if (count === 0) return "none";
	return step === 1 ? `${start}:${start + count}` : `from ${start} by ${step}`;
}
function plural(count, noun) {
	return `${format(count)} ${noun}${count === 1 ? "" : "s"}`;
}
function format(count) {
	return count.toLocaleString("en-US");
}
//#endregion
//#region src/plan/plan.ts
const CONCURRENT_READS = 4;
async function execute(plan, options = {}) {
	const results = new Array(plan.reads.length);
	const stop = new AbortController();
	const signal = options.signal === void 0 ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
	setMaxListeners(0, signal);
	let next = 0;
	const work = async () => {
		while (next < plan.reads.length) {
			signal.throwIfAborted();
			const at = next++;
			results[at] = await plan.reads[at].read({ signal });
		}
	};
	const workers = Array.from({ length: Math.min(CONCURRENT_READS, plan.reads.length) }, work);
	try {
		await Promise.all(workers);
	} catch (error) {
		stop.abort(error);
		await Promise.allSettled(workers);
		throw error;
	}
	return results;
}
async function explain(plan, options = {}) {
	const elements = [];
	let largest = 0;
	for (const read of plan.reads) {
		const touches = await read.touches(options);
		const counts = touches.map(countChunks);
		const chunks = counts.reduce((sum, count) => sum + count.chunks, 0);
		const bytes = Math.ceil(counts.reduce((sum, count) => sum + count.bytes, 0));
		largest = Math.max(largest, chunks === 0 ? 0 : bytes / chunks * Math.min(chunks, CONCURRENT_READS));
		const resultBytes = Math.ceil(touches.reduce((sum, touch) => sum + selectedBytes(touch), 0));
		const selection = describeSelection(read.shape, read.selection);
		elements.push({
			path: read.path,
			selection,
			chunks,
			bytes,
			resultBytes
		});
	}
	const total = (of) => elements.reduce((sum, e) => sum + of(e), 0);
	return {
		elements,
		chunks: total((e) => e.chunks),
		bytes: total((e) => e.bytes),
		peakMemory: Math.ceil(total((e) => e.resultBytes) + largest)
	};
}
//#endregion
//#region src/selection/compose.ts
function compose(outer, inner) {
	if (isWholeAxis(inner, outer.count)) return outer;
	if (outer.kind === "range") {
		if (outer.start === 0 && outer.step === 1) return inner;
		if (inner.kind === "range") return makeRange(outer.start + inner.start * outer.step, outer.step * inner.step, inner.count);
	} else if (inner.kind === "range" && inner.step === 1) return compact$1(outer.positions.subarray(inner.start, inner.start + inner.count));
	return gather$2(outer, inner);
}
function composeOptional(outer, inner) {
	if (outer === void 0 || inner === void 0) return outer ?? inner;
	return compose(outer, inner);
}
function gather$2(outer, inner) {
	const out = allocatePositions(inner.count, extent(outer));
	for (let i = 0; i < out.length; i++) out[i] = positionAt(outer, positionAt(inner, i));
	return compact$1(out);
}
function extent(selection) {
	if (selection.kind === "positions") return selection.positions instanceof Int32Array ? 0 : Number.POSITIVE_INFINITY;
	return Math.max(selection.start, selection.start + (selection.count - 1) * selection.step) + 1;
}
//#endregion
//#region src/elements/bitmap.ts
function unpackBits(bits, offset, count) {
	const out = new Uint8Array(count);
	for (let i = 0; i < count; i++) {
		const at = offset + i;
		out[i] = bits[at >> 3] >> (at & 7) & 1;
	}
	return out;
}
function packBits(values, invert = false) {
	const flip = invert ? 1 : 0;
	const out = new Uint8Array(values.length + 7 >> 3);
	for (let i = 0; i < values.length; i++) if ((values[i] === 0 ? 0 : 1) !== flip) out[i >> 3] = out[i >> 3] | 1 << (i & 7);
	return out;
}
//#endregion
//#region src/selection/mask.ts
const ARROW_BOOL$1 = 6;
function isArrowBool(value) {
	const vector = value;
	return typeof value === "object" && vector?.type?.typeId === ARROW_BOOL$1 && Array.isArray(vector.data);
}
function normalizeMask(mask, length, axis = "axis") {
	if (mask.length !== length) throw new AtsError("INVALID_ARGUMENT", `A mask of ${axis} needs ${length} entries, not ${mask.length}; pass one entry per position of the axis.`);
	return fromBytes(toBytes(mask, axis), 1);
}
function fromBytes(bytes, least) {
	let count = 0;
	let first = -1;
	let last = -1;
	for (let i = 0; i < bytes.length; i++) {
		if (bytes[i] < least) continue;
		if (first < 0) first = i;
		last = i;
		count++;
	}
	if (count === 0) return makeRange(0, 1, 0);
	if (count === last - first + 1) return makeRange(first, 1, count);
	const positions = allocatePositions(count, bytes.length);
	let at = 0;
	for (let i = first; i <= last; i++) if (bytes[i] >= least) positions[at++] = i;
	return compact$1(positions);
}
function toBytes(mask, axis) {
	if (mask instanceof Uint8Array) return mask;
	if (isArrowBool(mask)) return arrowBytes(mask);
	const booleans = mask;
	const bytes = new Uint8Array(booleans.length);
	for (let i = 0; i < bytes.length; i++) {
		const value = booleans[i];
		if (typeof value !== "boolean") throw new AtsError("INVALID_ARGUMENT", `The mask of ${axis} has ${String(value)} at ${i}; pass true or false.`);
		bytes[i] = value ? 1 : 0;
	}
	return bytes;
}
function arrowBytes(vector) {
	const bytes = new Uint8Array(vector.length);
	let at = 0;
	for (const { values, offset, length, nullCount, nullBitmap } of vector.data) {
		const bits = unpackBits(values, offset, length);
		if (nullCount > 0) {
			const valid = unpackBits(nullBitmap, offset, length);
			for (let i = 0; i < length; i++) bits[i] = bits[i] & valid[i];
		}
		bytes.set(bits, at);
		at += length;
	}
	return bytes;
}
function and(a, b) {
	for (let i = 0; i < a.length; i++) if (b[i] < a[i]) a[i] = b[i];
	return a;
}
function or(a, b) {
	for (let i = 0; i < a.length; i++) if (b[i] > a[i]) a[i] = b[i];
	return a;
}
function not(a) {
	for (let i = 0; i < a.length; i++) a[i] = 2 - a[i];
	return a;
}
function fromTest(length, test) {
	const truth = new Uint8Array(length);
	for (let i = 0; i < length; i++) if (test(i)) truth[i] = 2;
	return truth;
}
//#endregion
//#region src/selection/ordering.ts
const OUTCOMES = {
	eq: [
		0,
		2,
		0,
		0
	],
	ne: [
		2,
		0,
		2,
		2
	],
	lt: [
		2,
		0,
		0,
		0
	],
	le: [
		2,
		2,
		0,
		0
	],
	gt: [
		0,
		0,
		2,
		0
	],
	ge: [
		0,
		2,
		2,
		0
	]
};
function ofMissing(comparison) {
	return OUTCOMES[comparison][3];
}
//#endregion
//#region src/selection/wide.ts
function isWide(data) {
	return data instanceof BigInt64Array || data instanceof BigUint64Array;
}
function halvesOf(data) {
	const { buffer, byteOffset, length } = data;
	const low = new Uint32Array(buffer, byteOffset, length * 2);
	return {
		high: data instanceof BigInt64Array ? new Int32Array(buffer, byteOffset, length * 2) : low,
		low
	};
}
function compareWide(data, comparison, literal) {
	const outcomes = OUTCOMES[comparison];
	if (typeof literal === "number" && !Number.isFinite(literal)) {
		const outcome = Number.isNaN(literal) ? 3 : literal > 0 ? 0 : 2;
		return new Uint8Array(data.length).fill(outcomes[outcome]);
	}
	const floor = typeof literal === "bigint" ? literal : BigInt(Math.floor(literal));
	const exact = typeof literal === "bigint" || Number.isInteger(literal);
	const [lowest, highest] = limits(data);
	if (floor < lowest) return new Uint8Array(data.length).fill(outcomes[2]);
	if (floor > highest) return new Uint8Array(data.length).fill(outcomes[0]);
	return compareHalves(data, floor, [
		outcomes[0],
		exact ? outcomes[1] : outcomes[0],
		outcomes[2]
	]);
}
function compareHalves(data, bound, outcomes) {
	const { high, low } = halvesOf(data);
	const boundHigh = Number(bound >> 32n);
	const boundLow = Number(bound & 4294967295n);
	const [less, equal, greater] = outcomes;
	const truth = new Uint8Array(data.length);
	for (let i = 0, half = 0; i < truth.length; i++, half += 2) {
		const upper = high[half + 1];
		const lower = low[half];
		if (upper !== boundHigh) truth[i] = upper < boundHigh ? less : greater;
		else truth[i] = lower === boundLow ? equal : lower < boundLow ? less : greater;
	}
	return truth;
}
function isInWide(data, literals) {
	const [lowest, highest] = limits(data);
	const wanted = new Map();
	for (const literal of literals) {
		if (typeof literal === "number" && !Number.isInteger(literal)) continue;
		const value = BigInt(literal);
		if (value < lowest || value > highest) continue;
		const high = Number(value >> 32n);
		wanted.set(high, (wanted.get(high) ?? new Set()).add(Number(value & 4294967295n)));
	}
	const { high, low } = halvesOf(data);
	const truth = new Uint8Array(data.length);
	for (let i = 0, half = 0; i < truth.length; i++, half += 2) if (wanted.get(high[half + 1])?.has(low[half])) truth[i] = 2;
	return truth;
}
function limits(data) {
	return data instanceof BigInt64Array ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
}
//#endregion
//#region src/selection/numeric.ts
function compareNumbers$1(array, comparison, literal, name) {
	const value = numericLiteral(array.dtype, literal, name);
	if (isWide(array.data)) return compareWide(array.data, comparison, value);
	const bound = array.dtype === "float32" ? Math.fround(Number(value)) : Number(value);
	return compareEach(numbersOf$1(array), comparison, bound);
}
function isInNumbers(array, literals, name) {
	const present = literals.filter((literal) => literal !== null);
	const values = present.map((literal) => numericLiteral(array.dtype, literal, name));
	if (isWide(array.data)) return isInWide(array.data, values);
	const narrow = array.dtype === "float32" ? Math.fround : (value) => value;
	const wanted = new Set(values.map((value) => narrow(Number(value))));
	if (present.length < literals.length) wanted.add(NaN);
	const data = numbersOf$1(array);
	return fromTest(data.length, (i) => wanted.has(data[i]));
}
function isNaNTruth(array) {
	if (dtypeKind(array.dtype) !== "float") return new Uint8Array(array.length);
	const data = numbersOf$1(array);
	return fromTest(data.length, (i) => Number.isNaN(data[i]));
}
function compareEach(data, comparison, bound) {
	const outcomes = Uint8Array.from(OUTCOMES[comparison]);
	const truth = new Uint8Array(data.length);
	for (let i = 0; i < data.length; i++) {
		const value = data[i];
		truth[i] = outcomes[value < bound ? 0 : value === bound ? 1 : value > bound ? 2 : 3];
	}
	return truth;
}
function numbersOf$1(array) {
	if (array.dtype === "float16" || array.dtype === "bfloat16") return halfToNumber(array.dtype, array.data);
	return array.data;
}
function numericLiteral(dtype, literal, name) {
	const kind = dtypeKind(dtype);
	if (kind !== "complex") {
		if (typeof literal === "number" || typeof literal === "bigint") return literal;
		if (typeof literal === "boolean" && kind === "bool") return literal ? 1 : 0;
	}
	throw new AtsError("INVALID_ARGUMENT", `Column "${name}" holds ${dtype} and is compared with ${typeof literal === "string" ? JSON.stringify(literal) : String(literal)}; pass ${kind === "bool" ? "true or false" : kind === "complex" ? "another column" : "a number"}.`, { path: name });
}
function truthOf(array, name) {
	if (array.dtype !== "bool") throw new AtsError("INVALID_ARGUMENT", `Column "${name}" holds ${array.dtype}, not booleans; compare it with a value.`, { path: name });
	const { data } = array;
	const truth = new Uint8Array(data.length);
	for (let i = 0; i < data.length; i++) if (data[i] !== 0) truth[i] = 2;
	return truth;
}
//#endregion
//#region src/elements/column.ts
function cellReader(column) {
	return READERS$3[column.kind](column);
}
function plainColumn(column) {
	if (column.kind === "dense") return column.data;
	if (column.kind === "strings") return column.values;
	const read = cellReader(column);
	return Array.from({ length: column.length }, (_, row) => read(row));
}
const READERS$3 = {
	dense: readDense,
	strings: (column) => (row) => column.at(row),
	categorical: readCategorical,
	nullable: readNullable,
	arrow: readArrow
};
function readDense(column) {
	const { data } = column;
	if (column.dtype === "bool") return (row) => data[row] === 1;
	if (column.dtype === "complex64" || column.dtype === "complex128") return (row) => `${data[2 * row]}${data[2 * row + 1] < 0 ? "" : "+"}${data[2 * row + 1]}j`;
	return (row) => data[row];
}
function readCategorical(column) {
	const category = cellReader(column.categories);
	return (row) => {
		const code = column.codes[row];
		return code < 0 ? null : category(code);
	};
}
function readNullable(column) {
	const value = readDense(column.values);
	return (row) => column.mask[row] === 1 ? null : value(row);
}
function readArrow(column) {
	return (row) => {
		const value = column.vector.get(row);
		if (value === null || value === void 0) return null;
		if (value instanceof Date) return value.toISOString();
		return typeof value === "object" ? String(value) : value;
	};
}
//#endregion
//#region src/selection/text.ts
function textReader(column) {
	if (column.kind === "strings") return (i) => column.at(i);
	const cell = cellReader(column);
	return (i) => {
		const value = cell(i);
		return value === null ? null : String(value);
	};
}
function* texts$1(column) {
	const read = textReader(column);
	for (let i = 0; i < column.length; i++) yield read(i);
}
function compareText(a, b) {
	const shared = Math.min(a.length, b.length);
	for (let i = 0; i < shared; i++) {
		const x = a.charCodeAt(i);
		const y = b.charCodeAt(i);
		if (x !== y) return rank(x) - rank(y);
	}
	return a.length - b.length;
}
function rank(unit) {
	return unit >= 55296 && unit <= 57343 ? unit + 65536 : unit;
}
//#endregion
//#region src/selection/scalar-column.ts
const TIMES = new Set([8, 10]);
function compareArrow(column, comparison, literal, name) {
	const bound = comparable(column, literal, name);
	const outcomes = OUTCOMES[comparison];
	return fromTest(column.length, (i) => outcomes[order(column.vector.get(i), bound, name)] === 2);
}
function isInArrow(column, literals, name) {
	const bounds = literals.map((literal) => literal === null ? null : comparable(column, literal, name));
	return fromTest(column.length, (i) => {
		const value = column.vector.get(i);
		return bounds.some((bound) => bound === null ? value === null : order(value, bound, name) === 1);
	});
}
function isNullArrow(column) {
	return fromTest(column.length, (i) => column.vector.get(i) === null);
}
function comparable(column, literal, name) {
	if (!TIMES.has(column.vector.type.typeId)) return literal instanceof Date ? literal.getTime() : literal;
	const time = literal instanceof Date ? literal.getTime() : typeof literal === "string" ? Date.parse(literal) : literal;
	if (typeof time !== "number" || Number.isNaN(time)) throw new AtsError("INVALID_ARGUMENT", `Column "${name}" holds times and is compared with ${String(literal)}; pass a Date or an ISO 8601 text.`, { path: name });
	return time;
}
function order(value, bound, name) {
	if (value === null || value === void 0) return 3;
	const plain = value instanceof Date ? value.getTime() : value;
	if (typeof plain === "string" && typeof bound === "string") return sign(compareText(plain, bound));
	if (isNumberLike(plain) && isNumberLike(bound)) return plain < bound ? 0 : plain > bound ? 2 : plain <= bound ? 1 : 3;
	throw new AtsError("INVALID_ARGUMENT", `Column "${name}" does not compare with ${String(bound)}; pass its own type.`, { path: name });
}
function isNumberLike(value) {
	return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}
function sign(difference) {
	return difference < 0 ? 0 : difference === 0 ? 1 : 2;
}
//#endregion
//#region src/kernels/utf8.ts
function takeUtf8(text, selection) {
	return runStepsSync(takeSteps$1(text, selection));
}
function* takeSteps$1(text, selection) {
	const positions = kernelAxis(selection);
	const measured = yield step("measureStrings", selection.count, {
		...text,
		positions
	});
	assertSound(measured, void 0);
	const outOffsets = allocateIntegers(selection.count + 1, measured.value);
	const outBytes = allocate("uint8", measured.value);
	assertSound(yield step("takeStrings", measured.value, {
		...text,
		positions,
		outOffsets,
		outBytes
	}), void 0);
	return {
		offsets: outOffsets,
		bytes: outBytes
	};
}
function matchUtf8(text, wanted) {
	return runStepsSync(matchSteps(text, wanted));
}
function* matchSteps(text, wanted) {
	const names = new Int32Array(text.offsets.length - 1);
	assertSound(yield step("matchNames", names.length, {
		offsets: text.offsets,
		bytes: text.bytes,
		wantedOffsets: wanted.offsets,
		wantedBytes: wanted.bytes,
		names
	}), void 0);
	return names;
}
//#endregion
//#region src/selection/match.ts
const LONE_SURROGATE$1 = /\p{Surrogate}/u;
function matchStrings(array, texts) {
	if (texts.some((text) => LONE_SURROGATE$1.test(text))) return matchValues(array, texts);
	const matched = matchUtf8(array.utf8(), packStrings(texts));
	if (array.hasMissing) {
		for (let i = 0; i < matched.length; i++) if (array.isMissing(i)) matched[i] = -1;
	}
	return matched;
}
function matchValues(array, texts) {
	const numbers = new Map(texts.map((text, i) => [text, i]));
	return Int32Array.from(array.values, (value) => value === null ? -1 : numbers.get(value) ?? -1);
}
//#endregion
//#region src/selection/strings.ts
function compareStrings(array, comparison, literal, name) {
	const bound = textLiteral(literal, name);
	if (comparison === "eq") return isOneOf(array, [bound], false);
	if (comparison === "ne") return not(isOneOf(array, [bound], false));
	const { values } = array;
	const [less, equal, greater] = OUTCOMES[comparison];
	const truth = new Uint8Array(values.length);
	for (let i = 0; i < truth.length; i++) {
		const value = values[i];
		if (value === null) continue;
		const order = compareText(value, bound);
		truth[i] = order < 0 ? less : order === 0 ? equal : greater;
	}
	return truth;
}
function isInStrings(array, literals, name) {
	const texts = literals.filter((literal) => literal !== null).map((literal) => textLiteral(literal, name));
	return isOneOf(array, [...new Set(texts)], literals.includes(null));
}
function isOneOf(array, texts, orMissing) {
	if (array.hasUtf8) {
		const matched = matchStrings(array, texts);
		return fromTest(matched.length, (i) => matched[i] >= 0 || orMissing && array.isMissing(i));
	}
	const { values } = array;
	const wanted = new Set(texts);
	if (orMissing) wanted.add(null);
	return fromTest(values.length, (i) => wanted.has(values[i]));
}
const TEXT_TESTS = {
	startsWith: (value, text) => value.startsWith(text),
	endsWith: (value, text) => value.endsWith(text),
	contains: (value, text) => value.includes(text)
};
function testStrings(array, test) {
	return fromTest(array.values.length, (i) => {
		const value = array.values[i];
		return value !== null && test(value);
	});
}
function isNullString(array) {
	return fromTest(array.length, (i) => array.isMissing(i));
}
function noTruth(name) {
	throw new AtsError("INVALID_ARGUMENT", `Column "${name}" holds text, not booleans; compare it with a value.`, { path: name });
}
function textLiteral(literal, name) {
	if (typeof literal === "string") return literal;
	throw new AtsError("INVALID_ARGUMENT", `Column "${name}" holds text and is compared with ${String(literal)}; pass a string, such as "${String(literal)}".`, { path: name });
}
//#endregion
//#region src/selection/near.ts
const SCAN_LIMIT = 2e5;
function nearMatches(name, candidates, limit = 3) {
	const allowed = name.length <= 3 ? 1 : name.length <= 8 ? 2 : 3;
	const folded = name.toLowerCase();
	const found = [];
	let seen = 0;
	for (const candidate of candidates) {
		if (++seen > SCAN_LIMIT) break;
		if (candidate === null || Math.abs(candidate.length - name.length) > allowed) continue;
		const distance = candidate.toLowerCase() === folded ? 0 : editDistance(name, candidate, allowed);
		if (distance > allowed) continue;
		found.push({
			name: candidate,
			distance
		});
		if (found.length > 64) trim(found, limit);
	}
	trim(found, limit);
	return found.map((match) => match.name);
}
function trim(found, limit) {
	found.sort((a, b) => a.distance - b.distance);
	found.length = Math.min(found.length, limit);
}
function editDistance(a, b, allowed) {
	let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let best = i;
		for (let j = 1; j <= b.length; j++) {
			const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			const cost = Math.min(replaced, previous[j] + 1, row[j - 1] + 1);
			row.push(cost);
			best = Math.min(best, cost);
		}
		if (best > allowed) return allowed + 1;
		previous = row;
	}
	return previous[b.length];
}
function suggestion(name, candidates) {
	const near = nearMatches(name, candidates).map((match) => JSON.stringify(match));
	return near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
}
//#endregion
//#region src/selection/table.ts
function columnOf$4(table, name) {
	const { frame } = table;
	if (frame === null) throw new AtsError("INTERNAL", `The columns of ${table.axis} were not read before its selection.`);
	if (name === null) return frame.index;
	const column = frame.columns.get(name);
	if (column !== void 0) return column;
	if (isIndexName(name, frame.indexName)) return frame.index;
	throw unknownColumn$1(table.axis, name, frame.columns.keys());
}
function isIndexName(name, indexName) {
	return name === indexName || name === "index" || name === "_index";
}
function unknownColumn$1(axis, name, known) {
	return new AtsError("NOT_FOUND", `${axis} has no column ${JSON.stringify(name)}${suggestion(name, known)}.`, { path: `${axis}/${name}` });
}
//#endregion
//#region src/selection/evaluate.ts
function evaluate(node, table) {
	return fromBytes(truth(node, table), 2);
}
function truth(node, table) {
	switch (node.op) {
		case "and": return and(truth(node.terms[0], table), truth(node.terms[1], table));
		case "or": return or(truth(node.terms[0], table), truth(node.terms[1], table));
		case "not": return not(truth(node.term, table));
		default: return testColumn(columnOf$4(table, node.column), node);
	}
}
function testColumn(column, leaf) {
	if (column.kind === "categorical") return testCategorical(column, leaf);
	if (column.kind === "nullable") return testNullable(column, leaf);
	return TESTS[leaf.op](column, leaf);
}
const TESTS = {
	compare: (column, { comparison, value, column: name }) => {
		if (column.kind === "dense") return compareNumbers$1(column, comparison, value, name);
		if (column.kind === "strings") return compareStrings(column, comparison, value, name);
		return compareArrow(column, comparison, value, name);
	},
	in: (column, { values, column: name }) => {
		if (column.kind === "dense") return isInNumbers(column, values, name);
		return column.kind === "strings" ? isInStrings(column, values, name) : isInArrow(column, values, name);
	},
	isNull: (column) => {
		if (column.kind === "dense") return isNaNTruth(column);
		return column.kind === "strings" ? isNullString(column) : isNullArrow(column);
	},
	text: (column, { test, text, column: name }) => testText(column, name, (value) => TEXT_TESTS[test](value, text)),
	matches: (column, { pattern, column: name }) => testText(column, name, (value) => pattern.test(value)),
	truth: (column, { column: name }) => column.kind === "dense" ? truthOf(column, name) : noTruth(name)
};
function testText(column, name, test) {
	if (column.kind === "strings") return testStrings(column, test);
	if (column.kind === "dense") throw new AtsError("INVALID_ARGUMENT", `Column "${name}" holds ${column.dtype}, not text; compare it with a number.`, { path: name });
	const text = textReader(column);
	return fromTest(column.length, (i) => test(text(i) ?? ""));
}
function testCategorical(column, leaf) {
	const byCategory = leaf.op === "compare" ? compareCategories(column, leaf) : testColumn(column.categories, leaf);
	const missing = ofMissingValue(leaf);
	const { codes } = column;
	const result = new Uint8Array(codes.length);
	for (let i = 0; i < result.length; i++) {
		const code = codes[i];
		result[i] = code < 0 ? missing : byCategory[code];
	}
	return result;
}
function compareCategories({ categories, ordered }, leaf) {
	const equal = testColumn(categories, {
		...leaf,
		comparison: "eq"
	});
	if (leaf.comparison === "eq") return equal;
	if (leaf.comparison === "ne") return not(equal);
	const at = equal.indexOf(2);
	if (!ordered || at < 0) {
		const why = ordered ? `has no category ${JSON.stringify(String(leaf.value))}` : "has categories without an order";
		throw new AtsError("INVALID_ARGUMENT", `Column "${leaf.column}" ${why}; compare it by eq, ne or in.`, { path: leaf.column });
	}
	const outcomes = OUTCOMES[leaf.comparison];
	return equal.map((_, code) => outcomes[code < at ? 0 : code === at ? 1 : 2]);
}
function testNullable({ values, mask }, leaf) {
	const result = leaf.op === "isNull" ? new Uint8Array(mask.length) : testColumn(values, leaf);
	const missing = leaf.op === "isNull" || leaf.op === "in" ? ofMissingValue(leaf) : 1;
	for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) result[i] = missing;
	return result;
}
function ofMissingValue(leaf) {
	if (leaf.op === "isNull") return 2;
	if (leaf.op === "in") return leaf.values.includes(null) ? 2 : 0;
	return leaf.op === "compare" ? ofMissing(leaf.comparison) : 0;
}
//#endregion
//#region src/selection/names.ts
var Names = class {
	kind = "names";
	column;
	names;
	options;
	constructor(column, wanted, options = {}) {
		const odd = wanted.findIndex((name) => typeof name !== "string");
		if (odd >= 0) throw new AtsError("INVALID_ARGUMENT", `Name ${odd} is ${String(wanted[odd])}; pass names as strings.`);
		this.column = column;
		this.names = [...wanted];
		this.options = options;
	}
};
function names(first, second, third) {
	if (typeof first === "string") return new Names(first, second ?? [], third);
	return new Names(null, first, second);
}
function normalizeNames(selector, table, defaults = {}) {
	const missing = selector.options.missing ?? defaults.missing ?? "error";
	const duplicates = selector.options.duplicates ?? defaults.duplicates ?? "error";
	const column = columnOf$4(table, selector.column);
	const found = find(selector.names, column);
	const where = selector.column === null ? table.axis : `${table.axis}["${selector.column}"]`;
	if (missing === "error") checkFound(selector.names, found, column, where);
	if (duplicates === "error") checkOnce(selector.names, found, where);
	return collect$2(selector.names, found, table.length);
}
function find(wanted, column) {
	const slots = new Map();
	for (const name of wanted) if (!slots.has(name)) slots.set(name, slots.size);
	const first = new Float64Array(slots.size).fill(-1);
	const more = new Map();
	const slotAt = slotReader(column, slots);
	for (let position = 0; slots.size > 0 && position < column.length; position++) {
		const slot = slotAt(position);
		if (slot < 0) continue;
		if (first[slot] === -1) first[slot] = position;
		else if (!more.has(slot)) more.set(slot, [position]);
		else more.get(slot)?.push(position);
	}
	return {
		slots,
		first,
		more
	};
}
function slotReader(column, slots) {
	if (column.kind === "strings" && column.hasUtf8) {
		const matched = matchStrings(column, [...slots.keys()]);
		return (position) => matched[position];
	}
	const read = textReader(column);
	return (position) => {
		const text = read(position);
		return text === null ? -1 : slots.get(text) ?? -1;
	};
}
function collect$2(wanted, found, length) {
	const positions = [];
	for (const name of wanted) {
		const slot = found.slots.get(name);
		if (found.first[slot] === -1) continue;
		positions.push(found.first[slot]);
		for (const position of found.more.get(slot) ?? []) positions.push(position);
	}
	const out = allocatePositions(positions.length, length);
	out.set(positions);
	return compact$1(out);
}
function checkFound(wanted, found, column, where) {
	const unknown = [...new Set(wanted)].filter((name) => found.first[found.slots.get(name)] === -1);
	if (unknown.length === 0) return;
	const listed = unknown.slice(0, 5).map((name) => JSON.stringify(name) + suggestion(name, texts$1(column)));
	const rest = unknown.length > listed.length ? ` and ${unknown.length - listed.length} more` : "";
	throw new AtsError("NOT_FOUND", `${where} has no name ${listed.join(", ")}${rest}; pass missing: "ignore" to leave unknown names out.`, { path: where });
}
function checkOnce(wanted, found, where) {
	const again = wanted.find((name) => found.more.has(found.slots.get(name)));
	if (again === void 0) return;
	const slot = found.slots.get(again);
	const positions = [found.first[slot], ...found.more.get(slot) ?? []];
	throw new AtsError("INVALID_ARGUMENT", `${where} has the name ${JSON.stringify(again)} ${positions.length} times (positions ${positions.slice(0, 5).join(", ")}); pass duplicates: "all" to select every one.`, { path: where });
}
//#endregion
//#region src/selection/predicate.ts
var Predicate = class Predicate {
	kind = "predicate";
	node;
	constructor(node) {
		this.node = node;
	}
	and(other) {
		return new Predicate({
			op: "and",
			terms: [this.node, other.node]
		});
	}
	or(other) {
		return new Predicate({
			op: "or",
			terms: [this.node, other.node]
		});
	}
	not() {
		return new Predicate({
			op: "not",
			term: this.node
		});
	}
};
var ColumnCondition = class {
	column;
	constructor(column) {
		this.column = column;
	}
	eq(value) {
		return this.#compare("eq", value);
	}
	ne(value) {
		return this.#compare("ne", value);
	}
	lt(value) {
		return this.#compare("lt", value);
	}
	le(value) {
		return this.#compare("le", value);
	}
	gt(value) {
		return this.#compare("gt", value);
	}
	ge(value) {
		return this.#compare("ge", value);
	}
	between(low, high) {
		return this.ge(low).and(this.le(high));
	}
	in(values) {
		return new Predicate({
			op: "in",
			column: this.column,
			values: [...values]
		});
	}
	notIn(values) {
		return this.in(values).not();
	}
	isNull() {
		return new Predicate({
			op: "isNull",
			column: this.column
		});
	}
	notNull() {
		return this.isNull().not();
	}
	isTrue() {
		return new Predicate({
			op: "truth",
			column: this.column
		});
	}
	startsWith(text) {
		return this.#text("startsWith", text);
	}
	endsWith(text) {
		return this.#text("endsWith", text);
	}
	contains(text) {
		return this.#text("contains", text);
	}
	matches(pattern) {
		if (!(pattern instanceof RegExp)) throw new AtsError("INVALID_ARGUMENT", `matches("${this.column}") needs a RegExp; pass one, such as /^MT-/.`);
		return new Predicate({
			op: "matches",
			column: this.column,
			pattern: new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""))
		});
	}
	#compare(comparison, value) {
		if (value === null || value === void 0) throw new AtsError("INVALID_ARGUMENT", `"${this.column}" is compared with ${value}; use isNull() or notNull().`);
		return new Predicate({
			op: "compare",
			column: this.column,
			comparison,
			value
		});
	}
	#text(test, text) {
		return new Predicate({
			op: "text",
			column: this.column,
			test,
			text
		});
	}
};
function where(column) {
	return new ColumnCondition(column);
}
function columnsOf$3(node) {
	if ("terms" in node) return [...new Set(node.terms.flatMap(columnsOf$3))];
	if (node.op === "not") return columnsOf$3(node.term);
	return [node.column];
}
//#endregion
//#region src/selection/normalize.ts
const POSITION_ARRAYS = new Set([
	"Int8Array",
	"Int16Array",
	"Int32Array",
	"Uint16Array",
	"Uint32Array",
	"BigInt64Array",
	"BigUint64Array"
]);
function classify(selector, axis) {
	const tag = ArrayBuffer.isView(selector) ? Object.prototype.toString.call(selector).slice(8, -1) : void 0;
	if (tag === "Uint8Array" || isArrowBool(selector)) return {
		kind: "mask",
		mask: selector
	};
	if (tag !== void 0 && POSITION_ARRAYS.has(tag)) return {
		kind: "positions",
		positions: selector
	};
	if (Array.isArray(selector)) return classifyArray(selector);
	const kind = selector?.kind;
	if (kind === "names") return {
		kind: "names",
		names: selector
	};
	if (kind === "predicate") return {
		kind: "predicate",
		predicate: selector
	};
	if (isSlice(selector)) return {
		kind: "slice",
		slice: selector
	};
	throw new AtsError("INVALID_ARGUMENT", `The selector of ${axis} is not understood; pass {start, stop, step}, a mask, positions, names or a predicate.`);
}
function classifyArray(array) {
	if (typeof array[0] === "string") return {
		kind: "names",
		names: new Names(null, array)
	};
	if (typeof array[0] === "boolean") return {
		kind: "mask",
		mask: array
	};
	return {
		kind: "positions",
		positions: array
	};
}
function neededColumns(selector, axis = "axis") {
	const classified = classify(selector, axis);
	if (classified.kind === "predicate") return {
		frame: true,
		columns: columnsOf$3(classified.predicate.node)
	};
	if (classified.kind !== "names") return {
		frame: false,
		columns: []
	};
	const { column } = classified.names;
	return {
		frame: true,
		columns: column === null ? [] : [column]
	};
}
function normalizeSelection(selector, table, options = {}) {
	const { axis, length } = table;
	if (selector === void 0) return wholeAxis(length);
	const classified = classify(selector, axis);
	switch (classified.kind) {
		case "slice": return normalizeSlice(classified.slice, length, axis);
		case "mask": return normalizeMask(classified.mask, length, axis);
		case "positions": return normalizePositions(classified.positions, length, axis);
		case "names": return normalizeNames(classified.names, table, options);
		case "predicate": return evaluate(classified.predicate.node, table);
	}
}
//#endregion
//#region src/elements/categorical.ts
var Categorical = class {
	kind = "categorical";
	codes;
	categories;
	ordered;
	constructor(codes, categories, ordered = false) {
		this.codes = codes;
		this.categories = categories;
		this.ordered = ordered;
	}
	get length() {
		return this.codes.length;
	}
	get shape() {
		return [this.codes.length];
	}
	validate(path) {
		const n = this.categories.length;
		for (let i = 0; i < this.codes.length; i++) {
			const code = this.codes[i];
			if (code < -1 || code >= n) throw new AtsError("CORRUPT", `${path}: category code ${code} at row ${i} is outside -1…${n - 1}.`, { path });
		}
		return this;
	}
};
function allocateCodes(categories, length) {
	if (categories <= 127) return new Int8Array(length);
	return categories <= 32767 ? new Int16Array(length) : new Int32Array(length);
}
//#endregion
//#region src/kernels/canonical.ts
function canonicalize(matrix, options = {}) {
	return runSteps(canonicalSteps(matrix, options), options);
}
async function sortIndices(matrix, options = {}) {
	await runSteps(sortOwn(matrix, options), options);
}
function structureOf(matrix) {
	return {
		indptr: matrix.indptr,
		indices: matrix.indices,
		minor: minorLength(matrix)
	};
}
function* checkSteps(matrix, options) {
	const outcome = yield step("validate", matrix.indices.length + majorLength(matrix), structureOf(matrix));
	assertSound(outcome, options.path);
	return {
		sorted: (outcome.value & 1) !== 0,
		canonical: (outcome.value & 2) !== 0
	};
}
function* canonicalSteps(matrix, options) {
	const order = yield* checkSteps(matrix, options);
	if (order.canonical) return matrix;
	return yield* sumSteps(order.sorted ? matrix : yield* sortSteps(matrix, options), options);
}
function* sortSteps(matrix, options) {
	const data = matrix.data.slice();
	const copy = {
		...partsOf$1(matrix),
		indices: matrix.indices.slice(),
		data
	};
	yield* sortOwn(copy, options);
	return copy;
}
function* sortOwn({ indptr, indices, dtype, data }, options) {
	assertSound(yield step("sortIndices", indices.length, {
		indptr,
		indices,
		itemSize: itemSize(dtype),
		data
	}), options.path);
}
function* sumSteps(matrix, options) {
	const work = matrix.indices.length + majorLength(matrix);
	const starts = allocateLike(matrix.indptr, matrix.indptr.length);
	assertSound(yield step("sumStarts", work, {
		...structureOf(matrix),
		starts
	}), options.path);
	const nnz = lastEntry(starts);
	if (nnz === matrix.indices.length) return matrix;
	const indices = allocateLike(matrix.indices, nnz);
	const data = allocate(matrix.dtype, nnz);
	assertSound(yield step("sumFill", work, {
		...structureOf(matrix),
		dtype: matrix.dtype,
		data: matrix.data,
		starts,
		outIndices: indices,
		outData: data
	}), options.path);
	return {
		...partsOf$1(matrix),
		indptr: starts,
		indices,
		data
	};
}
function partsOf$1(matrix) {
	const { kind, dtype, shape, data, indices, indptr } = matrix;
	return {
		kind,
		dtype,
		shape,
		data,
		indices,
		indptr
	};
}
//#endregion
//#region src/kernels/entries.ts
function checkStarts(indptr, nnz, options = {}) {
	return runSteps((function* () {
		assertSound(yield step("checkStarts", indptr.length, {
			indptr,
			nnz
		}), options.path);
	})(), options);
}
function checkIndices(indices, minor, options = {}) {
	return runSteps((function* () {
		assertSound(yield step("checkIndices", indices.length, {
			indices,
			minor
		}), options.path);
	})(), options);
}
function findRuns(indptr, majors, options = {}) {
	if (majors === void 0) return Promise.resolve({
		stored: oneRun(0, lastEntry(indptr)),
		copies: EMPTY_RUNS
	});
	return runSteps((function* () {
		const all = emptyRuns(majors.count);
		const copies = new Float64Array(1);
		const outcome = yield step("findRuns", majors.count, {
			indptr,
			nnz: lastEntry(indptr),
			majors: kernelAxis(majors),
			...kernelRuns(all),
			copies
		});
		assertSound(outcome, options.path);
		const found = outcome.value;
		return {
			stored: part$1(all, 0, found),
			copies: part$1(all, found, found + copies[0])
		};
	})(), options);
}
function oneRun(start, count) {
	return {
		starts: Float64Array.of(start),
		counts: Float64Array.of(count),
		places: Float64Array.of(0)
	};
}
const EMPTY_RUNS = emptyRuns(0);
function emptyRuns(length) {
	return {
		starts: new Float64Array(length),
		counts: new Float64Array(length),
		places: new Float64Array(length)
	};
}
function part$1({ starts, counts, places }, begin, end) {
	return {
		starts: starts.subarray(begin, end),
		counts: counts.subarray(begin, end),
		places: places.subarray(begin, end)
	};
}
function kernelRuns({ starts, counts, places }) {
	return {
		runStarts: starts,
		runCounts: counts,
		runPlaces: places
	};
}
function copyRuns(dtype, from, runs, to, options = {}) {
	return runSteps((function* () {
		const size = itemSize(dtype);
		assertSound(yield step("copyRuns", from.length, {
			...kernelRuns(runs),
			runs: runs.starts.length,
			itemSize: size,
			from,
			available: from.byteLength / size,
			to,
			room: to.byteLength / size
		}), options.path);
	})(), options);
}
function keepColumns(block, table, kept, options = {}) {
	return runSteps((function* () {
		const { indptr, offset, count, dtype, indices, data } = block;
		const outcome = yield step("keepColumns", count, {
			indptr,
			offset,
			indexDtype: dtypeOf$1(indices),
			indices,
			count,
			itemSize: itemSize(dtype),
			data,
			table,
			outIndices: kept.indices,
			outData: kept.data,
			counts: kept.counts
		});
		assertSound(outcome, options.path);
		return outcome.value;
	})(), options);
}
function appendPiece(piece, into, options = {}) {
	return runSteps((function* () {
		const { indptr, indices, data, offset, minors, dtype } = piece;
		assertSound(yield step("append", indices.length + indptr.length, {
			indptr,
			indices,
			minor: minors,
			data,
			offset,
			itemSize: itemSize(dtype),
			cursors: into.cursors,
			starts: into.starts,
			outIndices: into.indices,
			outData: into.data
		}), options.path);
	})(), options);
}
//#endregion
//#region src/kernels/integers.ts
function toIndices(indices, length, options = {}) {
	return runSteps(indexSteps(indices, length, options), options);
}
function toIndptr(indptr, options = {}) {
	return runSteps(indptrSteps(indptr, options), options);
}
function* indexSteps(indices, length, options) {
	const wide = length - 1 > INT32_MAX$3;
	if (wide ? indices instanceof BigInt64Array : indices instanceof Int32Array) return indices;
	const out = allocateIntegers(indices.length, length - 1);
	yield* convertSteps(indices, length, {
		dtype: wide ? "int64" : "int32",
		out
	}, options);
	return out;
}
function* indptrSteps(indptr, options) {
	if (indptr instanceof Int32Array) return indptr;
	const last = Number(indptr[indptr.length - 1] ?? 0);
	if (!(last >= 0 && last < Number.MAX_SAFE_INTEGER)) throw new AtsError("CORRUPT", `${options.path === void 0 ? "" : `${options.path}: `}indptr ends at ${last}, which no matrix has stored values for.`, options.path === void 0 ? {} : { path: options.path });
	const out = allocateIntegers(indptr.length, last);
	const dtype = out instanceof Int32Array ? "int32" : "int64";
	yield* convertSteps(indptr, last + 1, {
		dtype,
		out
	}, options);
	return out;
}
function* convertSteps(values, limit, into, options) {
	assertSound(yield step("convertIntegers", values.length, {
		dtype: dtypeOf$1(values),
		values,
		count: values.length,
		limit,
		outDtype: into.dtype,
		out: into.out
	}), options.path);
	return into.out;
}
//#endregion
//#region src/kernels/select.ts
function selectSparse(matrix, rows, cols, options = {}) {
	return runSteps(selectSteps(matrix, rows, cols, options), options);
}
function* selectSteps(matrix, rows, cols, options) {
	const [majorChoice, minorChoice] = matrix.kind === "csr" ? [rows, cols] : [cols, rows];
	const majors = majorChoice ?? wholeAxis(majorLength(matrix));
	const minors = minorChoice === void 0 || isWholeAxis(minorChoice, minorLength(matrix)) ? void 0 : minorChoice;
	if (minors === void 0 && isWholeAxis(majors, majorLength(matrix))) return matrix;
	const gather = {
		indptr: matrix.indptr,
		indices: matrix.indices,
		minor: minorLength(matrix),
		majors: kernelAxis(majors),
		columns: minors && kernelAxis(minors)
	};
	const work = majors.count * (1 + matrix.indices.length / Math.max(1, majorLength(matrix)));
	const starts = yield* countStarts(gather, majors.count, work, options);
	const nnz = lastEntry(starts);
	const indices = allocateLike(matrix.indices, nnz);
	const data = allocate(matrix.dtype, nnz);
	const size = itemSize(matrix.dtype);
	assertSound(yield step("gatherFill", work, {
		...gather,
		itemSize: size,
		data: matrix.data,
		starts,
		outIndices: indices,
		outData: data
	}), options.path);
	const minorCount = minors?.count ?? minorLength(matrix);
	const shape = matrix.kind === "csr" ? [majors.count, minorCount] : [minorCount, majors.count];
	return {
		kind: matrix.kind,
		dtype: matrix.dtype,
		shape,
		data,
		indices,
		indptr: starts
	};
}
function* countStarts(gather, count, work, options) {
	const narrow = allocate("int32", count + 1);
	const outcome = yield step("gatherStarts", work, {
		...gather,
		starts: narrow
	});
	if (outcome.fault !== Fault.valueRange) {
		assertSound(outcome, options.path);
		return narrow;
	}
	const wide = allocate("int64", count + 1);
	assertSound(yield step("gatherStarts", work, {
		...gather,
		starts: wide
	}), options.path);
	return wide;
}
//#endregion
//#region src/kernels/take.ts
function takeDense$1(array, selection, options = {}) {
	return runSteps(takeSteps(array, selection, options), options);
}
function* takeSteps(array, selection, options) {
	const shape = [...array.shape];
	let data = array.data;
	for (const axis of axesByShrinking(shape, selection)) {
		const chosen = selection[axis];
		const outer = product(shape.slice(0, axis));
		const inner = product(shape.slice(axis + 1));
		const out = allocate(array.dtype, outer * chosen.count * inner);
		assertSound(yield step("take", outer * chosen.count * inner, {
			values: data,
			outer,
			length: shape[axis],
			inner: inner * itemSize(array.dtype),
			positions: kernelAxis(chosen),
			out
		}), options.path);
		shape[axis] = chosen.count;
		data = out;
	}
	return data;
}
function axesByShrinking(shape, selection) {
	const ratio = (axis) => selection[axis].count / Math.max(1, shape[axis]);
	return shape.map((_, axis) => axis).filter((axis) => {
		const chosen = selection[axis];
		return chosen !== void 0 && !isWholeAxis(chosen, shape[axis]);
	}).sort((a, b) => ratio(a) - ratio(b));
}
function product(extents) {
	return extents.reduce((total, extent) => total * extent, 1);
}
//#endregion
//#region src/elements/frame.ts
var ArrowColumn = class {
	kind = "arrow";
	vector;
	constructor(vector) {
		this.vector = vector;
	}
	get length() {
		return this.vector.length;
	}
	get shape() {
		return [this.vector.length];
	}
};
const UNNAMED_INDEX = "_index";
var Frame = class {
	kind = "frame";
	index;
	indexName;
	columns;
	constructor(index, columns, indexName = null) {
		for (const [name, column] of columns) if (column.length !== index.length) throw new AtsError("INVALID_ARGUMENT", `Column "${name}" has ${column.length} rows but the index has ${index.length}.`);
		this.index = index;
		this.indexName = indexName;
		this.columns = columns;
	}
	get length() {
		return this.index.length;
	}
	get shape() {
		return [this.length, this.columns.size];
	}
};
//#endregion
//#region src/elements/nullable.ts
var NullableArray = class {
	kind = "nullable";
	values;
	mask;
	constructor(values, mask) {
		if (values.length !== mask.length) throw new AtsError("INVALID_ARGUMENT", `A mask of ${values.length} entries is needed, not ${mask.length}.`);
		this.values = values;
		this.mask = mask;
	}
	get length() {
		return this.mask.length;
	}
	get shape() {
		return [this.mask.length];
	}
};
//#endregion
//#region src/elements/take-text.ts
function takeText(text, selection) {
	const validity = takeValidity(text, selection);
	if (selection.kind === "range" && selection.step === 1) return {
		offsets: text.offsets.subarray(selection.start, selection.start + selection.count + 1),
		bytes: text.bytes,
		validity
	};
	return {
		...takeUtf8(text, selection),
		validity
	};
}
function takeValidity(text, selection) {
	if (text.validity === void 0) return void 0;
	const bits = new Uint8Array(selection.count + 7 >> 3);
	let missing = 0;
	for (let i = 0; i < selection.count; i++) if (isPresent(text, positionAt(selection, i))) bits[i >> 3] = bits[i >> 3] | 1 << (i & 7);
	else missing++;
	return missing === 0 ? void 0 : bits;
}
//#endregion
//#region src/elements/take-dense.ts
function selectedShape(shape, selection) {
	return shape.map((extent, d) => selection[d]?.count ?? extent);
}
function isWhole(shape, selection) {
	return shape.every((extent, d) => {
		const entry = selection[d];
		return entry === void 0 || isWholeAxis(entry, extent);
	});
}
function takeDense(array, selection) {
	if (isWhole(array.shape, selection)) return array;
	const shape = selectedShape(array.shape, selection);
	const data = allocate(array.dtype, sizeOf$1(shape));
	gather$1(array.data, data, array.shape, selection, lanes(array.dtype), copyTyped);
	return new DenseArray(array.dtype, shape, data);
}
function takeStrings(array, selection) {
	if (isWhole(array.shape, selection)) return array;
	const shape = selectedShape(array.shape, selection);
	const [rows] = selection;
	if (rows !== void 0 && shape.length === 1 && array.hasUtf8) return StringArray.fromUtf8(takeText(array.utf8(), rows), shape, array.na);
	const values = new Array(sizeOf$1(shape));
	gather$1(array.values, values, array.shape, selection, 1, copyEach);
	return new StringArray(values, shape, array.na);
}
function takeTyped(array, rows) {
	if (rows.kind === "range" && rows.step === 1) return array.slice(rows.start, rows.start + rows.count);
	const out = new array.constructor(rows.count);
	for (let i = 0; i < out.length; i++) out[i] = array[positionAt(rows, i)];
	return out;
}
function copyTyped(source, target, from, to, length) {
	if (length < 32) copyEach(source, target, from, to, length);
	else target.set(source.subarray(from, from + length), to);
}
function copyEach(source, target, from, to, length) {
	for (let i = 0; i < length; i++) target[to + i] = source[from + i];
}
function blocksOf$3(shape, selection, width) {
	let length = width;
	let d = shape.length - 1;
	const entry = (dimension) => selection[dimension] ?? wholeAxis(shape[dimension]);
	for (; d >= 0 && isWholeAxis(entry(d), shape[d]); d--) length *= shape[d];
	let start = 0;
	let stride = length;
	const last = d < 0 ? void 0 : entry(d);
	if (last?.kind === "range" && last.step === 1) {
		start = last.start * stride;
		length = last.count * stride;
		stride *= shape[d--];
	}
	const offsets = [];
	for (; d >= 0; d--) {
		const positions = entry(d);
		const along = new Float64Array(positions.count);
		for (let i = 0; i < along.length; i++) along[i] = positionAt(positions, i) * stride;
		offsets.unshift(along);
		stride *= shape[d];
	}
	return {
		offsets,
		start,
		length
	};
}
function gather$1(source, target, shape, selection, width, copy) {
	const { offsets, start, length } = blocksOf$3(shape, selection, width);
	let to = 0;
	const walk = (d, from) => {
		const along = offsets[d];
		if (along === void 0) {
			copy(source, target, from, to, length);
			to += length;
		} else if (d === offsets.length - 1) for (let i = 0; i < along.length; i++, to += length) copy(source, target, from + along[i], to, length);
		else for (let i = 0; i < along.length; i++) walk(d + 1, from + along[i]);
	};
	walk(0, start);
}
//#endregion
//#region src/selection/resolve.ts
const BLOCK_ROWS = 1 << 18;
async function resolveSelection(selector, table, options = {}) {
	options.signal?.throwIfAborted();
	const { kind, node } = selector ?? {};
	if (kind !== "predicate" || node === void 0 || table.frame === null || table.length <= BLOCK_ROWS) return normalizeSelection(selector, table, options);
	return evaluateBlocks(node, table, table.frame, options);
}
async function evaluateBlocks(node, table, frame, { signal }) {
	const result = new Uint8Array(table.length);
	for (let start = 0; start < table.length; start += BLOCK_ROWS) {
		const stop = Math.min(start + BLOCK_ROWS, table.length);
		result.set(truth(node, {
			...table,
			length: stop - start,
			frame: blockOf(frame, start, stop)
		}), start);
		await setImmediate$1();
		signal?.throwIfAborted();
	}
	return fromBytes(result, 2);
}
function blockOf(frame, start, stop) {
	const columns = [...frame.columns].map(([name, column]) => [name, blockOfColumn(column, start, stop)]);
	return new Frame(blockOfColumn(frame.index, start, stop), new Map(columns), frame.indexName);
}
function blockOfColumn(column, start, stop) {
	switch (column.kind) {
		case "dense": return blockOfDense(column, start, stop);
		case "strings": return takeStrings(column, [{
			kind: "range",
			start,
			step: 1,
			count: stop - start
		}]);
		case "categorical": return new Categorical(column.codes.subarray(start, stop), column.categories, column.ordered);
		case "nullable": return new NullableArray(blockOfDense(column.values, start, stop), column.mask.subarray(start, stop));
		case "arrow": return new ArrowColumn(column.vector.slice(start, stop));
	}
}
function blockOfDense({ dtype, data }, start, stop) {
	const width = lanes(dtype);
	return new DenseArray(dtype, [stop - start], data.subarray(start * width, stop * width));
}
//#endregion
//#region src/anndata/axis-view.ts
var AxisView = class AxisView {
	axis;
	frame;
	#parent;
	#selector;
	#options;
	#selection;
	constructor(axis, frame, parent, selector, options = {}) {
		this.axis = axis;
		this.frame = frame;
		this.#parent = parent;
		this.#selector = selector;
		this.#options = options;
	}
	static whole(axis, frame) {
		const view = new AxisView(axis, frame, null);
		view.#selection = wholeAxis(frame.length);
		return view;
	}
	get selection() {
		return this.#selection;
	}
	select(selector, options = {}) {
		if (selector === void 0) return this;
		const view = new AxisView(this.axis, this.frame, this, selector, options);
		if (!neededColumns(selector, this.axis).frame && this.#selection !== void 0) {
			const table = {
				axis: this.axis,
				length: this.#selection.count,
				frame: null
			};
			view.#selection = compose(this.#selection, normalizeSelection(selector, table, options));
		}
		return view;
	}
	async resolve(options = {}) {
		if (this.#selection !== void 0) return this.#selection;
		const outer = await this.#parent.resolve(options);
		const needed = neededColumns(this.#selector, this.axis);
		const columns = needed.columns.filter((name) => this.#isColumn(name));
		const frame = needed.frame ? await this.frame.readFrame(columns, this.#rows(outer), options) : null;
		const table = {
			axis: this.axis,
			length: outer.count,
			frame
		};
		const inner = await resolveSelection(this.#selector, table, {
			...this.#options,
			signal: options.signal
		});
		this.#selection = compose(outer, inner);
		return this.#selection;
	}
	#rows(outer) {
		return this.#parent?.isWhole ? void 0 : outer;
	}
	get isWhole() {
		return this.#parent === null;
	}
	#isColumn(name) {
		if (this.frame.columnNames.includes(name)) return true;
		if (isIndexName(name, this.frame.indexName)) return false;
		throw unknownColumn$1(this.axis, name, this.frame.columnNames);
	}
};
//#endregion
//#region src/elements/slabs.ts
const SLAB_BYTES$2 = 32 * 2 ** 20;
function streamMatrix(matrix) {
	return {
		nnz: matrix.nnz,
		slabs: slabsOf(matrix),
		close: async () => void 0
	};
}
async function* slabsOf(matrix) {
	const majors = matrix.indptr.length - 1;
	const bytes = matrix.data.byteLength + matrix.indices.byteLength;
	const count = Math.max(1, Math.ceil(majors * SLAB_BYTES$2 / Math.max(1, bytes)));
	if (count >= majors) {
		yield matrix;
		return;
	}
	for (let first = 0; first < majors; first += count) yield slabOf(matrix, first, Math.min(majors, first + count));
}
function slabOf({ kind, dtype, shape, data, indices, indptr }, first, last) {
	const [begin, end] = [Number(indptr[first]), Number(indptr[last])];
	const width = lanes(dtype);
	const starts = Float64Array.from({ length: last - first + 1 }, (_, i) => Number(indptr[first + i]) - begin);
	return fromParts({
		kind,
		dtype,
		shape: kind === "csr" ? [last - first, shape[1]] : [shape[0], last - first],
		data: data.subarray(begin * width, end * width),
		indices: indices.subarray(begin, end),
		indptr: indptr instanceof Int32Array ? Int32Array.from(starts) : BigInt64Array.from(starts, BigInt)
	});
}
//#endregion
//#region src/elements/record.ts
var RecordArray = class {
	kind = "records";
	fields;
	length;
	constructor(fields, length) {
		this.fields = fields;
		this.length = length;
	}
	get shape() {
		return [this.length];
	}
};
//#endregion
//#region src/elements/take-arrow.ts
function takeArrow(vector, rows) {
	if (rows.kind === "range" && rows.step === 1) return vector.slice(rows.start, rows.start + rows.count);
	const data = vector.data.length === 1 ? vector.data[0] : void 0;
	return data !== void 0 && isFixedWidth(data) ? gatherFixed(vector, data, rows) : joinSlices(vector, rows);
}
const ARROW_BOOL = 6;
function isFixedWidth(data) {
	return ArrayBuffer.isView(data.values) && data.valueOffsets === void 0 && data.dictionary === void 0 && data.children.length === 0 && data.type.typeId !== ARROW_BOOL;
}
function gatherFixed(vector, data, rows) {
	const { stride } = data;
	const source = data.values;
	const values = new source.constructor(rows.count * stride);
	const valid = new Uint8Array(Math.ceil(rows.count / 64) * 8);
	let nullCount = 0;
	for (let i = 0; i < rows.count; i++) {
		const row = positionAt(rows, i);
		for (let s = 0; s < stride; s++) values[i * stride + s] = source[row * stride + s];
		if (vector.isValid(row)) valid[i >> 3] = valid[i >> 3] | 1 << (i & 7);
		else nullCount++;
	}
	const gathered = data.clone(data.type, 0, rows.count, nullCount, {
		1: values,
		2: valid
	});
	return new vector.constructor([gathered]);
}
function joinSlices(vector, rows) {
	const { starts, counts } = runs(rows);
	const [first, ...others] = Array.from(starts, (start, r) => vector.slice(start, start + counts[r]));
	return first === void 0 ? vector.slice(0, 0) : first.concat(...others);
}
//#endregion
//#region src/elements/take-column.ts
function takeColumn(column, rows) {
	if (isWhole(column.shape, [rows])) return column;
	switch (column.kind) {
		case "dense": return takeDense(column, [rows]);
		case "strings": return takeStrings(column, [rows]);
		case "categorical": return new Categorical(takeTyped(column.codes, rows), column.categories, column.ordered);
		case "nullable": return new NullableArray(takeDense(column.values, [rows]), takeTyped(column.mask, rows));
		case "arrow": return new ArrowColumn(takeArrow(column.vector, rows));
	}
}
function takeFrame(frame, rows) {
	if (isWhole([frame.length], [rows])) return frame;
	const columns = new Map([...frame.columns].map(([name, column]) => [name, takeColumn(column, rows)]));
	return new Frame(takeColumn(frame.index, rows), columns, frame.indexName);
}
function takeRecords(records, rows) {
	return new RecordArray(new Map([...records.fields].map(([name, field]) => [name, field.kind === "dense" ? takeDense(field, [rows]) : takeStrings(field, [rows])])), rows.count);
}
//#endregion
//#region src/elements/take.ts
async function takeValue(value, selection, options = {}) {
	if (isWhole(value.kind === "frame" ? [value.length] : value.shape, selection)) return value;
	const rows = selection[0] ?? {
		kind: "range",
		start: 0,
		step: 1,
		count: value.length
	};
	switch (value.kind) {
		case "dense": return value.shape.length === 1 ? takeDense(value, selection) : takeMatrix(value, selection, options);
		case "strings": return takeStrings(value, selection);
		case "csr":
		case "csc": return fromParts(await selectSparse(value, selection[0], selection[1], options));
		case "awkward": return value.select(rows, options.path);
		case "records": return takeRecords(value, rows);
		case "frame": return takeFrame(value, rows);
		default: return takeColumn(value, rows);
	}
}
async function takeMatrix(array, selection, options) {
	const data = await takeDense$1(array, selection.slice(0, array.shape.length), options);
	return new DenseArray(array.dtype, selectedShape(array.shape, selection), data);
}
//#endregion
//#region src/elements/scalar.ts
var Scalar = class {
	kind = "scalar";
	dtype;
	value;
	constructor(dtype, value) {
		this.dtype = dtype;
		this.value = value;
	}
	valueOf() {
		return this.value;
	}
	toString() {
		const v = this.value;
		return typeof v === "object" ? `${v.re}${v.im < 0 ? "-" : "+"}${Math.abs(v.im)}j` : String(v);
	}
};
//#endregion
//#region src/elements/values.ts
var Tuple = class extends Array {
	static get [Symbol.species]() {
		return Array;
	}
};
function emptyDict() {
	return Object.create(null);
}
function isArrayValue(value) {
	if (typeof value !== "object" || value === null || isDict(value)) return false;
	const kind = value.kind;
	return typeof kind === "string" && ARRAY_KINDS.has(kind);
}
const ARRAY_KINDS = new Set([
	"dense",
	"strings",
	"categorical",
	"nullable",
	"records",
	"csr",
	"csc",
	"awkward",
	"frame"
]);
function isDict(value) {
	if (typeof value !== "object" || value === null) return false;
	const prototype = Object.getPrototypeOf(value);
	return prototype === null || prototype === Object.prototype;
}
//#endregion
//#region src/elements/value-encoding.ts
const ARRAYS$2 = {
	dense: () => "array",
	strings: (value) => value.na !== null || value.hasMissing ? "nullable-string-array" : "string-array",
	categorical: () => "categorical",
	nullable: ({ values }) => values.dtype === "bool" ? "nullable-boolean" : "nullable-integer",
	records: () => "rec-array",
	csr: () => "csr_matrix",
	csc: () => "csc_matrix",
	awkward: () => "awkward-array",
	frame: () => "dataframe"
};
const OTHERS = [
	[(value) => value === null, "null"],
	[(value) => typeof value === "string", "string"],
	[(value) => typeof value !== "object" || value instanceof Scalar, "numeric-scalar"],
	[(value) => value instanceof Uint8Array, "bytes"],
	[(value) => value instanceof Tuple, "tuple"],
	[(value) => Array.isArray(value), "list"],
	[(value) => value instanceof Set, "set"],
	[(value) => value instanceof Map, "map"]
];
function encodingOf(value) {
	if (isArrayValue(value)) return ARRAYS$2[value.kind](value);
	return OTHERS.find(([applies]) => applies(value))?.[1] ?? "dict";
}
//#endregion
//#region src/elements/memory.ts
function noBytes() {
	return Promise.resolve(void 0);
}
function lazyFromValue(value, path) {
	if (isArrayValue(value)) return value.kind === "frame" ? new MemoryFrame(value, path) : new MemoryArray(value, path);
	return isDict(value) ? new MemoryDict(value, path) : new MemoryValue(value, path);
}
function describe(path, encoding, facts = {}) {
	return {
		path,
		encoding,
		encodingVersion: "",
		dtype: null,
		shape: null,
		layout: null,
		nnz: null,
		...facts
	};
}
var MemoryArray = class {
	kind = "lazy-array";
	info;
	dtype;
	storedBytes = noBytes;
	stream;
	#value;
	constructor(value, path) {
		this.#value = value;
		if (value.kind === "csr" || value.kind === "csc") this.stream = async () => streamMatrix(value);
		this.dtype = dtypeOfValue(value);
		this.info = describe(path, encodingOf(value), {
			dtype: typeof this.dtype === "string" ? this.dtype : "records",
			shape: value.shape,
			nnz: value.kind === "csr" || value.kind === "csc" ? value.nnz : null
		});
	}
	get shape() {
		return this.#value.shape;
	}
	get sparse() {
		const { kind } = this.#value;
		return kind === "csr" || kind === "csc" ? kind : null;
	}
	async read(selection = [], options = {}) {
		options.signal?.throwIfAborted();
		return takeValue(this.#value, selection, {
			...options,
			path: this.info.path
		});
	}
	async reads() {
		return [];
	}
};
function dtypeOfValue(value) {
	switch (value.kind) {
		case "strings": return "string";
		case "categorical": return dtypeOfValue(value.categories);
		case "nullable": return value.values.dtype;
		case "awkward": return { fields: [] };
		case "records": return { fields: [...value.fields].map(([name, field]) => ({
			name,
			dtype: field.kind === "dense" ? field.dtype : "string",
			...field.shape.length > 1 && { shape: field.shape.slice(1) }
		})) };
		default: return value.dtype;
	}
}
var MemoryFrame = class {
	kind = "lazy-frame";
	info;
	storedBytes = noBytes;
	#frame;
	constructor(frame, path) {
		this.#frame = frame;
		this.info = describe(path, "dataframe", { shape: frame.shape });
	}
	get shape() {
		return this.#frame.shape;
	}
	get length() {
		return this.#frame.length;
	}
	get columnNames() {
		return [...this.#frame.columns.keys()];
	}
	get indexName() {
		return this.#frame.indexName;
	}
	async readFrame(columns, rows, options = {}) {
		options.signal?.throwIfAborted();
		const frame = columns === void 0 ? this.#frame : pick$2(this.#frame, columns, this.info.path);
		return rows === void 0 ? frame : takeFrame(frame, rows);
	}
	read(selection = [], options) {
		const all = this.columnNames;
		const columns = selection[1] && Array.from(toPositions$1(selection[1]), (position) => all[position]);
		return this.readFrame(columns, selection[0], options);
	}
	async column(name) {
		return lazyColumn(pick$2(this.#frame, [name], this.info.path).columns.get(name), `${this.info.path}/${name}`);
	}
	async index() {
		const { index, indexName } = this.#frame;
		return lazyColumn(index, `${this.info.path}/${indexName ?? "_index"}`);
	}
};
function lazyColumn(column, path) {
	if (column.kind !== "arrow") return new MemoryArray(column, path);
	throw new AtsError("UNSUPPORTED", `${path} is of an Arrow type without elements; read it with its frame, or convert it to text or numbers.`, { path });
}
function pick$2(frame, names, path) {
	const columns = names.map((name) => {
		const column = frame.columns.get(name);
		if (column !== void 0) return [name, column];
		throw new AtsError("NOT_FOUND", `${path} has no column ${JSON.stringify(name)}${suggestion(name, frame.columns.keys())}.`, { path: `${path}/${name}` });
	});
	return new Frame(frame.index, new Map(columns), frame.indexName);
}
var MemoryDict = class {
	kind = "lazy-dict";
	info;
	storedBytes = noBytes;
	#dict;
	constructor(dict, path) {
		this.#dict = dict;
		this.info = describe(path, "dict");
	}
	async keys() {
		return Object.keys(this.#dict);
	}
	async get(key) {
		if (!Object.hasOwn(this.#dict, key)) return void 0;
		return lazyFromValue(this.#dict[key], this.info.path === "" ? key : `${this.info.path}/${key}`);
	}
	async read(selection = [], options = {}) {
		options.signal?.throwIfAborted();
		if (selection.every((entry) => entry === void 0)) return this.#dict;
		const selected = emptyDict();
		for (const key of Object.keys(this.#dict)) selected[key] = await lazyFromValue(this.#dict[key], key).read(selection, options);
		return selected;
	}
};
var MemoryValue = class {
	kind = "lazy-value";
	info;
	storedBytes = noBytes;
	#value;
	constructor(value, path) {
		this.#value = value;
		this.info = describe(path, encodingOf(value));
	}
	async read(_selection, options = {}) {
		options.signal?.throwIfAborted();
		return this.#value;
	}
};
//#endregion
//#region src/elements/select.ts
function selectElement(element, selection) {
	switch (element.kind) {
		case "lazy-array": return isWhole(element.shape, selection) ? element : new SelectedArray(element, selection);
		case "lazy-frame": return isWhole([element.length], selection) ? element : new SelectedFrame(element, selection[0]);
		case "lazy-dict": return selection.every((entry) => entry === void 0) ? element : new SelectedDict(element, selection);
		case "lazy-value": return element;
	}
}
function composeAll(outer, inner) {
	return Array.from({ length: Math.max(outer.length, inner.length) }, (_, d) => composeOptional(outer[d], inner[d]));
}
function selectInfo(info, shape) {
	return {
		...info,
		shape,
		layout: null,
		nnz: null
	};
}
var SelectedArray = class {
	kind = "lazy-array";
	shape;
	info;
	#base;
	#selection;
	constructor(base, selection) {
		this.#base = base;
		this.#selection = selection.slice(0, base.shape.length);
		this.shape = selectedShape(base.shape, selection);
		this.info = selectInfo(base.info, this.shape);
	}
	get dtype() {
		return this.#base.dtype;
	}
	get sparse() {
		return this.#base.sparse;
	}
	read(selection = [], options) {
		return this.#base.read(composeAll(this.#selection, selection), options);
	}
	reads(selection = [], options) {
		return this.#base.reads?.(composeAll(this.#selection, selection), options) ?? Promise.resolve(void 0);
	}
	storedBytes(options) {
		return this.#base.storedBytes(options);
	}
};
var SelectedFrame = class {
	kind = "lazy-frame";
	info;
	length;
	column;
	index;
	#base;
	#rows;
	constructor(base, rows) {
		this.#base = base;
		this.#rows = rows;
		this.length = rows.count;
		const { column, index } = base;
		if (column) this.column = async (name) => selectElement(await column.call(base, name), [rows]);
		if (index) this.index = async () => selectElement(await index.call(base), [rows]);
		this.info = selectInfo(base.info, this.shape);
	}
	get shape() {
		return [this.length, ...this.#base.shape.slice(1)];
	}
	get columnNames() {
		return this.#base.columnNames;
	}
	get indexName() {
		return this.#base.indexName;
	}
	readFrame(columns, rows, options) {
		return this.#base.readFrame(columns, composeOptional(this.#rows, rows), options);
	}
	read(selection = [], options) {
		return this.#base.read(composeAll([this.#rows], selection), options);
	}
	storedBytes(options) {
		return this.#base.storedBytes(options);
	}
};
var SelectedDict = class {
	kind = "lazy-dict";
	#base;
	#selection;
	constructor(base, selection) {
		this.#base = base;
		this.#selection = selection;
	}
	get info() {
		return this.#base.info;
	}
	keys() {
		return this.#base.keys();
	}
	async get(key) {
		const element = await this.#base.get(key);
		return element && selectElement(element, this.#selection);
	}
	read(selection = [], options) {
		return this.#base.read(composeAll(this.#selection, selection), options);
	}
	storedBytes(options) {
		return this.#base.storedBytes(options);
	}
};
//#endregion
//#region src/anndata/parts.ts
const MAPS$1 = {
	obsm: ["obs"],
	varm: ["var"],
	layers: ["obs", "var"],
	obsp: ["obs", "obs"],
	varp: ["var", "var"]
};
const MAP_NAMES$1 = Object.keys(MAPS$1);
function selectElements(elements, axes) {
	const along = (...names) => names.map((name) => axes[name]);
	const map = (name) => selectMap(elements[name], along(...MAPS$1[name]));
	const { X, raw } = elements;
	return {
		shape: [axes.obs?.count ?? elements.shape[0], axes.var?.count ?? elements.shape[1]],
		X: X && selectElement(X, along("obs", "var")),
		obs: selectElement(elements.obs, along("obs")),
		var: selectElement(elements.var, along("var")),
		layers: map("layers"),
		obsm: map("obsm"),
		varm: map("varm"),
		obsp: map("obsp"),
		varp: map("varp"),
		uns: elements.uns,
		raw: raw && {
			X: raw.X && selectElement(raw.X, along("obs")),
			var: raw.var,
			varm: raw.varm
		}
	};
}
function selectMap(map, selection) {
	return new Map([...map].map(([key, element]) => [key, selectElement(element, selection)]));
}
function listParts(elements) {
	const { X, obs, var: variables, raw, uns } = elements;
	const parts = [
		X && {
			path: "X",
			element: X
		},
		{
			path: "obs",
			element: obs
		},
		{
			path: "var",
			element: variables
		},
		...MAP_NAMES$1.flatMap((name) => listMap(name, elements[name])),
		{
			path: "uns",
			element: uns
		}
	];
	if (raw !== null) {
		parts.push(raw.X && {
			path: "raw/X",
			element: raw.X
		}, {
			path: "raw/var",
			element: raw.var
		});
		parts.push(...listMap("raw/varm", raw.varm));
	}
	return parts.filter((part) => part !== null);
}
function listMap(name, map) {
	return [...map].map(([key, element]) => ({
		path: `${name}/${key}`,
		element
	}));
}
//#endregion
//#region src/anndata/memory-elements.ts
function memoryElements(values) {
	const lengths = {
		obs: values.obs.length,
		var: values.var.length
	};
	const maps = Object.fromEntries(MAP_NAMES$1.map((name) => [name, wrapMap(name, values[name], MAPS$1[name], lengths)]));
	const { raw } = values;
	return {
		shape: [lengths.obs, lengths.var],
		X: wrapX("X", values.X, lengths),
		obs: lazyFromValue(values.obs, "obs"),
		var: lazyFromValue(values.var, "var"),
		...maps,
		uns: lazyFromValue(values.uns ?? emptyDict(), "uns"),
		raw: raw ? wrapRaw(raw, lengths.obs) : null
	};
}
function wrapRaw(raw, nObs) {
	const lengths = {
		obs: nObs,
		var: raw.var.length
	};
	return {
		X: wrapX("raw/X", raw.X, lengths),
		var: lazyFromValue(raw.var, "raw/var"),
		varm: wrapMap("raw/varm", raw.varm, MAPS$1.varm, lengths)
	};
}
function wrapX(path, X, lengths) {
	if (X === null || X === void 0) return null;
	if (X.shape.length !== 2) throw new AtsError("INVALID_ARGUMENT", `${path} has ${X.shape.length} dimensions; pass a matrix of n_obs × n_vars.`, { path });
	checkAligned$1(path, X, ["obs", "var"], lengths);
	return lazyFromValue(X, path);
}
function wrapMap(name, map, along, lengths) {
	return new Map([...map ?? []].map(([key, value]) => {
		if (isArrayValue(value)) checkAligned$1(`${name}/${key}`, value, along, lengths);
		return [key, lazyFromValue(value, `${name}/${key}`)];
	}));
}
function checkAligned$1(path, value, along, lengths) {
	const shape = value.kind === "frame" ? [value.length] : value.shape;
	along.forEach((axis, d) => {
		if (d >= shape.length && value.kind === "frame") return;
		if (shape[d] === lengths[axis]) return;
		const wanted = along.map((name) => lengths[name]).join(" × ");
		throw new AtsError("INVALID_ARGUMENT", `${path} has the shape [${shape.join(", ")}], which does not fit ${wanted} (${along.join(" × ")}).`, { path });
	});
}
//#endregion
//#region src/anndata/read-plan.ts
function planReads(requests) {
	return { reads: requests.map(planRead) };
}
function planRead(request) {
	const { path, element, selection = [], columns } = request;
	if (element.kind === "lazy-frame") return planFrame(path, element, selection[0], columns);
	const read = (options) => element.read(selection, options);
	if (element.kind === "lazy-array") {
		const touches = (options) => arrayTouches(path, element, selection, options);
		return {
			path,
			shape: element.shape,
			selection,
			touches,
			read
		};
	}
	return {
		path,
		shape: [],
		selection: [],
		touches: async () => [],
		read
	};
}
const STRING_BYTES$2 = 32;
function valueBytes(dtype) {
	if (typeof dtype === "string") return isDType(dtype) ? itemSize(dtype) : STRING_BYTES$2;
	const { fields } = dtype;
	return fields.reduce((sum, field) => sum + valueBytes(field.dtype), 0);
}
async function arrayTouches(path, element, selection, options) {
	const stored = await element.reads?.(selection, options);
	if (stored !== void 0) return stored;
	const { info } = element;
	if (element.sparse !== null) return [sparseEstimate(path, element, selection)];
	const size = valueBytes(element.dtype);
	return [{
		path,
		shape: element.shape,
		itemSize: size,
		layout: info.layout,
		touched: selection
	}];
}
function sparseEstimate(path, element, selection) {
	const [major, extent] = element.sparse === "csr" ? [selection[0], element.shape[0]] : [selection[1], element.shape[1]];
	const share = countOf$1(major, extent ?? 0) / Math.max(1, extent ?? 0);
	return {
		path,
		shape: [Math.ceil((element.info.nnz ?? 0) * share)],
		itemSize: valueBytes(element.dtype) + 4,
		layout: null,
		touched: [void 0]
	};
}
function planFrame(path, frame, rows, columns) {
	return {
		path,
		shape: [frame.length],
		selection: [rows],
		touches: (options) => frameTouches(path, frame, rows, columns ?? frame.columnNames, options),
		read: (options) => frame.readFrame(columns, rows, options)
	};
}
async function frameTouches(path, frame, rows, columns, options) {
	if (frame.column === void 0) return [await tableTouch(path, frame, rows, columns, options)];
	const index = {
		path: `${path}/${frame.indexName ?? "_index"}`,
		shape: [frame.length],
		itemSize: STRING_BYTES$2,
		layout: null,
		touched: [rows]
	};
	const touches = columns.map(async (name) => {
		const column = await frame.column(name);
		return arrayTouches(`${path}/${name}`, column, [rows], options);
	});
	return [index, ...(await Promise.all(touches)).flat()];
}
async function tableTouch(path, frame, rows, columns, options) {
	const stored = await frame.storedBytes(options) ?? 0;
	const share = (columns.length + 1) / (frame.columnNames.length + 1);
	const size = frame.length === 0 ? 0 : stored * share / frame.length;
	return {
		path,
		shape: [frame.length],
		itemSize: size,
		layout: null,
		touched: [rows]
	};
}
//#endregion
//#region src/anndata/wanted.ts
function chooseParts(elements, names) {
	const all = listParts(elements);
	if (names === void 0) return {
		parts: all,
		columns: {
			obs: void 0,
			var: void 0
		}
	};
	const known = [
		...all.map((part) => part.path),
		...tableColumns(elements, "obs"),
		...tableColumns(elements, "var")
	];
	for (const name of names) {
		if (known.some((path) => path === name || path.startsWith(`${name}/`)) || GROUPS.has(name)) continue;
		throw new AtsError("NOT_FOUND", `There is no element ${JSON.stringify(name)}${suggestion(name, known)}.`, { path: name });
	}
	const asked = ({ path }) => path === "obs" || path === "var" || names.some((name) => path === name || path.startsWith(`${name}/`));
	return {
		parts: all.filter(asked),
		columns: {
			obs: columnsOf$2("obs", names),
			var: columnsOf$2("var", names)
		}
	};
}
const GROUPS = new Set([
	"X",
	"obs",
	"var",
	"layers",
	"obsm",
	"varm",
	"obsp",
	"varp",
	"uns",
	"raw"
]);
function tableColumns(elements, axis) {
	return elements[axis].columnNames.map((name) => `${axis}/${name}`);
}
function columnsOf$2(axis, names) {
	if (names.includes(axis)) return void 0;
	return names.filter((name) => name.startsWith(`${axis}/`)).map((name) => name.slice(axis.length + 1));
}
//#endregion
//#region src/anndata/load.ts
function axesOf(path) {
	const group = path.split("/", 1)[0];
	if (group === "raw") return path === "raw/X" ? ["obs"] : [];
	if (group === "X") return ["obs", "var"];
	if (group === "obs" || group === "var") return [group];
	return group in MAPS$1 ? MAPS$1[group] : [];
}
function requestsOf(wanted, axes) {
	return planReads(wanted.parts.map(({ path, element }) => ({
		path,
		element,
		selection: axesOf(path).map((axis) => axes[axis]),
		columns: path === "obs" || path === "var" ? wanted.columns[path] : void 0
	})));
}
async function loadElements(elements, axes, { elements: names, signal }) {
	const wanted = chooseParts(elements, names);
	const values = await execute(requestsOf(wanted, axes), { signal });
	return wrapLoaded(new Map(wanted.parts.map(({ path }, i) => [path, values[i]])));
}
function wrapLoaded(values) {
	const within = (group) => new Map([...values].filter(([path]) => path.startsWith(`${group}/`)).map(([path, value]) => [path.slice(group.length + 1), value]));
	const maps = Object.fromEntries(MAP_NAMES$1.map((name) => [name, within(name)]));
	const raw = values.has("raw/var") ? {
		X: values.get("raw/X"),
		var: values.get("raw/var"),
		varm: within("raw/varm")
	} : null;
	return memoryElements({
		X: values.get("X"),
		obs: values.get("obs"),
		var: values.get("var"),
		...maps,
		uns: values.get("uns"),
		raw
	});
}
//#endregion
//#region src/anndata/batches.ts
const DEFAULT_ELEMENTS = [
	"X",
	"obs",
	"var"
];
async function* readBatches(elements, options) {
	const size = options.size ?? 1024;
	if (!Number.isInteger(size) || size < 1) throw new AtsError("INVALID_ARGUMENT", `A batch of ${size} observations is not possible; pass a size of at least 1.`);
	const stop = new AbortController();
	const signal = options.signal === void 0 ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
	const wanted = options.elements ?? DEFAULT_ELEMENTS.filter((name) => name !== "X" || elements.X !== null);
	const fixed = {
		...elements,
		var: await loadVariables(elements, wanted, signal)
	};
	const read = (start) => {
		const batch = loadElements(fixed, {
			obs: normalizeSlice({
				start,
				stop: start + size
			}, elements.shape[0]),
			var: void 0
		}, {
			elements: wanted,
			signal
		});
		batch.catch(() => void 0);
		return batch;
	};
	let ahead;
	try {
		for (let start = 0; start < elements.shape[0]; start += size) {
			const batch = await (ahead ?? read(start));
			ahead = start + size < elements.shape[0] ? read(start + size) : void 0;
			yield batch;
		}
	} finally {
		stop.abort();
		await ahead?.catch(() => void 0);
	}
}
async function loadVariables(elements, wanted, signal) {
	const { columns } = chooseParts(elements, wanted.filter((name) => name === "var" || name.startsWith("var/")));
	return lazyFromValue(await elements.var.readFrame(columns.var, void 0, { signal }), "var");
}
//#endregion
//#region src/elements/arrow-write.ts
const DTYPE_KEY = "ats:dtype";
const MISSING_KEY = "ats:missing";
function columnToVector(arrow, column) {
	if (column.kind === "arrow") return {
		vector: column.vector,
		metadata: new Map()
	};
	const metadata = new Map();
	const dtype = numericType$1(column);
	if (dtype === "bfloat16" || dtype === "complex64" || dtype === "complex128") metadata.set(DTYPE_KEY, dtype);
	const missing = column.kind === "nullable" ? "mask" : column.kind === "strings" ? column.na : null;
	if (missing !== null) metadata.set(MISSING_KEY, missing);
	return {
		vector: new arrow.Vector([columnToData(arrow, column)]),
		metadata
	};
}
function numericType$1(column) {
	if (column.kind === "categorical") return numericType$1(column.categories);
	if (column.kind === "nullable") return column.values.dtype;
	return column.kind === "dense" ? column.dtype : void 0;
}
function columnToData(arrow, column) {
	if (column.kind === "dense") return denseToData(arrow, column);
	if (column.kind === "strings") return stringsToData(arrow, column);
	return column.kind === "nullable" ? nullableToData(arrow, column) : categoricalToData(arrow, column);
}
function numberType(arrow, dtype) {
	const make = {
		bool: () => new arrow.Bool(),
		int8: () => new arrow.Int8(),
		uint8: () => new arrow.Uint8(),
		int16: () => new arrow.Int16(),
		uint16: () => new arrow.Uint16(),
		int32: () => new arrow.Int32(),
		uint32: () => new arrow.Uint32(),
		int64: () => new arrow.Int64(),
		uint64: () => new arrow.Uint64(),
		float16: () => new arrow.Float16(),
		bfloat16: () => new arrow.Uint16(),
		float32: () => new arrow.Float32(),
		float64: () => new arrow.Float64()
	}[dtype];
	if (make === void 0) throw new AtsError("UNSUPPORTED", `Arrow has no ${dtype}; convert the column to float64.`);
	return make();
}
function denseToData(arrow, column, mask) {
	const length = column.length;
	const nulls = mask === void 0 ? {} : {
		nullBitmap: packBits(mask, true),
		nullCount: -1
	};
	if (column.dtype === "complex64" || column.dtype === "complex128") {
		const part = column.dtype === "complex64" ? new arrow.Float32() : new arrow.Float64();
		const child = arrow.makeData({
			type: part,
			data: column.data,
			length: 2 * length
		});
		const type = new arrow.FixedSizeList(2, new arrow.Field("part", part, false));
		return arrow.makeData({
			type,
			length,
			child,
			...nulls
		});
	}
	const type = numberType(arrow, column.dtype);
	return arrow.makeData({
		type,
		data: arrowValues(column),
		length,
		...nulls
	});
}
function arrowValues({ dtype, data }) {
	if (dtype === "bool") return packBits(data);
	if (dtype === "float16") return viewAs("uint16", data.buffer, data.byteOffset, data.length);
	return data;
}
function stringsToData(arrow, column) {
	const { offsets, bytes, validity } = column.utf8();
	const nulls = validity === void 0 ? { nullCount: 0 } : {
		nullBitmap: validity,
		nullCount: -1
	};
	const common = {
		length: column.length,
		data: bytes,
		...nulls
	};
	return offsets instanceof Int32Array ? arrow.makeData({
		type: new arrow.Utf8(),
		valueOffsets: offsets,
		...common
	}) : arrow.makeData({
		type: new arrow.LargeUtf8(),
		valueOffsets: offsets,
		...common
	});
}
function nullableToData(arrow, column) {
	return denseToData(arrow, column.values, column.mask);
}
function categoricalToData(arrow, column) {
	const { codes, categories, ordered } = column;
	const dictionary = new arrow.Vector([columnToData(arrow, categories)]);
	const index = codes instanceof Int8Array ? new arrow.Int8() : codes instanceof Int16Array ? new arrow.Int16() : new arrow.Int32();
	const missing = negatives(codes);
	const type = new arrow.Dictionary(dictionary.type, index, null, ordered);
	return arrow.makeData({
		type,
		length: codes.length,
		...missing === void 0 ? { nullCount: 0 } : {
			nullBitmap: packBits(missing, true),
			nullCount: -1
		},
		data: missing === void 0 ? codes : codes.map((code) => Math.max(code, 0)),
		dictionary
	});
}
function negatives(codes) {
	let missing;
	for (let i = 0; i < codes.length; i++) {
		if (codes[i] >= 0) continue;
		missing ??= new Uint8Array(codes.length);
		missing[i] = 1;
	}
	return missing;
}
//#endregion
//#region src/elements/join-text.ts
function joinText(parts) {
	if (parts.length === 1) return parts[0];
	let count = 0;
	let size = 0;
	for (const { offsets } of parts) {
		count += offsets.length - 1;
		size += Number(offsets[offsets.length - 1] ?? 0) - Number(offsets[0] ?? 0);
	}
	const bytes = new Uint8Array(size);
	const ends = new Float64Array(count + 1);
	let at = 0;
	for (const { offsets, bytes: from } of parts) {
		const first = Number(offsets[0] ?? 0);
		const start = ends[at];
		bytes.set(from.subarray(first, Number(offsets[offsets.length - 1] ?? 0)), start);
		for (let i = 1; i < offsets.length; i++) ends[at + i] = Number(offsets[i]) - first + start;
		at += offsets.length - 1;
	}
	return {
		offsets: size > 2147483647 ? BigInt64Array.from(ends, BigInt) : Int32Array.from(ends),
		bytes,
		validity: joinValidity(parts, count)
	};
}
function joinValidity(parts, count) {
	if (parts.every(({ validity }) => validity === void 0)) return void 0;
	const bits = new Uint8Array(count + 7 >> 3);
	let at = 0;
	for (const part of parts) for (let i = 0; i < part.offsets.length - 1; i++, at++) if (isPresent(part, i)) bits[at >> 3] = bits[at >> 3] | 1 << (at & 7);
	return bits;
}
//#endregion
//#region src/elements/arrow-read.ts
const TYPE = {
	INT: 2,
	FLOAT: 3,
	UTF8: 5,
	BOOL: 6,
	FIXED_SIZE_LIST: 16,
	LARGE_UTF8: 20,
	UTF8_VIEW: 24,
	DICTIONARY: -1
};
function vectorToColumn(vector, metadata = NO_METADATA) {
	const { typeId } = vector.type;
	const dtype = metadata.get(DTYPE_KEY);
	const missing = metadata.get(MISSING_KEY);
	if (typeId === TYPE.DICTIONARY) return dictionary(vector, metadata) ?? new ArrowColumn(vector);
	if (dtype !== void 0 && isDType(dtype)) return withDType(vector, dtype, missing === "mask");
	if (typeId === TYPE.INT || typeId === TYPE.FLOAT || typeId === TYPE.BOOL) return withMask(numbers$4(vector), vector, missing === "mask");
	if (isText$1(typeId)) return texts(vector, missing === "NA" || missing === "NaN" ? missing : null);
	return new ArrowColumn(vector);
}
const NO_METADATA = new Map();
function isText$1(typeId) {
	return typeId === TYPE.UTF8 || typeId === TYPE.LARGE_UTF8 || typeId === TYPE.UTF8_VIEW;
}
function numberDType$1(type) {
	const { typeId, bitWidth, isSigned, precision } = type;
	if (typeId === TYPE.BOOL) return "bool";
	if (typeId === TYPE.FLOAT) return [
		"float16",
		"float32",
		"float64"
	][precision];
	return `${isSigned ? "int" : "uint"}${bitWidth}`;
}
function numbers$4(vector) {
	const dtype = numberDType$1(vector.type);
	const chunks = vector.data.map((data) => chunkNumbers(data, dtype));
	return new DenseArray(dtype, [vector.length], joinChunks(chunks, dtype, vector.length));
}
function chunkNumbers(data, dtype) {
	if (dtype === "bool") return unpackBits(data.values, data.offset, data.length);
	return data.values.subarray(0, data.length);
}
function joinChunks(chunks, dtype, length) {
	const first = chunks[0];
	if (chunks.length === 1 && first !== void 0) return dtype === "float16" ? viewAs(dtype, first.buffer, first.byteOffset, length) : first;
	const out = allocate(dtype, length);
	const target = dtype === "float16" ? new Uint16Array(out.buffer) : out;
	let at = 0;
	for (const chunk of chunks) {
		target.set(chunk, at);
		at += chunk.length;
	}
	return out;
}
function withMask(values, vector, nullable) {
	if (vector.nullCount === 0 && !nullable) return values;
	const mask = new Uint8Array(vector.length);
	for (let i = 0; i < mask.length; i++) mask[i] = vector.isValid(i) ? 0 : 1;
	return new NullableArray(values, mask);
}
function withDType(vector, dtype, nullable) {
	const plain = vector.type.typeId === TYPE.FIXED_SIZE_LIST ? vector.getChildAt(0) : vector;
	if (plain === null) return new ArrowColumn(vector);
	const { data } = numbers$4(plain);
	return withMask(new DenseArray(dtype, [vector.length], data), vector, nullable);
}
function texts(vector, na) {
	const { typeId } = vector.type;
	if (typeId === TYPE.UTF8_VIEW || vector.length === 0) {
		const values = Array.from({ length: vector.length }, (_, i) => vector.get(i));
		return new StringArray(values, [values.length], na);
	}
	const parts = vector.data.map((data) => {
		const offsets = data.valueOffsets.subarray(0, data.length + 1);
		const valid = data.nullCount === 0 ? void 0 : data.nullBitmap;
		const validity = valid && packBits(unpackBits(valid, data.offset, data.length));
		const text = {
			offsets,
			bytes: data.values,
			validity
		};
		checkText(text, "An Arrow column");
		return text;
	});
	return StringArray.fromUtf8(joinText(parts), [vector.length], na);
}
function dictionary(vector, metadata) {
	const categories = sharedCategories(vector, metadata) ?? unifiedCategories(vector);
	if (categories === void 0) return void 0;
	const codes = codesOf$2(vector, categories.length);
	let at = 0;
	vector.data.forEach((data, chunk) => {
		const map = categories.maps[chunk];
		const indices = data.values;
		for (let i = 0; i < data.length; i++, at++) codes[at] = vector.isValid(at) ? map[Number(indices[i])] : -1;
	});
	return new Categorical(codes, categories.values, vector.type.isOrdered);
}
function codesOf$2(vector, categories) {
	const { bitWidth, isSigned } = vector.type.indices;
	const narrowest = allocateCodes(categories, vector.length);
	if (!isSigned || bitWidth <= narrowest.BYTES_PER_ELEMENT * 8) return narrowest;
	return bitWidth === 16 ? new Int16Array(vector.length) : new Int32Array(vector.length);
}
function sharedCategories(vector, metadata) {
	const [first, ...others] = vector.data.map((data) => data.dictionary);
	if (first === void 0 || first.nullCount > 0 || others.some((other) => other !== first)) return void 0;
	const values = vectorToColumn(first, metadata);
	if (!(values instanceof StringArray || values instanceof DenseArray)) return void 0;
	const codes = Array.from({ length: values.length }, (_, code) => code);
	return {
		values,
		length: values.length,
		maps: vector.data.map(() => codes)
	};
}
function unifiedCategories(vector) {
	const type = vector.type.dictionary;
	const dictionaries = vector.data.map((data) => data.dictionary);
	if (!isText$1(type.typeId) && type.typeId !== TYPE.INT && type.typeId !== TYPE.FLOAT && type.typeId !== TYPE.BOOL) return;
	const seen = new Map();
	const maps = dictionaries.map((entries) => Array.from({ length: entries.length }, (_, i) => {
		const value = entries.get(i);
		if (value === null) return -1;
		const known = seen.get(value);
		if (known !== void 0) return known;
		seen.set(value, seen.size);
		return seen.size - 1;
	}));
	const values = [...seen.keys()];
	return {
		values: categoryArray(type, values),
		length: values.length,
		maps
	};
}
function categoryArray(type, values) {
	if (isText$1(type.typeId)) return new StringArray(values);
	const dtype = numberDType$1(type);
	if (dtype !== "float16") {
		const data = allocate(dtype, values.length);
		values.forEach((value, i) => {
			data[i] = dtype === "bool" ? Number(value) : value;
		});
		return new DenseArray(dtype, [values.length], data);
	}
	return new DenseArray("float32", [values.length], Float32Array.from(values));
}
//#endregion
//#region src/elements/arrow.ts
const INDEX_KEY = "index";
async function frameToArrow(frame) {
	const arrow = await import("apache-arrow");
	const indexName = indexColumnName(frame);
	const fields = [[indexName, frame.index], ...frame.columns].map(([name, column]) => {
		const { vector, metadata } = columnToVector(arrow, column);
		const nullable = column.kind !== "dense";
		return {
			field: new arrow.Field(name, vector.type, nullable, metadata),
			vector
		};
	});
	const schema = new arrow.Schema(fields.map(({ field }) => field), new Map([[INDEX_KEY, indexName]]));
	const columns = Object.create(null);
	for (const { field, vector } of fields) columns[field.name] = vector;
	return new arrow.Table(schema, columns);
}
function indexColumnName(frame) {
	const free = [
		frame.indexName ?? "_index",
		UNNAMED_INDEX,
		"__index_level_0__"
	].find((name) => !frame.columns.has(name));
	if (free === void 0) throw new AtsError("INVALID_ARGUMENT", `The columns take every name for the index; rename "${UNNAMED_INDEX}".`);
	return free;
}
function arrowToFrame(table, indexColumn) {
	const columns = new Map();
	table.schema.fields.forEach((field, i) => {
		const vector = table.getChildAt(i);
		if (vector === null || columns.has(field.name)) throw new AtsError("INVALID_ARGUMENT", `The table has two columns "${field.name}"; rename one.`);
		columns.set(field.name, vectorToColumn(vector, field.metadata));
	});
	if (indexColumn !== void 0 && !columns.has(indexColumn)) throw new AtsError("INVALID_ARGUMENT", `The table has no column "${indexColumn}" to be the index.`);
	const name = indexColumn ?? namedIndex(table.schema, columns);
	if (name === void 0) return new Frame(rowNumbers$1(table.numRows), columns);
	const index = columns.get(name);
	columns.delete(name);
	return new Frame(index, columns, name === "_index" || name === "__index_level_0__" ? null : name);
}
function namedIndex(schema, columns) {
	return [
		schema.metadata.get(INDEX_KEY),
		UNNAMED_INDEX,
		"__index_level_0__"
	].find((name) => name !== void 0 && columns.has(name));
}
function rowNumbers$1(count) {
	return new StringArray(Array.from({ length: count }, (_, i) => String(i)));
}
//#endregion
//#region src/anndata/build-matrix.ts
function matrixFrom(path, input) {
	if (input === null || input === void 0) return null;
	if (isArrayValue(input)) return input;
	if (isSparseInput(input)) return sparseFrom(path, input);
	if (isDenseInput(input)) return new DenseArray(input.dtype ?? dtypeOf$1(input.data), input.shape, input.data);
	throw new AtsError("INVALID_ARGUMENT", `${path} is no matrix; pass { data, shape }, { format, data, indices, indptr, shape } or a matrix of this package.`, { path });
}
function memberFrom(path, input) {
	if (isSparseInput(input) || isDenseInput(input)) return matrixFrom(path, input);
	return isArrowTable(input) ? arrowToFrame(input) : input;
}
function isArrowTable(value) {
	const table = value;
	return typeof value === "object" && Array.isArray(table?.schema?.fields) && typeof table?.getChildAt === "function";
}
function isDenseInput(value) {
	const input = value;
	return isPlain(value) && ArrayBuffer.isView(input?.data) && Array.isArray(input?.shape);
}
function isSparseInput(value) {
	const input = value;
	return isPlain(value) && ArrayBuffer.isView(input?.data) && ArrayBuffer.isView(input?.indptr);
}
function isPlain(value) {
	return typeof value === "object" && value !== null && !isArrayValue(value);
}
function sparseFrom(path, input) {
	const { format, data, indices, indptr, shape, dtype = dtypeOf$1(data) } = input;
	if (format !== "csr" && format !== "csc") throw new AtsError("INVALID_ARGUMENT", `${path} has the format ${String(format)}; pass "csr" or "csc".`, { path });
	const major = shape[format === "csr" ? 0 : 1];
	const stored = Number(indptr[indptr.length - 1]);
	if (indptr.length !== major + 1 || stored !== indices.length) throw new AtsError("INVALID_ARGUMENT", `${path} needs an indptr of ${major + 1} entries that ends at ${indices.length}; it has ${indptr.length} and ends at ${stored}.`, { path });
	return new (format === "csr" ? CsrMatrix : CscMatrix)(dtype, shape, data, indices, indptr);
}
//#endregion
//#region src/anndata/build-frame.ts
function frameFrom(path, input, names, length) {
	const frame = input === void 0 ? void 0 : readTable$1(path, input, names);
	if (frame !== void 0) return names === void 0 ? frame : withNames(path, frame, names);
	const rows = names?.length ?? length;
	if (rows === void 0) throw new AtsError("INVALID_ARGUMENT", `The length of ${path} cannot be told; pass ${path}, its names or X.`, { path });
	return new Frame(names === void 0 ? rowNumbers(rows) : new StringArray(names), new Map());
}
function readTable$1(path, input, names) {
	if (isArrayValue(input)) return input;
	if (isArrowTable(input)) return arrowToFrame(input);
	if (!isDict(input)) throw new AtsError("INVALID_ARGUMENT", `${path} is no table; pass an Arrow table or an object of columns.`, { path });
	const columns = new Map(Object.entries(input).map(([name, column]) => [name, columnFrom(`${path}/${name}`, column)]));
	const first = columns.values().next().value;
	if (first === void 0) return void 0;
	return new Frame(names === void 0 ? rowNumbers(first.length) : new StringArray(names), columns);
}
function withNames(path, frame, names) {
	if (names.length !== frame.length) throw new AtsError("INVALID_ARGUMENT", `${path} has ${frame.length} rows but ${names.length} names.`, { path });
	return new Frame(new StringArray(names), frame.columns, null);
}
function rowNumbers(length) {
	return new StringArray(Array.from({ length }, (_, i) => String(i)));
}
function columnFrom(path, input) {
	if (ArrayBuffer.isView(input)) return new DenseArray(dtypeOf$1(input), [input.length], input);
	if (!Array.isArray(input)) return isVector(input) ? vectorToColumn(input) : checkColumn(path, input);
	const kinds = new Set(input.map((value) => value === null || value === void 0 ? "null" : typeof value));
	kinds.delete("null");
	const [kind = "string", ...others] = kinds;
	if (others.length === 0 && kind === "string") return new StringArray(input.map((value) => value ?? null));
	if (others.length === 0 && kind === "number") return numbersFrom(input);
	if (others.length === 0 && kind === "boolean" && !input.includes(null)) return new DenseArray("bool", [input.length], Uint8Array.from(input, Number));
	throw new AtsError("INVALID_ARGUMENT", `${path} mixes ${[...kinds].join(" and ")}; pass strings, numbers or booleans, or a column of this package.`, { path });
}
function checkColumn(path, column) {
	if (isArrayValue(column) || column?.kind === "arrow") return column;
	throw new AtsError("INVALID_ARGUMENT", `${path} is no column; pass a typed array, an array or an Arrow vector.`, { path });
}
function numbersFrom(values) {
	if (values.every((value) => value !== null && (value | 0) === value && !Object.is(value, -0))) return new DenseArray("int32", [values.length], Int32Array.from(values));
	return new DenseArray("float64", [values.length], Float64Array.from(values, (value) => value ?? NaN));
}
function isVector(value) {
	return typeof value?.getChildAt === "function";
}
//#endregion
//#region src/anndata/build.ts
function buildElements(input) {
	const X = matrixFrom("X", input.X);
	const obs = frameFrom("obs", input.obs, input.obsNames, X?.shape[0]);
	const variables = frameFrom("var", input.var, input.varNames, X?.shape[1]);
	const uns = Object.assign(emptyDict(), input.uns);
	const maps = Object.fromEntries(MAP_NAMES$1.map((name) => [name, membersFrom(name, input[name])]));
	const raw = input.raw ? rawFrom(input.raw) : null;
	return {
		elements: memoryElements({
			X,
			obs,
			var: variables,
			...maps,
			uns,
			raw
		}),
		unsKeys: Object.keys(uns)
	};
}
function rawFrom(raw) {
	const X = matrixFrom("raw/X", raw.X);
	return {
		X,
		var: frameFrom("raw/var", raw.var, raw.varNames, X?.shape[1]),
		varm: membersFrom("raw/varm", raw.varm)
	};
}
function membersFrom(path, members = {}) {
	return new Map(Object.entries(members).map(([name, member]) => {
		if (name === "") throw new AtsError("INVALID_ARGUMENT", `A member of ${path} has no name; give it one.`, { path });
		return [name, memberFrom(`${path}/${name}`, member)];
	}));
}
//#endregion
//#region src/anndata/handles.ts
var ElementHandle = class {
	path;
	#element;
	#along;
	#context;
	constructor(path, element, along, context) {
		this.path = path;
		this.#element = element;
		this.#along = along;
		this.#context = context;
	}
	get info() {
		return this.#element.info;
	}
	get dtype() {
		return this.#element.kind === "lazy-array" ? this.#element.dtype : null;
	}
	get sparse() {
		return this.#element.kind === "lazy-array" ? this.#element.sparse : null;
	}
	get shape() {
		const whole = this.#element.shape;
		if (whole === void 0) return void 0;
		const shape = whole.map((extent, d) => {
			const axis = this.#along[d];
			return axis === void 0 ? extent : this.#context.axes[axis].selection?.count;
		});
		return shape.every((extent) => extent !== void 0) ? shape : void 0;
	}
	async read(options = {}) {
		this.#context.assertOpen();
		const { signal } = options;
		signal?.throwIfAborted();
		const selection = await this.#resolve(options);
		const [value] = await execute(planReads([{
			path: this.path,
			element: this.#element,
			selection
		}]), { signal });
		return value;
	}
	async #resolve({ obs, var: variables, signal, ...names }) {
		const selectors = {
			obs,
			var: variables
		};
		const resolved = new Map();
		for (const axis of new Set(this.#along)) {
			const view = this.#context.axes[axis].select(selectors[axis], names);
			resolved.set(axis, view.isWhole ? void 0 : await view.resolve({ signal }));
		}
		return this.#along.map((axis) => resolved.get(axis));
	}
};
//#endregion
//#region src/anndata/lazy-map.ts
var HandleMap = class {
	path;
	#elements;
	#along;
	#context;
	constructor(path, elements, along, context) {
		this.path = path;
		this.#elements = elements;
		this.#along = along;
		this.#context = context;
	}
	get size() {
		return this.#elements.size;
	}
	keys() {
		return [...this.#elements.keys()];
	}
	has(name) {
		return this.#elements.has(name);
	}
	get(name) {
		const element = this.#elements.get(name);
		const path = `${this.path}/${name}`;
		if (element !== void 0) return new ElementHandle(path, element, this.#along, this.#context);
		const near = suggestion(name, this.#elements.keys());
		throw new AtsError("NOT_FOUND", `${this.path} has no member ${JSON.stringify(name)}${near}.`, { path });
	}
	*[Symbol.iterator]() {
		for (const name of this.#elements.keys()) yield [name, this.get(name)];
	}
};
//#endregion
//#region src/anndata/table-handle.ts
var TableHandle = class {
	path;
	#frame;
	#rows;
	#assertOpen;
	constructor(path, frame, rows, assertOpen) {
		this.path = path;
		this.#frame = frame;
		this.#rows = rows;
		this.#assertOpen = assertOpen;
	}
	get columnNames() {
		return this.#frame.columnNames;
	}
	get indexName() {
		return this.#frame.indexName;
	}
	get length() {
		return this.#rows.selection?.count;
	}
	async read(options = {}) {
		return frameToArrow(await this.readFrame(options));
	}
	async readFrame({ columns, signal } = {}) {
		this.#assertOpen();
		signal?.throwIfAborted();
		const unknown = columns?.find((name) => !this.#frame.columnNames.includes(name));
		if (unknown !== void 0) throw unknownColumn$1(this.path, unknown, this.#frame.columnNames);
		const rows = this.#rows.isWhole ? void 0 : await this.#rows.resolve({ signal });
		const [frame] = await execute(planReads([{
			path: this.path,
			element: this.#frame,
			selection: [rows],
			columns
		}]), { signal });
		return frame;
	}
	async names(options = {}) {
		const frame = await this.readFrame({
			...options,
			columns: []
		});
		return Array.from(texts$1(frame.index), (name) => name ?? "");
	}
	async column(name, options = {}) {
		const isIndex = !this.columnNames.includes(name) && isIndexName(name, this.indexName);
		const frame = await this.readFrame({
			...options,
			columns: isIndex ? [] : [name]
		});
		return plainColumn(frame.columns.get(name) ?? frame.index);
	}
};
//#endregion
//#region src/anndata/raw-handle.ts
var RawHandle = class {
	X;
	var;
	varm;
	#context;
	constructor(raw, view) {
		const axes = {
			obs: view.axes.obs,
			var: AxisView.whole("var", raw.var)
		};
		this.#context = {
			axes,
			assertOpen: view.assertOpen
		};
		this.X = raw.X && new ElementHandle("raw/X", raw.X, ["obs", "var"], this.#context);
		this.var = new TableHandle("raw/var", raw.var, axes.var, view.assertOpen);
		this.varm = new HandleMap("raw/varm", raw.varm, MAPS$1.varm, this.#context);
	}
	get shape() {
		const { obs, var: variables } = this.#context.axes;
		return obs.selection && [obs.selection.count, variables.frame.length];
	}
	varNames(options = {}) {
		return this.var.names(options);
	}
};
//#endregion
//#region src/anndata/repr.ts
function describeAnnData({ isView, shape, keys }) {
	const [nObs, nVars] = shape.map((extent) => extent ?? "?");
	return [`${isView ? "View of " : ""}AnnData object with n_obs × n_vars = ${nObs} × ${nVars}`, ...Object.entries(keys).filter(([, names]) => names.length > 0).map(([attribute, names]) => `    ${attribute}: ${names.map(quote).join(", ")}`)].join("\n");
}
function quote(name) {
	const mark = name.includes("'") && !name.includes("\"") ? "\"" : "'";
	return `${mark}${name.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t").replaceAll(mark, `\\${mark}`)}${mark}`;
}
//#endregion
//#region src/anndata/uns-handle.ts
var UnsHandle = class {
	#dict;
	#keys;
	#assertOpen;
	constructor(dict, keys, assertOpen) {
		this.#dict = dict;
		this.#keys = keys;
		this.#assertOpen = assertOpen;
	}
	keys() {
		return this.#keys;
	}
	has(name) {
		return this.#keys.includes(name);
	}
	async get(name, options = {}) {
		this.#assertOpen();
		options.signal?.throwIfAborted();
		const element = await this.#dict.get(name);
		if (element !== void 0) return element.read([], options);
		throw new AtsError("NOT_FOUND", `uns has no ${JSON.stringify(name)}${suggestion(name, this.#keys)}.`, { path: `uns/${name}` });
	}
	async read(options = {}) {
		this.#assertOpen();
		options.signal?.throwIfAborted();
		return await this.#dict.read([], options);
	}
};
//#endregion
//#region src/anndata/anndata.ts
var AnnData = class AnnData {
	#root;
	#axes;
	#context;
	constructor(root, axes) {
		this.#root = root;
		this.#axes = axes;
		this.#context = {
			axes,
			assertOpen: () => this.#assertOpen()
		};
	}
	static async fromStore(store) {
		return AnnData.#whole({
			elements: store.elements,
			unsKeys: await store.elements.uns.keys(),
			store,
			closed: false
		});
	}
	static async fromElements(elements) {
		return AnnData.#whole({
			elements,
			unsKeys: await elements.uns.keys(),
			store: null,
			closed: false
		});
	}
	static fromMemory(input) {
		const { elements, unsKeys } = buildElements(input);
		return AnnData.#whole({
			elements,
			unsKeys,
			store: null,
			closed: false
		});
	}
	static #whole(root) {
		const { obs, var: variables } = root.elements;
		return new AnnData(root, {
			obs: AxisView.whole("obs", obs),
			var: AxisView.whole("var", variables)
		});
	}
	get shape() {
		return [this.nObs, this.nVars];
	}
	get nObs() {
		return this.#count("obs");
	}
	get nVars() {
		return this.#count("var");
	}
	get isView() {
		return !(this.#axes.obs.isWhole && this.#axes.var.isWhole);
	}
	get store() {
		return this.#root.store;
	}
	get hasX() {
		return this.#root.elements.X !== null;
	}
	get X() {
		const { X } = this.#root.elements;
		if (X !== null) return new ElementHandle("X", X, ["obs", "var"], this.#context);
		throw new AtsError("NOT_FOUND", "This AnnData has no X; its layers may hold what you look for.", { path: "X" });
	}
	get obs() {
		return new TableHandle("obs", this.#root.elements.obs, this.#axes.obs, this.#context.assertOpen);
	}
	get var() {
		return new TableHandle("var", this.#root.elements.var, this.#axes.var, this.#context.assertOpen);
	}
	get layers() {
		return this.#map("layers");
	}
	get obsm() {
		return this.#map("obsm");
	}
	get varm() {
		return this.#map("varm");
	}
	get obsp() {
		return this.#map("obsp");
	}
	get varp() {
		return this.#map("varp");
	}
	get uns() {
		return new UnsHandle(this.#root.elements.uns, this.#root.unsKeys, this.#context.assertOpen);
	}
	get raw() {
		const { raw } = this.#root.elements;
		return raw && new RawHandle(raw, this.#context);
	}
	obsNames(options = {}) {
		return this.obs.names(options);
	}
	varNames(options = {}) {
		return this.var.names(options);
	}
	select(selection, options = {}) {
		return new AnnData(this.#root, {
			obs: this.#axes.obs.select(selection.obs, options),
			var: this.#axes.var.select(selection.var, options)
		});
	}
	async resolve(options = {}) {
		this.#assertOpen();
		await Promise.all([this.#axes.obs.resolve(options), this.#axes.var.resolve(options)]);
		return this;
	}
	get elements() {
		if (!this.isView) return this.#root.elements;
		this.#count("obs");
		this.#count("var");
		return selectElements(this.#root.elements, this.#selections());
	}
	async load(options = {}) {
		await this.resolve(options);
		return AnnData.fromElements(await loadElements(this.#root.elements, this.#selections(), options));
	}
	async *batches(options = {}) {
		await this.resolve(options);
		for await (const elements of readBatches(this.elements, options)) yield await AnnData.fromElements(elements);
	}
	async explain(options = {}) {
		await this.resolve(options);
		return explain(requestsOf(chooseParts(this.#root.elements, options.elements), this.#selections()), options);
	}
	async close() {
		if (this.#root.store === null) return;
		this.#root.closed = true;
		await this.#root.store.close();
	}
	[Symbol.asyncDispose]() {
		return this.close();
	}
	toString() {
		const { elements, unsKeys } = this.#root;
		const keys = {
			obs: elements.obs.columnNames,
			var: elements.var.columnNames,
			uns: unsKeys,
			...Object.fromEntries(Object.keys(MAPS$1).map((name) => [name, [...elements[name].keys()]]))
		};
		const shape = [this.#axes.obs.selection?.count, this.#axes.var.selection?.count];
		return describeAnnData({
			isView: this.isView,
			shape,
			keys
		});
	}
	[inspect.custom]() {
		return this.toString();
	}
	#map(name) {
		return new HandleMap(name, this.#root.elements[name], MAPS$1[name], this.#context);
	}
	#count(axis) {
		const selection = this.#axes[axis].selection;
		if (selection !== void 0) return selection.count;
		throw new AtsError("INVALID_ARGUMENT", `The ${axis} of this view are selected by name or predicate and not looked up yet; await view.resolve() first.`, { path: axis });
	}
	#selections() {
		const { obs, var: variables } = this.#axes;
		return {
			obs: obs.isWhole ? void 0 : obs.selection,
			var: variables.isWhole ? void 0 : variables.selection
		};
	}
	#assertOpen() {
		if (!this.#root.closed) return;
		const path = this.#root.store?.location ?? "";
		throw new AtsError("CLOSED", `${path} is closed; open it again to read.`, { path });
	}
};
//#endregion
//#region src/elements/concat.ts
function concatValues(path, a, b) {
	if (a.kind === "frame" && b.kind === "frame") return concatFrames(path, a, b);
	if (a.kind === "csr" && b.kind === "csr") return concatCsr(path, a, b);
	return concatColumns(path, a, b);
}
function concatFrames(path, a, b) {
	const missing = [...a.columns.keys()].filter((name) => !b.columns.has(name));
	const others = [...b.columns.keys()].filter((name) => !a.columns.has(name));
	if (missing.length > 0 || others.length > 0) throw new AtsError("INVALID_ARGUMENT", `The rows for ${path} ${missing.length > 0 ? `lack ${missing.join(", ")}` : `have ${others.join(", ")}, which it has not`}; give both the same columns.`, { path });
	const columns = new Map();
	for (const [name, column] of a.columns) columns.set(name, concatColumns(`${path}/${name}`, column, b.columns.get(name)));
	return new Frame(concatColumns(path, a.index, b.index), columns, a.indexName);
}
function concatColumns(path, a, b) {
	if (a.kind === "dense" && b.kind === "dense") return concatDense(path, a, b);
	if (a.kind === "strings" && b.kind === "strings" && sameRows(a, b)) return new StringArray([...a.values, ...b.values], [a.length + b.length, ...a.shape.slice(1)]);
	if (a.kind === "categorical" && b.kind === "categorical") return concatCategoricals(path, a, b);
	if (isMasked(a) && isMasked(b)) return concatNullables(path, a, b);
	throw unlike(path, a.kind, b.kind);
}
function concatDense(path, a, b) {
	if (a.dtype !== b.dtype) throw unlike(path, a.dtype, b.dtype);
	if (!sameRows(a, b)) throw unlike(path, `shape [${a.shape}]`, `shape [${b.shape}]`);
	const shape = [a.length + b.length, ...a.shape.slice(1)];
	const data = allocate(a.dtype, sizeOf$1(shape));
	data.set(a.data);
	data.set(b.data, a.data.length);
	return new DenseArray(a.dtype, shape, data);
}
function sameRows(a, b) {
	return a.shape.length === b.shape.length && a.shape.every((extent, i) => i === 0 || extent === b.shape[i]);
}
function concatCategoricals(path, a, b) {
	const [own, other] = [cellsOf(a.categories), cellsOf(b.categories)];
	const places = new Map(own.map((category, i) => [category, i]));
	const added = other.filter((category) => !places.has(category));
	if (a.ordered !== b.ordered || a.ordered && (added.length > 0 || own.length !== other.length)) throw new AtsError("INVALID_ARGUMENT", `${path} is ordered and has other categories in the new rows.`, { path });
	for (const category of added) places.set(category, places.size);
	const codes = allocateCodes(places.size, a.length + b.length);
	codes.set(a.codes);
	for (let i = 0; i < b.length; i++) {
		const code = b.codes[i];
		codes[a.length + i] = code < 0 ? -1 : places.get(other[code]);
	}
	const more = b.categories.kind === a.categories.kind ? takeCells(b.categories, other, new Set(added)) : void 0;
	if (more === void 0) throw unlike(path, `categories of ${a.categories.kind}`, b.categories.kind);
	return new Categorical(codes, concatColumns(path, a.categories, more), a.ordered);
}
function cellsOf(column) {
	const cell = cellReader(column);
	return Array.from({ length: column.length }, (_, i) => cell(i));
}
function takeCells(column, cells, wanted) {
	const rows = cells.flatMap((cell, i) => wanted.has(cell) ? [i] : []);
	if (column.kind === "strings") return new StringArray(rows.map((row) => column.at(row)));
	const width = lanes(column.dtype);
	const data = allocate(column.dtype, rows.length);
	for (const [i, row] of rows.entries()) data.set(column.data.subarray(row * width, (row + 1) * width), i * width);
	return new DenseArray(column.dtype, [rows.length], data);
}
function isMasked(column) {
	return column.kind === "nullable" || column.kind === "dense" && column.shape.length === 1;
}
function concatNullables(path, a, b) {
	const values = (column) => column.kind === "nullable" ? column.values : column;
	const mask = new Uint8Array(a.length + b.length);
	if (a.kind === "nullable") mask.set(a.mask);
	if (b.kind === "nullable") mask.set(b.mask, a.length);
	return new NullableArray(concatDense(path, values(a), values(b)), mask);
}
function concatCsr(path, a, b) {
	if (a.dtype !== b.dtype) throw unlike(path, a.dtype, b.dtype);
	if (a.shape[1] !== b.shape[1]) throw unlike(path, `shape [${a.shape}]`, `shape [${b.shape}]`);
	const nnz = a.nnz + b.nnz;
	const wide = nnz > 2147483647;
	const starts = wide ? new BigInt64Array(a.shape[0] + b.shape[0] + 1) : new Int32Array(a.shape[0] + b.shape[0] + 1);
	const put = (at, value) => {
		starts[at] = wide ? BigInt(value) : value;
	};
	for (let i = 0; i <= a.shape[0]; i++) put(i, Number(a.indptr[i]));
	for (let i = 1; i <= b.shape[0]; i++) put(a.shape[0] + i, a.nnz + Number(b.indptr[i]));
	const join = (into, first, second) => {
		into.set(first);
		into.set(second, first.length);
		return into;
	};
	const narrow = a.indices instanceof Int32Array && b.indices instanceof Int32Array;
	const wider = (indices) => BigInt64Array.from(indices, BigInt);
	const indices = narrow ? join(new Int32Array(nnz), a.indices, b.indices) : join(new BigInt64Array(nnz), wider(a.indices), wider(b.indices));
	const data = join(allocate(a.dtype, nnz), a.data, b.data);
	return new CsrMatrix(a.dtype, [a.shape[0] + b.shape[0], a.shape[1]], data, indices, starts);
}
function unlike(path, a, b) {
	return new AtsError("INVALID_ARGUMENT", `${path} is ${a} in the store and ${b} in the new rows; make them alike.`, { path });
}
//#endregion
//#region src/encodings/appended.ts
const PARTS = new WeakMap();
function appendedParts(element) {
	return PARTS.get(element);
}
function appendRows(first, second) {
	const { path } = first.info;
	if (first.sparse === "csc") throw new AtsError("UNSUPPORTED", `${path} is stored by columns, so rows cannot be appended; convert it to CSR.`, { path });
	const others = (array) => array.shape.slice(1).join();
	if (first.dtype !== second.dtype || others(first) !== others(second)) {
		const facts = ({ dtype, shape }) => `${String(dtype)} with rows of [${shape.slice(1)}]`;
		throw new AtsError("INVALID_ARGUMENT", `${path} is ${facts(first)}, the new rows are ${facts(second)}; make them alike.`, { path });
	}
	const shape = [first.shape[0] + second.shape[0], ...first.shape.slice(1)];
	return appended({
		first,
		second,
		axis: 0
	}, shape, (selection, options) => first.read(selection, options));
}
function appended(parts, shape, own) {
	const { first } = parts;
	const element = {
		kind: "lazy-array",
		info: {
			...first.info,
			shape,
			nnz: null
		},
		shape,
		dtype: first.dtype,
		sparse: first.sparse,
		read: (selection = [], options = {}) => readBoth(parts, shape, own, selection, options),
		storedBytes: (options) => first.storedBytes(options)
	};
	PARTS.set(element, parts);
	return element;
}
async function readAlike({ first, second }, selection, options) {
	const value = await second.read(selection, options);
	const matrix = value.kind === "dense" || value.kind === "csr" || value.kind === "csc" ? value : void 0;
	if (matrix === void 0 || matrix.shape.length !== 2) return value;
	if (first.sparse === "csc") return matrix.toCsc(options);
	return first.sparse === "csr" ? matrix.toCsr(options) : matrix.toDense(options);
}
async function readBoth(parts, shape, own, selection, options) {
	const { first, axis } = parts;
	const { path } = first.info;
	const [before, after, order] = split(selection[axis] ?? wholeAxis(shape[axis]), first.shape[axis]);
	const along = (entry) => shape.map((_, i) => i === axis ? entry : selection[i]);
	const [a, b] = await Promise.all([own(along(before), options), readAlike(parts, along(after), options)]);
	const both = before.count === 0 ? b : after.count === 0 ? a : concatAlong(axis, path, a, b);
	if (order === void 0) return both;
	return takeValue(both, axis === 0 ? [order] : [void 0, order], {
		...options,
		path
	});
}
function concatAlong(axis, path, a, b) {
	if (axis === 0 || a.kind !== "csc" || b.kind !== "csc") return concatValues(path, a, b);
	return turned(concatValues(path, turned(a), turned(b)));
}
function turned({ kind, dtype, shape, data, indices, indptr }) {
	return fromParts({
		kind: kind === "csr" ? "csc" : "csr",
		dtype,
		shape: [shape[1], shape[0]],
		data,
		indices,
		indptr
	});
}
function split(rows, stored) {
	if (rows.kind === "range" && rows.step === 1) {
		const own = Math.max(0, Math.min(rows.count, stored - rows.start));
		return [
			{
				kind: "range",
				start: own === 0 ? 0 : rows.start,
				step: 1,
				count: own
			},
			{
				kind: "range",
				start: Math.max(0, rows.start - stored),
				step: 1,
				count: rows.count - own
			},
			void 0
		];
	}
	let own = 0;
	for (let i = 0; i < rows.count; i++) if (positionAt(rows, i) < stored) own++;
	const parts = [allocatePositions(own, stored), allocatePositions(rows.count - own, Number.MAX_SAFE_INTEGER)];
	const order = allocatePositions(rows.count, rows.count);
	let [a, b] = [0, 0];
	for (let i = 0; i < rows.count; i++) {
		const position = positionAt(rows, i);
		order[i] = position < stored ? a : own + b;
		if (position < stored) parts[0][a++] = position;
		else parts[1][b++] = position - stored;
	}
	const asked = (positions) => positions;
	return [
		asked({
			kind: "positions",
			positions: parts[0],
			count: own
		}),
		asked({
			kind: "positions",
			positions: parts[1],
			count: rows.count - own
		}),
		asked({
			kind: "positions",
			positions: order,
			count: rows.count
		})
	];
}
//#endregion
//#region src/elements/lazy.ts
function numericDType(element) {
	return typeof element.dtype === "string" && element.dtype !== "string" ? element.dtype : void 0;
}
//#endregion
//#region src/formats/aligned.ts
function checkAligned(elements, location) {
	const { obs, var: vars, raw } = elements;
	const [n, m] = [obs.length, vars.length];
	const check = (path, element, ...extents) => {
		const shape = element !== null && "shape" in element ? element.shape : null;
		if (shape === null || extents.every((extent, axis) => shape[axis] === extent)) return;
		throw new AtsError("CORRUPT", `${location}: ${path} has the shape [${shape.join(", ")}] in an AnnData of ${n} observations and ${m} variables.`, { path });
	};
	const checkAll = (name, members, ...extents) => {
		for (const [key, element] of members) check(`${name}/${key}`, element, ...extents);
	};
	check("X", elements.X, n, m);
	checkAll("layers", elements.layers, n, m);
	checkAll("obsm", elements.obsm, n);
	checkAll("varm", elements.varm, m);
	checkAll("obsp", elements.obsp, n, n);
	checkAll("varp", elements.varp, m, m);
	if (raw === null) return;
	check("raw/X", raw.X, n, raw.var.length);
	checkAll("raw/varm", raw.varm, raw.var.length);
}
//#endregion
//#region src/durability/failures.ts
const CODES = {
	ENOENT: "NOT_FOUND",
	EEXIST: "ALREADY_EXISTS",
	ENOTEMPTY: "ALREADY_EXISTS"
};
const REASONS$1 = {
	ENOSPC: "the disk is full",
	EDQUOT: "the quota is used up",
	EACCES: "permission is denied",
	EPERM: "it is not permitted",
	EROFS: "the file system is read-only",
	EMFILE: "too many files are open",
	ENOENT: "it does not exist",
	EEXIST: "it exists already",
	ENOTEMPTY: "it exists already",
	ENOTDIR: "a part of the path is not a directory"
};
function saveError(cause, path) {
	if (AtsError.is(cause)) return cause;
	const code = cause?.code ?? "";
	const reason = REASONS$1[code] ?? (cause instanceof Error ? cause.message : String(cause));
	return new AtsError(CODES[code] ?? "IO", `${path}: ${reason}.`, {
		path,
		cause
	});
}
function isMissing$1(cause) {
	return cause?.code === "ENOENT";
}
function appeared(target, cause) {
	return new AtsError("ALREADY_EXISTS", `${target} was created by someone else meanwhile.`, {
		path: target,
		cause
	});
}
//#endregion
//#region src/durability/checksum.ts
const native = zlib.crc32;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? value >>> 1 ^ 3988292384 : value >>> 1;
	return value;
});
function crc32(bytes, value = 0) {
	if (native !== void 0) return native(bytes, value);
	let crc = ~value;
	for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ crc >>> 8;
	return ~crc >>> 0;
}
async function checksumOf(handle, buffer) {
	let size = 0;
	let value = 0;
	for (;;) {
		const { bytesRead } = await handle.read(buffer, 0, buffer.length, size);
		if (bytesRead === 0) return {
			size,
			crc32: value
		};
		value = crc32(buffer.subarray(0, bytesRead), value);
		size += bytesRead;
	}
}
//#endregion
//#region src/durability/manifest.ts
const MANIFEST = "ats-manifest.json";
const LANES$3 = 4;
const BUFFER_BYTES$2 = 1 << 20;
async function writeManifest(root, options) {
	const { format, generation, sync, signal, entry } = options;
	const paths = (await listFiles$1(root, "")).sort();
	const files = new Array(paths.length);
	let next = 0;
	const lane = async () => {
		const buffer = new Uint8Array(BUFFER_BYTES$2);
		while (next < paths.length) {
			signal?.throwIfAborted();
			const at = next++;
			const path = paths[at];
			files[at] = entry?.(path) ?? await sealFile(root, path, buffer, sync);
		}
	};
	await Promise.all(Array.from({ length: Math.min(LANES$3, paths.length) }, lane));
	const manifest = {
		format,
		version: 1,
		generation,
		files
	};
	const handle = await open$1(join(root, MANIFEST), "wx");
	try {
		await writeFile(handle, JSON.stringify(manifest));
		if (sync) await handle.sync();
	} finally {
		await handle.close();
	}
}
async function sealFile(root, path, buffer, sync) {
	const handle = await open$1(join(root, path), "r");
	try {
		const sum = await checksumOf(handle, buffer);
		if (sync) await handle.sync();
		return {
			path,
			...sum
		};
	} finally {
		await handle.close();
	}
}
async function listFiles$1(root, prefix) {
	const paths = [];
	for (const entry of await readdir(join(root, prefix), { withFileTypes: true })) {
		const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
		if (entry.isDirectory()) paths.push(...await listFiles$1(root, path));
		else paths.push(path);
	}
	return paths;
}
async function readManifest(root, maxBytes) {
	const path = join(root, MANIFEST);
	let text;
	try {
		text = await readFile(path, "utf8");
	} catch (cause) {
		if (isMissing$1(cause)) return void 0;
		throw saveError(cause, path);
	}
	if (text.length > maxBytes) throw new AtsError("LIMIT_EXCEEDED", `${path} has ${text.length} bytes; raise maxMetadataBytes.`, { path });
	return parseManifest(text, path);
}
function parseManifest(text, path) {
	let manifest;
	try {
		manifest = JSON.parse(text);
	} catch (cause) {
		throw new AtsError("CORRUPT", `${path} is damaged.`, {
			path,
			cause
		});
	}
	if (typeof manifest?.version === "number" && manifest.version > 1) throw new AtsError("UNSUPPORTED", `${path} was written by a newer version of this package; update it.`, { path });
	if (manifest?.version === 1 && typeof manifest.generation === "string" && Array.isArray(manifest?.files) && manifest.files.every(isEntry)) return manifest;
	throw new AtsError("CORRUPT", `${path} is damaged.`, { path });
}
function isEntry(file) {
	return typeof file?.path === "string" && typeof file.size === "number" && typeof file.crc32 === "number";
}
//#endregion
//#region src/durability/process-identity.ts
async function thisProcess() {
	return {
		host: hostname(),
		pid: process.pid,
		started: await startOf(process.pid),
		namespace: await namespace()
	};
}
async function isRunning(holder) {
	if (holder.host !== hostname() || holder.namespace !== await namespace()) return true;
	try {
		process.kill(holder.pid, 0);
	} catch (cause) {
		return cause.code !== "ESRCH";
	}
	return holder.started === "" || holder.started === await startOf(holder.pid);
}
async function startOf(pid) {
	try {
		const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
		const stat = await readFile(`/proc/${pid}/stat`, "utf8");
		return `${boot}:${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
	} catch {
		return "";
	}
}
async function namespace() {
	return readlink("/proc/self/ns/pid").catch(() => "");
}
//#endregion
//#region src/durability/lock.ts
async function acquireLock(siblings, path) {
	const mine = `${siblings.lock}-${siblings.id}`;
	const content = JSON.stringify({
		id: siblings.id,
		...await thisProcess()
	});
	for (;;) {
		if (await tryCreate(siblings.lock, mine, content, path)) break;
		const holder = await readLock(siblings.lock);
		if (holder === void 0) continue;
		if (holder === "unreadable" || await isRunning(holder)) throw locked(path, siblings.lock, holder);
		await removeDead(siblings.lock, mine, holder);
	}
	return { release: () => unlink(siblings.lock).catch(() => void 0) };
}
async function tryCreate(lock, mine, content, path) {
	try {
		await writeFile(mine, content, { flag: "wx" });
	} catch (cause) {
		throw saveError(cause, path);
	}
	try {
		await link(mine, lock);
		return true;
	} catch (cause) {
		const code = cause.code;
		if (code === "EEXIST" || code === "ENOENT") return false;
		if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS") return createExclusively(lock, content, path);
		throw saveError(cause, path);
	} finally {
		await unlink(mine).catch(() => void 0);
	}
}
async function createExclusively(lock, content, path) {
	try {
		await writeFile(lock, content, { flag: "wx" });
		return true;
	} catch (cause) {
		if (cause.code === "EEXIST") return false;
		throw saveError(cause, path);
	}
}
async function readLock(lock) {
	try {
		const holder = JSON.parse(await readFile(lock, "utf8"));
		return typeof holder?.pid === "number" && typeof holder.host === "string" && typeof holder.id === "string" ? {
			started: "",
			namespace: "",
			...holder
		} : "unreadable";
	} catch (cause) {
		return isMissing$1(cause) ? void 0 : "unreadable";
	}
}
async function removeDead(lock, mine, dead) {
	try {
		await rename(lock, mine);
	} catch (cause) {
		if (isMissing$1(cause)) return;
		throw saveError(cause, lock);
	}
	const taken = await readLock(mine);
	if (taken === void 0 || taken === "unreadable" || taken.id !== dead.id) await link(mine, lock).catch(() => void 0);
	await unlink(mine).catch(() => void 0);
}
function locked(path, lock, holder) {
	return new AtsError("LOCKED", `${path} is being saved by ${holder === "unreadable" ? "another program" : `process ${holder.pid} on ${holder.host}`}; wait for it, or remove ${lock} once it is gone.`, { path });
}
//#endregion
//#region src/durability/names.ts
function siblingsOf(path, id = randomBytes(8).toString("hex")) {
	const name = basename(path);
	if (name === "" || name === "." || name === "..") throw new AtsError("INVALID_ARGUMENT", `${JSON.stringify(path)} does not name a store; give it a file name.`, { path });
	const parent = dirname(path);
	const sibling = (suffix) => join(parent, `.${name}.${suffix}`);
	return {
		parent,
		name,
		id,
		lock: sibling("lock"),
		intent: sibling("intent"),
		staging: sibling(`staging-${id}`),
		old: sibling(`old-${id}`)
	};
}
function isLeftover(entry, name) {
	const prefix = `.${name}.`;
	return entry.startsWith(prefix) && /^(staging|old|lock)-[0-9a-f]{16}$/.test(entry.slice(prefix.length));
}
//#endregion
//#region src/durability/collect.ts
async function collectLeftovers(path) {
	const target = await realpath(path).catch(() => path);
	const siblings = siblingsOf(resolve(target));
	const entries = await readdir(siblings.parent).catch(() => []);
	const intent = entries.includes(basename(siblings.intent));
	if (!intent && !entries.some((entry) => isLeftover(entry, siblings.name))) return;
	const lock = await acquireLock(siblings, target).catch(() => void 0);
	if (lock === void 0) return intent ? awaitPublication(target) : void 0;
	try {
		await recover(target, siblings);
	} catch {
		return;
	} finally {
		await lock.release();
	}
}
async function awaitPublication(path) {
	for (let tries = 0; tries < 50 && !await exists(path); tries++) await setTimeout(20);
}
async function recover(path, siblings) {
	const intent = await readIntent(siblings);
	if (intent !== void 0 && !await exists(path)) {
		const [staging, old] = [join(siblings.parent, intent.staging), join(siblings.parent, intent.old)];
		if (await exists(staging)) await rename(staging, path);
		else if (await exists(old)) await rename(old, path);
	}
	await unlink(siblings.intent).catch(() => void 0);
	for (const entry of await readdir(siblings.parent)) if (isLeftover(entry, siblings.name)) await rm(join(siblings.parent, entry), {
		recursive: true,
		force: true
	});
}
async function readIntent(siblings) {
	try {
		const intent = JSON.parse(await readFile(siblings.intent, "utf8"));
		return [intent.staging, intent.old].every((name) => typeof name === "string" && isLeftover(name, siblings.name)) ? intent : void 0;
	} catch {
		return;
	}
}
async function exists(path) {
	return lstat(path).then(() => true, () => false);
}
//#endregion
//#region src/durability/replace.ts
async function replaceTarget(path, options, steps) {
	const target = await resolveTarget(path);
	const siblings = siblingsOf(target);
	const overwrite = options.overwrite === true;
	const sync = options.durability !== "none";
	options.signal?.throwIfAborted();
	await steps.check(target, overwrite);
	const lock = await acquireLock(siblings, target);
	try {
		await recover(target, siblings);
		const replaces = await steps.check(target, overwrite);
		await steps.stage(siblings, sync);
		options.signal?.throwIfAborted();
		await steps.publish(target, siblings, replaces, sync);
	} catch (cause) {
		await rm(siblings.staging, {
			recursive: true,
			force: true,
			maxRetries: 5
		}).catch(() => void 0);
		if (options.signal?.aborted) throw options.signal.reason;
		throw saveError(cause, target);
	} finally {
		await lock.release();
	}
}
async function resolveTarget(path) {
	return realpath(path).catch((cause) => {
		if (isMissing$1(cause)) return resolve(path);
		throw saveError(cause, path);
	});
}
//#endregion
//#region src/durability/replaceable.ts
const MARKS$1 = [
	[MANIFEST],
	["obs.parquet", "var.parquet"],
	[".zgroup", ".zattrs"],
	[
		".zgroup",
		"obs",
		"var"
	],
	["zarr.json"]
];
const SIGNATURES = [
	[0, "HDF\r\n\n"],
	[512, "HDF\r\n\n"],
	[0, "PK"],
	[0, "PK"]
];
async function checkTarget(path, overwrite) {
	const stats = await present(path, overwrite);
	if (stats === void 0) return false;
	const names = stats.isDirectory() ? await readdir(path) : void 0;
	const isStore = names?.length === 0 || MARKS$1.some((mark) => mark.every((file) => names?.includes(file)));
	if (names === void 0 || !isStore) throw notAStore(path);
	return true;
}
async function checkFileTarget(path, overwrite) {
	const stats = await present(path, overwrite);
	if (stats === void 0) return false;
	if (!stats.isFile() || !(stats.size === 0 || await isStoreFile(path))) throw notAStore(path);
	return true;
}
async function present(path, overwrite) {
	const stats = await lstat(path).catch((cause) => {
		if (isMissing$1(cause)) return void 0;
		throw saveError(cause, path);
	});
	if (stats === void 0 || overwrite) return stats;
	throw new AtsError("ALREADY_EXISTS", `${path} exists already; choose another name or allow it to be overwritten.`, { path });
}
async function isStoreFile(path) {
	const handle = await open$1(path, "r");
	try {
		const { buffer } = await handle.read(new Uint8Array(520), 0, 520, 0);
		const head = Buffer.from(buffer).toString("latin1");
		return SIGNATURES.some(([offset, bytes]) => head.startsWith(bytes, offset));
	} finally {
		await handle.close();
	}
}
function notAStore(path) {
	return new AtsError("ALREADY_EXISTS", `${path} is not a store and is not replaced; remove it yourself.`, { path });
}
//#endregion
//#region src/durability/sync.ts
async function syncPath(path) {
	const handle = await open$1(path, "r").catch((cause) => {
		if (process.platform === "win32") return void 0;
		throw cause;
	});
	if (handle === void 0) return;
	try {
		await handle.sync();
	} catch (cause) {
		if (!NOT_SYNCABLE.has(cause.code ?? "")) throw cause;
	} finally {
		await handle.close();
	}
}
const NOT_SYNCABLE = new Set(process.platform === "win32" ? ["EPERM", "EINVAL"] : ["EINVAL"]);
async function syncDirectories(root) {
	for (const entry of await readdir(root, { withFileTypes: true })) if (entry.isDirectory()) await syncDirectories(join(root, entry.name));
	await syncPath(root);
}
//#endregion
//#region src/durability/save.ts
async function saveDirectory(path, options, write) {
	await replaceTarget(path, options, {
		check: checkTarget,
		stage: (siblings, sync) => stage(siblings, options, sync, write),
		publish: publish$1
	});
}
async function stage(siblings, options, sync, write) {
	await mkdir(siblings.staging);
	await write(siblings.staging);
	options.signal?.throwIfAborted();
	const { format, seal, signal } = options;
	if (seal?.wanted() ?? true) await writeManifest(siblings.staging, {
		format,
		generation: siblings.id,
		sync,
		signal,
		entry: seal?.entry
	});
	if (sync) await syncDirectories(siblings.staging);
}
async function publish$1(target, siblings, replaces, sync) {
	if (!replaces) {
		await renameNew(siblings.staging, target);
		if (sync) await syncPath(siblings.parent);
		return;
	}
	await writeIntent(siblings, sync);
	try {
		await rename(target, siblings.old);
		await rename(siblings.staging, target);
	} catch (cause) {
		await rename(siblings.old, target).catch(() => void 0);
		await unlink(siblings.intent).catch(() => void 0);
		throw cause;
	}
	if (sync) await syncPath(siblings.parent);
	await unlink(siblings.intent);
	await rm(siblings.old, {
		recursive: true,
		force: true
	});
}
async function renameNew(staging, target) {
	try {
		await rename(staging, target);
	} catch (cause) {
		const code = cause.code;
		if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR") throw appeared(target, cause);
		throw cause;
	}
}
async function writeIntent(siblings, sync) {
	const handle = await open$1(siblings.intent, "w");
	try {
		await handle.writeFile(JSON.stringify({
			staging: basename(siblings.staging),
			old: basename(siblings.old)
		}));
		if (sync) await handle.sync();
	} finally {
		await handle.close();
	}
	if (sync) await syncPath(siblings.parent);
}
//#endregion
//#region src/storage/file-source.ts
async function withFile(path, identity, use) {
	const handle = await openRegular$1(path);
	try {
		const stats = await handle.stat({ bigint: true });
		if (!stats.isFile()) throw unsafe(path);
		const now = identityOf(stats);
		if (identity !== void 0 && !same$1(identity, now)) throw new AtsError("STALE", `${path} was replaced since it was opened; open the store again.`, { path });
		return await use({
			path,
			size: Number(stats.size),
			identity: now,
			read: (offset, length) => readExactly(handle, path, offset, length)
		});
	} finally {
		await handle.close();
	}
}
function readSmallFile(path, limit) {
	return withFile(path, void 0, async (source) => {
		if (source.size > limit) throw new AtsError("LIMIT_EXCEEDED", `${path} has ${source.size} bytes; at most ${limit} are read.`, { path });
		return source.read(0, source.size);
	});
}
async function openRegular$1(path) {
	try {
		return await open$1(path, constants$1.O_RDONLY | (constants$1.O_NOFOLLOW ?? 0) | (constants$1.O_NONBLOCK ?? 0));
	} catch (cause) {
		throw fileError(cause, path);
	}
}
function fileError(cause, path) {
	const code = cause?.code;
	if (AtsError.is(cause)) return cause;
	if (code === "ENOENT" || code === "ENOTDIR") return new AtsError("NOT_FOUND", `${path} does not exist.`, {
		path,
		cause
	});
	if (code === "ELOOP" || code === "ENXIO" || code === "EISDIR") return unsafe(path, cause);
	if (code === "ENAMETOOLONG" || code === "ERR_INVALID_ARG_VALUE") return new AtsError("UNSAFE_PATH", `${JSON.stringify(path)} is not a name that a file can have.`, {
		path,
		cause
	});
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new AtsError("IO", `${path}: the file system answered ${code ?? reason}.`, {
		path,
		cause
	});
}
function unsafe(path, cause) {
	const options = cause === void 0 ? { path } : {
		path,
		cause
	};
	return new AtsError("UNSAFE_PATH", `${path} is a link or not a regular file; a store holds regular files only.`, options);
}
async function readExactly(handle, path, offset, length) {
	const bytes = new Uint8Array(length);
	let done = 0;
	while (done < length) {
		const { bytesRead } = await handle.read(bytes, done, length - done, offset + done).catch((cause) => {
			throw fileError(cause, path);
		});
		if (bytesRead === 0) throw new AtsError("CORRUPT", `${path} ends at byte ${offset + done}, before its contents do.`, { path });
		done += bytesRead;
	}
	return bytes;
}
function identityOf(stats) {
	return {
		inode: stats.ino,
		device: stats.dev,
		size: stats.size,
		modified: stats.mtimeNs
	};
}
function same$1(a, b) {
	return a.inode === b.inode && a.device === b.device && a.size === b.size && a.modified === b.modified;
}
//#endregion
//#region src/storage/directories.ts
async function list(directory) {
	try {
		return (await readdir(directory, { withFileTypes: true })).sort((a, b) => a.name < b.name ? -1 : 1);
	} catch (cause) {
		const error = fileError(cause, directory);
		if (error.code === "NOT_FOUND") return [];
		throw error;
	}
}
async function isPlainDirectory(path) {
	try {
		if ((await lstat(path)).isDirectory()) return true;
	} catch (cause) {
		const error = fileError(cause, path);
		if (error.code === "NOT_FOUND") return false;
		throw error;
	}
	throw new AtsError("UNSAFE_PATH", `${path} is a link or not a directory; a store holds plain directories only.`, { path });
}
async function readOptional(path, limit) {
	return readSmallFile(path, limit).catch((error) => {
		if (AtsError.is(error) && error.code === "NOT_FOUND") return void 0;
		throw error;
	});
}
//#endregion
//#region src/storage/snappy.ts
function decodeSnappy(input, size, path) {
	const fail = () => new AtsError("CORRUPT", `${path} has a damaged Snappy page.`, { path });
	let at = 0;
	let declared = 0;
	for (let shift = 0;; shift += 7) {
		const byte = input[at++];
		if (byte === void 0 || shift > 28) throw fail();
		declared += (byte & 127) * 2 ** shift;
		if (byte < 128) break;
	}
	if (declared !== size) throw fail();
	const out = new Uint8Array(size);
	let to = 0;
	while (at < input.length) {
		const tag = input[at++];
		const kind = tag & 3;
		if (kind === 0) {
			let length = tag >> 2;
			if (length >= 60) {
				const extra = length - 59;
				length = 0;
				for (let i = 0; i < extra; i++) length += (input[at + i] ?? 0) * 2 ** (8 * i);
				at += extra;
			}
			length += 1;
			if (at + length > input.length || to + length > size) throw fail();
			out.set(input.subarray(at, at + length), to);
			at += length;
			to += length;
			continue;
		}
		const length = kind === 1 ? (tag >> 2 & 7) + 4 : (tag >> 2) + 1;
		const width = kind === 1 ? 1 : kind === 2 ? 2 : 4;
		let offset = kind === 1 ? tag >> 5 << 8 : 0;
		for (let i = 0; i < width; i++) offset += (input[at + i] ?? 0) * 2 ** (8 * i);
		at += width;
		if (at > input.length || offset === 0 || offset > to || to + length > size) throw fail();
		copyMatch(out, to, offset, length);
		to += length;
	}
	if (to !== size) throw fail();
	return out;
}
function copyMatch(out, to, offset, length) {
	if (offset >= length) {
		out.copyWithin(to, to - offset, to - offset + length);
		return;
	}
	for (let i = 0; i < length; i++) out[to + i] = out[to + i - offset];
}
//#endregion
//#region src/storage/lz4.ts
function decodeLz4Block(input, size, path) {
	const fail = () => new AtsError("CORRUPT", `${path} has a damaged LZ4 page.`, { path });
	const out = new Uint8Array(size);
	let at = 0;
	let to = 0;
	const extend = (length) => {
		let total = length;
		for (let byte = length === 15 ? 255 : 0; byte === 255;) {
			byte = input[at++] ?? -1;
			if (byte < 0) throw fail();
			total += byte;
		}
		return total;
	};
	while (at < input.length) {
		const token = input[at++];
		const literals = extend(token >> 4);
		if (at + literals > input.length || to + literals > size) throw fail();
		out.set(input.subarray(at, at + literals), to);
		at += literals;
		to += literals;
		if (at === input.length) break;
		const offset = input[at] | (input[at + 1] ?? 0) << 8;
		at += 2;
		const length = extend(token & 15) + 4;
		if (at > input.length || offset === 0 || offset > to || to + length > size) throw fail();
		copyMatch(out, to, offset, length);
		to += length;
	}
	if (to !== size) throw fail();
	return out;
}
//#endregion
//#region src/storage/zstd.ts
let chunks = 0;
async function decodeZstd(input, size) {
	const kvstore = await KvStore.open({
		driver: "memory",
		path: `zstd-page-${chunks++}/`
	});
	const metadata = {
		zarr_format: 2,
		shape: [size],
		chunks: [size],
		dtype: "|u1",
		compressor: {
			id: "zstd",
			level: 1
		},
		fill_value: null,
		filters: null,
		order: "C"
	};
	try {
		await kvstore.set("0", input);
		return (await (await open$3({
			driver: "zarr",
			metadata
		}, {
			kvstore,
			open: true,
			assumeMetadata: true
		})).read()).data;
	} finally {
		await kvstore.delete("0");
	}
}
//#endregion
//#region src/storage/parquet-codecs.ts
const CODEC = {
	UNCOMPRESSED: 0,
	SNAPPY: 1,
	GZIP: 2,
	BROTLI: 4,
	ZSTD: 6,
	LZ4_RAW: 7
};
const MAX_PAGE = 1 << 30;
const PLAUSIBLE = 64 << 20;
const MAX_RATIO$1 = 2048;
const gunzip$1 = promisify(zlib.gunzip);
const brotli = promisify(zlib.brotliDecompress);
const zstdDecompress = zlib.zstdDecompress;
const zstd = typeof zstdDecompress === "function" ? promisify(zstdDecompress) : (input, { maxOutputLength }) => decodeZstd(input, maxOutputLength);
function hasCodec(codec) {
	return Object.values(CODEC).includes(codec);
}
function checkPageSize(compressed, size, path) {
	if (size < 0 || compressed < 0) throw new AtsError("CORRUPT", `${path} has a page of negative size.`, { path });
	if (size > MAX_PAGE || size > PLAUSIBLE && size > compressed * MAX_RATIO$1) throw new AtsError("LIMIT_EXCEEDED", `${path} has a page that claims ${size} bytes; its ${compressed} stored bytes cannot hold that.`, { path });
}
async function decompress(codec, input, size, path) {
	if (codec === CODEC.SNAPPY) return decodeSnappy(input, size, path);
	if (codec === CODEC.LZ4_RAW) return decodeLz4Block(input, size, path);
	if (size === 0) return new Uint8Array(0);
	const output = codec === CODEC.UNCOMPRESSED ? input : await inflate(codec, input, size, path);
	if (output.length === size) return output;
	throw new AtsError("CORRUPT", `${path} has a page of ${output.length} bytes instead of ${size}.`, { path });
}
async function inflate(codec, input, size, path) {
	const decode = codec === CODEC.GZIP ? gunzip$1 : codec === CODEC.BROTLI ? brotli : zstd;
	try {
		return await decode(input, { maxOutputLength: size });
	} catch (cause) {
		throw new AtsError("CORRUPT", `${path} has a damaged page.`, {
			path,
			cause
		});
	}
}
//#endregion
//#region src/storage/parquet-thrift.ts
const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const MAP = 11;
const STRUCT = 12;
const MAX_DEPTH$3 = 24;
var ThriftReader = class {
	position;
	#bytes;
	#path;
	constructor(bytes, path, position = 0) {
		this.#bytes = bytes;
		this.#path = path;
		this.position = position;
	}
	struct(depth = 0) {
		if (depth > MAX_DEPTH$3) throw this.#corrupt("nests too deeply");
		const fields = new Map();
		let id = 0;
		for (;;) {
			const header = this.#byte();
			const type = header & 15;
			if (type === STOP) return fields;
			id = header >> 4 === 0 ? this.#zigzag() : id + (header >> 4);
			fields.set(id, type === TRUE ? true : type === FALSE ? false : this.#value(type, depth));
		}
	}
	#value(type, depth) {
		if (type === TRUE || type === FALSE) return this.#byte() === TRUE;
		if (type === BYTE) return this.#byte() << 24 >> 24;
		if (type === I16 || type === I32 || type === I64) return this.#zigzag();
		if (type === BINARY) return this.#take(this.#varint());
		if (type === LIST || type === SET) return this.#list(depth);
		if (type === STRUCT) return this.struct(depth + 1);
		if (type === DOUBLE) return new DataView(this.#take(8).slice().buffer).getFloat64(0, true);
		if (type === MAP) return this.#map(depth);
		throw this.#corrupt(`has an unknown type ${type}`);
	}
	#list(depth) {
		const header = this.#byte();
		const count = header >> 4 === 15 ? this.#varint() : header >> 4;
		if (count > this.#bytes.length - this.position) throw this.#corrupt("has a list longer than itself");
		return Array.from({ length: count }, () => this.#value(header & 15, depth + 1));
	}
	#map(depth) {
		const count = this.#varint();
		if (count === 0) return [];
		if (count > this.#bytes.length - this.position) throw this.#corrupt("has a map longer than itself");
		const types = this.#byte();
		return Array.from({ length: count }, () => [this.#value(types >> 4, depth + 1), this.#value(types & 15, depth + 1)]);
	}
	#byte() {
		if (this.position >= this.#bytes.length) throw this.#corrupt("ends early");
		return this.#bytes[this.position++];
	}
	#take(length) {
		if (length > this.#bytes.length - this.position) throw this.#corrupt("has text longer than itself");
		this.position += length;
		return this.#bytes.subarray(this.position - length, this.position);
	}
	#varint() {
		return toSafe(this.#bigVarint(), this.#path);
	}
	#zigzag() {
		const value = this.#bigVarint();
		return toSafe(value >> 1n ^ -(value & 1n), this.#path);
	}
	#bigVarint() {
		let value = 0;
		for (let shift = 0; shift < 49; shift += 7) {
			const byte = this.#byte();
			value += (byte & 127) * 2 ** shift;
			if (byte < 128) return BigInt(value);
		}
		let big = BigInt(value);
		for (let shift = 49n; shift < 70n; shift += 7n) {
			const byte = this.#byte();
			big |= BigInt(byte & 127) << shift;
			if (byte < 128) return BigInt.asUintN(64, big);
		}
		throw this.#corrupt("has a number that is too long");
	}
	#corrupt(what) {
		return new AtsError("CORRUPT", `${this.#path}: its Parquet metadata ${what}.`, { path: this.#path });
	}
};
function toSafe(value, path) {
	const number = Number(value);
	if (!Number.isSafeInteger(number)) throw new AtsError("CORRUPT", `${path}: its Parquet metadata has the absurd number ${value}.`, { path });
	return number;
}
function writeStruct(fields) {
	const out = [];
	putStruct(out, fields);
	return Buffer.concat(out);
}
function putStruct(out, fields) {
	let last = 0;
	for (const field of fields) {
		out.push(Uint8Array.of(field[0] - last << 4 | typeCode(field)));
		last = field[0];
		putValue(out, field);
	}
	out.push(Uint8Array.of(STOP));
}
function typeCode(field) {
	if (field[1] === "bool") return field[2] ? TRUE : FALSE;
	return {
		i8: BYTE,
		i32: I32,
		i64: I64,
		binary: BINARY,
		struct: STRUCT,
		i32s: LIST,
		binaries: LIST,
		structs: LIST
	}[field[1]];
}
function putValue(out, field) {
	switch (field[1]) {
		case "bool": return;
		case "i8":
			out.push(Uint8Array.of(field[2]));
			return;
		case "i32":
		case "i64":
			out.push(zigzag(field[2]));
			return;
		case "binary":
			putBinary(out, field[2]);
			return;
		case "struct":
			putStruct(out, field[2]);
			return;
		case "i32s":
			putListHeader(out, field[2].length, I32);
			for (const item of field[2]) out.push(zigzag(item));
			return;
		case "binaries":
			putListHeader(out, field[2].length, BINARY);
			for (const item of field[2]) putBinary(out, item);
			return;
		case "structs":
			putListHeader(out, field[2].length, STRUCT);
			for (const item of field[2]) putStruct(out, item);
	}
}
function putListHeader(out, count, type) {
	if (count < 15) out.push(Uint8Array.of(count << 4 | type));
	else out.push(Uint8Array.of(240 | type), varint(count));
}
function putBinary(out, value) {
	const bytes = typeof value === "string" ? Buffer.from(value) : value;
	out.push(varint(bytes.length), bytes);
}
function zigzag(value) {
	return varint(value >= 0 ? value * 2 : -value * 2 - 1);
}
function varint(value) {
	const bytes = [];
	let rest = value;
	while (rest >= 128) {
		bytes.push(rest % 128 + 128);
		rest = Math.floor(rest / 128);
	}
	bytes.push(rest);
	return Uint8Array.from(bytes);
}
//#endregion
//#region src/storage/parquet-hybrid.ts
function decodeHybrid(bytes, bitWidth, count, path) {
	const fail = () => new AtsError("CORRUPT", `${path} has a damaged run of levels or indices.`, { path });
	const out = new Int32Array(count);
	if (bitWidth === 0 && bytes.length === 0) return out;
	if (bitWidth > 32) throw fail();
	const width = bitWidth + 7 >> 3;
	let at = 0;
	let done = 0;
	while (done < count) {
		let header = 0;
		for (let shift = 0;; shift += 7) {
			const byte = bytes[at++];
			if (byte === void 0 || shift > 28) throw fail();
			header += (byte & 127) * 2 ** shift;
			if (byte < 128) break;
		}
		if (header % 2 === 0) {
			const run = Math.min(header / 2, count - done);
			if (at + width > bytes.length || run === 0) throw fail();
			let value = 0;
			for (let i = 0; i < width; i++) value |= bytes[at + i] << 8 * i;
			at += width;
			out.fill(value, done, done + run);
			done += run;
		} else {
			const values = (header - 1) * 4;
			const take = Math.min(values, count - done);
			if (values === 0 || at + Math.ceil(take * bitWidth / 8) > bytes.length) throw fail();
			unpack(bytes, at, bitWidth, out, done, take);
			at += values / 8 * bitWidth;
			done += take;
		}
	}
	return out;
}
function unpack(bytes, from, bitWidth, out, to, count) {
	if (bitWidth === 8) {
		for (let i = 0; i < count; i++) out[to + i] = bytes[from + i];
		return;
	}
	const mask = bitWidth === 32 ? -1 : (1 << bitWidth) - 1;
	let bits = 0;
	for (let i = 0; i < count; i++, bits += bitWidth) {
		const at = from + (bits >> 3);
		const shift = bits & 7;
		const low = bytes[at] | (bytes[at + 1] ?? 0) << 8 | (bytes[at + 2] ?? 0) << 16 | (bytes[at + 3] ?? 0) << 24;
		const high = shift === 0 ? 0 : (bytes[at + 4] ?? 0) << 32 - shift;
		out[to + i] = (low >>> shift | high) & mask;
	}
}
function encodeLevels(missing, count) {
	if (missing === void 0) return Buffer.concat([varint(count * 2), Uint8Array.of(1)]);
	return Buffer.concat([varint((count + 7 >> 3) * 2 + 1), packBits(missing, true)]);
}
function encodeIndices(indices, bitWidth) {
	const groups = indices.length + 7 >> 3;
	const header = varint(groups * 2 + 1);
	const out = new Uint8Array(1 + header.length + groups * bitWidth);
	out[0] = bitWidth;
	out.set(header, 1);
	let at = 1 + header.length;
	let held = 0;
	let bits = 0;
	for (let i = 0; i < indices.length; i++) {
		held += indices[i] * 2 ** bits;
		bits += bitWidth;
		while (bits >= 8) {
			out[at++] = held % 256;
			held = Math.floor(held / 256);
			bits -= 8;
		}
	}
	if (bits > 0) out[at] = held;
	return out;
}
//#endregion
//#region src/storage/parquet-pages.ts
const ENCODING = {
	PLAIN: 0,
	PLAIN_DICTIONARY: 2,
	RLE: 3,
	RLE_DICTIONARY: 8
};
const PAGE = {
	DATA: 0,
	DICTIONARY: 2,
	DATA_V2: 3
};
async function* pagesOf(source, wanted) {
	const reader = new PageReader(source);
	let turn = performance.now();
	while (!reader.done) {
		const page = await reader.next(wanted);
		if (page !== void 0) yield page;
		if (performance.now() - turn > 8) {
			await setImmediate$1();
			source.signal?.throwIfAborted();
			turn = performance.now();
		}
	}
}
var PageReader = class {
	row = 0;
	#at = 0;
	constructor(source) {
		this.source = source;
	}
	get done() {
		const { bytes, chunk, rows } = this.source;
		if (this.row >= rows) return this.#at >= Math.min(chunk.dictionaryBytes, bytes.length);
		return bytes.length < chunk.bytes && this.#at >= bytes.length;
	}
	async next(wanted) {
		const { bytes, path } = this.source;
		const thrift = new ThriftReader(bytes, path, this.#at);
		const header = thrift.struct();
		const size = number(header.get(2), path);
		const compressed = number(header.get(3), path);
		checkPageSize(compressed, size, path);
		const body = bytes.subarray(thrift.position, thrift.position + compressed);
		if (body.length < compressed) throw this.#corrupt("ends inside a page");
		this.#at = thrift.position + compressed;
		const type = header.get(1);
		if (type === PAGE.DICTIONARY) return this.#dictionary(part(header, 7, path), body, size);
		if (type !== PAGE.DATA && type !== PAGE.DATA_V2) return void 0;
		const details = part(header, type === PAGE.DATA ? 5 : 8, path);
		const first = this.row;
		const rows = number(details.get(1), path);
		this.row += rows;
		if (rows < 0 || this.row > this.source.rows) throw this.#corrupt("has more values than rows");
		if (!wanted(first, rows)) return void 0;
		return type === PAGE.DATA ? this.#data(details, body, size, first) : this.#dataV2(details, body, size, first);
	}
	async #dictionary(details, body, size) {
		const { chunk, path } = this.source;
		const count = number(details.get(1), path);
		const bytes = await decompress(chunk.codec, body, size, path);
		if (count < 0 || count > bytes.length * 8) throw this.#corrupt("has a dictionary of absurd length");
		return {
			kind: "dictionary",
			count,
			bytes
		};
	}
	async #data(details, body, size, first) {
		const { chunk, leaf, path } = this.source;
		const rows = number(details.get(1), path);
		const bytes = await decompress(chunk.codec, body, size, path);
		const encoding = number(details.get(2), path);
		if (!leaf.optional) return this.#page(first, rows, void 0, encoding, bytes);
		if (number(details.get(3), path) !== ENCODING.RLE) throw new AtsError("UNSUPPORTED", `${path} has bit-packed levels; write it anew with a current Parquet library.`, { path });
		const length = bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
		if (length < 0 || length > bytes.length - 4) throw this.#corrupt("has levels longer than their page");
		return this.#page(first, rows, bytes.subarray(4, 4 + length), encoding, bytes.subarray(4 + length));
	}
	async #dataV2(details, body, size, first) {
		const { chunk, leaf, path } = this.source;
		const levels = number(details.get(5), path) + number(details.get(6), path);
		if (levels < 0 || levels > body.length || levels > size) throw this.#corrupt("has levels longer than their page");
		const stored = body.subarray(levels);
		const bytes = await decompress(details.get(7) !== false && stored.length > 0 ? chunk.codec : 0, stored, size - levels, path);
		const encoding = number(details.get(4), path);
		return this.#page(first, number(details.get(1), path), leaf.optional ? body.subarray(0, levels) : void 0, encoding, bytes);
	}
	#page(first, rows, levelBytes, encoding, bytes) {
		const levels = levelBytes && decodeHybrid(levelBytes, 1, rows, this.source.path);
		let present = rows;
		if (levels !== void 0) {
			present = 0;
			for (let i = 0; i < rows; i++) present += levels[i];
		}
		return {
			kind: "data",
			first,
			rows,
			present,
			levels: present === rows ? void 0 : levels,
			encoding,
			bytes
		};
	}
	#corrupt(what) {
		return new AtsError("CORRUPT", `${this.source.path} ${what}.`, { path: this.source.path });
	}
};
function part(header, id, path) {
	const value = header.get(id);
	if (value instanceof Map) return value;
	throw new AtsError("CORRUPT", `${path} has a page without a header.`, { path });
}
function number(value, path) {
	if (typeof value === "number") return value;
	throw new AtsError("CORRUPT", `${path} has a page header that lacks a number.`, { path });
}
//#endregion
//#region src/storage/parquet-pandas.ts
function parsePandas(text, path) {
	if (text === void 0) return void 0;
	const root = parseJson(text, path);
	if (!isRecord(root) || !Array.isArray(root.index_columns) || !Array.isArray(root.columns)) throw malformed(path);
	const columns = root.columns.map((entry) => column$1(entry, path));
	return {
		index: root.index_columns.map((entry) => indexEntry(entry, path)),
		columns: new Map(columns.map((entry) => [entry.field, entry]))
	};
}
function parseJson(text, path) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw malformed(path, cause);
	}
}
function indexEntry(entry, path) {
	if (typeof entry === "string") return entry;
	if (!isRecord(entry) || entry.kind !== "range") throw malformed(path);
	const [start, stop, step] = [
		entry.start,
		entry.stop,
		entry.step
	];
	if (!Number.isSafeInteger(start) || !Number.isSafeInteger(stop) || !Number.isSafeInteger(step) || step === 0) throw malformed(path);
	return {
		kind: "range",
		name: nameOf$1(entry.name),
		start,
		stop,
		step
	};
}
function column$1(entry, path) {
	if (!isRecord(entry)) throw malformed(path);
	const field = entry.field_name ?? entry.name;
	const details = isRecord(entry.metadata) ? entry.metadata : {};
	if (typeof field !== "string") throw malformed(path);
	return {
		name: nameOf$1(entry.name),
		field,
		pandasType: String(entry.pandas_type),
		numpyType: String(entry.numpy_type),
		ordered: details.ordered === true,
		categories: typeof details.num_categories === "number" ? details.num_categories : null,
		timezone: typeof details.timezone === "string" ? details.timezone : null
	};
}
function nameOf$1(name) {
	return name === null || name === void 0 ? null : typeof name === "string" ? name : JSON.stringify(name);
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function malformed(path, cause) {
	return new AtsError("CORRUPT", `${path}: its pandas metadata is malformed.`, cause === void 0 ? { path } : {
		path,
		cause
	});
}
function formatPandas(index, columns) {
	return JSON.stringify({
		index_columns: [index],
		column_indexes: [{
			name: null,
			field_name: null,
			pandas_type: "unicode",
			numpy_type: "object",
			metadata: { encoding: "UTF-8" }
		}],
		columns: columns.map((entry) => ({
			name: entry.name,
			field_name: entry.field,
			pandas_type: entry.pandasType,
			numpy_type: entry.numpyType,
			metadata: details(entry)
		})),
		attributes: {},
		creator: {
			library: WRITER,
			version: "1"
		},
		pandas_version: "2.2.0"
	});
}
const WRITER = "anndata-tensorstore";
function details(entry) {
	if (entry.pandasType === "categorical") return {
		num_categories: entry.categories,
		ordered: entry.ordered
	};
	return entry.timezone === null ? null : { timezone: entry.timezone };
}
//#endregion
//#region src/storage/parquet-values.ts
const ARRAYS$1 = {
	INT32: Int32Array,
	INT64: BigInt64Array,
	FLOAT: Float32Array,
	DOUBLE: Float64Array,
	FIXED_LEN_BYTE_ARRAY: Uint16Array
};
function plainNumbers$1(physical, bytes, count, path) {
	if (physical === "BOOLEAN") {
		if (bytes.length * 8 < count) throw short(path);
		return unpackBits(bytes, 0, count);
	}
	const type = ARRAYS$1[physical];
	const length = count * type.BYTES_PER_ELEMENT;
	if (bytes.length < length) throw short(path);
	const own = new Uint8Array(length);
	own.set(bytes.subarray(0, length));
	if (endianness() === "BE") Buffer.from(own.buffer)[SWAPS[type.BYTES_PER_ELEMENT]]();
	return new type(own.buffer);
}
const SWAPS = {
	2: "swap16",
	4: "swap32",
	8: "swap64"
};
function booleans(page, path) {
	if (page.encoding !== ENCODING.RLE) return plainNumbers$1("BOOLEAN", page.bytes, page.present, path);
	return Uint8Array.from(decodeHybrid(page.bytes.subarray(4), 1, page.present, path));
}
function dictionaryIndices(page, entries, path) {
	if (page.present === 0) return new Int32Array(0);
	const bitWidth = page.bytes[0];
	if (bitWidth === void 0) throw short(path);
	const indices = decodeHybrid(page.bytes.subarray(1), bitWidth, page.present, path);
	for (let i = 0; i < indices.length; i++) {
		const index = indices[i];
		if (index < 0 || index >= entries) throw new AtsError("CORRUPT", `${path} refers to entry ${index} of a dictionary of ${entries}.`, { path });
	}
	return indices;
}
function isIndexed(page) {
	return page.encoding === ENCODING.RLE_DICTIONARY || page.encoding === ENCODING.PLAIN_DICTIONARY;
}
function plainText(bytes, count, path) {
	const text = compact(bytes, count, path);
	checkText(text, path);
	return text;
}
function plainStrings(bytes, count, path) {
	return unpackText(plainText(bytes, count, path));
}
function compact(bytes, count, path) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (count * 4 > bytes.length) throw short(path);
	const offsets = new Int32Array(count + 1);
	const packed = new Uint8Array(bytes.length - 4 * count);
	let from = 0;
	let to = 0;
	for (let i = 0; i < count; i++) {
		if (from + 4 > bytes.length) throw short(path);
		const length = view.getUint32(from, true);
		from += 4;
		if (from + length > bytes.length) throw short(path);
		if (length < 32) for (let j = 0; j < length; j++) packed[to + j] = bytes[from + j];
		else packed.set(bytes.subarray(from, from + length), to);
		from += length;
		to += length;
		offsets[i + 1] = to;
	}
	return {
		offsets,
		bytes: packed
	};
}
function spreadText(text, { levels, rows }) {
	if (levels === void 0) return text;
	const { bytes } = text;
	const from = text.offsets;
	const offsets = new text.offsets.constructor(rows + 1);
	const validity = new Uint8Array(rows + 7 >> 3);
	let position = 0;
	for (let i = 0; i < rows; i++) {
		if (levels[i] !== 0) {
			position++;
			validity[i >> 3] = validity[i >> 3] | 1 << (i & 7);
		}
		offsets[i + 1] = from[position];
	}
	return {
		offsets,
		bytes,
		validity
	};
}
function eachPresent(page, put) {
	const { levels, first, rows } = page;
	if (levels === void 0) {
		for (let i = 0; i < rows; i++) put(first + i, i);
		return;
	}
	let position = 0;
	for (let i = 0; i < rows; i++) if (levels[i] !== 0) put(first + i, position++);
}
function short(path) {
	return new AtsError("CORRUPT", `${path} has a page that ends before its values do.`, { path });
}
//#endregion
//#region src/storage/parquet-sinks.ts
var NumberSink = class {
	dtype;
	values;
	mask;
	#physical;
	#path;
	#dictionary;
	constructor(physical, dtype, rows, path) {
		this.dtype = dtype;
		this.#physical = physical;
		this.#path = path;
		this.values = new DenseArray(dtype, [rows], allocate(dtype, rows));
	}
	page(page, base) {
		if (page.kind === "dictionary") {
			this.#dictionary = plainNumbers$1(this.#physical, page.bytes, page.count, this.#path);
			return;
		}
		const stored = this.#stored(page);
		const out = this.#target();
		if (page.levels === void 0) {
			out.set(stored, base + page.first);
			return;
		}
		this.mask ??= new Uint8Array(out.length);
		this.mask.fill(1, base + page.first, base + page.first + page.rows);
		const mask = this.mask;
		eachPresent(page, (row, position) => {
			out[base + row] = stored[position];
			mask[base + row] = 0;
		});
	}
	#target() {
		const { data } = this.values;
		const dtype = {
			float16: "uint16",
			uint64: "int64"
		}[this.dtype];
		return dtype === void 0 ? data : viewAs(dtype, data.buffer, data.byteOffset, data.length);
	}
	#stored(page) {
		if (!isIndexed(page)) {
			if (this.#physical === "BOOLEAN") return booleans(page, this.#path);
			return plainNumbers$1(this.#physical, page.bytes, page.present, this.#path);
		}
		const entries = this.#dictionary ?? new Int32Array(0);
		const indices = dictionaryIndices(page, entries.length, this.#path);
		const out = new entries.constructor(indices.length);
		for (let i = 0; i < indices.length; i++) out[i] = entries[indices[i]];
		return out;
	}
};
var StringSink = class {
	#rows;
	#path;
	#parts = [];
	#taken = 0;
	#dictionary = missingText(0);
	constructor(rows, path) {
		this.#rows = rows;
		this.#path = path;
	}
	page(page, base) {
		if (page.kind === "dictionary") {
			this.#dictionary = plainText(page.bytes, page.count, this.#path);
			return;
		}
		this.#skipTo(base + page.first);
		this.#add(spreadText(isIndexed(page) ? this.#looked(page) : plainText(page.bytes, page.present, this.#path), page));
	}
	column() {
		this.#skipTo(this.#rows);
		return StringArray.fromUtf8(joinText(this.#parts));
	}
	#looked(page) {
		const positions = dictionaryIndices(page, this.#dictionary.offsets.length - 1, this.#path);
		return takeText(this.#dictionary, {
			kind: "positions",
			positions,
			count: positions.length
		});
	}
	#skipTo(row) {
		if (row > this.#taken) this.#add(missingText(row - this.#taken));
	}
	#add(text) {
		this.#parts.push(text);
		this.#taken += text.offsets.length - 1;
	}
};
function missingText(count) {
	const validity = count === 0 ? void 0 : new Uint8Array(count + 7 >> 3);
	return {
		offsets: new Int32Array(count + 1),
		bytes: new Uint8Array(0),
		validity
	};
}
var CategorySink = class {
	#codes;
	#known = new Map();
	#physical;
	#path;
	#map = new Int32Array(0);
	constructor(physical, rows, path) {
		this.#codes = new Int32Array(rows).fill(-1);
		this.#physical = physical;
		this.#path = path;
	}
	page(page, base) {
		if (page.kind === "dictionary") {
			this.#map = this.#codesOf(this.#plain(page.bytes, page.count));
			return;
		}
		const codes = this.#codes;
		const indexed = isIndexed(page);
		const map = indexed ? this.#map : this.#codesOf(this.#plain(page.bytes, page.present));
		const indices = indexed ? dictionaryIndices(page, map.length, this.#path) : void 0;
		eachPresent(page, (row, position) => {
			codes[base + row] = map[indices === void 0 ? position : indices[position]];
		});
	}
	column(ordered, dtype) {
		const values = [...this.#known.keys()];
		const codes = allocateCodes(values.length, this.#codes.length);
		codes.set(this.#codes);
		if (this.#physical === "BYTE_ARRAY") return new Categorical(codes, new StringArray(values), ordered);
		const data = allocate(dtype, values.length);
		const target = dtype === "uint64" ? viewAs("int64", data.buffer, 0, values.length) : data;
		values.forEach((value, i) => {
			target[i] = value;
		});
		return new Categorical(codes, new DenseArray(dtype, [values.length], data), ordered);
	}
	#plain(bytes, count) {
		return this.#physical === "BYTE_ARRAY" ? plainStrings(bytes, count, this.#path) : plainNumbers$1(this.#physical, bytes, count, this.#path);
	}
	#codesOf(entries) {
		const map = new Int32Array(entries.length);
		for (let i = 0; i < entries.length; i++) {
			const entry = entries[i];
			const code = this.#known.get(entry) ?? this.#known.size;
			if (code === this.#known.size) this.#known.set(entry, code);
			map[i] = code;
		}
		return map;
	}
};
function integerDType(bits, signed, path) {
	if (bits === 8 || bits === 16 || bits === 32 || bits === 64) return `${signed ? "int" : "uint"}${bits}`;
	throw new AtsError("CORRUPT", `${path} has integers of ${bits} bits.`, { path });
}
//#endregion
//#region src/storage/parquet-temporal.ts
const UNITS$2 = {
	s: 0,
	ms: 1,
	us: 2,
	ns: 3
};
async function temporalVector(logical, values, mask, timezone, duration) {
	const arrow = await import("apache-arrow");
	const type = temporalType(arrow, logical, timezone, duration);
	const nulls = mask === void 0 ? { nullCount: 0 } : {
		nullBitmap: packBits(mask, true),
		nullCount: -1
	};
	const data = arrow.makeData({
		type,
		length: values.length,
		data: values.data,
		...nulls
	});
	return new arrow.Vector([data]);
}
function temporalType(arrow, logical, timezone, duration) {
	if (duration !== void 0) return new arrow.Duration(UNITS$2[duration]);
	if (logical.kind === "timestamp") return new arrow.Timestamp(UNITS$2[logical.unit], timezone ?? (logical.utc ? "UTC" : null));
	if (logical.kind === "time") return new arrow.Time(UNITS$2[logical.unit], logical.unit === "ms" ? 32 : 64);
	return new arrow.DateDay();
}
//#endregion
//#region src/storage/parquet-columns.ts
function isPlainColumn(footer, name, leaf) {
	if (leaf === void 0 || !isKnown(leaf)) return false;
	const known = Object.values(ENCODING);
	return footer.rowGroups.every(({ chunks }) => {
		const chunk = chunks.get(name);
		return chunk !== void 0 && hasCodec(chunk.codec) && chunk.encodings.every((e) => known.includes(e) || e === BIT_PACKED);
	});
}
const BIT_PACKED = 4;
function isKnown({ physical, typeLength, logical }) {
	if (logical.kind === "string") return physical === "BYTE_ARRAY";
	if (logical.kind === "float16") return physical === "FIXED_LEN_BYTE_ARRAY" && typeLength === 2;
	if (logical.kind === "other" || physical === "INT96" || physical.endsWith("BYTE_ARRAY")) return false;
	return logical.kind === "none" || physical === "INT32" || physical === "INT64";
}
function planColumn(leaf, rows, path, pandas, createdBy) {
	if (leaf.logical.kind === "null") return planNull(leaf, rows, path);
	if (isCategorical(leaf, pandas, createdBy)) {
		const sink = new CategorySink(leaf.physical, rows, path);
		return {
			sink,
			allDictionaries: true,
			finish: async () => sink.column(pandas?.ordered === true, numberDType(leaf, path))
		};
	}
	if (leaf.logical.kind === "string") {
		const sink = new StringSink(rows, path);
		return {
			sink,
			finish: async () => sink.column()
		};
	}
	const sink = new NumberSink(leaf.physical, numberDType(leaf, path), rows, path);
	return {
		sink,
		finish: () => finishNumbers(leaf, sink, pandas)
	};
}
function planNull(leaf, rows, path) {
	return {
		sink: new NumberSink(leaf.physical, "int32", rows, path),
		finish: async () => new StringArray(new Array(rows).fill(null))
	};
}
function isCategorical(leaf, pandas, createdBy) {
	if (pandas?.pandasType !== "categorical") return false;
	if (leaf.logical.kind === "string") return true;
	return createdBy.startsWith("anndata-tensorstore") && leaf.physical !== "BOOLEAN" && leaf.physical !== "FIXED_LEN_BYTE_ARRAY";
}
function numberDType({ physical, logical }, path) {
	if (physical === "BOOLEAN") return "bool";
	if (physical === "FLOAT") return "float32";
	if (physical === "DOUBLE") return "float64";
	if (physical === "FIXED_LEN_BYTE_ARRAY") return "float16";
	if (logical.kind === "integer") return integerDType(logical.bits, logical.signed, path);
	return physical === "INT32" ? "int32" : "int64";
}
const MASKED = /^(U?Int(8|16|32|64)|Float(32|64)|boolean)$/;
async function finishNumbers(leaf, sink, pandas) {
	const { values, mask } = sink;
	const unit = /^timedelta64\[(ms|us|ns|s)\]$/.exec(pandas?.numpyType ?? "")?.[1];
	const { kind } = leaf.logical;
	if (kind === "timestamp" || kind === "time" || kind === "date" || unit !== void 0) return new ArrowColumn(await temporalVector(leaf.logical, values, mask, pandas?.timezone ?? null, unit));
	return asPandas(values, mask, pandas);
}
function asPandas(values, mask, pandas) {
	if (MASKED.test(pandas?.numpyType ?? "")) return new NullableArray(values, mask ?? new Uint8Array(values.length));
	if (mask === void 0) return values;
	return (values.dtype === "float16" || values.dtype === "float32" || values.dtype === "float64") && pandas !== void 0 ? withNaN(values, mask) : new NullableArray(values, mask);
}
function withNaN(values, mask) {
	const data = values.data.slice();
	const [target, nan] = values.dtype === "float16" ? [new Uint16Array(data.buffer), 32256] : [data, NaN];
	for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) target[i] = nan;
	return new DenseArray(values.dtype, values.shape, data);
}
//#endregion
//#region src/storage/parquet-footer.ts
const PHYSICAL = [
	"BOOLEAN",
	"INT32",
	"INT64",
	"INT96",
	"FLOAT",
	"DOUBLE",
	"BYTE_ARRAY",
	"FIXED_LEN_BYTE_ARRAY"
];
const MAGIC = 827474256;
const ENCRYPTED_MAGIC = 1163018576;
async function readFooter(source, maxMetadataBytes) {
	const { path } = source;
	if (source.size < 12) throw new AtsError("CORRUPT", `${path} is too short to be a Parquet file.`, { path });
	const tail = await source.read(source.size - 8, 8);
	const view = new DataView(tail.buffer);
	if (view.getUint32(4, true) === ENCRYPTED_MAGIC) throw new AtsError("UNSUPPORTED", `${path} is encrypted; write it without encryption.`, { path });
	const length = view.getUint32(0, true);
	if (view.getUint32(4, true) !== MAGIC) throw new AtsError("CORRUPT", `${path} is not a Parquet file.`, { path });
	if (length > source.size - 12) throw new AtsError("CORRUPT", `${path}: its footer is larger than the file.`, { path });
	if (length > maxMetadataBytes) throw new AtsError("LIMIT_EXCEEDED", `${path}: its footer has ${length} bytes; raise maxMetadataBytes.`, { path });
	const bytes = await source.read(source.size - 8 - length, length);
	return new FooterReader(path, source.size).footer(new ThriftReader(bytes, path).struct());
}
var FooterReader = class {
	constructor(path, size) {
		this.path = path;
		this.size = size;
	}
	footer(file) {
		const columns = this.columns(this.list(file.get(2)));
		const rows = this.count(file.get(3));
		if (rows > 2147483647 || rows > 1 << 24 && rows > this.size * 4096) throw new AtsError("LIMIT_EXCEEDED", `${this.path} claims ${rows} rows, more than such a file can hold.`, { path: this.path });
		const rowGroups = this.list(file.get(4)).map((group) => this.rowGroup(group, columns));
		const sum = rowGroups.reduce((total, group) => total + group.rows, 0);
		if (sum !== rows) throw this.corrupt(`its row groups hold ${sum} rows, not ${rows}`);
		const pairs = file.get(5) === void 0 ? [] : this.list(file.get(5));
		return {
			rows,
			columns,
			rowGroups,
			metadata: new Map(pairs.map((pair) => [this.text(pair.get(1)), this.text(pair.get(2) ?? new Uint8Array())])),
			createdBy: file.get(6) === void 0 ? "" : this.text(file.get(6))
		};
	}
	columns(elements) {
		const columns = [];
		const names = new Set();
		let at = 1;
		const children = this.count(elements[0]?.get(5) ?? 0);
		for (let i = 0; i < children; i++) {
			const element = this.need(elements[at]);
			const name = this.text(element.get(4));
			if (names.has(name)) throw this.corrupt(`it has two columns "${name}"`);
			names.add(name);
			const next = this.skip(elements, at);
			const flat = next === at + 1 && element.get(1) !== void 0 && element.get(3) !== 2;
			columns.push({
				name,
				leaf: flat ? this.leaf(element) : void 0
			});
			at = next;
		}
		if (at < elements.length) throw this.corrupt("its schema has nodes without a parent");
		return columns;
	}
	skip(elements, at) {
		let open = 1;
		let position = at;
		while (open > 0) {
			open += this.count(this.need(elements[position]).get(5) ?? 0) - 1;
			position++;
		}
		return position;
	}
	leaf(element) {
		const physical = PHYSICAL[this.count(element.get(1))];
		if (physical === void 0) throw this.corrupt("it has an unknown type");
		return {
			physical,
			typeLength: this.count(element.get(2) ?? 0),
			optional: element.get(3) === 1,
			logical: logicalType(element)
		};
	}
	rowGroup(group, columns) {
		const chunks = new Map();
		for (const chunk of this.list(group.get(1))) {
			const meta = chunk.get(3);
			if (!(meta instanceof Map)) throw this.corrupt("it has a column without metadata");
			const path = this.list(meta.get(3)).map((part) => this.text(part));
			if (path.length === 1) chunks.set(path[0], this.chunk(meta));
		}
		for (const { name, leaf } of columns) if (leaf !== void 0 && !chunks.has(name)) throw this.corrupt(`a row group lacks column "${name}"`);
		return {
			rows: this.count(group.get(3)),
			chunks
		};
	}
	chunk(meta) {
		const data = this.count(meta.get(9));
		const dictionary = this.count(meta.get(11) ?? 0);
		const bytes = this.count(meta.get(7));
		const values = this.count(meta.get(5));
		const first = dictionary > 0 && (data === 0 || dictionary < data);
		const start = first ? dictionary : data;
		if (start < 4 && values > 0 || start + bytes > this.size) throw this.corrupt("a column lies outside the file");
		const dictionaryBytes = first ? data === 0 ? bytes : Math.min(data - start, bytes) : 0;
		const encodings = this.list(meta.get(2));
		return {
			codec: this.count(meta.get(4)),
			encodings,
			values,
			start,
			bytes,
			dictionaryBytes
		};
	}
	need(value) {
		if (value === void 0) throw this.corrupt("its schema is cut short");
		return value;
	}
	list(value) {
		if (!Array.isArray(value)) throw this.corrupt("its footer lacks a list");
		return value;
	}
	count(value) {
		if (typeof value !== "number" || value < 0) throw this.corrupt("its footer lacks a number or has a negative one");
		return value;
	}
	text(value) {
		if (!(value instanceof Uint8Array)) throw this.corrupt("its footer lacks a name");
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8");
	}
	corrupt(what) {
		return new AtsError("CORRUPT", `${this.path}: ${what}.`, { path: this.path });
	}
};
const UNITS$1 = [
	void 0,
	"ms",
	"us",
	"ns"
];
function logicalType(element) {
	const logical = element.get(10);
	if (logical instanceof Map) return fromLogical(logical) ?? { kind: "other" };
	const converted = element.get(6);
	return typeof converted === "number" ? CONVERTED[converted] ?? { kind: "other" } : { kind: "none" };
}
function fromLogical(logical) {
	const [id, value] = [...logical][0] ?? [];
	if (id === 1 || id === 4 || id === 12) return { kind: "string" };
	if (id === 6) return { kind: "date" };
	if (id === 11) return { kind: "null" };
	if (id === 15) return { kind: "float16" };
	if (!(value instanceof Map)) return void 0;
	if (id === 10) return {
		kind: "integer",
		bits: Number(value.get(1)),
		signed: value.get(2) === true
	};
	if (id === 7 || id === 8) {
		const unit = value.get(2);
		const name = unit instanceof Map ? UNITS$1[[...unit.keys()][0] ?? 0] : void 0;
		if (name === void 0) return void 0;
		return {
			kind: id === 8 ? "timestamp" : "time",
			unit: name,
			utc: value.get(1) === true
		};
	}
}
const CONVERTED = {
	0: { kind: "string" },
	4: { kind: "string" },
	6: { kind: "date" },
	7: {
		kind: "time",
		unit: "ms",
		utc: true
	},
	8: {
		kind: "time",
		unit: "us",
		utc: true
	},
	9: {
		kind: "timestamp",
		unit: "ms",
		utc: true
	},
	10: {
		kind: "timestamp",
		unit: "us",
		utc: true
	},
	11: {
		kind: "integer",
		bits: 8,
		signed: false
	},
	12: {
		kind: "integer",
		bits: 16,
		signed: false
	},
	13: {
		kind: "integer",
		bits: 32,
		signed: false
	},
	14: {
		kind: "integer",
		bits: 64,
		signed: false
	},
	15: {
		kind: "integer",
		bits: 8,
		signed: true
	},
	16: {
		kind: "integer",
		bits: 16,
		signed: true
	},
	17: {
		kind: "integer",
		bits: 32,
		signed: true
	},
	18: {
		kind: "integer",
		bits: 64,
		signed: true
	},
	19: { kind: "string" }
};
//#endregion
//#region src/storage/parquet-wasm.ts
const MAX_BYTES$3 = 512 << 20;
const NULL = 1;
async function readColumnsThroughWasm(source, names, pandas) {
	const { path } = source;
	if (source.size > MAX_BYTES$3) throw new AtsError("LIMIT_EXCEEDED", `${path} is too large for the columns ${names.join(", ")}; write them flat.`, { path });
	const table = await readTable(await source.read(0, source.size), names, path);
	const columns = new Map();
	for (const name of names) {
		const vector = table.getChild(name);
		if (vector === null) throw new AtsError("CORRUPT", `${path} lost its column "${name}".`, { path });
		columns.set(name, columnOf$3(vector, pandas?.get(name)));
	}
	return columns;
}
async function readTable(bytes, names, path) {
	const [{ readParquet }, { tableFromIPC }] = await Promise.all([import("parquet-wasm"), import("apache-arrow")]);
	const read = () => tableFromIPC(readParquet(bytes, {
		columns: [...names],
		batchSize: 1 << 20
	}).intoIPCStream());
	try {
		try {
			return read();
		} catch {
			hideArrowSchema(bytes);
			return read();
		}
	} catch (cause) {
		throw new AtsError("CORRUPT", `${path}: the columns ${names.join(", ")} cannot be decoded.`, {
			path,
			cause
		});
	}
}
function hideArrowSchema(bytes) {
	const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf("ARROW:schema");
	if (at >= 0) bytes[at + 12 - 1] = 95;
}
function columnOf$3(vector, pandas) {
	if (vector.type.typeId === NULL) return new StringArray(new Array(vector.length).fill(null));
	const column = vectorToColumn(vector);
	if (column instanceof DenseArray) return asPandas(column, void 0, pandas);
	if (column instanceof NullableArray) return asPandas(column.values, column.mask, pandas);
	if (column instanceof Categorical && column.categories instanceof DenseArray) {
		const { values, mask } = expand(column, column.categories);
		return asPandas(values, mask, pandas);
	}
	return column;
}
function expand({ codes }, categories) {
	const values = DenseArray.zeros(categories.dtype, [codes.length]);
	const mask = Uint8Array.from(codes, (code) => code < 0 ? 1 : 0);
	for (let i = 0; i < codes.length; i++) {
		const code = codes[i];
		if (code >= 0) values.data[i] = categories.data[code];
	}
	return {
		values,
		mask: mask.includes(1) ? mask : void 0
	};
}
//#endregion
//#region src/storage/wanted-rows.ts
function wantedRows(selection) {
	if (selection === void 0) return () => true;
	if (selection.count === 0) return () => false;
	if (selection.kind === "range") {
		const last = selection.start + (selection.count - 1) * selection.step;
		const [low, high] = selection.step > 0 ? [selection.start, last] : [last, selection.start];
		const stride = Math.abs(selection.step);
		return (first, rows) => {
			const next = first <= low ? low : low + Math.ceil((first - low) / stride) * stride;
			return next <= high && next < first + rows;
		};
	}
	const sorted = selection.positions.slice(0, selection.count).sort();
	return (first, rows) => {
		const at = lowerBound(sorted, first);
		return at < sorted.length && sorted[at] < first + rows;
	};
}
function lowerBound(sorted, value) {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = low + high >>> 1;
		if (sorted[middle] < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
//#endregion
//#region src/storage/parquet.ts
function openParquet(file, path, options = {}) {
	return withFile(file, void 0, async (source) => {
		return new ParquetTable(file, path, await readFooter(source, options.maxMetadataBytes ?? 64 << 20), source);
	});
}
const COLUMNS_AT_ONCE = 4;
const INDEX_FIELDS = ["__index_level_0__", "_index"];
var ParquetTable = class {
	kind = "table";
	attributes = {};
	path;
	length;
	columnNames;
	indexName;
	#file;
	#identity;
	#footer;
	#pandas;
	#index;
	constructor(file, path, footer, source) {
		this.path = path;
		this.length = footer.rows;
		this.#file = file;
		this.#identity = source.identity;
		this.#footer = footer;
		this.#pandas = parsePandas(footer.metadata.get("pandas"), file);
		this.#index = this.#findIndex();
		this.columnNames = footer.columns.map(({ name }) => name).filter((name) => name !== this.#index);
		this.indexName = this.#nameOfIndex();
	}
	async read(columns, rows, options = {}) {
		options.signal?.throwIfAborted();
		const names = columns ?? this.columnNames;
		const unknown = names.find((name) => !this.columnNames.includes(name));
		if (unknown !== void 0) throw new AtsError("INVALID_ARGUMENT", `${this.#file} has no column "${unknown}".`, { path: this.#file });
		const selection = rows === void 0 || isWholeAxis(rows, this.length) ? void 0 : rows;
		const fields = typeof this.#index === "string" ? [this.#index, ...names] : names;
		const read = await this.#readFields(new Set(fields), selection, options);
		return new Frame(typeof this.#index === "string" ? read.get(this.#index) : this.#rangeIndex(selection), new Map(names.map((name) => [name, read.get(name)])), this.indexName);
	}
	async storedBytes() {
		return Number(this.#identity.size);
	}
	#findIndex() {
		const has = (name) => this.#footer.columns.some((column) => column.name === name);
		if (this.#pandas === void 0) return INDEX_FIELDS.find(has);
		const [first, ...more] = this.#pandas.index;
		if (more.length > 0) throw new AtsError("UNSUPPORTED", `${this.#file} has an index of several levels; reset it to columns.`, { path: this.#file });
		if (typeof first === "string" && !has(first)) throw new AtsError("CORRUPT", `${this.#file} lacks its index column "${first}".`, { path: this.#file });
		return first;
	}
	#nameOfIndex() {
		if (this.#index === void 0 || this.#pandas === void 0) return null;
		if (typeof this.#index !== "string") return this.#index.name;
		const entry = this.#pandas.columns.get(this.#index);
		return entry === void 0 ? INDEX_FIELDS.includes(this.#index) ? null : this.#index : entry.name;
	}
	#rangeIndex(rows) {
		const { start, step } = this.#index ?? {
			start: 0,
			step: 1
		};
		const data = allocate("int64", this.length);
		for (let i = 0; i < data.length; i++) data[i] = BigInt(start + i * step);
		const index = new DenseArray("int64", [this.length], data);
		return rows === void 0 ? index : takeColumn(index, rows);
	}
	#readFields(names, rows, options) {
		return withFile(this.#file, this.#identity, async (source) => {
			const wanted = wantedRows(rows);
			const columns = this.#footer.columns.filter(({ name }) => names.has(name));
			const isPlain = (column) => isPlainColumn(this.#footer, column.name, column.leaf);
			const read = await this.#readPlain(source, columns.filter(isPlain), wanted, options);
			const rest = columns.filter((column) => !isPlain(column)).map(({ name }) => name);
			if (rest.length > 0) for (const [name, column] of await readColumnsThroughWasm(source, rest, this.#pandas?.columns)) read.set(name, column);
			if (rows !== void 0) for (const [name, column] of read) read.set(name, takeColumn(column, rows));
			return read;
		});
	}
	async #readPlain(source, columns, wanted, options) {
		const read = new Map();
		const queue = columns.values();
		const workers = Array.from({ length: COLUMNS_AT_ONCE }, async () => {
			for (const column of queue) read.set(column.name, await this.#readColumn(source, column, wanted, options));
		});
		for (const outcome of await Promise.allSettled(workers)) if (outcome.status === "rejected") throw outcome.reason;
		return read;
	}
	async #readColumn(source, column, wanted, options) {
		const { name, leaf } = column;
		const path = `${this.#file}: column "${name}"`;
		const plan = planColumn(leaf, this.length, path, this.#pandas?.columns.get(name), this.#footer.createdBy);
		let base = 0;
		for (const { rows, chunks } of this.#footer.rowGroups) {
			options.signal?.throwIfAborted();
			const chunk = chunks.get(name);
			const some = rows > 0 && wanted(base, rows);
			if (chunk !== void 0 && (some || plan.allDictionaries)) {
				const bytes = await source.read(chunk.start, some ? chunk.bytes : chunk.dictionaryBytes);
				const start = base;
				const pages = {
					chunk,
					leaf,
					rows,
					bytes,
					path,
					signal: options.signal
				};
				for await (const page of pagesOf(pages, (first, n) => wanted(start + first, n))) plan.sink.page(page, base);
			}
			base += rows;
		}
		return plan.finish();
	}
};
//#endregion
//#region src/storage/plain-json.ts
const LONG_NUMBER = /\d{16}/;
function parsePlainJson(text, maxDepth) {
	if (LONG_NUMBER.test(text)) return void 0;
	const parsed = parseOrNothing(text);
	if (parsed === void 0) return void 0;
	const copy = new PlainCopy(maxDepth);
	const value = copy.of(parsed, 0);
	return copy.tooDeep || copy.keys !== countKeys(text) ? void 0 : value;
}
function parseOrNothing(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
var PlainCopy = class {
	keys = 0;
	tooDeep = false;
	constructor(maxDepth) {
		this.maxDepth = maxDepth;
	}
	of(value, depth) {
		if (depth > this.maxDepth) this.tooDeep = true;
		if (typeof value !== "object" || value === null || this.tooDeep) return value;
		if (Array.isArray(value)) return value.map((entry) => this.of(entry, depth + 1));
		const object = Object.create(null);
		for (const key of Object.keys(value)) {
			this.keys++;
			object[key] = this.of(value[key], depth + 1);
		}
		return object;
	}
};
function countKeys(text) {
	let keys = 0;
	for (let quote = text.indexOf("\""); quote >= 0;) {
		const end = endOfString(text, quote);
		if (isColonAt(text, end)) keys++;
		quote = text.indexOf("\"", end);
	}
	return keys;
}
function endOfString(text, start) {
	for (let quote = text.indexOf("\"", start + 1);; quote = text.indexOf("\"", quote + 1)) {
		let before = quote;
		while (text[before - 1] === "\\") before--;
		if ((quote - before) % 2 === 0) return quote + 1;
	}
}
function isColonAt(text, at) {
	let next = at;
	while (text[next] === " " || text[next] === "\n" || text[next] === "	" || text[next] === "\r") next++;
	return text[next] === ":";
}
//#endregion
//#region src/storage/strict-json.ts
const MAX_DEPTH$2 = 64;
function parseStrictJson(bytes, path) {
	if (!isUtf8(bytes)) throw new AtsError("CORRUPT", `${path} is not text in UTF-8.`, { path });
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
	return parsePlainJson(text, MAX_DEPTH$2) ?? parseStrictly(text, path);
}
function parseStrictly(text, path) {
	return new Parser$1(text, path).document();
}
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const SPACE = /[ \t\n\r]*/y;
function numberOf(text) {
	const value = Number(text);
	return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? BigInt(text) : value;
}
var Parser$1 = class {
	#at = 0;
	constructor(text, path) {
		this.text = text;
		this.path = path;
	}
	document() {
		const value = this.#value(0);
		this.#space();
		if (this.#at < this.text.length) throw this.#corrupt("has text behind its end");
		return value;
	}
	#value(depth) {
		if (depth > MAX_DEPTH$2) throw this.#corrupt(`nests more than ${MAX_DEPTH$2} levels`);
		this.#space();
		const next = this.text[this.#at];
		if (next === "{") return this.#object(depth);
		if (next === "[") return this.#array(depth);
		if (next === "\"") return this.#string();
		const scalar = this.#match(SCALAR);
		if (scalar === void 0) throw this.#corrupt("is not JSON");
		if (scalar === "true" || scalar === "false") return scalar === "true";
		return scalar === "null" ? null : numberOf(scalar);
	}
	#object(depth) {
		const object = Object.create(null);
		this.#at++;
		if (this.#take("}")) return object;
		do {
			this.#space();
			const key = this.#string();
			if (key in object) throw this.#corrupt(`has the key ${JSON.stringify(key)} twice`);
			if (!this.#take(":")) throw this.#corrupt("is not JSON");
			object[key] = this.#value(depth + 1);
		} while (this.#take(","));
		if (!this.#take("}")) throw this.#corrupt("is not JSON");
		return object;
	}
	#array(depth) {
		const array = [];
		this.#at++;
		if (this.#take("]")) return array;
		do
			array.push(this.#value(depth + 1));
		while (this.#take(","));
		if (!this.#take("]")) throw this.#corrupt("is not JSON");
		return array;
	}
	#string() {
		const token = this.#match(STRING);
		if (token === void 0) throw this.#corrupt("is not JSON");
		try {
			return JSON.parse(token);
		} catch (cause) {
			throw this.#corrupt("has a malformed string", cause);
		}
	}
	#take(token) {
		this.#space();
		if (this.text[this.#at] !== token) return false;
		this.#at++;
		return true;
	}
	#space() {
		this.#match(SPACE);
	}
	#match(pattern) {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.text)?.[0];
		if (found !== void 0) this.#at += found.length;
		return found;
	}
	#corrupt(what, cause) {
		return new AtsError("CORRUPT", `${this.path} ${what}.`, cause === void 0 ? { path: this.path } : {
			path: this.path,
			cause
		});
	}
};
//#endregion
//#region src/storage/zarr-metadata.ts
const MAX_TEXT_BYTES$1 = 2 ** 24;
const MAX_RANK = 32;
const MAX_EXTENT$1 = 2 ** 62;
const TEXT_BYTES$4 = 8;
function chunkKey({ prefix, separator }, indices) {
	if (indices.length === 0) return prefix === "" ? "0" : prefix;
	return [...prefix === "" ? [] : [prefix], ...indices].join(separator);
}
function storedDType(element) {
	if (element.kind === "number") return element.dtype;
	if (element.kind === "text") return "string";
	return { fields: element.fields.map(({ name, type, shape }) => {
		const dtype = typeof type === "string" ? type : "string";
		return shape.length === 0 ? {
			name,
			dtype
		} : {
			name,
			dtype,
			shape
		};
	}) };
}
function elementBytes(element) {
	if (element.kind === "number") return itemSize(element.dtype);
	if (element.kind === "text") return "bytes" in element.text ? element.text.bytes : TEXT_BYTES$4;
	return element.fields.reduce((total, field) => total + fieldBytes(field), 0);
}
function fieldBytes({ type, shape }) {
	return (typeof type === "string" ? itemSize(type) : type.bytes) * sizeOf$1(shape);
}
function extentsOf(value, path, name, least) {
	if (!Array.isArray(value)) throw corrupt$2(path, `has no ${name}`);
	if (value.length > MAX_RANK) throw unsupported$1(path, `has ${value.length} dimensions; at most ${MAX_RANK} are read`);
	const extents = value.map((extent) => typeof extent === "bigint" ? Number(extent) : extent);
	if (extents.every((n) => typeof n === "number" && Number.isInteger(n) && n >= least && n <= MAX_EXTENT$1)) return extents;
	throw corrupt$2(path, `has the ${name} ${show$1(value)}`);
}
function checkChunks(shape, chunks, element, path, { maxChunkBytes }) {
	if (shape.length !== chunks.length) throw corrupt$2(path, "has a shape and chunks of different rank");
	const bytes = chunks.reduce((product, extent) => product * extent, elementBytes(element));
	if (bytes <= maxChunkBytes) return;
	throw new AtsError("LIMIT_EXCEEDED", `${path}: one chunk has ${bytes} bytes; raise maxChunkBytes to read it.`, { path });
}
function checkFields(fields, path) {
	const names = new Set(fields.map(({ name }) => name));
	if (fields.length === 0 || names.size !== fields.length || names.has("")) throw corrupt$2(path, "has records without fields, or with two of one name");
}
function objectOf$1(value, path, what) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	throw corrupt$2(path, typeof what === "string" ? what : what());
}
function integerOf$1(value, least, most, path, what) {
	if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
	throw corrupt$2(path, what);
}
function show$1(value) {
	const text = value === void 0 ? "nothing" : toJson(value);
	return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
function corrupt$2(path, what) {
	return new AtsError("CORRUPT", `${path} ${what}.`, { path });
}
function unsupported$1(path, what) {
	return new AtsError("UNSUPPORTED", `${path} ${what}.`, { path });
}
//#endregion
//#region src/storage/zarr-hierarchy.ts
function keyOf(path, name) {
	return path === "" ? name : `${path}/${name}`;
}
function plainHierarchy(files, limit) {
	return {
		consolidated: false,
		members: (path) => files.directories(path),
		async node(path) {
			if (path !== "" && !await files.hasDirectory(path)) return void 0;
			const found = await readVersion3(files, path, limit) ?? await readVersion2(files, path, limit);
			if (found !== void 0 || path === "") return found;
			throw corrupt$2(files.nameOf(path), "is neither a Zarr array nor a group");
		}
	};
}
async function readVersion3(files, path, limit) {
	const key = keyOf(path, "zarr.json");
	const bytes = await files.read(key, limit);
	return bytes && version3Node(parseStrictJson(bytes, files.nameOf(key)), key, files.nameOf(key), bytes);
}
function version3Node(json, key, name, bytes) {
	const node = objectOf$1(json, name, "is no object");
	if (node.zarr_format !== 3) throw corrupt$2(name, "is not of Zarr format 3");
	const { node_type: kind } = node;
	if (kind !== "array" && kind !== "group") throw corrupt$2(name, "is neither an array nor a group");
	return {
		kind,
		format: 3,
		key,
		json,
		bytes,
		attributes: node.attributes === void 0 ? {} : objectOf$1(node.attributes, name, "has attributes that are no object")
	};
}
async function readVersion2(files, path, limit) {
	const json = async (name) => {
		const key = keyOf(path, name);
		const bytes = await files.read(key, limit);
		return bytes && {
			bytes,
			value: parseStrictJson(bytes, files.nameOf(key))
		};
	};
	const array = await json(".zarray");
	const group = array === void 0 ? await json(".zgroup") : void 0;
	if (array === void 0 && group === void 0) return void 0;
	const attributes = (await json(".zattrs"))?.value ?? {};
	return version2Node(array?.value, group?.value, attributes, path, (key) => files.nameOf(key), array?.bytes);
}
function version2Node(array, group, attributes, path, nameOf, bytes) {
	const kind = array === void 0 ? "group" : "array";
	const key = keyOf(path, array === void 0 ? ".zgroup" : ".zarray");
	const json = objectOf$1(array ?? group, nameOf(key), "is no object");
	if (json.zarr_format !== 2) throw unsupported$1(nameOf(key), "is not of Zarr format 2");
	return {
		kind,
		format: 2,
		key,
		json,
		bytes,
		attributes: objectOf$1(attributes, nameOf(keyOf(path, ".zattrs")), "is no object")
	};
}
//#endregion
//#region src/storage/zarr-consolidated.ts
function consolidated2(json, name) {
	const { zarr_consolidated_format: format, metadata } = objectOf$1(json, name, "is no object");
	if (format !== 1) throw unsupported$1(name, `has the consolidated format ${show$1(format)}`);
	const documents = objectOf$1(metadata, name, "has no metadata");
	const inside = (key) => `${name} (${key})`;
	const tree = new Tree(name);
	for (const key of Object.keys(documents)) {
		const cut = key.lastIndexOf("/");
		const [path, file] = [key.slice(0, Math.max(0, cut)), key.slice(cut + 1)];
		if (file === ".zarray" || file === ".zgroup") tree.add(path);
	}
	return tree.hierarchy((path) => {
		const array = documents[keyOf(path, ".zarray")];
		const group = documents[keyOf(path, ".zgroup")];
		if (array === void 0 && group === void 0) return void 0;
		return version2Node(array, group, documents[keyOf(path, ".zattrs")] ?? {}, path, inside);
	});
}
function consolidated3(root, name) {
	const { consolidated_metadata: value } = root.json;
	if (value === void 0 || value === null) return void 0;
	const { kind, metadata } = objectOf$1(value, name, "has consolidated metadata that is no object");
	if (kind !== "inline") throw unsupported$1(name, `has consolidated metadata of the kind ${show$1(kind)}`);
	const documents = objectOf$1(metadata, name, "has consolidated metadata without nodes");
	const tree = new Tree(name);
	for (const path of Object.keys(documents)) tree.add(path);
	return tree.hierarchy((path) => {
		if (path === "") return root;
		const json = documents[path];
		return json === void 0 ? void 0 : version3Node(json, keyOf(path, "zarr.json"), `${name} (${path})`);
	});
}
var Tree = class {
	#members = new Map();
	constructor(name) {
		this.name = name;
	}
	add(path) {
		if (path === "") return;
		const parts = path.split("/");
		if (parts.some((part) => part === "" || part === "." || part === "..")) throw corrupt$2(this.name, `lists a node at ${show$1(path)}`);
		const last = parts.pop();
		const parent = parts.join("/");
		const members = this.#members.get(parent);
		if (members === void 0) this.#members.set(parent, new Set([last]));
		else members.add(last);
	}
	hierarchy(node) {
		return {
			consolidated: true,
			node: async (path) => node(path),
			members: async (path) => [...this.#members.get(path) ?? []].sort()
		};
	}
};
//#endregion
//#region src/storage/zarr-files.ts
function directoryFiles(root) {
	const at = (key) => join(root, key);
	const plain = new Map();
	let opened;
	const files = {
		nameOf: at,
		read: (key, limit) => readOptional(at(key), limit),
		hasDirectory: (path) => isPlainDirectory(at(path)),
		directories: async (path) => (await list(at(path))).filter((entry) => entry.isDirectory()).map((entry) => entry.name),
		async checkPath(path) {
			for (const parent of parentsOf(path)) {
				const known = plain.get(parent) ?? isPlainDirectory(at(parent));
				plain.set(parent, known);
				await known;
			}
		},
		sizeOf: (key) => lstat(at(key)).then((stats) => stats.size, () => void 0),
		storedBytes: (path) => sumSizes(files.walk(path)),
		walk: (path) => walkDirectory(root, path),
		kvstore(context) {
			opened ??= KvStore.open({
				driver: "ats_directory",
				root,
				session: randomUUID()
			}, { context });
			return opened;
		},
		close: async () => (await opened?.catch(() => void 0))?.close()
	};
	return files;
}
function rawFiles(files, path, zarrFormat) {
	const cut = path === "" ? 0 : path.length + 1;
	return {
		zarrFormat,
		async *files({ signal } = {}) {
			for await (const { key, size } of files.walk(path)) {
				signal?.throwIfAborted();
				const bytes = async () => await files.read(key, size);
				yield {
					path: key.slice(cut),
					bytes
				};
			}
		}
	};
}
function parentsOf(path) {
	const parts = path.split("/").filter((part) => part !== "");
	return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
async function* walkDirectory(root, path) {
	for (const entry of await list(join(root, path))) {
		const key = path === "" ? entry.name : `${path}/${entry.name}`;
		if (entry.isDirectory()) yield* walkDirectory(root, key);
		else if (entry.isFile()) yield {
			key,
			size: (await lstat(join(root, key))).size
		};
	}
}
async function sumSizes(entries) {
	let total = 0;
	for await (const { size } of entries) total += size;
	return total;
}
//#endregion
//#region src/storage/together.ts
async function together(...reads) {
	await Promise.allSettled(reads);
	return Promise.all(reads);
}
//#endregion
//#region src/tensorstore/runs.ts
function readRuns$1(store, runs, target, options = {}) {
	const { bytes, dtype } = nativeBytes(target, store.dtype);
	const { starts, counts, places } = runs;
	return cancellable(options.signal, (token) => store.handle.readRuns(bytes, dtype, target.byteLength / (dtype === "byte" ? 1 : itemSize(dtype)), starts, counts, places, starts.length, options.fresh ?? false, token));
}
//#endregion
//#region src/storage/zarr-numbers.ts
function readNumbers() {
	const opened = openOnce$2();
	return async (array, selection, shape, options) => {
		const { element } = array.zarr;
		const { dtype } = element;
		if (sizeOf$1(shape) === 0) return DenseArray.zeros(dtype, shape);
		return new DenseArray(dtype, shape, (await select(await opened(array), array.zarr.shape, selection).read(options).catch((error) => {
			throw atPath$1(error, array.name);
		})).data);
	};
}
function readNumberRuns() {
	const opened = openOnce$2();
	return async (array, runs, into, options) => {
		await readRuns$1(await opened(array), runs, into, options).catch((error) => {
			throw atPath$1(error, array.name);
		});
	};
}
function openOnce$2(field) {
	let opened;
	return (array) => {
		opened ??= openTensor(array, field).catch((error) => {
			opened = void 0;
			throw error;
		});
		return opened;
	};
}
async function openTensor({ path, name, zarr, session }, field) {
	const context = session.context();
	const root = await session.files.kvstore(context);
	return open$3({
		driver: zarr.format === 2 ? "zarr" : "zarr3",
		metadata: zarr.rebuilt,
		fill_missing_data_reads: !session.strict,
		...field === void 0 ? {} : { field }
	}, {
		open: true,
		assumeMetadata: true,
		read: true,
		context,
		kvstore: root.child(`${guardOf(zarr)}${path}/`)
	}).catch((error) => {
		if (!AtsError.is(error) || error.code !== "INVALID_ARGUMENT") throw atPath$1(error, name);
		throw new AtsError("CORRUPT", `${name} has metadata that cannot be: ${error.message}`, {
			path: name,
			cause: error
		});
	});
}
const BLOSC_SLACK = 2 ** 16;
function guardOf({ chunks, codec, element, index }) {
	const blosc = codec?.includes("blosc") ? Math.ceil(sizeOf$1(chunks) * elementBytes(element) * 1.1) + BLOSC_SLACK : 0;
	const indexed = index === null || index.endian === "big" ? 0 : index.location === "end" ? index.bytes : -index.bytes;
	const limit = index?.endian === "big" ? 0 : blosc;
	return limit === 0 && indexed === 0 ? "" : `\0${limit},${indexed}\0`;
}
function select(store, shape, selection) {
	return store.oindex(...shape.map((extent, i) => selector(selection[i], extent)));
}
function selector(selection, extent) {
	if (selection === void 0 || isWholeAxis(selection, extent)) return null;
	if (selection.kind === "positions") return interval(selection.positions, selection.count) ?? positions$1(selection);
	const { start, step, count } = selection;
	return {
		start,
		stop: start + (count - 1) * step + Math.sign(step),
		step
	};
}
function positions$1(selection) {
	const { positions: all, count } = selection;
	return all.length === count ? all : all.subarray(0, count);
}
function interval(all, count) {
	const start = all[0];
	for (let i = 1; i < count; i++) if (all[i] !== start + i) return void 0;
	return {
		start,
		stop: start + count
	};
}
function atPath$1(error, name) {
	if (!AtsError.is(error)) return error;
	return new AtsError(error.code === "NOT_FOUND" ? "CORRUPT" : error.code, `${name}: ${error.message}`, {
		path: name,
		cause: error.cause ?? error
	});
}
//#endregion
//#region src/storage/zarr-records.ts
function readRecords() {
	const opened = new Map();
	return async (array, selection, shape, options) => {
		const { element, shape: whole } = array.zarr;
		const { fields } = element;
		if (whole.length > 1) throw new AtsError("UNSUPPORTED", `${array.name} has records in ${whole.length} dimensions; one is read.`, { path: array.name });
		const values = new Map();
		for (const field of fields) {
			const open = opened.get(field.name) ?? openOnce$2(field.name);
			opened.set(field.name, open);
			const count = shape[0] ?? 1;
			const view = count === 0 ? void 0 : select(await open(array), whole, selection);
			values.set(field.name, await readField(array, field, count, view, options));
		}
		return new RecordArray(values, shape[0] ?? 1);
	};
}
async function readField({ name }, { type, shape }, count, view, options) {
	const failed = (error) => {
		throw atPath$1(error, name);
	};
	const full = [count, ...shape];
	if (typeof type === "string") {
		if (view === void 0) return DenseArray.zeros(type, full);
		const { data } = await view.read(options).catch(failed);
		return new DenseArray(type, full, data);
	}
	const bytes = new Uint8Array(sizeOf$1(full) * type.bytes);
	if (view !== void 0 && bytes.length > 0) await view.readInto(bytes, options).catch(failed);
	return new StringArray(decodeFixed(bytes, type, sizeOf$1(full), name), full);
}
function decodeFixed(bytes, text, count, path) {
	const decode = text.kind === "utf32" ? decodeUtf32 : decodeUtf8$1;
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Array.from({ length: count }, (_, i) => {
		try {
			return decode(view.subarray(i * text.bytes, (i + 1) * text.bytes), text).replace(/\0+$/, "");
		} catch (cause) {
			throw new AtsError("CORRUPT", `${path} holds text that is not Unicode.`, {
				path,
				cause
			});
		}
	});
}
const utf8$1 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
function decodeUtf8$1(bytes) {
	return utf8$1.decode(bytes);
}
function decodeUtf32(bytes, { endian }) {
	const points = Array.from({ length: bytes.length / 4 }, (_, i) => endian === "little" ? bytes.readUInt32LE(4 * i) : bytes.readUInt32BE(4 * i));
	return String.fromCodePoint(...points);
}
//#endregion
//#region src/kernels/string-layout.ts
function layoutJson(layout) {
	const { shape, chunks, shards, keys, codecs, order, fill, path } = layout;
	return {
		path,
		shape,
		chunks,
		shards: shards === void 0 ? null : { ...shards },
		keys: { ...keys },
		text: { ...layout.text },
		codecs: { ...codecs },
		order: orderOf$1(order, shape.length),
		fill
	};
}
function orderOf$1(order, rank) {
	if (typeof order !== "string") return order;
	const dimensions = Array.from({ length: rank }, (_, d) => d);
	return order === "C" ? dimensions : dimensions.reverse();
}
//#endregion
//#region src/kernels/strings.ts
async function readStringArray(request, options = {}) {
	const shape = request.shape.map((extent, d) => request.selection?.[d]?.count ?? extent);
	const layout = toJson({
		...layoutJson(request),
		missing: request.missing,
		maxChunkBytes: Math.min(request.limits.maxChunkBytes, Number.MAX_SAFE_INTEGER),
		maxReadBytes: Math.min(request.limits.maxReadBytes, Number.MAX_SAFE_INTEGER)
	});
	const selection = request.shape.map((extent, d) => selected(request.selection?.[d], extent));
	const { handle } = request.context ?? Context.default();
	const read = await cancellable(options.signal, (token) => native$1().readStrings(request.store.handle, handle, layout, selection, token));
	const { count, byteLength } = read.sizes();
	const offsets = byteLength > INT32_MAX$3 ? allocate("int64", count + 1) : allocate("int32", count + 1);
	const bytes = allocate("uint8", byteLength);
	await cancellable(options.signal, (token) => read.fill(offsets, bytes, token));
	return {
		offsets,
		bytes,
		shape
	};
}
function selected(selection, extent) {
	if (selection === void 0 || isWholeAxis(selection, extent)) return null;
	if (selection.kind === "range") return [
		selection.start,
		selection.step,
		selection.count
	];
	return selection.positions.subarray(0, selection.count);
}
async function writeStringArray(request, options = {}) {
	const { origin, block } = request;
	const layout = toJson({
		...layoutJson(request),
		origin,
		blockShape: block.shape
	});
	const { handle } = request.context ?? Context.default();
	await cancellable(options.signal, (token) => native$1().writeStrings(request.store.handle, handle, layout, block.offsets, block.bytes, token));
}
//#endregion
//#region src/storage/zarr-strings.ts
function readStrings() {
	return async ({ path, name, zarr, session }, selection, shape, options) => {
		const { text, codec } = textOf$1(zarr);
		if (shape.includes(0) || "bytes" in text && text.bytes === 0) return emptyStrings(shape);
		const context = session.context();
		const root = await session.files.kvstore(context);
		const { shards, index, shape: whole, chunks, keys } = zarr;
		const block = await readStringArray({
			path: name,
			store: root.child(`${path}/`),
			context,
			shape: whole,
			chunks,
			shards: shards === null || index === null ? void 0 : {
				shape: shards,
				indexLocation: index.location,
				indexCodecs: index.codecs
			},
			keys: {
				encoding: keys.prefix === "c" ? "default" : "v2",
				separator: keys.separator
			},
			text: kindOf$2(text),
			codecs: zarr.format === 2 ? {
				zarrFormat: 2,
				compressor: codec.codecs[0] ?? null
			} : {
				zarrFormat: 3,
				codecs: codec.codecs
			},
			order: codec.order ?? "C",
			fill: codec.fill,
			selection,
			missing: session.strict ? "corrupt" : "fill",
			limits: session
		}, options);
		return StringArray.fromUtf8(block, block.shape);
	};
}
function textOf$1({ element, text }) {
	return {
		text: element.text,
		codec: text
	};
}
function kindOf$2(text) {
	if (!("bytes" in text)) return text;
	return text.kind === "utf32" ? {
		kind: "utf32",
		length: text.bytes / 4,
		endian: text.endian
	} : {
		kind: "bytes",
		length: text.bytes
	};
}
function emptyStrings(shape) {
	const count = shape.reduce((product, extent) => product * extent, 1);
	return new StringArray(new Array(count).fill(""), shape);
}
//#endregion
//#region src/storage/zarr2-compressor.ts
const PLAIN = [
	"zlib",
	"gzip",
	"bz2",
	"zstd"
];
const BLOSC$1 = [
	"lz4",
	"lz4hc",
	"zstd",
	"zlib",
	"blosclz",
	"snappy"
];
function parseCompressor(value, path) {
	if (value === null || value === void 0) return {
		compressor: null,
		codec: null
	};
	const { id, cname } = objectOf$1(value, path, "has no compressor");
	if (typeof id !== "string") throw corrupt$2(path, "has a compressor without a name");
	if (PLAIN.includes(id)) return {
		compressor: { id },
		codec: id
	};
	if (id === "blosc" && typeof cname === "string" && BLOSC$1.includes(cname)) return {
		compressor: {
			id,
			cname
		},
		codec: `blosc-${cname}`
	};
	throw unsupported$1(path, `uses the codec ${id === "blosc" ? `blosc with ${show$1(cname)}` : show$1(id)}; blosc, zlib, gzip, bz2 and zstd are read`);
}
//#endregion
//#region src/numpy-codes.ts
const DTYPE_OF_CODE = {
	b1: "bool",
	i1: "int8",
	i2: "int16",
	i4: "int32",
	i8: "int64",
	u1: "uint8",
	u2: "uint16",
	u4: "uint32",
	u8: "uint64",
	f2: "float16",
	f4: "float32",
	f8: "float64",
	c8: "complex64",
	c16: "complex128"
};
const CODE_OF_DTYPE = new Map(Object.entries(DTYPE_OF_CODE).map(([code, dtype]) => [dtype, code]));
function numpyTypeString(dtype) {
	const code = CODE_OF_DTYPE.get(dtype);
	return code && `${itemSize(dtype) === 1 ? "|" : "<"}${code}`;
}
//#endregion
//#region src/storage/zarr2-dtype.ts
function parseDType(value, filters, path) {
	if (Array.isArray(value)) {
		if (filters.length > 0) throw unsupported$1(path, `has records with the filters ${filters.join(", ")}`);
		return parseRecords$1(value, path);
	}
	if (typeof value !== "string") throw corrupt$2(path, "has no dtype");
	if (value === "|O") return {
		kind: "text",
		text: { kind: objectKind(filters, path) }
	};
	if (filters.length > 0) throw unsupported$1(path, `has the filters ${filters.join(", ")}, which are not read`);
	const type = scalarType$1(value);
	if (type === void 0) throw unsupported$1(path, `has the element type ${show$1(value)}; numbers, strings and records are read`);
	return typeof type === "string" ? {
		kind: "number",
		dtype: type
	} : {
		kind: "text",
		text: type
	};
}
function objectKind(filters, path) {
	const [filter] = filters;
	if (filters.length === 1 && (filter === "vlen-utf8" || filter === "vlen-bytes")) return filter;
	throw unsupported$1(path, filters.length === 0 ? "has Python objects without a filter; only strings by vlen-utf8 are read" : `has Python objects by the filters ${filters.join(", ")}; only strings by vlen-utf8 are read`);
}
function scalarType$1(code) {
	if (code === "bfloat16") return "bfloat16";
	if (!/^[<>|]/.test(code)) return void 0;
	const text = /^([<>|])([US])(\d{1,8})$/.exec(code);
	if (text === null) return DTYPE_OF_CODE[code.slice(1)];
	const utf32 = text[2] === "U";
	const bytes = Number(text[3]) * (utf32 ? 4 : 1);
	if (bytes > MAX_TEXT_BYTES$1) return void 0;
	return {
		kind: utf32 ? "utf32" : "bytes",
		bytes,
		endian: text[1] === ">" ? "big" : "little"
	};
}
function parseRecords$1(list, path) {
	const fields = list.map((entry) => {
		if (!Array.isArray(entry) || entry.length < 2 || entry.length > 3 || typeof entry[0] !== "string") throw corrupt$2(path, `has the record field ${show$1(entry)}`);
		const [name, code] = entry;
		const type = typeof code === "string" ? scalarType$1(code) : void 0;
		if (type === void 0) throw unsupported$1(path, `has records whose field ${show$1(name)} is ${show$1(code)}`);
		return {
			name,
			type,
			shape: entry.length === 3 ? extentsOf(entry[2], path, "sub-array", 1) : []
		};
	});
	checkFields(fields, path);
	return {
		kind: "records",
		fields
	};
}
function rebuildDType(element, stored) {
	if (element.kind === "text") return null;
	if (element.kind === "number") return stored;
	return element.fields.map((field, i) => {
		const code = stored[i]?.[1];
		if (typeof field.type === "string") return field.shape.length === 0 ? [field.name, code] : [
			field.name,
			code,
			[...field.shape]
		];
		return [
			field.name,
			"|u1",
			[...field.shape, field.type.bytes]
		];
	});
}
function rebuildFill(element, fill, path) {
	if (fill === null || fill === void 0) return null;
	if (element.kind === "text") return null;
	if (element.kind === "records") {
		const bytes = elementBytes(element);
		return typeof fill === "string" && Buffer.from(fill, "base64").length === bytes ? fill : null;
	}
	const { dtype } = element;
	if (dtype === "bool" && (fill === 0 || fill === 1)) return fill === 1;
	if (dtype.startsWith("complex") && typeof fill === "number") return [fill, 0];
	if (typeof fill !== "object" || dtype.startsWith("complex") && Array.isArray(fill) && fill.length === 2) return fill;
	throw corrupt$2(path, `has the fill value ${show$1(fill)}`);
}
function textFill(text, fill) {
	if (typeof fill !== "string") return "";
	return text.kind === "bytes" ? Buffer.from(fill, "base64").toString("utf8").replace(/\0+$/, "") : fill;
}
//#endregion
//#region src/storage/zarr2-metadata.ts
function parseZarr2(value, path, limits) {
	const json = objectOf$1(value, path, "is no object");
	if (json.zarr_format !== 2) throw corrupt$2(path, "is not of Zarr format 2");
	const shape = extentsOf(json.shape, path, "shape", 0);
	const chunks = extentsOf(json.chunks, path, "chunks", 1);
	const order = json.order;
	if (order !== "C" && order !== "F") throw corrupt$2(path, "has no order");
	const element = parseDType(json.dtype, filtersOf$1(json.filters, path), path);
	checkChunks(shape, chunks, element, path, limits);
	const { compressor, codec } = parseCompressor(json.compressor, path);
	const separator = separatorOf(json, path);
	const text = element.kind !== "text" ? null : {
		order: order === "F" && shape.length > 1 ? shape.map((_, i) => shape.length - 1 - i) : null,
		codecs: compressor === null ? [] : [compressor],
		fill: textFill(element.text, json.fill_value)
	};
	const rebuilt = {
		zarr_format: 2,
		shape: json.shape,
		chunks,
		dtype: rebuildDType(element, json.dtype),
		compressor,
		fill_value: rebuildFill(element, json.fill_value, path),
		filters: null,
		order,
		dimension_separator: separator
	};
	return {
		format: 2,
		shape,
		chunks,
		shards: null,
		index: null,
		element,
		codec,
		keys: {
			prefix: "",
			separator
		},
		rebuilt: text === null ? rebuilt : null,
		text
	};
}
function filtersOf$1(filters, path) {
	if (filters === null || filters === void 0) return [];
	if (!Array.isArray(filters)) throw corrupt$2(path, `has the filters ${show$1(filters)}`);
	return filters.map((filter) => {
		const { id } = objectOf$1(filter, path, () => `has the filter ${show$1(filter)}`);
		if (typeof id !== "string") throw corrupt$2(path, "has a filter without a name");
		return id;
	});
}
function separatorOf(json, path) {
	const separator = json.dimension_separator ?? ".";
	if (separator === "." || separator === "/") return separator;
	throw corrupt$2(path, `has the separator ${show$1(separator)}`);
}
//#endregion
//#region src/storage/zarr3-codecs.ts
const INDEX_ENTRY = 16;
const CHECKSUM = 4;
const ALIASES = {
	"numcodecs.blosc": "blosc",
	"numcodecs.gzip": "gzip",
	"numcodecs.zstd": "zstd"
};
const BYTES_TO_BYTES = {
	gzip: () => ({ level: 5 }),
	zstd: () => ({ level: 1 }),
	crc32c: () => void 0,
	blosc: () => ({
		cname: "lz4",
		clevel: 5,
		shuffle: "noshuffle",
		typesize: 1,
		blocksize: 0
	})
};
function parseCodecs(value, element, chunks, path, limits) {
	const list = listOf(value, path);
	const only = list[0];
	if (only?.name === "sharding_indexed" && list.length === 1) return parseSharding(only.configuration, element, chunks, path, limits);
	return parseChain(list, element, chunks.length, path);
}
function listOf(value, path) {
	if (!Array.isArray(value) || value.length === 0) throw corrupt$2(path, "has no codecs");
	return value.map((entry) => {
		if (typeof entry === "string") return {
			name: entry,
			configuration: {}
		};
		const { name, configuration } = objectOf$1(entry, path, () => `has the codec ${show$1(entry)}`);
		if (typeof name !== "string") throw corrupt$2(path, "has a codec without a name");
		return {
			name,
			configuration: objectOf$1(configuration === void 0 || configuration === null ? {} : configuration, path, () => `has the codec ${show$1(entry)}`)
		};
	});
}
function parseChain(list, element, rank, path) {
	const rest = [...list];
	const transposed = rest[0]?.name === "transpose" ? orderOf(rest.shift().configuration, rank, path) : null;
	const serializer = serialize(rest.shift(), element, path);
	const codecs = rest.map((codec) => bytesToBytes(codec, path));
	const packing = rest.filter(({ name }) => name !== "crc32c").map(packingName);
	return {
		rebuilt: [
			...transposed === null ? [] : [{
				name: "transpose",
				configuration: { order: transposed }
			}],
			serializer,
			...codecs
		],
		codec: packing.length === 0 ? null : packing.join("+"),
		text: {
			order: transposed,
			codecs,
			fill: ""
		},
		inner: null,
		index: null
	};
}
function orderOf({ order }, rank, path) {
	const axes = Array.from({ length: rank }, (_, i) => i);
	if (order === "C") return null;
	if (order === "F") return axes.reverse();
	if (Array.isArray(order) && order.length === rank && axes.every((axis) => order.includes(axis))) return order;
	throw corrupt$2(path, `has a transposition by ${show$1(order)}`);
}
function serialize(codec, element, path) {
	if (codec === void 0) throw corrupt$2(path, "has no codec from values to bytes");
	const { name, configuration } = codec;
	const wanted = element.kind === "text" && !("bytes" in element.text) ? element.text.kind : "bytes";
	if (name === wanted && wanted !== "bytes") return { name };
	if (name !== wanted) throw unsupported$1(path, `has the codec ${show$1(name)} where ${wanted} is read`);
	const { endian = "little" } = configuration;
	if (endian !== "little" && endian !== "big") throw corrupt$2(path, `has the byte order ${show$1(endian)}`);
	return {
		name,
		configuration: { endian }
	};
}
function bytesToBytes({ name, configuration }, path) {
	const known = ALIASES[name] ?? name;
	const settings = Object.hasOwn(BYTES_TO_BYTES, known) ? BYTES_TO_BYTES[known] : void 0;
	if (settings === void 0) throw unsupported$1(path, `uses the codec ${show$1(name)}; blosc, gzip, zstd and crc32c are read`);
	const rebuilt = settings(configuration);
	return rebuilt === void 0 ? { name: known } : {
		name: known,
		configuration: rebuilt
	};
}
function packingName({ name, configuration }) {
	const known = ALIASES[name] ?? name;
	return known === "blosc" && typeof configuration.cname === "string" ? `blosc-${configuration.cname}` : known;
}
function parseSharding(configuration, element, shard, path, { maxMetadataBytes }) {
	const inner = extentsOf(configuration.chunk_shape, path, "chunks within shards", 1);
	if (inner.length !== shard.length || inner.some((extent, i) => shard[i] % extent !== 0)) throw corrupt$2(path, `has shards of [${shard}] that chunks of [${inner}] do not divide`);
	const bytes = inner.reduce((entries, extent, i) => entries * shard[i] / extent, INDEX_ENTRY);
	if (bytes > maxMetadataBytes) throw new AtsError("LIMIT_EXCEEDED", `${path}: the index of one shard has ${bytes} bytes; raise maxMetadataBytes.`, { path });
	const { index_location: location = "end" } = configuration;
	if (location !== "start" && location !== "end") throw corrupt$2(path, `has shards with an index at ${show$1(location)}`);
	const index = parseIndexCodecs(configuration.index_codecs, path);
	const chain = parseChain(listOf(configuration.codecs, path), element, shard.length, path);
	return {
		...chain,
		rebuilt: [{
			name: "sharding_indexed",
			configuration: {
				chunk_shape: inner,
				codecs: chain.rebuilt,
				index_codecs: [...index.codecs],
				index_location: location
			}
		}],
		inner,
		index: {
			codecs: index.codecs,
			endian: index.endian,
			location,
			bytes: bytes + CHECKSUM * (index.codecs.length - 1)
		}
	};
}
function parseIndexCodecs(value, path) {
	const [first, ...rest] = listOf(value, path);
	if (!(first?.name === "bytes" && rest.every(({ name }) => name === "crc32c"))) throw unsupported$1(path, "has shards with an index that is not read; bytes and crc32c are");
	const { endian = "little" } = first.configuration;
	if (endian !== "little" && endian !== "big") throw corrupt$2(path, `has the byte order ${show$1(endian)}`);
	return {
		codecs: [{
			name: "bytes",
			configuration: { endian }
		}, ...rest.map(({ name }) => ({ name }))],
		endian
	};
}
//#endregion
//#region src/storage/zarr3-dtype.ts
const FIXED_TEXT = {
	fixed_length_utf32: "utf32",
	null_terminated_bytes: "bytes"
};
const VARIABLE_TEXT = {
	string: "vlen-utf8",
	variable_length_bytes: "vlen-bytes",
	bytes: "vlen-bytes"
};
function parseDataType(value, path) {
	const { name, configuration } = namedType(value, path);
	if (name === "structured" || name === "struct") return parseRecords(configuration, path);
	const variable = Object.hasOwn(VARIABLE_TEXT, name) ? VARIABLE_TEXT[name] : void 0;
	if (variable !== void 0) return {
		kind: "text",
		text: { kind: variable }
	};
	const type = scalarType(name, configuration, path);
	if (type === void 0) throw unsupported$1(path, `has the element type ${show$1(value)}; numbers, strings and records are read`);
	return typeof type === "string" ? {
		kind: "number",
		dtype: type
	} : {
		kind: "text",
		text: type
	};
}
function namedType(value, path) {
	if (typeof value === "string") return {
		name: value,
		configuration: {}
	};
	if (value === void 0) throw corrupt$2(path, "has no data_type");
	const { name, configuration = {} } = objectOf$1(value, path, () => `has the data_type ${show$1(value)}`);
	if (typeof name !== "string") throw corrupt$2(path, `has the data_type ${show$1(value)}`);
	return {
		name,
		configuration: objectOf$1(configuration, path, () => `has the data_type ${show$1(value)}`)
	};
}
function scalarType(name, configuration, path) {
	if (isDType(name)) return name;
	const kind = Object.hasOwn(FIXED_TEXT, name) ? FIXED_TEXT[name] : void 0;
	if (kind === void 0) return void 0;
	const bytes = integerOf$1(configuration.length_bytes, 0, MAX_TEXT_BYTES$1, path, `has texts of the length ${show$1(configuration.length_bytes)}`);
	if (kind === "utf32" && bytes % 4 !== 0) throw corrupt$2(path, `has texts in UTF-32 of ${bytes} bytes`);
	return {
		kind,
		bytes,
		endian: "little"
	};
}
function parseRecords({ fields: list }, path) {
	if (!Array.isArray(list)) throw corrupt$2(path, "has records without fields");
	const fields = list.map((entry) => {
		const [name, type] = Array.isArray(entry) ? entry : [pick$1(entry, "name"), pick$1(entry, "data_type")];
		if (typeof name !== "string") throw corrupt$2(path, `has the record field ${show$1(entry)}`);
		const named = namedType(type, path);
		const found = scalarType(named.name, named.configuration, path);
		if (found === void 0) throw unsupported$1(path, `has records whose field ${show$1(name)} is ${show$1(type)}`);
		return {
			name,
			type: found,
			shape: []
		};
	});
	checkFields(fields, path);
	return {
		kind: "records",
		fields
	};
}
function pick$1(entry, key) {
	return typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry[key] : void 0;
}
function rebuildDataType(element) {
	if (element.kind === "text") return null;
	if (element.kind === "number") return element.dtype;
	return {
		name: "structured",
		configuration: { fields: element.fields.map(({ name, type }) => [name, typeof type === "string" ? type : `r${8 * type.bytes}`]) }
	};
}
function rebuildFillValue(element, fill, path) {
	if (element.kind === "text") return null;
	if (element.kind === "records") {
		const bytes = elementBytes(element);
		const given = typeof fill === "string" ? Buffer.from(fill, "base64") : Buffer.alloc(0);
		const filled = given.length === bytes ? given : Buffer.alloc(bytes);
		const [only, ...others] = element.fields;
		if (typeof only?.type === "string" && others.length === 0) return numberFill(only.type, filled);
		return filled.toString("base64");
	}
	const complex = element.dtype.startsWith("complex");
	const scalar = (value) => value !== void 0 && value !== null && typeof value !== "object";
	if (complex ? Array.isArray(fill) && fill.length === 2 && fill.every(scalar) : scalar(fill)) return fill;
	throw corrupt$2(path, `has the fill value ${show$1(fill)}`);
}
function numberFill(dtype, bytes) {
	const bits = Buffer.from(bytes).reverse().toString("hex");
	if (dtype === "bool") return bytes[0] !== 0;
	if (dtype.startsWith("float")) return `0x${bits}`;
	const half = bits.length / 2;
	if (dtype.startsWith("complex")) return [`0x${bits.slice(half)}`, `0x${bits.slice(0, half)}`];
	const value = BigInt(`0x${bits}`);
	return dtype.startsWith("int") ? BigInt.asIntN(4 * bits.length, value) : value;
}
//#endregion
//#region src/storage/zarr3-metadata.ts
const KNOWN = new Set([
	"zarr_format",
	"node_type",
	"shape",
	"data_type",
	"chunk_grid",
	"chunk_key_encoding",
	"fill_value",
	"codecs",
	"attributes",
	"storage_transformers",
	"dimension_names"
]);
function parseZarr3(value, path, limits) {
	const json = objectOf$1(value, path, "is no object");
	if (json.zarr_format !== 3 || json.node_type !== "array") throw corrupt$2(path, "is no array of Zarr format 3");
	refuseExtensions(json, path);
	const shape = extentsOf(json.shape, path, "shape", 0);
	const grid = extentsOf(configurationOf(json.chunk_grid, "regular", path).chunk_shape, path, "chunk_shape", 1);
	const named = parseDataType(json.data_type, path);
	const chain = parseCodecs(json.codecs, named, grid, path, limits);
	const element = withEndian(named, chain.rebuilt);
	const chunks = chain.inner ?? grid;
	checkChunks(shape, chunks, element, path, limits);
	if (shape.length !== grid.length) throw corrupt$2(path, "has a shape and chunks of different rank");
	const keys = keysOf(json.chunk_key_encoding, path);
	const rebuilt = {
		zarr_format: 3,
		node_type: "array",
		shape: json.shape,
		data_type: rebuildDataType(element),
		chunk_grid: {
			name: "regular",
			configuration: { chunk_shape: grid }
		},
		chunk_key_encoding: {
			name: keys.prefix === "c" ? "default" : "v2",
			configuration: { separator: keys.separator }
		},
		fill_value: rebuildFillValue(element, json.fill_value, path),
		codecs: chain.rebuilt
	};
	const text = element.kind === "text";
	return {
		format: 3,
		shape,
		chunks,
		shards: chain.inner === null ? null : grid,
		index: chain.index,
		element,
		codec: chain.codec,
		keys,
		rebuilt: text ? null : rebuilt,
		text: text ? {
			...chain.text,
			fill: typeof json.fill_value === "string" ? json.fill_value : ""
		} : null
	};
}
function refuseExtensions(json, path) {
	const transformers = json.storage_transformers ?? [];
	if (!Array.isArray(transformers) || transformers.length > 0) throw unsupported$1(path, "has storage transformers");
	for (const [name, member] of Object.entries(json)) {
		if (KNOWN.has(name)) continue;
		if (!(typeof member === "object" && member !== null && !Array.isArray(member) && member.must_understand === false)) throw unsupported$1(path, `has the extension ${show$1(name)}`);
	}
}
function configurationOf(value, name, path) {
	const point = objectOf$1(value, path, () => `has the chunk grid ${show$1(value)}`);
	if (point.name !== name) throw unsupported$1(path, `has the chunk grid ${show$1(point.name)}; only ${name} ones are read`);
	return objectOf$1(point.configuration, path, () => `has the chunk grid ${show$1(value)}`);
}
function keysOf(value, path) {
	const { name, configuration = {} } = typeof value === "string" ? { name: value } : objectOf$1(value, path, () => `has the chunk keys ${show$1(value)}`);
	if (name !== "default" && name !== "v2") throw unsupported$1(path, `has the chunk keys ${show$1(name)}`);
	const fallback = name === "default" ? "/" : ".";
	const { separator = fallback } = objectOf$1(configuration, path, () => `has the chunk keys ${show$1(value)}`);
	if (separator !== "." && separator !== "/") throw corrupt$2(path, `has the separator ${show$1(separator)}`);
	return {
		prefix: name === "default" ? "c" : "",
		separator
	};
}
function withEndian(element, codecs) {
	if (element.kind !== "text" || !("bytes" in element.text) || !isBig(codecs)) return element;
	return {
		kind: "text",
		text: {
			...element.text,
			endian: "big"
		}
	};
}
function isBig(codecs) {
	return codecs.some(({ name, configuration }) => {
		const settings = configuration ?? {};
		return name === "sharding_indexed" ? isBig(settings.codecs) : settings.endian === "big";
	});
}
//#endregion
//#region src/storage/zarr-array.ts
const READERS$2 = {
	number: readNumbers,
	text: readStrings,
	records: readRecords
};
const MAX_BUFFER_BYTES = 2 ** 36;
const PLAIN_CHUNK_BYTES = 64 * 2 ** 20;
const MAX_RATIO = 2e4;
function openArray$1(path, document, consolidated, session) {
	const zarr = parse(document, session.files.nameOf(document.key), session);
	const array = {
		path,
		name: session.files.nameOf(path),
		zarr,
		session
	};
	const reader = READERS$2[zarr.element.kind]();
	const runReader = zarr.element.kind === "number" && zarr.shape.length === 1 ? readNumberRuns() : void 0;
	let checked;
	let plausible;
	const reading = async (shape, options, work) => {
		options.signal?.throwIfAborted();
		assertOpen$1(array);
		assertSize(array, shape);
		plausible ??= checkPlausible(array);
		plausible.catch(() => {
			plausible = void 0;
		});
		checked ??= check$1(array, document, consolidated);
		checked.catch(() => {
			checked = void 0;
		});
		await plausible;
		const [, value] = await together(checked, work());
		await session.checkCurrent?.();
		return value;
	};
	return {
		kind: "array",
		path,
		attributes: document.attributes,
		shape: zarr.shape,
		dtype: storedDType(zarr.element),
		layout: {
			chunks: zarr.chunks,
			shards: zarr.shards,
			codec: zarr.codec
		},
		...zarr.element.kind === "text" && "bytes" in zarr.element.text ? { fixedText: true } : {},
		read(selection = [], options = {}) {
			const shape = zarr.shape.map((extent, i) => selection[i]?.count ?? extent);
			return reading(shape, options, () => reader(array, selection, shape, options));
		},
		...runReader === void 0 ? {} : { readRuns: (runs, into, options = {}) => reading([into.byteLength / elementBytes(zarr.element)], options, () => runReader(array, runs, into, options)) },
		storedBytes: () => session.files.storedBytes(path),
		raw: rawFiles(session.files, path, zarr.format)
	};
}
function parse(document, name, session) {
	return (document.format === 2 ? parseZarr2 : parseZarr3)(document.json, name, session);
}
function assertOpen$1({ name, session }) {
	if (!session.state.closed) return;
	throw new AtsError("CLOSED", `${name} was read after its store was closed.`, { path: name });
}
function assertSize({ name, zarr, session }, shape) {
	const bytes = sizeOf$1(shape) * elementBytes(zarr.element);
	if (bytes <= Math.min(session.maxReadBytes, MAX_BUFFER_BYTES)) return;
	throw new AtsError("LIMIT_EXCEEDED", `Reading ${name} takes ${bytes} bytes; select less or raise maxReadBytes.`, { path: name });
}
async function check$1(array, document, consolidated) {
	const { path, name, session } = array;
	await session.files.checkPath(path);
	const own = consolidated ? await readOwn(array, document) : document.bytes;
	if (own !== void 0) await session.checkArray?.(path, name, own);
}
async function readOwn({ zarr, session }, document) {
	const name = session.files.nameOf(document.key);
	const bytes = await session.files.read(document.key, session.maxMetadataBytes);
	if (bytes === void 0) return void 0;
	const json = parseStrictJson(bytes, name);
	if (!(document.format === 3 && objectOf$1(json, name, "is no object").node_type === "group") && isDeepStrictEqual(parse({
		...document,
		json
	}, name, session), zarr)) return bytes;
	throw corrupt$2(name, "contradicts the store's consolidated metadata; consolidate it again");
}
async function checkPlausible({ path, zarr, session }) {
	const { chunks, keys, shape } = zarr;
	const bytes = sizeOf$1(chunks) * elementBytes(zarr.element);
	if (bytes <= PLAIN_CHUNK_BYTES || shape.includes(0)) return;
	const first = `${path}/${chunkKey(keys, chunks.map(() => 0))}`;
	const stored = await session.files.sizeOf(first);
	if (stored === void 0 || stored * MAX_RATIO >= bytes) return;
	const name = session.files.nameOf(first);
	throw new AtsError("LIMIT_EXCEEDED", `${name} has ${stored} bytes and claims to decode to ${bytes}.`, { path: name });
}
//#endregion
//#region src/storage/zarr-group.ts
function openGroup$1(path, { attributes, format }, hierarchy, session) {
	return {
		kind: "group",
		path,
		attributes,
		keys: () => hierarchy.members(path),
		get: (name) => openMember$1(keyOf(path, name), name, hierarchy, session),
		raw: rawFiles(session.files, path, format)
	};
}
async function openMember$1(path, name, hierarchy, session) {
	if (session.state.closed) throw new AtsError("CLOSED", `The store was closed before ${path} was opened.`, { path });
	if (name === "" || name === "." || name === ".." || /[/\\\0]/.test(name)) throw new AtsError("UNSAFE_PATH", `${JSON.stringify(name)} is not a name within a store.`, { path });
	const document = await hierarchy.node(path);
	if (document === void 0) return void 0;
	if (document.kind === "array") return openArray$1(path, document, hierarchy.consolidated, session);
	if (path.split("/").length > session.maxDepth) throw new AtsError("LIMIT_EXCEEDED", `${session.files.nameOf(path)} nests groups deeper than ${session.maxDepth}; raise maxDepth if you trust it.`, { path });
	return openGroup$1(path, document, hierarchy, session);
}
//#endregion
//#region src/storage/zarr-session.ts
function withDefaults(limits) {
	return {
		maxChunkBytes: limits.maxChunkBytes ?? 2 ** 30,
		maxMetadataBytes: limits.maxMetadataBytes ?? 64 * 2 ** 20,
		maxReadBytes: limits.maxReadBytes ?? Number.POSITIVE_INFINITY,
		maxDepth: limits.maxDepth ?? 64
	};
}
//#endregion
//#region src/storage/zarr-zip.ts
const MARKS = [
	"zarr.json",
	".zgroup",
	".zarray",
	".zmetadata"
];
async function openZipFiles(file, context, maxMetadataBytes) {
	const archive = await KvStore.open({
		driver: "ats_zip",
		file,
		max_directory_bytes: maxMetadataBytes,
		session: randomUUID()
	}, { context });
	const entries = await archive.entries();
	const prefix = rootOf(entries.map(({ key }) => key));
	const sizes = new Map();
	for (const { key, size = 0 } of entries) if (key.startsWith(prefix)) sizes.set(key.slice(prefix.length), size);
	return zipFiles(file, prefix === "" ? archive : archive.child(prefix), sizes);
}
function zipFiles(file, archive, sizes) {
	const members = membersOf$1(sizes.keys());
	const files = {
		nameOf: (key) => key === "" ? file : `${file}/${key}`,
		async read(key, limit) {
			const size = sizes.get(key);
			if (size === void 0) return void 0;
			const result = size > limit ? void 0 : await archive.get(key);
			if (result?.state === "value" && result.value.length <= limit) return result.value;
			const path = files.nameOf(key);
			throw new AtsError("LIMIT_EXCEEDED", `${path} has more than ${limit} bytes; at most so many are read.`, { path });
		},
		hasDirectory: async (path) => members.has(path),
		directories: async (path) => [...members.get(path) ?? []].sort(),
		checkPath: async () => void 0,
		sizeOf: async (key) => sizes.get(key),
		storedBytes: (path) => sumSizes(files.walk(path)),
		async *walk(path) {
			const below = path === "" ? "" : `${path}/`;
			for (const [key, size] of sizes) if (key.startsWith(below)) yield {
				key,
				size
			};
		},
		kvstore: async () => archive,
		close: async () => archive.close()
	};
	return files;
}
function rootOf(keys) {
	if (keys.some((key) => MARKS.includes(key))) return "";
	const [first = ""] = keys;
	const folder = first.slice(0, first.indexOf("/") + 1);
	return keys.every((key) => key.startsWith(folder)) && keys.some((key) => MARKS.includes(key.slice(folder.length))) ? folder : "";
}
function membersOf$1(keys) {
	const members = new Map([["", new Set()]]);
	for (const key of keys) {
		const parts = key.split("/").slice(0, -1);
		let parent = "";
		for (const part of parts) {
			members.get(parent).add(part);
			parent = parent === "" ? part : `${parent}/${part}`;
			if (!members.has(parent)) members.set(parent, new Set());
		}
	}
	return members;
}
//#endregion
//#region src/storage/zarr.ts
const CAPABILITIES = {
	gather: true,
	concurrent: true,
	writable: false
};
var ZarrDirectory = class {
	capabilities = CAPABILITIES;
	location;
	root;
	#session;
	#hierarchy;
	constructor(location, options = {}) {
		this.location = location;
		this.#session = newSession(directoryFiles(location), readContext(options), options);
		this.#hierarchy = plainHierarchy(this.#session.files, this.#session.maxMetadataBytes);
		this.root = this.directory("");
	}
	directory(path) {
		return openGroup$1(path, {
			attributes: {},
			format: 2
		}, this.#hierarchy, this.#session);
	}
	async close() {
		await closeSession(this.#session);
	}
};
async function openZarrStorage(location, options = {}) {
	const context = readContext(options);
	const files = await filesAt(location, context, withDefaults(options).maxMetadataBytes);
	const session = newSession(files, context, options);
	try {
		const hierarchy = await openHierarchy(files, session.maxMetadataBytes);
		const root = await hierarchy.node("");
		if (root?.kind === "group") return {
			capabilities: CAPABILITIES,
			location,
			zarrFormat: root.format,
			root: openGroup$1("", root, hierarchy, session),
			close: () => closeSession(session)
		};
		throw unsupported$1(location, root === void 0 ? "is no Zarr store" : "is one Zarr array; open the group that holds it");
	} catch (error) {
		await closeSession(session);
		throw error;
	}
}
async function filesAt(location, context, maxMetadataBytes) {
	return (await stat(location).catch((cause) => {
		throw fileError(cause, location);
	})).isDirectory() ? directoryFiles(location) : openZipFiles(location, context(), maxMetadataBytes);
}
async function openHierarchy(files, limit) {
	const plain = plainHierarchy(files, limit);
	const root = await readVersion3(files, "", limit);
	if (root !== void 0) return consolidated3(root, files.nameOf("zarr.json")) ?? plain;
	const bytes = await files.read(".zmetadata", limit);
	const name = files.nameOf(".zmetadata");
	return bytes === void 0 ? plain : consolidated2(parseStrictJson(bytes, name), name);
}
function newSession(files, context, options) {
	return {
		...withDefaults(options),
		files,
		context,
		state: { closed: false },
		strict: options.strict ?? false,
		checkArray: options.checkArray,
		checkCurrent: options.checkCurrent
	};
}
async function closeSession({ state, files }) {
	state.closed = true;
	await files.close();
}
function readContext(options) {
	let context;
	return () => {
		context ??= new Context(readResources(options));
		return context;
	};
}
function readResources({ threads, cacheBytes }) {
	return {
		...threads === void 0 ? {} : {
			data_copy_concurrency: { limit: threads },
			file_io_concurrency: { limit: Math.max(4, threads) }
		},
		...cacheBytes === void 0 ? {} : { cache_pool: { total_bytes_limit: cacheBytes } }
	};
}
//#endregion
//#region src/formats/ats-layout.ts
const OBS_FILE = "obs.parquet";
const VAR_FILE = "var.parquet";
const EXTRA_NAME = "extra";
const TABLE_SUFFIX = ".parquet";
const PICKLE_SUFFIX = ".pickle";
const MAP_NAMES = [
	"layers",
	"obsm",
	"varm",
	"obsp",
	"varp"
];
const ATS_FILE_NAME = {
	obs: OBS_FILE,
	var: VAR_FILE
};
//#endregion
//#region src/encodings/describe.ts
function dtypeName(dtype) {
	return typeof dtype === "string" ? dtype : "records";
}
function infoOf(node, encoding, version, facts = {}) {
	return {
		path: node.path,
		encoding,
		encodingVersion: version,
		dtype: null,
		shape: null,
		layout: null,
		nnz: null,
		...facts
	};
}
function arrayInfo$1(node, encoding, version) {
	return infoOf(node, encoding, version, {
		dtype: dtypeName(node.dtype),
		shape: node.shape,
		layout: node.layout
	});
}
async function sumBytes(sizes) {
	const all = await Promise.all(sizes);
	return all.includes(void 0) ? void 0 : all.reduce((total, size) => total + (size ?? 0), 0);
}
//#endregion
//#region src/encodings/plain-array.ts
function plainArray(node, encoding, version) {
	return {
		kind: "lazy-array",
		info: arrayInfo$1(node, encoding, version),
		shape: node.shape,
		dtype: node.dtype,
		sparse: null,
		read: (selection = [], options) => node.read(selection.slice(0, node.shape.length), options),
		storedBytes: async (options) => node.storedBytes?.(options)
	};
}
//#endregion
//#region src/encodings/define.ts
function defineEncoding(encoding) {
	return encoding;
}
function marked(type, version, others = {}) {
	return {
		"encoding-type": type,
		"encoding-version": version,
		...others
	};
}
//#endregion
//#region src/encodings/group-dict.ts
function groupDict(group, encoding, version, context) {
	const opened = new Map();
	const open = async (key) => {
		const node = await group.get(key);
		return node === void 0 ? void 0 : context.open(node);
	};
	const get = (key) => {
		let element = opened.get(key);
		if (element === void 0) {
			element = open(key);
			opened.set(key, element);
			element.catch(() => opened.delete(key));
		}
		return element;
	};
	const keys = () => group.keys();
	const storedBytes = async (options) => sumBytes((await keys()).map(async (key) => (await get(key))?.storedBytes(options) ?? 0));
	return lazyDict({
		info: infoOf(group, encoding, version),
		keys,
		get,
		storedBytes
	});
}
function lazyDict(parts) {
	const { keys, get } = parts;
	return {
		kind: "lazy-dict",
		...parts,
		async read(selection = [], options = {}) {
			const dict = emptyDict();
			for (const key of await keys()) {
				options.signal?.throwIfAborted();
				const element = await get(key);
				if (element !== void 0) dict[key] = await element.read(selection, options);
			}
			return dict;
		}
	};
}
//#endregion
//#region src/encodings/keys.ts
function checkKey(key, path) {
	const why = REASONS.find(([applies]) => applies(key))?.[1];
	if (why === void 0) return;
	throw new AtsError("UNSAFE_PATH", `${path}: the key ${JSON.stringify(key)} ${why}; rename it.`, { path: `${path}/${key}` });
}
function columnPath(name, path) {
	const steps = name.split("/");
	for (const step of steps) checkKey(step, path);
	return steps;
}
const REASONS = [
	[(key) => key === "", "is empty"],
	[(key) => key === "." || key === "..", "is a directory's own name"],
	[(key) => key.includes("/"), "has a \"/\", which separates groups in AnnData stores"],
	[(key) => key.includes("\0"), "has a NUL character"],
	[(key) => /\p{Cs}/u.test(key), "is not valid Unicode"]
];
//#endregion
//#region src/encodings/to-write.ts
function ofKind(element, kind, encoding) {
	if (element.kind === kind) return element;
	throw unfit$2(element, encoding, `is ${NAMES[element.kind]}`);
}
const NAMES = {
	"lazy-array": "an array",
	"lazy-frame": "a data frame",
	"lazy-dict": "a dict",
	"lazy-value": "a single value"
};
function unfit$2(element, encoding, what) {
	const { path } = element.info;
	return new AtsError("INVALID_ARGUMENT", `${path} ${what}, so it cannot be written as ${encoding}.`, { path });
}
function arrayToWrite(element, encoding) {
	return ofKind(element, "lazy-array", encoding);
}
function frameToWrite(element, encoding) {
	return ofKind(element, "lazy-frame", encoding);
}
function dictToWrite(element, encoding) {
	return ofKind(element, "lazy-dict", encoding);
}
function numericType(source, encoding) {
	if (typeof source.dtype === "string" && source.dtype !== "string") return source.dtype;
	throw unfit$2(source, encoding, "holds no numbers");
}
//#endregion
//#region src/encodings/group-write.ts
async function writeGroup(parent, name, element, type, context) {
	const dict = dictToWrite(element, type);
	const keys = await dict.keys();
	for (const key of keys) checkKey(key, element.info.path);
	const group = await parent.group(name, marked(type, "0.1.0"));
	for (const key of keys) {
		context.signal?.throwIfAborted();
		const entry = await dict.get(key);
		if (entry !== void 0) await context.write(group, key, entry);
	}
}
//#endregion
//#region src/encodings/member.ts
function corrupt$1(path, what) {
	return new AtsError("CORRUPT", `${path === "" ? "The root" : path} ${what}.`, { path });
}
function asGroup(node, type) {
	if (node.kind === "group") return node;
	throw corrupt$1(node.path, `says that it is a ${type}, which is a group, but it is not`);
}
function asArray(node, type) {
	if (node.kind === "array") return node;
	throw corrupt$1(node.path, `says that it is a ${type}, which is an array, but it is not`);
}
async function memberOf(group, name) {
	const member = await group.get(name);
	if (member === void 0) throw corrupt$1(group.path, `has no member "${name}"`);
	return member;
}
async function columnNodeOf(group, name) {
	let node = group;
	for (const step of name.split("/")) {
		if (node.kind !== "group") throw corrupt$1(group.path, `has no member "${name}"`);
		node = await memberOf(node, step);
	}
	return node;
}
async function arrayOf$1(group, name) {
	return asArray(await memberOf(group, name), `"${name}"`);
}
function textAttribute(node, name) {
	const value = node.attributes[name];
	return typeof value === "string" ? value : void 0;
}
function flagAttribute(node, name) {
	const value = node.attributes[name];
	return value === true || value === 1;
}
//#endregion
//#region src/encodings/anndata.ts
const anndata = defineEncoding({
	type: "anndata",
	versions: ["0.1.0"],
	async open(node, context) {
		return groupDict(asGroup(node, "anndata"), "anndata", "0.1.0", context);
	},
	write: (group, name, element, context) => writeGroup(group, name, element, "anndata", context)
});
const raw = defineEncoding({
	type: "raw",
	versions: ["0.1.0"],
	async open(node, context) {
		return groupDict(asGroup(node, "raw"), "raw", "0.1.0", context);
	},
	write: (group, name, element, context) => writeGroup(group, name, element, "raw", context)
});
//#endregion
//#region src/encodings/blocks.ts
function blockShape(shape, chunks, width, bytes, fast = shape.length - 1) {
	const block = chunks.map((extent, i) => Math.max(1, Math.min(extent, shape[i])));
	const order = [fast, ...shape.map((_, i) => shape.length - 1 - i).filter((i) => i !== fast)];
	for (const i of order) {
		const others = block.reduce((size, extent, j) => j === i ? size : size * extent, width);
		const chunk = chunks[i];
		const most = Math.max(1, Math.floor(bytes / (others * chunk)));
		block[i] = Math.max(1, Math.min(shape[i], most * chunk));
	}
	return block;
}
function* intervals(length, step) {
	for (let start = 0; start < length; start += step) yield {
		start,
		stop: Math.min(length, start + step)
	};
}
function* blocks(shape, block) {
	if (shape.length === 0) {
		yield {
			origin: [],
			shape: []
		};
		return;
	}
	const [length, ...rest] = shape;
	const [step, ...inner] = block;
	for (const { start, stop } of intervals(length, step)) for (const below of blocks(rest, inner)) yield {
		origin: [start, ...below.origin],
		shape: [stop - start, ...below.shape]
	};
}
function blockSelection(block) {
	return block.origin.map((start, i) => ({
		kind: "range",
		start,
		step: 1,
		count: block.shape[i]
	}));
}
//#endregion
//#region src/encodings/in-flight.ts
var InFlight = class {
	#limit;
	#running = new Set();
	#failure;
	constructor(limit) {
		this.#limit = limit;
	}
	async add(task) {
		while (this.#running.size >= this.#limit && this.#failure === void 0) await Promise.race(this.#running);
		this.#check();
		const running = task().catch((reason) => {
			this.#failure ??= { reason };
		}).finally(() => this.#running.delete(running));
		this.#running.add(running);
	}
	async end() {
		await Promise.all(this.#running);
		this.#check();
	}
	#check() {
		if (this.#failure !== void 0) throw this.#failure.reason;
	}
};
const BLOCK_BYTES$2 = 16 * 2 ** 20;
function blockBytes(memory) {
	return Math.min(BLOCK_BYTES$2, Math.max(1, memory / 8));
}
async function eachBlock(writer, width, options, work) {
	const { shape, chunks } = writer;
	const block = blockShape(shape, chunks, width, blockBytes(options.memory));
	const total = sizeOf$1(shape) * width;
	const lanes = new InFlight(3);
	let done = 0;
	options.onBytes?.(0, total);
	try {
		for (const part of blocks(shape, block)) await lanes.add(async () => {
			options.signal?.throwIfAborted();
			await work(part, blockSelection(part));
			done += sizeOf$1(part.shape) * width;
			options.onBytes?.(done, total);
		});
	} finally {
		await lanes.end();
	}
}
//#endregion
//#region src/encodings/dense-write.ts
const SLAB_BYTES$1 = 32 * 2 ** 20;
async function writeDense(group, name, source, options) {
	const { dtype, shape } = source;
	if (typeof dtype !== "string" || dtype === "string") throw new AtsError("UNSUPPORTED", `${source.info.path} holds no numbers, so it cannot be written as an array.`, { path: source.info.path });
	const { codec, chunks, shards, attributes } = options;
	const writer = await group.array(name, {
		dtype,
		shape,
		chunks,
		shards,
		codec,
		attributes
	});
	if (source.sparse !== null) return new Densifier(source, dtype, writer, options).run(source.sparse);
	await eachBlock(writer, itemSize(dtype), options, async (block, selection) => {
		await writer.write(block.origin, await source.read(selection, options), options);
	});
}
var Densifier = class {
	#lanes = new InFlight(3);
	#buffers = [];
	#total;
	#done = 0;
	constructor(source, dtype, writer, options) {
		this.source = source;
		this.dtype = dtype;
		this.writer = writer;
		this.options = options;
		this.#total = sizeOf$1(writer.shape) * itemSize(dtype);
	}
	async run(kind) {
		const { shape, chunks } = this.writer;
		const major = kind === "csr" ? 0 : 1;
		const block = blockShape(shape, chunks, itemSize(this.dtype), blockBytes(this.options.memory), 1 - major);
		this.options.onBytes?.(0, this.#total);
		try {
			for await (const { start, matrix } of this.#slabs(kind, block[major])) for (const part of blocks(matrix.shape, block)) {
				const origin = part.origin.map((at, i) => at + (i === major ? start : 0));
				await this.#lanes.add(() => this.#densify(matrix, part, origin, sizeOf$1(block)));
			}
		} finally {
			await this.#lanes.end();
		}
	}
	async #densify(matrix, part, origin, size) {
		const [rows, cols] = part.origin.map((start, i) => ({
			start,
			stop: start + part.shape[i]
		}));
		const buffer = this.#buffers.pop() ?? allocate(this.dtype, size);
		const into = buffer.subarray(0, sizeOf$1(part.shape) * lanes(this.dtype));
		const { signal } = this.options;
		const data = await densify(matrix, {
			rows,
			cols,
			into,
			signal,
			path: this.source.info.path
		});
		await this.writer.write(origin, new DenseArray(this.dtype, part.shape, data), this.options);
		this.#done += sizeOf$1(part.shape) * itemSize(this.dtype);
		this.options.onBytes?.(this.#done, this.#total);
		this.#buffers.push(buffer);
	}
	async *#slabs(kind, step) {
		const major = kind === "csr" ? 0 : 1;
		const length = this.source.shape[major];
		const most = Math.min(SLAB_BYTES$1, this.options.memory / 4);
		let size = step;
		for (let start = 0; start < length;) {
			const count = Math.min(size, length - start);
			const range = {
				kind: "range",
				start,
				step: 1,
				count
			};
			const matrix = await this.source.read(major === 0 ? [range] : [void 0, range], this.options);
			yield {
				start,
				matrix
			};
			const perMajor = (matrix.data.byteLength + matrix.indices.byteLength) / count;
			const wanted = Math.min(8 * size, Math.floor(most / Math.max(1, perMajor)));
			size = Math.max(1, Math.floor(wanted / step)) * step;
			start += count;
		}
	}
};
//#endregion
//#region src/encodings/array.ts
const array$1 = defineEncoding({
	type: "array",
	versions: ["0.2.0"],
	async open(node) {
		return plainArray(asArray(node, "array"), "array", "0.2.0");
	},
	async write(group, name, element, context) {
		const source = arrayToWrite(element, "array");
		const { shape } = source;
		const attributes = marked(shape.length === 0 ? "numeric-scalar" : "array", "0.2.0");
		const chunks = context.chunks(shape, numericType(source, "array"));
		const { memory, signal, onBytes, codec } = context;
		await writeDense(group, name, source, {
			memory,
			signal,
			onBytes,
			codec,
			chunks,
			attributes
		});
	}
});
//#endregion
//#region src/elements/awkward-form.ts
const BUFFERS = {
	NumpyArray: ["data"],
	EmptyArray: [],
	RegularArray: [],
	ListArray: ["starts", "stops"],
	ListOffsetArray: ["offsets"],
	IndexedArray: ["index"],
	IndexedOptionArray: ["index"],
	ByteMaskedArray: ["mask"],
	BitMaskedArray: ["mask"],
	UnmaskedArray: [],
	RecordArray: [],
	UnionArray: ["tags", "index"]
};
const MAX_DEPTH$1 = 64;
function bufferKey(form, buffer) {
	return `${form.form_key}-${buffer}`;
}
function childrenOf(form) {
	if ("contents" in form) return form.contents;
	return "content" in form ? [form.content] : [];
}
function bufferKeys(form) {
	return [...BUFFERS[form.class].map((buffer) => bufferKey(form, buffer)), ...childrenOf(form).flatMap(bufferKeys)];
}
function isText(form, kind = "string") {
	return form.parameters?.__array__ === kind;
}
function parseForm(json, path) {
	let form;
	try {
		form = JSON.parse(json);
	} catch (cause) {
		throw new AtsError("CORRUPT", `${path} has a form that is no JSON.`, {
			path,
			cause
		});
	}
	check(form, path, 0);
	const keys = bufferKeys(form);
	if (new Set(keys).size === keys.length) return form;
	throw new AtsError("CORRUPT", `${path} has a form with two nodes of one form key.`, { path });
}
function check(value, path, depth) {
	if (depth > MAX_DEPTH$1) throw new AtsError("LIMIT_EXCEEDED", `${path} has a form that nests deeper than ${MAX_DEPTH$1} levels.`, { path });
	const form = value;
	const bad = (what) => new AtsError("CORRUPT", `${path} has a form ${what}.`, { path });
	if (typeof form !== "object" || form === null || !Object.hasOwn(BUFFERS, String(form.class))) throw bad("with a node of no known class");
	const kind = form.class;
	if (BUFFERS[kind].length > 0 && typeof form.form_key !== "string") throw bad("with a node without a form key");
	if (!CHECKS[kind]?.(form)) throw bad(`with a ${kind} that lacks what belongs to it`);
	for (const child of childrenOf(value)) check(child, path, depth + 1);
}
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const wraps = (form) => "content" in form;
const isFlag = (value) => typeof value === "boolean";
const CHECKS = {
	NumpyArray: ({ primitive, inner_shape: inner = [] }) => typeof primitive === "string" && Array.isArray(inner) && inner.every(isCount),
	EmptyArray: () => true,
	RegularArray: (form) => wraps(form) && isCount(form.size),
	ListArray: wraps,
	ListOffsetArray: wraps,
	IndexedArray: wraps,
	IndexedOptionArray: wraps,
	ByteMaskedArray: (form) => wraps(form) && isFlag(form.valid_when),
	BitMaskedArray: (form) => wraps(form) && isFlag(form.valid_when) && isFlag(form.lsb_order),
	UnmaskedArray: wraps,
	RecordArray: ({ fields = null, contents }) => Array.isArray(contents) && (fields === null || isNames(fields, contents.length)),
	UnionArray: ({ contents }) => Array.isArray(contents) && contents.length > 0
};
function isNames(fields, count) {
	return Array.isArray(fields) && fields.length === count && fields.every((name) => typeof name === "string");
}
function typeText(form) {
	if (isText(form)) return "string";
	if (isText(form, "bytestring")) return "bytes";
	switch (form.class) {
		case "NumpyArray": return [...form.inner_shape ?? [], form.primitive].join(" * ");
		case "EmptyArray": return "unknown";
		case "RegularArray": return `${form.size} * ${typeText(form.content)}`;
		case "ListArray":
		case "ListOffsetArray": return `var * ${typeText(form.content)}`;
		case "IndexedArray": return typeText(form.content);
		case "RecordArray": {
			const types = form.contents.map(typeText);
			return form.fields ? `{${form.fields.map((name, i) => `${name}: ${types[i]}`).join(", ")}}` : `(${types.join(", ")})`;
		}
		case "UnionArray": return `union[${form.contents.map(typeText).join(", ")}]`;
		default: return `?${typeText(form.content)}`;
	}
}
//#endregion
//#region src/elements/awkward-nested.ts
function nestedValues(form, length, buffers) {
	return READERS$1[form.class](form, length, buffers);
}
function bufferNumbers(form, buffer, buffers) {
	const { data } = buffers.get(bufferKey(form, buffer));
	return Float64Array.from(data, Number);
}
function listOffsets(form, length, buffers) {
	if (form.class === "ListOffsetArray") return bufferNumbers(form, "offsets", buffers);
	const offsets = new Float64Array(length + 1);
	offsets.set(bufferNumbers(form, "stops", buffers), 1);
	return offsets;
}
function presence(form, length, buffers) {
	const mask = bufferNumbers(form, "mask", buffers);
	const valid = form.valid_when ? 1 : 0;
	const bit = (i) => {
		if (form.class === "ByteMaskedArray") return mask[i] === 0 ? 0 : 1;
		return mask[i >> 3] >> (form.lsb_order ? i & 7 : 7 - (i & 7)) & 1;
	};
	return Uint8Array.from({ length }, (_, i) => bit(i) === valid ? 1 : 0);
}
function lists(form, length, buffers) {
	const offsets = listOffsets(form, length, buffers);
	return cut(offsets, contentOf(form, offsets[length], buffers));
}
function contentOf(form, length, buffers) {
	const { content } = form;
	const text = isText(form);
	if (content.class === "NumpyArray" && (text || isText(form, "bytestring"))) {
		const { data } = buffers.get(bufferKey(content, "data"));
		const all = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
		return (from, to) => text ? all.toString("utf8", from, to) : new Uint8Array(all.subarray(from, to));
	}
	const values = nestedValues(content, length, buffers);
	return (from, to) => values.slice(from, to);
}
function cut(offsets, piece) {
	return Array.from({ length: offsets.length - 1 }, (_, i) => piece(offsets[i], offsets[i + 1]));
}
function masked$1(form, length, buffers) {
	const present = presence(form, length, buffers);
	return nestedValues(form.content, length, buffers).map((value, i) => present[i] === 1 ? value : null);
}
function indexed(form, length, buffers) {
	const index = bufferNumbers(form, "index", buffers);
	const content = nestedValues(form.content, index.reduce((last, at) => Math.max(last, at), -1) + 1, buffers);
	return Array.from({ length }, (_, i) => content[index[i]] ?? null);
}
const READERS$1 = {
	NumpyArray: (form, length, buffers) => {
		return regroup(plainValues(buffers.get(bufferKey(form, "data"))), length, form.inner_shape ?? []);
	},
	EmptyArray: () => [],
	RegularArray: (form, length, buffers) => {
		return cut(Float64Array.from({ length: length + 1 }, (_, i) => i * form.size), contentOf(form, length * form.size, buffers));
	},
	ListArray: lists,
	ListOffsetArray: lists,
	IndexedArray: indexed,
	IndexedOptionArray: indexed,
	ByteMaskedArray: masked$1,
	BitMaskedArray: masked$1,
	UnmaskedArray: (form, length, buffers) => nestedValues(form.content, length, buffers),
	RecordArray: ({ fields, contents }, length, buffers) => {
		const columns = contents.map((content) => nestedValues(content, length, buffers));
		return Array.from({ length }, (_, i) => {
			const entry = columns.map((column) => column[i]);
			return fields === null ? entry : record(fields, entry);
		});
	},
	UnionArray: (form, length, buffers) => {
		const tags = bufferNumbers(form, "tags", buffers);
		const index = bufferNumbers(form, "index", buffers);
		const contents = form.contents.map((content, tag) => {
			return nestedValues(content, tags.reduce((sum, own) => own === tag ? sum + 1 : sum, 0), buffers);
		});
		return Array.from({ length }, (_, i) => contents[tags[i]]?.[index[i]] ?? null);
	}
};
function record(fields, entry) {
	const object = Object.create(null);
	fields.forEach((name, i) => {
		object[name] = entry[i];
	});
	return object;
}
function regroup(values, length, inner) {
	const [size, ...rest] = inner;
	if (size === void 0) return values;
	const parts = regroup(values, length * size, rest);
	return Array.from({ length }, (_, i) => parts.slice(i * size, (i + 1) * size));
}
function plainValues({ dtype, data }) {
	if (dtype === "bool") return Array.from(data, (value) => value !== 0);
	if (dtype === "float16" || dtype === "bfloat16") return Array.from(halfToNumber(dtype, data));
	if (data instanceof BigInt64Array || data instanceof BigUint64Array) return integers(data);
	if (lanes(dtype) === 1) return Array.from(data);
	return Array.from({ length: data.length / 2 }, (_, i) => ({
		re: Number(data[2 * i]),
		im: Number(data[2 * i + 1])
	}));
}
function integers(data) {
	const numbers = Array.from(data, Number);
	return numbers.every(Number.isSafeInteger) ? numbers : Array.from(data);
}
//#endregion
//#region src/elements/awkward-take.ts
async function takeBuffers(form, rows, source) {
	const out = new Map();
	await take(form, rows, new Buffers(source, out));
	return out;
}
function take(form, rows, buffers) {
	return TAKERS[form.class](form, rows, buffers);
}
const inContent$1 = (form, rows, buffers) => take(form.content, rows, buffers);
const TAKERS = {
	NumpyArray: async (form, rows, buffers) => {
		const inner = sizeOf$1(form.inner_shape ?? []);
		const flat = inner !== 1 && buffers.shape(form, "data").length === 1;
		await buffers.copy(form, "data", flat ? buffers.spread(rows, inner) : rows);
	},
	EmptyArray: async (_, rows, buffers) => {
		if (rows.count > 0) throw buffers.corrupt("has entries where its form has none");
	},
	RegularArray: (form, rows, buffers) => take(form.content, buffers.spread(rows, form.size), buffers),
	ListOffsetArray: async (form, rows, buffers) => {
		const starts = await buffers.integers(form, "offsets", rows);
		const stops = await buffers.integers(form, "offsets", shift(rows));
		const packed = buffers.pack(starts.values, stops.values);
		buffers.put(form, "offsets", starts.dtype, packed.offsets);
		await take(form.content, packed.content, buffers);
	},
	ListArray: async (form, rows, buffers) => {
		const starts = await buffers.integers(form, "starts", rows);
		const stops = await buffers.integers(form, "stops", rows);
		const packed = buffers.pack(starts.values, stops.values);
		buffers.put(form, "starts", starts.dtype, packed.offsets.subarray(0, rows.count));
		buffers.put(form, "stops", stops.dtype, packed.offsets.subarray(1));
		await take(form.content, packed.content, buffers);
	},
	IndexedArray: async (form, rows, buffers) => {
		const index = await buffers.integers(form, "index", rows);
		buffers.put(form, "index", index.dtype, index.values.map((_, i) => i));
		await take(form.content, compact$1(index.values), buffers);
	},
	IndexedOptionArray: async (form, rows, buffers) => {
		const index = await buffers.integers(form, "index", rows);
		const present = index.values.filter((position) => position >= 0);
		let next = 0;
		buffers.put(form, "index", index.dtype, index.values.map((position) => position >= 0 ? next++ : -1));
		await take(form.content, compact$1(present), buffers);
	},
	ByteMaskedArray: async (form, rows, buffers) => {
		await buffers.copy(form, "mask", rows);
		await take(form.content, rows, buffers);
	},
	BitMaskedArray: async (form, rows, buffers) => {
		const bits = await buffers.all(form, "mask");
		const place = (i) => form.lsb_order ? i & 7 : 7 - (i & 7);
		const packed = new Uint8Array(rows.count + 7 >> 3);
		for (let i = 0; i < rows.count; i++) {
			const at = positionAt(rows, i);
			if (at >> 3 >= bits.length) throw buffers.corrupt("has a mask that is too short");
			const bit = bits[at >> 3] >> place(at) & 1;
			packed[i >> 3] = packed[i >> 3] | bit << place(i);
		}
		buffers.put(form, "mask", "uint8", packed);
		await take(form.content, rows, buffers);
	},
	UnmaskedArray: inContent$1,
	RecordArray: async (form, rows, buffers) => {
		for (const content of form.contents) await take(content, rows, buffers);
	},
	UnionArray: async (form, rows, buffers) => {
		const tags = await buffers.integers(form, "tags", rows);
		const index = await buffers.integers(form, "index", rows);
		const counts = new Float64Array(form.contents.length);
		const packed = index.values.map((_, i) => {
			const tag = tags.values[i];
			const count = counts[tag];
			if (count === void 0) throw buffers.corrupt(`has the tag ${tag}, which its form does not have`);
			counts[tag] = count + 1;
			return count;
		});
		buffers.put(form, "tags", tags.dtype, tags.values);
		buffers.put(form, "index", index.dtype, packed);
		for (const [tag, content] of form.contents.entries()) await take(content, compact$1(index.values.filter((_, i) => tags.values[i] === tag)), buffers);
	}
};
function shift(rows) {
	if (rows.kind === "range") return {
		...rows,
		start: rows.start + 1
	};
	return {
		...rows,
		positions: Float64Array.from(rows.positions, (position) => position + 1)
	};
}
const MAX_ENTRIES = 2 ** 31;
var Buffers = class {
	constructor(source, out) {
		this.source = source;
		this.out = out;
	}
	corrupt(what) {
		const { path } = this.source;
		return new AtsError("CORRUPT", `${path} is an awkward array that ${what}.`, { path });
	}
	shape(form, buffer) {
		const shape = this.source.shape(bufferKey(form, buffer));
		if (shape === void 0 || shape.length === 0) throw this.corrupt(`has no buffer "${bufferKey(form, buffer)}"`);
		return shape;
	}
	async copy(form, buffer, rows) {
		this.out.set(bufferKey(form, buffer), await this.#read(form, buffer, rows));
	}
	put(form, buffer, dtype, values) {
		const data = allocate(dtype, values.length);
		const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
		for (let i = 0; i < values.length; i++) data[i] = wide ? BigInt(values[i]) : values[i];
		this.out.set(bufferKey(form, buffer), new DenseArray(dtype, [values.length], data));
	}
	async integers(form, buffer, rows) {
		const { dtype, data, shape } = await this.#read(form, buffer, rows);
		if (!/^u?int/.test(dtype) || shape.length !== 1) throw this.corrupt(`has no integers in "${bufferKey(form, buffer)}"`);
		return {
			dtype,
			values: Float64Array.from(data, Number)
		};
	}
	async all(form, buffer) {
		const [count = 0] = this.shape(form, buffer);
		const { data } = await this.#read(form, buffer, {
			kind: "range",
			start: 0,
			step: 1,
			count
		});
		if (data instanceof Uint8Array) return data;
		throw this.corrupt(`has no bytes in "${bufferKey(form, buffer)}"`);
	}
	spread(rows, size) {
		this.#limit(rows.count * size);
		if (rows.kind === "range" && rows.step === 1) return {
			kind: "range",
			start: rows.start * size,
			step: 1,
			count: rows.count * size
		};
		const positions = new Float64Array(rows.count * size);
		for (let i = 0; i < positions.length; i++) positions[i] = positionAt(rows, Math.floor(i / size)) * size + i % size;
		return compact$1(positions);
	}
	pack(starts, stops) {
		const offsets = new Float64Array(starts.length + 1);
		let contiguous = true;
		for (let i = 0; i < starts.length; i++) {
			const [start, stop] = [starts[i], stops[i]];
			if (!(start >= 0 && stop >= start)) throw this.corrupt(`has a list from ${start} to ${stop}`);
			offsets[i + 1] = offsets[i] + stop - start;
			contiguous &&= i === 0 || start === stops[i - 1];
		}
		const count = offsets[starts.length];
		this.#limit(count);
		if (contiguous) return {
			offsets,
			content: {
				kind: "range",
				start: starts[0] ?? 0,
				step: 1,
				count
			}
		};
		const positions = allocatePositions(count, Number.POSITIVE_INFINITY);
		for (let i = 0; i < starts.length; i++) {
			const [first, begin] = [offsets[i], starts[i]];
			const length = offsets[i + 1] - first;
			for (let k = 0; k < length; k++) positions[first + k] = begin + k;
		}
		return {
			offsets,
			content: compact$1(positions)
		};
	}
	async #read(form, buffer, rows) {
		const [length = 0] = this.shape(form, buffer);
		const bad = outside(rows, length);
		if (bad !== void 0) throw this.corrupt(`refers to entry ${bad} of "${bufferKey(form, buffer)}", which has ${length}`);
		return this.source.read(bufferKey(form, buffer), rows);
	}
	#limit(count) {
		if (count <= MAX_ENTRIES) return;
		const { path } = this.source;
		throw new AtsError("LIMIT_EXCEEDED", `${path}: ${count} entries of lists are too many; select fewer rows.`, { path });
	}
};
function outside(rows, length) {
	if (rows.count === 0) return void 0;
	const isOutside = (position) => !(position >= 0 && position < length);
	if (rows.kind === "positions") return Array.prototype.find.call(rows.positions, isOutside);
	return [rows.start, rows.start + (rows.count - 1) * rows.step].find(isOutside);
}
//#endregion
//#region src/elements/awkward-arrow.ts
async function awkwardToArrow({ form, length, buffers }) {
	const arrow = await import("apache-arrow");
	return new arrow.Vector([await build$2(arrow, form, length, buffers)]);
}
function build$2(arrow, form, length, buffers) {
	return BUILDERS[form.class](arrow, form, length, buffers);
}
const inContent = (arrow, { content }, length, buffers) => build$2(arrow, content, length, buffers);
const BUILDERS = {
	NumpyArray: async (arrow, form, length, buffers) => {
		const { dtype, data } = buffers.get(bufferKey(form, "data"));
		const inner = form.inner_shape ?? [];
		let values = columnToVector(arrow, new DenseArray(dtype, [inner.reduce((product, extent) => product * extent, length)], data)).vector.data[0];
		inner.forEach((_, d) => {
			const outer = inner.slice(0, inner.length - 1 - d).reduce((product, extent) => product * extent, length);
			values = fixedLists(arrow, values, inner[inner.length - 1 - d], outer);
		});
		return values;
	},
	EmptyArray: async (arrow, _, length) => arrow.makeData({
		type: new arrow.Null(),
		length
	}),
	RegularArray: async (arrow, { size, content }, length, buffers) => fixedLists(arrow, await build$2(arrow, content, length * size, buffers), size, length),
	ListArray: buildLists,
	ListOffsetArray: buildLists,
	IndexedArray: inContent,
	IndexedOptionArray: async (arrow, form, length, buffers) => {
		const index = bufferNumbers(form, "index", buffers);
		const present = Uint8Array.from(index, (at) => at >= 0 ? 1 : 0);
		if (!present.includes(1)) {
			const { type } = await build$2(arrow, form.content, 0, buffers);
			return arrow.vectorFromArray(new Array(length).fill(null), type).data[0] ?? blank(arrow, type);
		}
		const rows = {
			kind: "positions",
			positions: index.map((at) => Math.max(0, at)),
			count: length
		};
		const content = await takeBuffers(form.content, rows, {
			path: "An awkward array",
			shape: (key) => buffers.get(key)?.shape,
			read: async (key, selection) => takeDense(buffers.get(key), [selection])
		});
		return withNulls(await build$2(arrow, form.content, length, content), present);
	},
	ByteMaskedArray: buildMasked$1,
	BitMaskedArray: buildMasked$1,
	UnmaskedArray: inContent,
	RecordArray: async (arrow, { fields, contents }, length, buffers) => {
		const children = [];
		for (const content of contents) children.push(await build$2(arrow, content, length, buffers));
		const type = new arrow.Struct(children.map((child, i) => new arrow.Field(fields?.[i] ?? String(i), child.type, true)));
		return arrow.makeData({
			type,
			length,
			nullCount: 0,
			children
		});
	},
	UnionArray: async (arrow, form, length, buffers) => {
		const tags = bufferNumbers(form, "tags", buffers);
		const children = [];
		for (const [tag, content] of form.contents.entries()) {
			const count = tags.reduce((sum, own) => own === tag ? sum + 1 : sum, 0);
			children.push(await build$2(arrow, content, count, buffers));
		}
		const fields = children.map((child, i) => new arrow.Field(String(i), child.type, true));
		const type = new arrow.DenseUnion(children.map((_, i) => i), fields);
		const valueOffsets = Int32Array.from(bufferNumbers(form, "index", buffers));
		return arrow.makeData({
			type,
			length,
			typeIds: Int8Array.from(tags),
			valueOffsets,
			children
		});
	}
};
async function buildLists(arrow, form, length, buffers) {
	const offsets = listOffsets(form, length, buffers);
	const end = offsets[length];
	if (end > 2147483647) throw new AtsError("LIMIT_EXCEEDED", `Arrow has no lists of ${end} entries together; select fewer rows.`);
	const valueOffsets = Int32Array.from(offsets);
	const { content } = form;
	if (content.class === "NumpyArray" && (isText(form) || isText(form, "bytestring"))) {
		const { data } = buffers.get(bufferKey(content, "data"));
		const type = isText(form) ? new arrow.Utf8() : new arrow.Binary();
		return arrow.makeData({
			type,
			length,
			nullCount: 0,
			valueOffsets,
			data
		});
	}
	const child = await build$2(arrow, content, end, buffers);
	const type = new arrow.List(new arrow.Field("item", child.type, true));
	return arrow.makeData({
		type,
		length,
		nullCount: 0,
		valueOffsets,
		child
	});
}
async function buildMasked$1(arrow, form, length, buffers) {
	return withNulls(await build$2(arrow, form.content, length, buffers), presence(form, length, buffers));
}
function fixedLists(arrow, child, size, length) {
	const type = new arrow.FixedSizeList(size, new arrow.Field("item", child.type, true));
	return arrow.makeData({
		type,
		length,
		nullCount: 0,
		child
	});
}
function blank(arrow, type) {
	return arrow.makeData({
		type,
		length: 0
	});
}
function withNulls(data, present) {
	if (!present.includes(0)) return data;
	if (data.typeIds !== void 0) throw new AtsError("UNSUPPORTED", "Arrow has no missing entries in unions; use toNested instead.");
	const both = data.nullCount > 0 ? present.map((flag, i) => data.getValid(i) ? flag : 0) : present;
	const nullCount = both.reduce((count, flag) => count + 1 - flag, 0);
	const { valueOffsets, values } = data;
	const places = {
		0: valueOffsets,
		1: values,
		2: packBits(both),
		3: void 0
	};
	return data.clone(data.type, 0, present.length, nullCount, places, data.children);
}
//#endregion
//#region src/elements/awkward.ts
var AwkwardArray = class AwkwardArray {
	kind = "awkward";
	form;
	length;
	buffers;
	constructor(form, length, buffers) {
		this.form = form;
		this.length = length;
		this.buffers = buffers;
	}
	get shape() {
		return [this.length];
	}
	get type() {
		return typeText(this.form);
	}
	async select(rows, path = "An awkward array") {
		const { form, buffers } = this;
		const taken = await takeBuffers(form, rows, {
			path,
			shape: (key) => buffers.get(key)?.shape,
			read: async (key, selection) => takeDense(buffers.get(key), [selection])
		});
		return new AwkwardArray(form, rows.count, taken);
	}
	packed(path) {
		return this.select({
			kind: "range",
			start: 0,
			step: 1,
			count: this.length
		}, path);
	}
	async toNested() {
		const packed = await this.packed();
		return nestedValues(packed.form, packed.length, packed.buffers);
	}
	async toArrow() {
		return awkwardToArrow(await this.packed());
	}
};
//#endregion
//#region src/encodings/awkward-array.ts
const awkwardArray = defineEncoding({
	type: "awkward-array",
	versions: ["0.1.0"],
	open: async (node) => openAwkward(asGroup(node, "awkward-array")),
	async write(parent, name, element, context) {
		const source = arrayToWrite(element, "awkward-array");
		const { path } = source.info;
		if (isStored(source)) {
			const { form, length, buffers } = source.awkward;
			const group = await parent.group(name, marked("awkward-array", "0.1.0", {
				form,
				length
			}));
			for (const [key, buffer] of buffers) await context.write(group, key, plainArray(buffer, "array", "0.2.0"));
			return;
		}
		const value = await source.read([], context);
		if (!(value instanceof AwkwardArray)) throw unfit$2(source, "awkward-array", "is no awkward array");
		const { form, length, buffers } = await value.packed(path);
		const attributes = marked("awkward-array", "0.1.0", {
			form: JSON.stringify(form),
			length
		});
		const group = await parent.group(name, attributes);
		for (const [key, buffer] of buffers) await context.write(group, key, lazyFromValue(buffer, `${path}/${key}`));
	}
});
function isStored(source) {
	return "awkward" in source;
}
async function openAwkward(group) {
	const { path } = group;
	const text = textAttribute(group, "form");
	const length = Number(group.attributes.length ?? NaN);
	if (text === void 0 || !Number.isSafeInteger(length) || length < 0) throw corrupt$1(path, "is an awkward array without the attributes \"form\" and \"length\"");
	const form = parseForm(text, path);
	const buffers = new Map();
	for (const key of bufferKeys(form)) buffers.set(key, await arrayOf$1(group, key));
	const readBuffer = async (key, rows, options) => {
		const value = await buffers.get(key).read([rows], options);
		if (value instanceof DenseArray) return value;
		throw corrupt$1(`${path}/${key}`, "holds no numbers");
	};
	const read = async (rows, options) => {
		const taken = await takeBuffers(form, rows, {
			path,
			shape: (key) => buffers.get(key)?.shape,
			read: (key, selection) => readBuffer(key, selection, options)
		});
		return new AwkwardArray(form, rows.count, taken);
	};
	return {
		kind: "lazy-array",
		info: infoOf(group, "awkward-array", "0.1.0", {
			dtype: typeText(form),
			shape: [length]
		}),
		shape: [length],
		dtype: { fields: [] },
		sparse: null,
		awkward: {
			form: text,
			length,
			buffers
		},
		read: ([rows] = [], options) => read(rows ?? {
			kind: "range",
			start: 0,
			step: 1,
			count: length
		}, options),
		storedBytes: (options) => sumBytes([...buffers.values()].map((buffer) => buffer.storedBytes?.(options)))
	};
}
//#endregion
//#region src/encodings/single-value.ts
function singleValue(info, node, read) {
	return {
		kind: "lazy-value",
		info,
		read: (_selection, options) => read(options),
		storedBytes: async (options) => node.storedBytes?.(options)
	};
}
async function readText(node, options) {
	const value = await node.read([], options);
	const text = value instanceof StringArray && value.values.length === 1 ? value.values[0] : void 0;
	if (typeof text !== "string") throw corrupt$1(node.path, "should hold one string");
	return text;
}
async function readNumber(node, options) {
	const value = await node.read([], options);
	if (!(value instanceof DenseArray) || value.data.length !== lanes(value.dtype)) throw corrupt$1(node.path, "should hold one number");
	return scalarOf(value);
}
function scalarOf(array) {
	const { dtype, data } = array;
	const first = data[0];
	switch (dtype) {
		case "bool": return first !== 0;
		case "int64": return Number.isSafeInteger(Number(first)) ? Number(first) : first;
		case "float64": return Number.isInteger(first) ? new Scalar(dtype, first) : first;
		case "float16":
		case "bfloat16": return new Scalar(dtype, halfToNumber(dtype, data)[0]);
		case "complex64":
		case "complex128": return new Scalar(dtype, {
			re: Number(first),
			im: Number(data[1])
		});
		default: return new Scalar(dtype, first);
	}
}
//#endregion
//#region src/encodings/bytes.ts
const bytes = defineEncoding({
	type: "bytes",
	versions: ["0.2.0"],
	async open(node) {
		const array = asArray(node, "bytes");
		return singleValue(arrayInfo$1(array, "bytes", "0.2.0"), array, async (options) => new TextEncoder().encode(await readText(array, options)));
	},
	async write(group, name, element, context) {
		const value = await element.read([], context);
		if (!(value instanceof Uint8Array)) throw unfit$2(element, "bytes", "is no byte string");
		const { path } = element.info;
		if (!isUtf8(value) || value.at(-1) === 0) throw new AtsError("UNSUPPORTED", `${path} holds bytes that are no text; keep them as an array of uint8.`, { path });
		const textBytes = Math.max(1, value.length);
		await (await group.array(name, {
			dtype: "string",
			shape: [],
			textBytes,
			attributes: marked("bytes", "0.2.0")
		})).write([], new StringArray([Buffer.from(value).toString("utf8")], []), context);
	}
});
//#endregion
//#region src/encodings/coded.ts
function codedArray(parts) {
	const { codes, categories, ordered, info } = parts;
	const { path } = info;
	let kept;
	const readCategories = (options) => {
		kept ??= categories.read([], options).then((value) => categoriesOf$1(value, path));
		kept.catch(() => {
			kept = void 0;
		});
		return kept;
	};
	const read = async (rows, options) => {
		return new Categorical(codesOf$1(await codes.read([rows], options), path), await readCategories(options), ordered).validate(path);
	};
	return {
		kind: "lazy-array",
		info: {
			...info,
			dtype: dtypeName(categories.dtype),
			shape: codes.shape,
			layout: codes.layout
		},
		shape: codes.shape,
		dtype: categories.dtype,
		sparse: null,
		read: (selection = [], options) => read(selection[0], options),
		storedBytes: (options) => sumBytes([codes.storedBytes?.(options), categories.storedBytes(options)])
	};
}
function categoriesOf$1(value, path) {
	if ((value instanceof StringArray || value instanceof DenseArray) && value.shape.length === 1) return value;
	throw corrupt$1(path, "has categories that are not a one-dimensional array of strings or numbers");
}
function codesOf$1(value, path) {
	if (!(value instanceof DenseArray) || value.shape.length !== 1) throw corrupt$1(path, "has codes that are not a one-dimensional array of integers");
	const { data } = value;
	if (data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array) return data;
	if (value.dtype === "uint8") return Int16Array.from(data);
	if (value.dtype === "uint16") return Int32Array.from(data);
	if (![
		"uint32",
		"int64",
		"uint64"
	].includes(value.dtype)) throw corrupt$1(path, `has codes of type ${value.dtype}`);
	const codes = new Int32Array(data.length);
	for (let i = 0; i < codes.length; i++) {
		codes[i] = Number(data[i]);
		if (codes[i] !== Number(data[i])) throw corrupt$1(path, `has the category code ${data[i]} at row ${i}`);
	}
	return codes;
}
const stringArray = defineEncoding({
	type: "string-array",
	versions: ["0.2.0"],
	async open(node) {
		return plainArray(asArray(node, "string-array"), "string-array", "0.2.0");
	},
	async write(group, name, element, context) {
		const source = arrayToWrite(element, "string-array");
		const { shape } = source;
		const attributes = marked(shape.length === 0 ? "string" : "string-array", "0.2.0");
		const writer = await group.array(name, {
			dtype: "string",
			shape,
			codec: context.codec,
			attributes
		});
		await eachBlock(writer, 64, context, async (block, selection) => {
			const value = await source.read(selection, context);
			if (!(value instanceof StringArray)) throw unfit$2(source, "string-array", "holds no strings");
			if (value.hasMissing) throw unfit$2(source, "string-array", "has missing strings");
			await writer.write(block.origin, value, context);
		});
	}
});
//#endregion
//#region src/encodings/categorical.ts
const categorical$2 = defineEncoding({
	type: "categorical",
	versions: ["0.2.0"],
	async open(node, context) {
		const group = asGroup(node, "categorical");
		const codes = await arrayOf$1(group, "codes");
		const categories = await context.open(await memberOf(group, "categories"));
		if (categories.kind !== "lazy-array") throw corrupt$1(group.path, "has categories that are not an array");
		return codedArray({
			codes,
			categories,
			ordered: flagAttribute(group, "ordered"),
			info: infoOf(group, "categorical", "0.2.0")
		});
	},
	async write(parent, name, element, context) {
		const source = arrayToWrite(element, "categorical");
		const none = await source.read([{
			kind: "range",
			start: 0,
			step: 1,
			count: 0
		}], context);
		if (!(none instanceof Categorical)) throw unfit$2(source, "categorical", "is no categorical");
		const { categories, ordered } = none;
		const group = await parent.group(name, marked("categorical", "0.2.0", { ordered }));
		const { dtype } = codesArray(allocateCodes(categories.length, 0));
		const codes = await group.array("codes", {
			dtype,
			shape: source.shape,
			codec: context.codec,
			attributes: marked("array", "0.2.0")
		});
		await eachBlock(codes, 64, context, async (block, selection) => {
			const value = await source.read(selection, context);
			value.validate(source.info.path);
			await codes.write(block.origin, codesArray(narrow(value.codes, categories.length)), context);
		});
		const plain = categories instanceof StringArray ? withoutMissing$1(categories) : categories;
		await context.write(group, "categories", lazyFromValue(plain, `${source.info.path}/categories`));
	}
});
function withoutMissing$1(categories) {
	return categories.na === null ? categories : new StringArray(categories.values, categories.shape);
}
function narrow(codes, categories) {
	const narrowest = allocateCodes(categories, 0);
	if (codes.BYTES_PER_ELEMENT === narrowest.BYTES_PER_ELEMENT) return codes;
	const copy = allocateCodes(categories, codes.length);
	copy.set(codes);
	return copy;
}
function codesArray(codes) {
	return new DenseArray(codes instanceof Int8Array ? "int8" : codes instanceof Int16Array ? "int16" : "int32", [codes.length], codes);
}
//#endregion
//#region src/plan/sparse.ts
function sparseReads(store, indptr, major) {
	const whole = major === void 0 ? void 0 : storedRuns(indptr, major);
	return [
		{
			...store.indptr,
			touched: [void 0]
		},
		{
			...store.indices,
			touched: [whole]
		},
		{
			...store.data,
			touched: [whole]
		}
	];
}
function storedRuns(indptr, major) {
	const rows = runs(major.kind === "range" && major.step < 0 ? reversed(major) : major);
	const starts = [];
	const counts = [];
	for (let r = 0; r < rows.starts.length; r++) {
		const first = rows.starts[r];
		const start = Number(indptr[first]);
		const count = Number(indptr[first + rows.counts[r]]) - start;
		if (count === 0) continue;
		starts.push(start);
		counts.push(count);
	}
	return {
		starts: toPositions(starts),
		counts: toPositions(counts)
	};
}
function reversed(range) {
	return {
		...range,
		start: positionAt(range, range.count - 1),
		step: -range.step
	};
}
function toPositions(values) {
	return Float64Array.from(values);
}
//#endregion
//#region src/encodings/sparse-nodes.ts
function majorAxis({ kind }) {
	return kind === "csr" ? 0 : 1;
}
function minorExtent({ kind, shape }) {
	return kind === "csr" ? shape[1] : shape[0];
}
function matrixShape$1({ kind }, majors, minors) {
	return kind === "csr" ? [majors, minors] : [minors, majors];
}
function chunkEntries$1({ data, indices }) {
	return Math.max(data.layout.chunks?.[0] ?? 1, indices.layout.chunks?.[0] ?? 1);
}
//#endregion
//#region src/encodings/sparse-slabs.ts
const FIRST_SLAB = 256;
const INDEX_BYTES = 4;
async function* sparseSlabs(source, kind, bytes, options) {
	const axis = majorAxis({ kind });
	const majors = source.shape[axis] ?? 0;
	let size = firstSize(source, majors, bytes);
	const read = async (start) => {
		const range = {
			kind: "range",
			start,
			step: 1,
			count: Math.min(size, majors - start)
		};
		return await source.read(axis === 0 ? [range] : [void 0, range], options);
	};
	let next = majors === 0 ? void 0 : read(0);
	for (let start = 0; next !== void 0;) {
		const slab = await next;
		const count = slab.indptr.length - 1;
		const perMajor = (slab.data.byteLength + slab.indices.byteLength) / Math.max(1, count);
		size = Math.max(1, Math.min(8 * size, Math.floor(bytes / Math.max(1, perMajor))));
		start += count;
		next = start < majors ? read(start) : void 0;
		next?.catch(() => void 0);
		yield slab;
	}
}
function firstSize(source, majors, bytes) {
	const { nnz } = source.info;
	if (nnz === null || nnz === 0) return FIRST_SLAB;
	const perMajor = Math.max(1, nnz / Math.max(1, majors) * (INDEX_BYTES + 4));
	return Math.max(1, Math.min(majors, Math.floor(bytes / perMajor / 2)));
}
//#endregion
//#region src/encodings/sparse-spool.ts
var SparseSpool = class SparseSpool {
	#file;
	#dtype;
	#slabs = [];
	#end = 0;
	constructor(file, dtype) {
		this.#file = file;
		this.#dtype = dtype;
	}
	static async open(dtype, directory = tmpdir()) {
		const path = join(directory, `.ats-spool-${randomUUID()}`);
		try {
			const file = await open$1(path, "wx+", 384);
			await unlink(path);
			return new SparseSpool(file, dtype);
		} catch (cause) {
			throw new AtsError("IO", `${path}: a temporary file cannot be made; choose another directory for them.`, {
				path,
				cause
			});
		}
	}
	get length() {
		return this.#slabs.length;
	}
	async add({ indptr, indices, data }) {
		if (!(indptr instanceof Int32Array && indices instanceof Int32Array)) throw new AtsError("LIMIT_EXCEEDED", "A slab of 2^31 values is more than a conversion holds; give it less memory.");
		this.#slabs.push({
			indptr: await this.#append(indptr),
			indices: await this.#append(indices),
			data: await this.#append(data)
		});
	}
	async read(slab, begin, end) {
		const at = this.#slabs[slab];
		const indptr = await this.#read(new Int32Array(end - begin + 1), at.indptr + 4 * begin);
		const first = indptr[0];
		for (let i = 0; i < indptr.length; i++) indptr[i] = indptr[i] - first;
		const count = lastEntry(indptr);
		const [indices, data] = await Promise.all([this.#read(new Int32Array(count), at.indices + 4 * first), this.#read(allocate(this.#dtype, count), at.data + itemSize(this.#dtype) * first)]);
		return {
			indptr,
			indices,
			data
		};
	}
	async close() {
		await this.#file.close();
	}
	async #append(values) {
		const begin = this.#end;
		const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
		for (let done = 0; done < bytes.length;) {
			const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, begin + done).catch(spoolError);
			done += bytesWritten;
		}
		this.#end += bytes.length;
		return begin;
	}
	async #read(values, position) {
		const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
		for (let done = 0; done < bytes.length;) {
			const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, position + done).catch(spoolError);
			if (bytesRead === 0) throw new AtsError("IO", "A temporary file ended early.");
			done += bytesRead;
		}
		return values;
	}
};
function spoolError(cause) {
	throw new AtsError("IO", `A temporary file could not be used (${cause.message}); is its disk full?`, { cause });
}
//#endregion
//#region src/encodings/sparse-starts.ts
const INT32_MAX$2 = 2 ** 31 - 1;
function loadStarts(nodes) {
	let kept;
	return (options) => {
		kept ??= read$1(nodes, options);
		kept.catch(() => {
			kept = void 0;
		});
		return kept;
	};
}
async function read$1({ indptr, indices }, options) {
	for (const { path, dtype } of [indices, indptr]) if (typeof dtype !== "string" || !/^u?int(8|16|32|64)$/.test(dtype)) throw corrupt$1(path, "should hold integers");
	const named = {
		...options,
		path: indptr.path
	};
	const starts = await toIndptr((await indptr.read(void 0, options)).data, named);
	await checkStarts(starts, indices.shape[0] ?? 0, named);
	return starts;
}
function selectedStarts(starts, majors) {
	if (majors === void 0) return starts.slice();
	return startsOf(countsOf(starts, majors));
}
function countEntries$1(starts, majors) {
	return countsOf(starts, majors).reduce((sum, count) => sum + count, 0);
}
function countsOf(starts, majors) {
	const counts = new Float64Array(majors.count);
	for (let i = 0; i < counts.length; i++) {
		const major = positionAt(majors, i);
		counts[i] = Number(starts[major + 1]) - Number(starts[major]);
	}
	return counts;
}
function startsOf(counts) {
	const sums = new Float64Array(counts.length + 1);
	for (let i = 0; i < counts.length; i++) sums[i + 1] = sums[i] + counts[i];
	if (sums[counts.length] > INT32_MAX$2) return BigInt64Array.from(sums, BigInt);
	const starts = allocate("int32", sums.length);
	starts.set(sums);
	return starts;
}
//#endregion
//#region src/encodings/sparse-transpose.ts
const SLAB_SHARE = 1 / 8;
const STRETCH_SHARE = 1 / 4;
const IN_MEMORY_SHARE = 1 / 3;
const MOST_SLAB_BYTES = 128 * 2 ** 20;
async function streamTransposed(source, dtype, kind, request) {
	const { nnz } = source.info;
	const [rows = 0, columns = 0] = source.shape;
	if ((nnz === null ? Number.POSITIVE_INFINITY : nnz * (itemSize(dtype) + 4) + 8 * (rows + columns)) <= request.memory * IN_MEMORY_SHARE) return wholeStream(source, kind, request);
	return new Transposition(source, dtype, kind, request).stream();
}
async function wholeStream(source, kind, options) {
	return streamMatrix(fromParts(await convertLayout(await source.read([], options), kind, {
		...options,
		path: source.info.path
	})));
}
var Transposition = class {
	#counts;
	#offsets = [];
	constructor(source, dtype, kind, request) {
		this.source = source;
		this.dtype = dtype;
		this.kind = kind;
		this.request = request;
		this.#counts = new Float64Array(source.shape[majorAxis({ kind })] ?? 0);
	}
	async stream() {
		const spool = await SparseSpool.open(this.dtype, this.request.scratch);
		try {
			await this.#fill(spool);
		} catch (error) {
			await spool.close();
			throw error;
		}
		const starts = startsOf(this.#counts);
		return {
			nnz: lastEntry(starts),
			slabs: this.#stretches(spool, starts),
			close: () => spool.close()
		};
	}
	async #fill(spool) {
		const { source, kind, request } = this;
		const bytes = Math.min(MOST_SLAB_BYTES, Math.max(1, request.memory * SLAB_SHARE));
		let offset = 0;
		for await (const slab of sparseSlabs(source, kind === "csr" ? "csc" : "csr", bytes, request)) {
			request.signal?.throwIfAborted();
			const turned = fromParts(await convertLayout(slab, kind, {
				...request,
				path: source.info.path
			}));
			const { indptr } = turned;
			for (let i = 0; i < this.#counts.length; i++) this.#counts[i] = this.#counts[i] + Number(indptr[i + 1]) - Number(indptr[i]);
			await spool.add(turned);
			this.#offsets.push(offset);
			offset += slab.indptr.length - 1;
		}
	}
	async *#stretches(spool, starts) {
		const perEntry = itemSize(this.dtype) + 4;
		const most = Math.max(1, this.request.memory * STRETCH_SHARE / perEntry);
		for (let begin = 0; begin < this.#counts.length;) {
			let end = begin + 1;
			while (end < this.#counts.length && Number(starts[end + 1]) - Number(starts[begin]) <= most) end++;
			yield await this.#stretch(spool, begin, end);
			begin = end;
		}
	}
	async #stretch(spool, begin, end) {
		const { dtype, kind, request, source } = this;
		const indptr = startsOf(this.#counts.subarray(begin, end));
		const count = lastEntry(indptr);
		const minors = source.shape[1 - majorAxis({ kind })] ?? 0;
		const into = {
			starts: indptr,
			cursors: indptr.slice(),
			indices: allocate(minors - 1 <= 2 ** 31 - 1 ? "int32" : "int64", count),
			data: allocate(dtype, count)
		};
		for (let slab = 0; slab < spool.length; slab++) {
			request.signal?.throwIfAborted();
			const piece = await spool.read(slab, begin, end);
			const offset = this.#offsets[slab];
			await appendPiece({
				...piece,
				dtype,
				offset,
				minors: minors - offset
			}, into, {
				...request,
				path: source.info.path
			});
		}
		const { indices, data } = into;
		return fromParts({
			kind,
			dtype,
			shape: matrixShape$1({ kind }, end - begin, minors),
			data,
			indices,
			indptr
		});
	}
};
//#endregion
//#region src/encodings/as-compressed.ts
function asCsr(source) {
	return asCompressed(source, "csr");
}
function asCompressed(source, kind) {
	if (source.sparse === kind) return source;
	const dtype = numericDType(source);
	if (dtype === void 0 || source.shape.length !== 2) {
		const { path } = source.info;
		throw new AtsError("INVALID_ARGUMENT", `${path} is no matrix of numbers, so it cannot be made sparse.`, { path });
	}
	if (source.sparse !== null) return converted(source, kind, dtype, turn(kind));
	if (kind === "csr") return converted(source, kind, dtype, compress$1(kind));
	return {
		...converted(source, kind, dtype, compress$1(kind)),
		...streamOf(asCsr(source), kind, dtype)
	};
}
const turn = (kind) => async (value, options) => fromParts(await convertLayout(value, kind, options));
const compress$1 = (kind) => async (value, options) => fromParts(await sparsify(value, kind, options));
function converted(source, kind, dtype, convert) {
	return {
		kind: "lazy-array",
		info: {
			...source.info,
			encoding: `${kind}_matrix`,
			encodingVersion: "0.1.0",
			layout: null
		},
		shape: source.shape,
		dtype,
		sparse: kind,
		async read(selection = [], options = {}) {
			return convert(await source.read(selection, options), {
				...options,
				path: source.info.path
			});
		},
		...source.sparse === null ? {} : streamOf(source, kind, dtype),
		storedBytes: (options) => source.storedBytes(options)
	};
}
function streamOf(source, kind, dtype) {
	return { stream: (request) => streamTransposed(source, dtype, kind, request) };
}
//#endregion
//#region src/encodings/sparse-dual.ts
const SEAL = "ats-dual";
function otherKind(kind) {
	return kind === "csr" ? "csc" : "csr";
}
function newSeal() {
	return { [SEAL]: randomUUID() };
}
function asDual(source) {
	if (source.sparse === null) return asDual(asCompressed(source, "csr"));
	return {
		...viewOf(source),
		sidecar: asCompressed(source, otherKind(source.sparse))
	};
}
function viewOf(source) {
	const { kind, info, shape, dtype, sparse } = source;
	return {
		kind,
		info,
		shape,
		dtype,
		sparse,
		read: (selection, options) => source.read(selection, options),
		...source.stream === void 0 ? {} : { stream: (request) => source.stream(request) },
		storedBytes: (options) => source.storedBytes(options)
	};
}
async function sidecarGroup(group, kind) {
	const seal = group.attributes[SEAL];
	if (typeof seal !== "string") return void 0;
	const node = await group.get(otherKind(kind));
	return node?.kind === "group" && node.attributes[SEAL] === seal ? node : void 0;
}
function agree(a, b) {
	return a.shape[0] === b.shape[0] && a.shape[1] === b.shape[1] && a.dtype === b.dtype && a.indices.shape[0] === b.indices.shape[0];
}
async function cheaperSide(sides, selection, options) {
	let best = sides[0];
	let least = Number.POSITIVE_INFINITY;
	if (sides.length === 1) return best;
	for (const side of sides) {
		const cost = await costOf(side, selection, options);
		if (cost >= least) continue;
		best = side;
		least = cost;
	}
	return best;
}
async function costOf({ nodes, starts }, selection, options) {
	const majors = selection[majorAxis(nodes)];
	const all = await starts(options);
	if (majors === void 0) return lastEntry(all);
	const chunk = nodes.data.layout.chunks?.[0] ?? 1;
	return Math.min(lastEntry(all), countEntries$1(all, majors) + majors.count * chunk);
}
//#endregion
//#region src/encodings/lanes.ts
async function inLanes(items, lanes, work) {
	const iterator = items[Symbol.iterator]();
	let index = 0;
	let failed = false;
	const run = async (lane) => {
		for (let next = iterator.next(); !failed && next.done !== true; next = iterator.next()) await work(next.value, index++, lane).catch((error) => {
			failed = true;
			throw error;
		});
	};
	const settled = await Promise.allSettled(Array.from({ length: lanes }, (_, lane) => run(lane)));
	for (const result of settled) if (result.status === "rejected") throw result.reason;
}
//#endregion
//#region src/encodings/sparse-blocks.ts
function* runBlocks(runs, most, chunk) {
	let block = new Block();
	let limit = Number.POSITIVE_INFINITY;
	for (let run = 0; run < runs.starts.length; run++) {
		let start = runs.starts[run];
		let place = runs.places[run];
		const end = start + runs.counts[run];
		while (start < end) {
			if (start >= limit) {
				yield block.end();
				block = new Block();
				limit = Number.POSITIVE_INFINITY;
			}
			const room = Math.max(1, most - block.count);
			if (limit === Number.POSITIVE_INFINITY && end - start >= room) limit = Math.ceil((start + room) / chunk) * chunk;
			const size = Math.min(end, limit) - start;
			block.add(start, size, place);
			start += size;
			place += size;
		}
	}
	if (block.count > 0) yield block.end();
}
function blockRoom(most, chunk) {
	return Math.max(1, most) + chunk;
}
var Block = class {
	count = 0;
	#starts = [];
	#counts = [];
	#places = [];
	#own = [];
	add(start, count, place) {
		this.#starts.push(start);
		this.#counts.push(count);
		this.#places.push(place);
		this.#own.push(this.count);
		this.count += count;
	}
	end() {
		const [starts, counts, places] = [
			this.#starts,
			this.#counts,
			this.#own
		].map((values) => Float64Array.from(values));
		return {
			runs: {
				starts,
				counts,
				places
			},
			places: Float64Array.from(this.#places),
			count: this.count
		};
	}
};
//#endregion
//#region src/encodings/sparse-runs.ts
function numbersOf(node) {
	const { dtype } = node;
	if (typeof dtype === "string" && dtype !== "string") return dtype;
	throw corrupt$1(node.path, "should hold numbers");
}
async function readRuns(node, runs, count, options) {
	if (node.readRuns === void 0 && runs.counts[0] === count) return readSelection(node, oneRange(runs), options);
	const into = allocateUnset(numbersOf(node), count);
	await readRunsInto(node, runs, into, {
		...options,
		fresh: true
	});
	return into;
}
async function readRunsInto(node, runs, into, options) {
	if (runs.starts.length === 0) return;
	if (node.readRuns !== void 0) return node.readRuns(runs, into, options);
	const values = await readSelection(node, runs.starts.length === 1 ? oneRange(runs) : spelledOut(runs), options);
	await place(numbersOf(node), values, runs, into, options);
}
async function readSelection(node, selection, options) {
	const value = await node.read([selection], options);
	if (value instanceof DenseArray && value.dtype === node.dtype && value.shape[0] === selection.count) return value.data;
	throw corrupt$1(node.path, "should hold numbers");
}
function oneRange({ starts, counts }) {
	return {
		kind: "range",
		start: starts[0],
		step: 1,
		count: counts[0]
	};
}
function spelledOut({ starts, counts }) {
	const last = starts.length - 1;
	const count = counts.reduce((sum, more) => sum + more, 0);
	const positions = allocatePositions(count, starts[last] + counts[last]);
	let at = 0;
	for (let r = 0; r < starts.length; r++) {
		const start = starts[r];
		const size = counts[r];
		for (let i = 0; i < size; i++) positions[at++] = start + i;
	}
	return {
		kind: "positions",
		positions,
		count
	};
}
async function place(dtype, values, runs, into, options) {
	const { counts, places } = runs;
	if (counts.length === 1) {
		into.set(values, places[0] * lanes(dtype));
		return;
	}
	const starts = new Float64Array(counts.length);
	for (let r = 1; r < starts.length; r++) starts[r] = starts[r - 1] + counts[r - 1];
	await copyRuns(dtype, values, {
		starts,
		counts,
		places
	}, into, options);
}
//#endregion
//#region src/encodings/sparse-indices.ts
const INT32_MAX$1 = 2 ** 31 - 1;
const BLOCK_ENTRIES$1 = 512 * 1024;
const LANES$1 = 3;
async function readIndices(nodes, runs, count, options) {
	const type = minorExtent(nodes) - 1 <= INT32_MAX$1 ? "int32" : "int64";
	const stored = numbersOf(nodes.indices);
	if (stored === type) return await readRuns(nodes.indices, runs, count, options);
	const out = allocate(type, count);
	const chunk = nodes.indices.layout.chunks?.[0] ?? 1;
	const buffers = [];
	await inLanes(runBlocks(runs, BLOCK_ENTRIES$1, chunk), LANES$1, async (block, _, lane) => {
		buffers[lane] ??= allocate(stored, Math.min(blockRoom(BLOCK_ENTRIES$1, chunk), count));
		const narrow = buffers[lane].subarray(0, block.count);
		await readRunsInto(nodes.indices, block.runs, narrow, options);
		await place(type, await toIndices(narrow, minorExtent(nodes), {
			...options,
			path: nodes.path
		}), {
			...block.runs,
			places: block.places
		}, out, options);
	});
	return out;
}
//#endregion
//#region src/encodings/sparse-stream.ts
const BLOCK_ENTRIES = 128 * 1024;
const LANES = Math.min(16, Math.max(3, availableParallelism() + 1));
async function readSomeMinors(nodes, starts, major, minor, options) {
	const rows = major === void 0 ? {
		sorted: void 0,
		inverse: null
	} : sortPositions(major);
	const sorted = rows.sorted && positionsOf$1(rows.sorted);
	const columns = columnTable(minor, minorExtent(nodes));
	const picked = await new Stream(nodes, starts, sorted, columns, options).read();
	const again = [rows.inverse, columns.again].map((inverse) => inverse && positionsOf$1(inverse));
	if (again.every((selection) => selection === null)) return picked;
	const [rowChoice, columnChoice] = majorAxis(nodes) === 0 ? again : again.toReversed();
	return selectSparse(picked, rowChoice ?? void 0, columnChoice ?? void 0, {
		...options,
		path: nodes.path
	});
}
function positionsOf$1(positions) {
	return {
		kind: "positions",
		positions,
		count: positions.length
	};
}
function columnTable(minor, extent) {
	const table = allocate("int32", extent).fill(-1);
	const positions = toPositions$1(minor);
	const places = new Int32Array(minor.count);
	let count = 0;
	for (let i = 0; i < minor.count; i++) {
		const position = positions[i];
		if (table[position] === -1) table[position] = count++;
		places[i] = table[position];
	}
	return {
		table,
		count,
		again: count === minor.count ? null : places
	};
}
var Stream = class {
	#indptr;
	#counts;
	#buffers = [];
	constructor(nodes, starts, majors, columns, options) {
		this.nodes = nodes;
		this.starts = starts;
		this.majors = majors;
		this.columns = columns;
		this.options = options;
		this.#indptr = selectedStarts(starts, majors);
		this.#counts = allocate("int32", this.#indptr.length - 1);
	}
	async read() {
		const kept = [];
		const { stored } = await findRuns(this.starts, this.majors, this.options);
		await inLanes(runBlocks(stored, BLOCK_ENTRIES, chunkEntries$1(this.nodes)), LANES, async (block, index, lane) => {
			kept[index] = await this.#keep(block, lane);
		});
		return this.#concatenate(kept);
	}
	async #keep(block, lane) {
		const { nodes, options } = this;
		const { dtype } = nodes;
		const { count } = block;
		this.#buffers[lane] ??= this.#allocate();
		const { data, indices, kept } = this.#buffers[lane];
		const values = data.subarray(0, count * lanes(dtype));
		const found = indices.subarray(0, count);
		await Promise.all([readRunsInto(nodes.data, block.runs, values, options), readRunsInto(nodes.indices, block.runs, found, options)]);
		const left = await keepColumns({
			indptr: this.#indptr,
			offset: block.places[0],
			count,
			dtype,
			indices: found,
			data: values
		}, this.columns.table, {
			indices: kept,
			data,
			counts: this.#counts
		}, {
			...options,
			path: nodes.path
		});
		return {
			data: data.slice(0, left * lanes(dtype)),
			indices: kept.slice(0, left)
		};
	}
	#allocate() {
		const { nodes } = this;
		const room = Math.min(blockRoom(BLOCK_ENTRIES, chunkEntries$1(nodes)), lastEntry(this.#indptr));
		const indices = allocate(numbersOf(nodes.indices), room);
		const kept = indices instanceof Int32Array ? indices : allocate("int32", room);
		return {
			data: allocate(nodes.dtype, room),
			indices,
			kept
		};
	}
	async #concatenate(kept) {
		const { nodes, options } = this;
		const { dtype, kind, path } = nodes;
		const entries = kept.reduce((sum, part) => sum + part.indices.length, 0);
		const data = allocate(dtype, entries);
		const indices = allocate("int32", entries);
		let at = 0;
		for (let part = kept.shift(); part !== void 0; part = kept.shift()) {
			data.set(part.data, at * lanes(dtype));
			indices.set(part.indices, at);
			at += part.indices.length;
			await new Promise((resolve) => setImmediate(resolve));
		}
		const indptr = startsOf(this.#counts);
		const parts = {
			kind,
			dtype,
			shape: matrixShape$1(nodes, this.#counts.length, this.columns.count),
			data,
			indices,
			indptr
		};
		await sortIndices(parts, {
			...options,
			path
		});
		return parts;
	}
};
//#endregion
//#region src/encodings/sparse-read.ts
async function readSparse(nodes, starts, selection, options) {
	const axis = majorAxis(nodes);
	const major = wanted(selection[axis], nodes.shape[axis]);
	const minor = wanted(selection[1 - axis], minorExtent(nodes));
	if (minor !== void 0) return fromParts(await readSomeMinors(nodes, await starts(options), major, minor, options));
	if (major === void 0) return fromParts(await readAll(nodes, starts, options));
	return fromParts(await readMajors(nodes, await starts(options), major, options));
}
function wanted(selection, length) {
	return selection === void 0 || isWholeAxis(selection, length) ? void 0 : selection;
}
async function readAll(nodes, starts, options) {
	const { kind, dtype, path, shape } = nodes;
	const count = nodes.indices.shape[0] ?? 0;
	const runs = oneRun(0, count);
	const [indptr, data, indices] = await Promise.all([
		starts(options),
		readRuns(nodes.data, runs, count, options),
		readIndices(nodes, runs, count, options)
	]);
	await checkIndices(indices, minorExtent(nodes), {
		...options,
		path
	});
	return {
		kind,
		dtype,
		shape,
		data,
		indices,
		indptr: indptr.slice()
	};
}
async function readMajors(nodes, starts, major, options) {
	const { kind, dtype, path } = nodes;
	const named = {
		...options,
		path
	};
	const indptr = selectedStarts(starts, major);
	const count = lastEntry(indptr);
	const runs = await findRuns(starts, major, named);
	const [data, indices] = await Promise.all([readRuns(nodes.data, runs.stored, count, options), readIndices(nodes, runs.stored, count, options)]);
	await copyAgain(dtype, data, runs, named);
	await copyAgain(indices instanceof Int32Array ? "int32" : "int64", indices, runs, named);
	const shape = matrixShape$1(nodes, indptr.length - 1, minorExtent(nodes));
	await checkIndices(indices, minorExtent(nodes), named);
	return {
		kind,
		dtype,
		shape,
		data,
		indices,
		indptr
	};
}
async function copyAgain(dtype, values, { copies }, options) {
	if (copies.starts.length > 0) await copyRuns(dtype, values, copies, values, options);
}
//#endregion
//#region src/encodings/sparse-open.ts
async function openSparse(group, kind, version) {
	const side = await openSide(group, kind);
	const { data, indices, indptr, shape, dtype } = side.nodes;
	const sides = [side, ...await openSidecar(group, side)];
	return {
		kind: "lazy-array",
		info: infoOf(group, `${kind}_matrix`, version, {
			dtype,
			shape,
			layout: data.layout,
			nnz: indices.shape[0] ?? 0
		}),
		shape,
		dtype,
		sparse: kind,
		indexTypes: {
			indices: signedType(indices),
			indptr: signedType(indptr)
		},
		async read(selection = [], options = {}) {
			const { nodes, starts } = await cheaperSide(sides, selection, options);
			return fromParts(await convertLayout(await readSparse(nodes, starts, selection, options), kind, {
				...options,
				path: group.path
			}));
		},
		async reads(selection = [], options = {}) {
			const { nodes, starts } = await cheaperSide(sides, selection, options);
			const major = selection[majorAxis(nodes)];
			return sparseReads({
				data: partOf(nodes.data),
				indices: partOf(nodes.indices),
				indptr: partOf(nodes.indptr)
			}, major === void 0 ? [] : await starts(options), major);
		},
		storedBytes: (options) => sumBytes([
			data,
			indices,
			indptr
		].map((node) => node.storedBytes?.(options)))
	};
}
async function openSide(group, kind) {
	const nodes = await openParts$1(group, kind);
	return {
		nodes,
		starts: loadStarts(nodes)
	};
}
async function openSidecar(group, { nodes }) {
	const beside = await sidecarGroup(group, nodes.kind);
	if (beside === void 0) return [];
	const side = await openSide(beside, otherKind(nodes.kind));
	return agree(nodes, side.nodes) ? [side] : [];
}
async function openParts$1(group, kind) {
	const [data, indices, indptr] = await Promise.all([
		arrayOf$1(group, "data"),
		arrayOf$1(group, "indices"),
		arrayOf$1(group, "indptr")
	]);
	const shape = shapeOf$2(group);
	const { dtype } = data;
	if (typeof dtype !== "string" || dtype === "string") throw corrupt$1(group.path, "is a sparse matrix of no numbers");
	for (const node of [
		data,
		indices,
		indptr
	]) if (node.shape.length !== 1) throw corrupt$1(node.path, `has the shape [${node.shape}], not one dimension`);
	if (data.shape[0] !== indices.shape[0]) throw corrupt$1(group.path, `has ${data.shape[0]} values but ${indices.shape[0]} indices`);
	const majors = shape[kind === "csr" ? 0 : 1];
	if (indptr.shape[0] !== majors + 1) throw corrupt$1(group.path, `has an indptr of ${indptr.shape[0]} entries, not ${majors + 1}`);
	return {
		path: group.path,
		kind,
		shape,
		dtype,
		data,
		indices,
		indptr
	};
}
function shapeOf$2(group) {
	const shape = group.attributes.shape ?? group.attributes.h5sparse_shape;
	if (!Array.isArray(shape) || shape.length !== 2) throw corrupt$1(group.path, "is a sparse matrix without a shape");
	const [rows, columns] = shape.map(Number);
	if (Number.isSafeInteger(rows) && Number.isSafeInteger(columns) && rows >= 0 && columns >= 0) return [rows, columns];
	throw corrupt$1(group.path, `is a sparse matrix of the shape [${shape}]`);
}
function signedType({ dtype }) {
	return dtype === "int64" ? "int64" : "int32";
}
function partOf(node) {
	const { path, shape, layout, dtype } = node;
	return {
		path,
		shape,
		layout,
		itemSize: typeof dtype === "string" && dtype !== "string" ? itemSize(dtype) : 8
	};
}
//#endregion
//#region src/encodings/appender.ts
var Appender = class {
	#writer;
	#dtype;
	#options;
	#chunk;
	#rest;
	#held = 0;
	#written = 0;
	constructor(writer, dtype, options) {
		this.#writer = writer;
		this.#dtype = dtype;
		this.#options = options;
		this.#chunk = Math.max(1, writer.chunks[0] ?? 1) * lanes(dtype);
	}
	async append(piece) {
		let from = 0;
		if (this.#held > 0) {
			from = Math.min(piece.length, this.#chunk - this.#held);
			await this.#hold(piece.subarray(0, from));
			if (this.#held < this.#chunk) return;
			await this.#flush();
		}
		const whole = Math.floor((piece.length - from) / this.#chunk) * this.#chunk;
		if (whole > 0) await this.#write(piece.subarray(from, from + whole));
		await this.#hold(piece.subarray(from + whole));
	}
	async end() {
		if (this.#held > 0) await this.#flush();
	}
	async #hold(values) {
		if (values.length === 0) return;
		const width = lanes(this.#dtype);
		const length = (this.#writer.shape[0] ?? 1) * width;
		this.#rest ??= allocateUnset(this.#dtype, Math.min(this.#chunk, length) / width);
		const whole = {
			starts: Float64Array.of(0),
			counts: Float64Array.of(values.length / width),
			places: Float64Array.of(this.#held / width)
		};
		await copyRuns(this.#dtype, values, whole, this.#rest, this.#options);
		this.#held += values.length;
	}
	async #flush() {
		const held = this.#rest.subarray(0, this.#held);
		this.#held = 0;
		await this.#write(held);
	}
	async #write(values) {
		const width = lanes(this.#dtype);
		const origin = this.#written / width;
		this.#written += values.length;
		const block = new DenseArray(this.#dtype, [values.length / width], values);
		await this.#writer.write([origin], block, this.#options);
	}
};
//#endregion
//#region src/encodings/sparse-layout.ts
const PIECE_MAJORS = 64;
const LEAST_PIECE = 2 ** 13;
const MOST_PIECE = 2 ** 16;
const CHUNK_BYTES$3 = 2 ** 20;
const MOST_FILES$1 = 1024;
function sparseLayout(facts, { codec, chunk }) {
	const chunks = [chunk ?? chunkEntries(facts)];
	const pieces = chunk === void 0 ? [pieceEntries(facts)] : void 0;
	const perRow = facts.nnz / Math.max(1, facts.majors);
	return {
		data: {
			chunks,
			pieces,
			perRow,
			codec
		},
		indices: {
			chunks,
			pieces,
			perRow,
			codec,
			role: "indices"
		},
		indptr: { codec }
	};
}
function chunkEntries({ dtype, nnz }) {
	return Math.max(1, Math.floor(CHUNK_BYTES$3 / itemSize(dtype)), Math.ceil(nnz / MOST_FILES$1));
}
function pieceEntries({ majors, nnz }) {
	const wanted = Math.ceil(nnz / Math.max(1, majors) * PIECE_MAJORS);
	return 2 ** Math.round(Math.log2(Math.max(LEAST_PIECE, Math.min(MOST_PIECE, wanted))));
}
//#endregion
//#region src/encodings/sparse-writer.ts
const INT32_MAX = 2 ** 31 - 1;
async function openMatrix$3(parent, name, facts, options) {
	const { kind, shape, dtype, nnz, indexTypes } = facts;
	const [majors, minors] = kind === "csr" ? shape : [shape[1], shape[0]];
	const group = await parent.group(name, {
		"encoding-type": `${kind}_matrix`,
		"encoding-version": "0.1.0",
		...options.attributes,
		shape
	});
	const indexType = indexTypes?.indices === "int64" || minors - 1 > INT32_MAX ? "int64" : "int32";
	const startType = indexTypes?.indptr === "int64" || nnz > INT32_MAX ? "int64" : "int32";
	const layout = sparseLayout({
		dtype,
		majors,
		nnz
	}, options);
	const create = async (part, type, length) => new Appender(await group.array(part, {
		dtype: type,
		shape: [length],
		...layout[part]
	}), type, options);
	const data = await create("data", dtype, nnz);
	const indices = await create("indices", indexType, nnz);
	const indptr = await create("indptr", startType, majors + 1);
	await indptr.append(allocate(startType, 1));
	let written = 0;
	return {
		group,
		async append(slab) {
			const offset = written;
			written += slab.nnz;
			const found = await toIndices(slab.indices, indexType === "int32" ? minors : INT32_MAX + 2, options);
			await Promise.all([
				data.append(slab.data),
				indices.append(found),
				indptr.append(moved(slab.indptr, offset, startType))
			]);
		},
		async end() {
			if (written !== nnz) {
				const path = `${parent.path}/${name}`;
				throw new AtsError("STALE", `${path} has ${written} values to write, not ${nnz}; its source changed meanwhile.`, { path });
			}
			await Promise.all([
				data.end(),
				indices.end(),
				indptr.end()
			]);
		}
	};
}
function moved(indptr, offset, type) {
	const out = allocate(type, indptr.length - 1);
	if (out instanceof Int32Array) for (let i = 0; i < out.length; i++) out[i] = Number(indptr[i + 1]) + offset;
	else for (let i = 0; i < out.length; i++) out[i] = BigInt(Number(indptr[i + 1]) + offset);
	return out;
}
//#endregion
//#region src/encodings/sparse-write.ts
const SLAB_BYTES = 32 * 2 ** 20;
const SLABS_HELD = 4;
const DEFAULT_MEMORY$2 = 2 ** 30;
async function streamSparse(group, name, source, options = {}) {
	const { sparse: kind } = source;
	const dtype = numericDType(source);
	if (kind === null || dtype === void 0) {
		const path = source.info.path;
		throw new AtsError("INVALID_ARGUMENT", `${path} is not a sparse matrix; write it as an array.`, { path });
	}
	const { sidecar } = source;
	const attributes = {
		...options.attributes,
		...sidecar === void 0 ? {} : newSeal()
	};
	const own = await writeMatrix$1(group, name, {
		source,
		kind,
		dtype
	}, {
		...options,
		attributes
	});
	if (sidecar !== void 0) await streamSparse(own, otherKind(kind), sidecar, {
		...options,
		attributes,
		onMajors: void 0
	});
}
async function writeMatrix$1(group, name, job, options) {
	const stream = await openStream(job.source, job.kind, options);
	try {
		return await writeStream(group, name, job, stream, options);
	} finally {
		await stream.close();
	}
}
async function writeStream(group, name, { source, kind, dtype }, stream, options) {
	const shape = [source.shape[0] ?? 0, source.shape[1] ?? 0];
	const { indexTypes } = source;
	const writer = await openMatrix$3(group, name, {
		kind,
		shape,
		dtype,
		nnz: stream.nnz,
		indexTypes
	}, options);
	let done = 0;
	let writing = Promise.resolve();
	try {
		for await (const slab of stream.slabs) {
			await writing;
			options.signal?.throwIfAborted();
			writing = writer.append(slab);
			writing.catch(() => void 0);
			done += slab.indptr.length - 1;
			options.onMajors?.(done);
		}
	} finally {
		await writing;
	}
	await writer.end();
	return writer.group;
}
async function openStream(source, kind, options) {
	const { memory = DEFAULT_MEMORY$2, scratch, signal } = options;
	if (source.stream !== void 0) return source.stream({
		memory,
		scratch,
		signal
	});
	const bytes = Math.max(1, Math.min(SLAB_BYTES, memory / SLABS_HELD));
	const slabs = () => sparseSlabs(source, kind, bytes, options);
	return {
		nnz: source.info.nnz ?? await count(slabs()),
		slabs: slabs(),
		close: async () => void 0
	};
}
async function count(slabs) {
	let nnz = 0;
	for await (const slab of slabs) nnz += slab.nnz;
	return nnz;
}
//#endregion
//#region src/encodings/write-compressed.ts
async function writeCompressed(group, name, element, kind, context) {
	const source = arrayToWrite(element, `${kind}_matrix`);
	if (source.sparse !== kind) throw unfit$2(source, `${kind}_matrix`, "has another layout");
	const { codec, memory, signal, onBytes } = context;
	const majors = source.shape[kind === "csr" ? 0 : 1];
	const width = itemSize(numericType(source, `${kind}_matrix`)) + 4;
	const total = source.info.nnz === null ? majors : source.info.nnz * width;
	const onMajors = (done) => onBytes?.(majors === 0 ? total : total * done / majors, total);
	await streamSparse(group, name, source, {
		codec,
		memory,
		signal,
		onMajors
	});
}
//#endregion
//#region src/encodings/csc-matrix.ts
const cscMatrix = defineEncoding({
	type: "csc_matrix",
	versions: ["0.1.0"],
	open: (node) => openSparse(asGroup(node, "csc_matrix"), "csc", "0.1.0"),
	write: (group, name, element, context) => writeCompressed(group, name, element, "csc", context)
});
//#endregion
//#region src/encodings/csr-matrix.ts
const csrMatrix = defineEncoding({
	type: "csr_matrix",
	versions: ["0.1.0"],
	open: (node) => openSparse(asGroup(node, "csr_matrix"), "csr", "0.1.0"),
	write: (group, name, element, context) => writeCompressed(group, name, element, "csr", context)
});
//#endregion
//#region src/encodings/column-source.ts
const CELL_BYTES = 32;
async function columnSource(frame, context) {
	const { column, index } = frame;
	if (column !== void 0 && index !== void 0) return opened(frame.columnNames, () => index.call(frame), (name) => column.call(frame, name));
	const { signal } = context;
	if (frame.length * frame.columnNames.length * CELL_BYTES <= context.memory / 4) {
		const whole = lazyFromValue(await frame.readFrame(void 0, void 0, { signal }), frame.info.path);
		return opened(frame.columnNames, () => whole.index(), (name) => whole.column(name));
	}
	const read = async (name, rows) => {
		const range = rows === void 0 ? void 0 : {
			kind: "range",
			start: 0,
			step: 1,
			count: rows
		};
		const part = await frame.readFrame(name === void 0 ? [] : [name], range, { signal });
		return lazyColumn(name === void 0 ? part.index : part.columns.get(name), `${frame.info.path}/${name ?? frame.indexName ?? "_index"}`);
	};
	const { names, failures } = await opened(frame.columnNames, () => read(void 0, 0), (name) => read(name, 0));
	return {
		names,
		failures,
		index: () => read(void 0),
		column: (name) => read(name)
	};
}
async function opened(names, index, column) {
	const failures = new Map();
	for (const name of names) await column(name).catch((error) => failures.set(name, error));
	return {
		names,
		failures,
		index,
		column
	};
}
//#endregion
//#region src/encodings/dataframe-write.ts
async function writeFrame(parent, name, element, context) {
	const frame = frameToWrite(element, "dataframe");
	const { path } = frame.info;
	const indexName = frame.indexName || "_index";
	const places = checkNames([indexName, ...frame.columnNames], path);
	const source = await columnSource(frame, context);
	const columns = source.names.filter((column) => {
		const failure = source.failures.get(column);
		if (failure !== void 0) context.leaveOut(`${path}/${column}`, failure);
		return failure === void 0;
	});
	if (columns.includes(indexName)) await checkTwin(frame, source, indexName, context);
	const place = placing(await parent.group(name, marked("dataframe", "0.2.0", {
		_index: indexName,
		"column-order": columns
	})), places);
	if (!columns.includes(indexName)) await context.write(...await place(indexName), await source.index());
	for (const column of columns) {
		context.signal?.throwIfAborted();
		await context.write(...await place(column), await source.column(column));
	}
}
function checkNames(names, path) {
	const paths = new Map(names.map((name) => [name, columnPath(name, path)]));
	for (const [name, steps] of paths) {
		const through = steps.slice(0, -1).find((_, i) => paths.has(steps.slice(0, i + 1).join("/")));
		if (through === void 0) continue;
		throw new AtsError("UNSAFE_PATH", `${path}: the column ${JSON.stringify(name)} would lie within the column "${through}"; rename one of them.`, { path: `${path}/${name}` });
	}
	return paths;
}
function placing(frame, paths) {
	const groups = new Map();
	return async (column) => {
		const steps = paths.get(column);
		let group = frame;
		for (const [i, step] of steps.slice(0, -1).entries()) {
			const prefix = steps.slice(0, i + 1).join("/");
			group = groups.get(prefix) ?? await group.group(step);
			groups.set(prefix, group);
		}
		return [group, steps.at(-1)];
	};
}
async function checkTwin(frame, source, name, context) {
	const { path } = frame.info;
	const [index, column] = await Promise.all([source.index(), source.column(name)]);
	const values = async (array) => plainColumn(await array.read([], context));
	const [a, b] = await Promise.all([values(index), values(column)]);
	if (frame.indexName && a.length === b.length && Array.prototype.every.call(a, (value, i) => Object.is(value, b[i]))) return;
	throw new AtsError("UNSUPPORTED", `${path} has a column "${name}" and an index of that name with other values; rename one of them.`, { path: `${path}/${name}` });
}
//#endregion
//#region src/encodings/frame-columns.ts
const AT_ONCE$1 = 8;
function columnFrame(parts) {
	const { index, indexName, columnNames } = parts;
	const { path } = parts.info;
	const length = index.shape[0] ?? 0;
	const opened = new Map();
	const column = (name) => {
		if (!columnNames.includes(name)) return Promise.reject(unknownColumn(path, name, columnNames));
		let element = opened.get(name);
		if (element === void 0) {
			element = parts.column(name);
			opened.set(name, element);
			element.catch(() => opened.delete(name));
		}
		return element;
	};
	const readColumn = async (element, rows, options) => {
		if (element.shape.length !== 1 || element.shape[0] !== length) throw corrupt$1(element.info.path, `has the shape [${element.shape}] in a data frame of ${length} rows`);
		return columnOf$2(await element.read([rows], options), element.info.path);
	};
	const readFrame = async (names = columnNames, rows, options = {}) => {
		options.signal?.throwIfAborted();
		const columns = new Map();
		const indexValue = readColumn(index, rows, options);
		indexValue.catch(() => void 0);
		for (let first = 0; first < names.length; first += AT_ONCE$1) {
			const some = names.slice(first, first + AT_ONCE$1);
			const values = await Promise.all(some.map(async (name) => readColumn(await column(name), rows, options)));
			some.forEach((name, i) => {
				columns.set(name, values[i]);
			});
		}
		return new Frame(await indexValue, columns, indexName);
	};
	return {
		kind: "lazy-frame",
		info: parts.info,
		shape: [length, columnNames.length],
		length,
		columnNames,
		indexName,
		column,
		index: async () => index,
		readFrame,
		read: (selection = [], options) => {
			return readFrame(selection[1] && Array.from(toPositions$1(selection[1]), (at) => columnNames[at]), selection[0], options);
		},
		storedBytes: (options) => sumBytes([index.storedBytes(options), ...columnNames.map(async (name) => (await column(name)).storedBytes(options))])
	};
}
function unknownColumn(path, name, names) {
	return new AtsError("NOT_FOUND", `${path} has no column ${JSON.stringify(name)}${suggestion(name, names)}.`, { path: `${path}/${name}` });
}
function columnOf$2(value, path) {
	if (value instanceof DenseArray || value instanceof StringArray || value instanceof Categorical || value instanceof NullableArray) return value;
	throw new AtsError("UNSUPPORTED", `${path} is no column that a data frame can hold; read it as an element.`, { path });
}
//#endregion
//#region src/encodings/dataframe.ts
const dataframe = defineEncoding({
	type: "dataframe",
	versions: ["0.2.0", "0.1.0"],
	async open(node, context) {
		const group = asGroup(node, "dataframe");
		const indexKey = textAttribute(group, "_index");
		if (indexKey === void 0) throw corrupt$1(group.path, "is a data frame without the attribute \"_index\"");
		const columnNames = columnOrder(group);
		const version = textAttribute(group, "encoding-version") ?? "0.2.0";
		const index = await openColumn(group, indexKey, context);
		if (index.shape.length !== 1) throw corrupt$1(index.info.path, "is an index that is not one-dimensional");
		return columnFrame({
			info: infoOf(group, "dataframe", version, { shape: [index.shape[0] ?? 0, columnNames.length] }),
			columnNames,
			index,
			indexName: indexKey === "_index" ? null : indexKey,
			column: (name) => openColumn(group, name, context)
		});
	},
	write: writeFrame
});
function columnOrder(group) {
	const order = group.attributes["column-order"];
	if (Array.isArray(order) && order.every((name) => typeof name === "string")) return order;
	throw corrupt$1(group.path, "is a data frame without a list of names in the attribute \"column-order\"");
}
async function openColumn(group, name, context) {
	const node = await columnNodeOf(group, name);
	if (node.kind === "array" && textAttribute(node, "encoding-type") === void 0) return openPlainColumn(group, node, context);
	const element = await context.open(node);
	if (element.kind === "lazy-array") return element;
	throw corrupt$1(node.path, "is a column of a data frame but no array");
}
async function openPlainColumn(group, node, context) {
	const target = textAttribute(node, "categories");
	if (target === void 0) return plainArray(node, node.dtype === "string" ? "string-array" : "array", "");
	const categories = await context.resolve(target.startsWith("/") ? target : `${group.path}/${target}`);
	if (categories?.kind !== "array") throw corrupt$1(node.path, `refers to the categories ${target}, which are no array`);
	return codedArray({
		codes: node,
		categories: await openCategories(categories, context),
		ordered: flagAttribute(categories, "ordered"),
		info: infoOf(node, "categorical", "0.1.0")
	});
}
async function openCategories(node, context) {
	if (textAttribute(node, "encoding-type") === void 0) return plainArray(node, "array", "");
	const element = await context.open(node);
	if (element.kind === "lazy-array") return element;
	throw corrupt$1(node.path, "holds categories but is no array");
}
//#endregion
//#region src/encodings/dict.ts
const dict = defineEncoding({
	type: "dict",
	versions: ["0.1.0"],
	async open(node, context) {
		return groupDict(asGroup(node, "dict"), "dict", "0.1.0", context);
	},
	write: (group, name, element, context) => writeGroup(group, name, element, "dict", context)
});
//#endregion
//#region src/encodings/null.ts
const nullValue = defineEncoding({
	type: "null",
	versions: ["0.1.0"],
	async open(node) {
		return singleValue(infoOf(node, "null", "0.1.0"), asArray(node, "null"), async () => null);
	},
	async write(group, name) {
		await group.array(name, {
			dtype: "bool",
			shape: [],
			empty: true,
			attributes: marked("null", "0.1.0")
		});
	}
});
//#endregion
//#region src/encodings/nullable-write.ts
async function writeNullableNumbers(parent, name, source, context) {
	const dtype = numericType(source, "a nullable array");
	const kind = dtypeKind(dtype);
	const numbersOf = (value) => {
		if (value instanceof NullableArray) return value;
		throw unfit$2(source, "a nullable array", "has no mask");
	};
	if (kind === "float" || kind === "complex") {
		context.warn(`${source.info.path} holds floats with a mask, which AnnData cannot keep: missing values become NaN.`);
		const writer = await parent.array(name, array({
			dtype,
			shape: source.shape
		}, context));
		return eachBlock(writer, itemSize(dtype), context, async (block, selection) => {
			const filled = fill(numbersOf(await source.read(selection, context)), NaN);
			await writer.write(block.origin, filled, context);
		});
	}
	await writeMasked(await parent.group(name, marked(kind === "bool" ? "nullable-boolean" : "nullable-integer", "0.1.0")), source, {
		dtype,
		width: itemSize(dtype)
	}, context, (value) => {
		const numbers = numbersOf(value);
		return {
			values: fill(numbers, 0),
			mask: numbers.mask
		};
	});
}
async function writeNullableStrings(parent, name, source, context) {
	const { path } = source.info;
	if (source.shape.length !== 1) throw new AtsError("UNSUPPORTED", `${path} may have missing strings in ${source.shape.length} dimensions, which AnnData cannot keep; write its columns one by one.`, { path });
	const none = await source.read([{
		kind: "range",
		start: 0,
		step: 1,
		count: 0
	}], context);
	const textsOf = (value) => {
		if (value instanceof StringArray) return value;
		throw unfit$2(source, "a nullable string array", "holds no strings");
	};
	const na = { "na-value": textsOf(none).na ?? "NA" };
	await writeMasked(await parent.group(name, marked("nullable-string-array", "0.1.0", na)), source, {
		dtype: "string",
		width: 64
	}, context, (value) => {
		const texts = textsOf(value);
		return {
			values: withoutMissing(texts),
			mask: missingMask(texts)
		};
	});
}
function missingMask(texts) {
	if (!texts.hasMissing) return new Uint8Array(texts.length);
	const { validity } = texts.utf8();
	return validity === void 0 ? new Uint8Array(texts.length) : unpackBits(validity, 0, texts.length).map((present) => 1 - present);
}
function withoutMissing(texts) {
	if (!texts.hasMissing) return texts;
	const { offsets, bytes } = texts.utf8();
	return StringArray.fromUtf8({
		offsets,
		bytes
	}, texts.shape);
}
async function writeMasked(group, source, { dtype, width }, context, split) {
	const { shape } = source;
	const values = await group.array("values", array({
		dtype,
		shape
	}, context));
	const mask = await group.array("mask", array({
		dtype: "bool",
		shape,
		chunks: values.chunks
	}, context));
	await eachBlock(values, width, context, async (block, selection) => {
		const parts = split(await source.read(selection, context));
		await values.write(block.origin, parts.values, context);
		await mask.write(block.origin, new DenseArray("bool", block.shape, parts.mask), context);
	});
}
function array(options, { codec }) {
	const type = options.dtype === "string" ? "string-array" : "array";
	return {
		...options,
		codec,
		attributes: marked(type, "0.2.0")
	};
}
function fill({ values, mask }, missing) {
	if (!mask.includes(1)) return values;
	const data = values.data.slice();
	const width = lanes(values.dtype);
	const value = data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(missing) : missing;
	const bits = HALF_NAN[values.dtype];
	const stored = bits !== void 0 && Number.isNaN(missing) && data instanceof Uint16Array ? bits : value;
	for (let i = 0; i < mask.length; i++) if (mask[i] === 1) data.fill(stored, i * width, (i + 1) * width);
	return new DenseArray(values.dtype, values.shape, data);
}
const HALF_NAN = {
	float16: 32256,
	bfloat16: 32704
};
//#endregion
//#region src/encodings/nullable.ts
async function openNullable(group, type) {
	const values = await arrayOf$1(group, "values");
	const mask = await arrayOf$1(group, "mask");
	if (values.shape.length !== mask.shape.length || values.shape.some((extent, d) => extent !== mask.shape[d])) throw corrupt$1(group.path, `has values of shape [${values.shape}] and a mask of shape [${mask.shape}]`);
	if (values.shape.length !== 1) throw corrupt$1(group.path, `has values of ${values.shape.length} dimensions, not one`);
	const na = textAttribute(group, "na-value") === "NaN" ? "NaN" : "NA";
	const read = async (rows, options) => {
		const [stored, missing] = await Promise.all([values.read([rows], options), mask.read([rows], options)]);
		return join$1(stored, missing, na, group.path);
	};
	return {
		kind: "lazy-array",
		info: infoOf(group, type, "0.1.0", {
			dtype: dtypeName(values.dtype),
			shape: values.shape,
			layout: values.layout
		}),
		shape: values.shape,
		dtype: values.dtype,
		sparse: null,
		read: (selection = [], options) => read(selection[0], options),
		storedBytes: (options) => sumBytes([values.storedBytes?.(options), mask.storedBytes?.(options)])
	};
}
function join$1(values, mask, na, path) {
	if (!(mask instanceof DenseArray) || mask.dtype !== "bool" && mask.dtype !== "uint8" && mask.dtype !== "int8") throw corrupt$1(path, "has a mask that is not boolean");
	const missing = Uint8Array.from(mask.data, (flag) => flag === 0 ? 0 : 1);
	if (values instanceof StringArray) return withMissing(values, missing, na);
	if (values instanceof DenseArray) return new NullableArray(values, missing);
	throw corrupt$1(path, "has values that are neither numbers nor strings");
}
function withMissing(texts, missing, na) {
	const { shape } = texts;
	if (texts.hasUtf8) {
		const { offsets, bytes } = texts.utf8();
		if (missing.every((flag, i) => flag === 0 || offsets[i] === offsets[i + 1])) {
			const validity = missing.includes(1) ? packBits(missing, true) : void 0;
			return StringArray.fromUtf8({
				offsets,
				bytes,
				validity
			}, shape, na);
		}
	}
	return new StringArray(missing.includes(1) ? texts.values.map((text, i) => missing[i] === 1 ? null : text) : texts.values, shape, na);
}
function nullable(type, write) {
	return defineEncoding({
		type,
		versions: ["0.1.0"],
		open: async (node) => openNullable(asGroup(node, type), type),
		...write && { write }
	});
}
const numbers$3 = (type) => (group, name, element, context) => writeNullableNumbers(group, name, arrayToWrite(element, type), context);
const strings$2 = (group, name, element, context) => writeNullableStrings(group, name, arrayToWrite(element, "nullable-string-array"), context);
const nullableInteger = nullable("nullable-integer", numbers$3("nullable-integer"));
const nullableBoolean = nullable("nullable-boolean", numbers$3("nullable-boolean"));
const nullableStringArray = nullable("nullable-string-array", strings$2);
const nullableString = nullable("nullable-string", strings$2);
//#endregion
//#region src/encodings/single-write.ts
async function writeSingle(group, name, value, attributes, context) {
	const options = {
		dtype: value.kind === "dense" ? value.dtype : "string",
		shape: [],
		attributes
	};
	await (await group.array(name, options)).write([], value, context);
}
const INT64_END$1 = 2n ** 63n;
function numberArray(value) {
	if (value instanceof Scalar) return scalarArray(value.dtype, value.value);
	if (typeof value === "boolean") return scalarArray("bool", value);
	if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0) ? scalarArray("int64", BigInt(value)) : scalarArray("float64", value);
	if (typeof value !== "bigint") return void 0;
	if (value >= -INT64_END$1 && value < INT64_END$1) return scalarArray("int64", value);
	return value > 0 && value < 2n * INT64_END$1 ? scalarArray("uint64", value) : void 0;
}
function scalarArray(dtype, value) {
	const data = allocate(dtype, 1);
	if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[0] = BigInt(value);
	else if (isComplex(value)) data.set([value.re, value.im]);
	else data[0] = bitsOf(dtype, data, Number(value));
	return new DenseArray(dtype, [], data);
}
function isComplex(value) {
	return typeof value === "object";
}
function bitsOf(dtype, data, value) {
	if (dtype === "float16" && data instanceof Uint16Array) return numberToFloat16(value);
	if (dtype === "bfloat16") return new Uint16Array(Float32Array.of(value).buffer)[1];
	return value;
}
//#endregion
//#region src/encodings/numeric-scalar.ts
const numericScalar = defineEncoding({
	type: "numeric-scalar",
	versions: ["0.2.0"],
	async open(node) {
		const array = asArray(node, "numeric-scalar");
		return singleValue(arrayInfo$1(array, "numeric-scalar", "0.2.0"), array, (options) => readNumber(array, options));
	},
	async write(group, name, element, context) {
		const value = await element.read([], context);
		const number = numberArray(value);
		if (number !== void 0) return writeSingle(group, name, number, marked("numeric-scalar", "0.2.0"), context);
		if (typeof value !== "bigint") throw unfit$2(element, "numeric-scalar", "is no number");
		const { path } = element.info;
		throw new AtsError("UNSUPPORTED", `${path} is an integer of more than 64 bits; keep it as a float or as text.`, { path });
	}
});
//#endregion
//#region src/encodings/opaque.ts
function opaque(node, encoding, version) {
	const shape = node.kind === "array" ? node.shape : null;
	const refuse = () => new AtsError("UNSUPPORTED", `${node.path} has the encoding ${encoding} ${version}, which this version cannot read; update the package.`, { path: node.path });
	return {
		kind: "lazy-value",
		info: infoOf(node, encoding, version, { shape }),
		read: () => Promise.reject(refuse()),
		storedBytes: async () => void 0
	};
}
//#endregion
//#region src/encodings/rec-array.ts
const recArray = defineEncoding({
	type: "rec-array",
	versions: ["0.2.0"],
	async open(node) {
		return plainArray(asArray(node, "rec-array"), "rec-array", "0.2.0");
	},
	async write(group, name, element, context) {
		const source = arrayToWrite(element, "rec-array");
		const { dtype, shape } = source;
		if (typeof dtype === "string") throw unfit$2(source, "rec-array", "holds no records");
		const width = dtype.fields.reduce((sum, field) => sum + fieldWidth(field), 0);
		const fields = await measure(source, dtype.fields, width, context);
		const attributes = marked("rec-array", "0.2.0");
		const writer = await group.array(name, {
			dtype: { fields },
			shape,
			codec: context.codec,
			attributes
		});
		await eachBlock(writer, width, context, async (block, selection) => {
			await writer.write(block.origin, await source.read(selection, context), context);
		});
	}
});
function fieldWidth({ dtype, shape = [] }) {
	return (dtype === "string" ? 64 : itemSize(dtype)) * sizeOf$1(shape);
}
const MEASURED = 64;
async function measure(source, fields, width, { memory, signal }) {
	if (!fields.some(({ dtype }) => dtype === "string")) return fields;
	const longest = new Map(fields.filter(({ dtype }) => dtype === "string").map(({ name }) => [name, 0]));
	await eachBlock({
		shape: source.shape,
		chunks: [MEASURED]
	}, width, {
		memory,
		signal
	}, async (_, selection) => {
		const records = await source.read(selection, { signal });
		if (!(records instanceof RecordArray)) throw unfit$2(source, "rec-array", "holds no records");
		for (const name of longest.keys()) {
			const field = records.fields.get(name);
			if (field?.kind !== "strings") throw unfit$2(source, "rec-array", `has no strings in its field "${name}"`);
			for (const text of field.values) longest.set(name, Math.max(longest.get(name), characters(text)));
		}
	});
	return fields.map((field) => field.dtype === "string" ? {
		...field,
		characters: longest.get(field.name)
	} : field);
}
function characters(text) {
	if (text === null) return 0;
	let count = 0;
	for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 64512) !== 56320) count++;
	return count;
}
//#endregion
//#region src/encodings/stored-node.ts
const NODES = new WeakMap();
function noteStored(element, node) {
	NODES.set(element, node);
	return element;
}
function storedNode(element) {
	return NODES.get(element);
}
//#endregion
//#region src/encodings/string.ts
const string = defineEncoding({
	type: "string",
	versions: ["0.2.0"],
	async open(node) {
		const array = asArray(node, "string");
		return singleValue(arrayInfo$1(array, "string", "0.2.0"), array, (options) => readText(array, options));
	},
	async write(group, name, element, context) {
		const value = await element.read([], context);
		if (typeof value !== "string") throw unfit$2(element, "string", "is no string");
		await writeSingle(group, name, new StringArray([value], []), marked("string", "0.2.0"), context);
	}
});
//#endregion
//#region src/encodings/unmarked.ts
function openUnmarked(node, context) {
	if (node.kind === "table") throw corrupt$1(node.path, "is a table where an encoded element should be");
	return node.kind === "group" ? openGroup(node, context) : openArray(node);
}
function openGroup(group, context) {
	const format = group.attributes.h5sparse_format;
	if (format === "csr" || format === "csc") return openSparse(group, format, "");
	return groupDict(group, "dict", "", context);
}
function openArray(node) {
	if (node.empty === true) return singleValue(infoOf(node, "null", ""), node, async () => null);
	const scalar = node.shape.length === 0;
	if (node.dtype === "string") {
		const alone = node.fixedText === true && node.shape.length === 1 && node.shape[0] === 1;
		if (!scalar && !alone) return plainArray(node, "string-array", "");
		return singleValue(infoOf(node, "string", "", { dtype: "string" }), node, (options) => readText(node, options));
	}
	if (typeof node.dtype !== "string") return plainArray(node, "rec-array", "");
	if (!scalar) return plainArray(node, "array", "");
	return singleValue(arrayInfo$1(node, "numeric-scalar", ""), node, (options) => readNumber(node, options));
}
//#endregion
//#region src/encodings/registry.ts
const ENCODINGS = new Map([
	anndata,
	array$1,
	awkwardArray,
	bytes,
	categorical$2,
	cscMatrix,
	csrMatrix,
	dataframe,
	dict,
	nullValue,
	nullableBoolean,
	nullableInteger,
	nullableString,
	nullableStringArray,
	numericScalar,
	raw,
	recArray,
	string,
	stringArray
].map((encoding) => [encoding.type, encoding]));
function encodingsBy(more = []) {
	return more.length === 0 ? ENCODINGS : new Map([...ENCODINGS, ...more.map((one) => [one.type, one])]);
}
async function openNode(node, context, encodings = ENCODINGS) {
	return noteStored(await openByMarks(node, context, encodings), node);
}
async function openByMarks(node, context, encodings) {
	const type = textAttribute(node, "encoding-type");
	if (type === void 0 || type === "") return openUnmarked(node, context);
	const version = textAttribute(node, "encoding-version") ?? "";
	const encoding = encodings.get(type);
	if (encoding === void 0 || !encoding.versions.includes(version)) return opaque(node, type, version);
	return encoding.open(node, context);
}
function openContext(root, more) {
	const encodings = encodingsBy(more);
	const context = {
		open: (node) => openNode(node, context, encodings),
		resolve: (path) => resolve$1(root, path)
	};
	return context;
}
async function resolve$1(root, path) {
	let node = root;
	for (const name of path.split("/")) {
		if (name === "") continue;
		if (node?.kind !== "group") return void 0;
		node = await node.get(name);
	}
	return node;
}
//#endregion
//#region src/storage/key-names.ts
const MAX_BYTES$2 = 255;
function encodeKey(key, element, suffix = "") {
	const fail = (why) => new AtsError("UNSAFE_PATH", `${element}: the key ${JSON.stringify(key)} ${why}; rename it.`, { path: `${element}/${key}` });
	if (key === "") throw fail("is empty");
	if (key.includes("\0")) throw fail("has a NUL character");
	if (/\p{Cs}/u.test(key)) throw fail("is not valid Unicode");
	const name = key.replace(/[/\\]|%(?=[0-9A-F]{2})|^\.|[. ]$/g, percent);
	if (name.endsWith(".__lock")) throw fail("ends as TensorStore's lock files do");
	if (Buffer.byteLength(name) + suffix.length > MAX_BYTES$2) throw fail("is too long for a file name");
	return name + suffix;
}
function percent(character) {
	return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
function decodeKey(name) {
	const key = name.replace(/%([0-9A-F]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
	return safeEncode(key) === name ? key : name;
}
function safeEncode(key) {
	try {
		return encodeKey(key, "");
	} catch {
		return;
	}
}
function findCollision(names) {
	const seen = new Map();
	for (const name of names) {
		const folded = name.normalize("NFC").toLowerCase();
		const other = seen.get(folded);
		if (other !== void 0) return [other, name];
		seen.set(folded, name);
	}
}
//#endregion
//#region src/pickle/limits.ts
const MAX_INTEGER_BYTES = 65536;
const MAX_STRING_BYTES = 536870888;
const MAX_BYTES$1 = 2 ** 32;
const DEFAULT_DEPTH$1 = 400;
function pickleLimits(inputBytes, limits = {}) {
	return {
		maxDepth: limits.maxDepth ?? DEFAULT_DEPTH$1,
		maxExpandedBytes: limits.maxExpandedBytes ?? 256 * 2 ** 20 + 64 * inputBytes
	};
}
//#endregion
//#region src/pickle/failures.ts
function corrupt(what) {
	return new AtsError("CORRUPT", `the pickle is damaged: ${what}; restore the file or save it again.`);
}
function tooLarge(what) {
	return new AtsError("LIMIT_EXCEEDED", `the pickle asks for too much: ${what}; raise the limit only if you trust it.`);
}
function unsupported(what) {
	return new AtsError("UNSUPPORTED", `the pickle holds ${what}, which is not read because nothing in a pickle is ever run; save it again as plain arrays, tables, dicts or strings.`);
}
//#endregion
//#region src/pickle/graph.ts
var PyTuple = class {
	items;
	constructor(items) {
		this.items = items;
	}
};
var PyList = class {
	items;
	constructor(items = []) {
		this.items = items;
	}
};
var PyDict = class {
	entries;
	constructor(entries = []) {
		this.entries = entries;
	}
};
var PySet = class {
	items;
	constructor(items = []) {
		this.items = items;
	}
};
var PyBytes = class {
	bytes;
	constructor(bytes) {
		this.bytes = bytes;
	}
};
var PyGlobal = class {
	id;
	name;
	constructor(id, name) {
		this.id = id;
		this.name = name;
	}
};
var PyObject = class {
	callable;
	args;
	state = void 0;
	items = [];
	entries = [];
	constructor(callable, args) {
		this.callable = callable;
		this.args = args;
	}
};
//#endregion
//#region src/pickle/machine/integers.ts
function toInteger(value) {
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : value;
}
function decodeLong(bytes) {
	if (bytes.length === 0) return 0;
	const hex = Buffer.from(bytes).reverse().toString("hex");
	return toInteger(BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`)));
}
function encodeLong(value) {
	if (value === 0n) return new Uint8Array(0);
	const magnitude = value < 0n ? -value - 1n : value;
	const size = Math.floor(magnitude.toString(16).length / 2) + 1;
	const hex = BigInt.asUintN(size * 8, value).toString(16).padStart(size * 2, "0");
	const bytes = new Uint8Array(Buffer.from(hex, "hex").reverse());
	return isSignRepeated(bytes) ? bytes.subarray(0, -1) : bytes;
}
function isSignRepeated(bytes) {
	const last = bytes.at(-1);
	const before = bytes.at(-2);
	return before !== void 0 && last === (before & 128 ? 255 : 0);
}
function parseInteger(line, opcode) {
	if (opcode === "INT" && (line === "00" || line === "01")) return line === "01";
	const digits = opcode === "LONG" && line.endsWith("L") ? line.slice(0, -1) : line;
	if (digits.length > 65536) throw tooLarge(`an integer of ${digits.length} digits`);
	const match = /^\s*([+-]?)(\d+)\s*$/.exec(digits);
	if (match === null) throw corrupt(`"${digits.slice(0, 40)}" is not an integer`);
	const value = BigInt(match[2]);
	return toInteger(match[1] === "-" ? -value : value);
}
//#endregion
//#region src/pickle/machine/opcodes.ts
const Op = {
	MARK: 40,
	STOP: 46,
	POP: 48,
	POP_MARK: 49,
	DUP: 50,
	FLOAT: 70,
	INT: 73,
	BININT: 74,
	BININT1: 75,
	LONG: 76,
	BININT2: 77,
	NONE: 78,
	PERSID: 80,
	BINPERSID: 81,
	REDUCE: 82,
	STRING: 83,
	BINSTRING: 84,
	SHORT_BINSTRING: 85,
	UNICODE: 86,
	BINUNICODE: 88,
	APPEND: 97,
	BUILD: 98,
	GLOBAL: 99,
	DICT: 100,
	EMPTY_DICT: 125,
	APPENDS: 101,
	GET: 103,
	BINGET: 104,
	INST: 105,
	LONG_BINGET: 106,
	LIST: 108,
	EMPTY_LIST: 93,
	OBJ: 111,
	PUT: 112,
	BINPUT: 113,
	LONG_BINPUT: 114,
	SETITEM: 115,
	TUPLE: 116,
	EMPTY_TUPLE: 41,
	SETITEMS: 117,
	BINFLOAT: 71,
	PROTO: 128,
	NEWOBJ: 129,
	EXT1: 130,
	EXT2: 131,
	EXT4: 132,
	TUPLE1: 133,
	TUPLE2: 134,
	TUPLE3: 135,
	NEWTRUE: 136,
	NEWFALSE: 137,
	LONG1: 138,
	LONG4: 139,
	BINBYTES: 66,
	SHORT_BINBYTES: 67,
	SHORT_BINUNICODE: 140,
	BINUNICODE8: 141,
	BINBYTES8: 142,
	EMPTY_SET: 143,
	ADDITEMS: 144,
	FROZENSET: 145,
	NEWOBJ_EX: 146,
	STACK_GLOBAL: 147,
	MEMOIZE: 148,
	FRAME: 149,
	BYTEARRAY8: 150,
	NEXT_BUFFER: 151,
	READONLY_BUFFER: 152
};
//#endregion
//#region src/pickle/machine/text.ts
const strict = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
function isAscii$1(bytes) {
	for (let i = 0; i < bytes.length; i++) if (bytes[i] > 127) return false;
	return true;
}
function decodeLatin1(bytes) {
	if (bytes.length > 536870888) throw tooLarge(`a string of ${bytes.length} bytes`);
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
function decodeUtf8(bytes) {
	if (isAscii$1(bytes)) return decodeLatin1(bytes);
	if (bytes.length > 536870888) throw tooLarge(`a string of ${bytes.length} bytes`);
	try {
		return strict.decode(bytes);
	} catch {
		return decodeWithSurrogates(bytes);
	}
}
function decodeWithSurrogates(bytes) {
	const parts = [];
	let start = 0;
	const flush = (end) => {
		try {
			parts.push(strict.decode(bytes.subarray(start, end)));
		} catch (cause) {
			throw corrupt(`a string is not UTF-8 (${cause.message})`);
		}
	};
	for (let at = bytes.indexOf(237); at >= 0; at = bytes.indexOf(237, at + 1)) {
		const second = bytes[at + 1] ?? 0;
		const third = bytes[at + 2] ?? 0;
		if (second < 160 || second > 191 || (third & 192) !== 128) continue;
		flush(at);
		parts.push(String.fromCharCode(53248 | (second & 63) << 6 | third & 63));
		start = at + 3;
	}
	flush(bytes.length);
	return parts.join("");
}
function decodeRawUnicode(line) {
	return decodeLatin1(line).replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g, (_, short, long) => {
		const point = Number.parseInt(short ?? long, 16);
		if (point > 1114111) throw corrupt("a string has an escape beyond the last Unicode character");
		return String.fromCodePoint(point);
	});
}
const ESCAPES$1 = {
	a: "\x07",
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "	",
	v: "\v",
	"\\": "\\",
	"'": "'",
	"\"": "\""
};
function decodeQuoted(line) {
	const text = decodeLatin1(line).trim();
	const quote = text[0];
	if (text.length < 2 || quote !== "'" && quote !== "\"" || text.at(-1) !== quote) throw corrupt("a string of protocol 0 is not quoted");
	return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S])/g, (whole, code) => {
		if (code.length === 3 && code[0] === "x") return String.fromCharCode(Number.parseInt(code.slice(1), 16));
		if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
		return ESCAPES$1[code] ?? whole;
	});
}
function isAsciiText(text) {
	return /^[\x00-\x7f]*$/.test(text);
}
//#endregion
//#region src/pickle/machine/containers.ts
function extend(target, items) {
	for (const item of items) target.push(item);
}
function append(m, items) {
	const target = m.top();
	if (!(target instanceof PyList || target instanceof PyObject)) throw corrupt("it appends to something but a list");
	extend(target.items, items);
}
function setItems(m, entries) {
	const target = m.top();
	if (!(target instanceof PyDict || target instanceof PyObject)) throw corrupt("it sets items of something but a dict");
	extend(target.entries, pairs(entries));
}
function addItems(m, items) {
	const target = m.top();
	if (!(target instanceof PySet)) throw corrupt("it adds items to something but a set");
	extend(target.items, items);
}
function pairs(entries) {
	if (entries.length % 2 !== 0) throw corrupt("a dict has a key without a value");
	return entries;
}
function memoIndex(m) {
	const index = parseInteger(decodeLatin1(m.cursor.line()), "LONG");
	if (typeof index !== "number" || index < 0) throw corrupt(`${index} is not an entry of the memo`);
	return index;
}
const CONTAINERS = new Map([
	[Op.MARK, (m) => m.mark()],
	[Op.POP, (m) => m.popAny()],
	[Op.POP_MARK, (m) => void m.popMark()],
	[Op.DUP, (m) => m.push(m.top())],
	[Op.GET, (m) => m.recall(memoIndex(m))],
	[Op.BINGET, (m) => m.recall(m.cursor.u8())],
	[Op.LONG_BINGET, (m) => m.recall(m.cursor.u32())],
	[Op.PUT, (m) => m.memoize(memoIndex(m))],
	[Op.BINPUT, (m) => m.memoize(m.cursor.u8())],
	[Op.LONG_BINPUT, (m) => m.memoize(m.cursor.u32())],
	[Op.MEMOIZE, (m) => m.memoize(m.memo.size)],
	[Op.EMPTY_LIST, (m) => m.push(new PyList())],
	[Op.LIST, (m) => m.push(new PyList(m.popMark()))],
	[Op.APPEND, (m) => append(m, m.popMany(1))],
	[Op.APPENDS, (m) => append(m, m.popMark())],
	[Op.EMPTY_DICT, (m) => m.push(new PyDict())],
	[Op.DICT, (m) => m.push(new PyDict(pairs(m.popMark())))],
	[Op.SETITEM, (m) => setItems(m, m.popMany(2))],
	[Op.SETITEMS, (m) => setItems(m, m.popMark())],
	[Op.EMPTY_TUPLE, (m) => m.push(new PyTuple([]))],
	[Op.TUPLE, (m) => m.push(new PyTuple(m.popMark()))],
	[Op.TUPLE1, (m) => m.push(new PyTuple(m.popMany(1)))],
	[Op.TUPLE2, (m) => m.push(new PyTuple(m.popMany(2)))],
	[Op.TUPLE3, (m) => m.push(new PyTuple(m.popMany(3)))],
	[Op.EMPTY_SET, (m) => m.push(new PySet())],
	[Op.FROZENSET, (m) => m.push(new PySet(m.popMark()))],
	[Op.ADDITEMS, (m) => addItems(m, m.popMark())]
]);
//#endregion
//#region src/pickle/machine/literals.ts
function floatNode(value) {
	return Number.isInteger(value) ? new Scalar("float64", value) : value;
}
function parseFloatText(line) {
	const text = line.trim().toLowerCase();
	const special = /^([+-]?)(inf(?:inity)?|nan)$/.exec(text);
	if (special !== null) return special[2] === "nan" ? NaN : special[1] === "-" ? -Infinity : Infinity;
	if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) throw corrupt(`"${line.slice(0, 40)}" is not a number`);
	return Number(text);
}
function byteString$1(text) {
	return isAsciiText(text) ? text : new PyBytes(Buffer.from(text, "latin1"));
}
const pushText = (m, size) => m.push(decodeUtf8(m.cursor.take(size, MAX_STRING_BYTES)));
const pushBytes = (m, size) => m.push(new PyBytes(m.cursor.take(size)));
const pushByteString = (m, size) => m.push(byteString$1(decodeLatin1(m.cursor.take(size, MAX_STRING_BYTES))));
function pushLong(m, size) {
	m.push(decodeLong(m.cursor.take(size, MAX_INTEGER_BYTES)));
}
function longSize(m) {
	const size = m.cursor.u32();
	if (size > 65536) throw tooLarge(`an integer of ${size} bytes`);
	return size;
}
const LITERALS = new Map([
	[Op.NONE, (m) => m.push(null)],
	[Op.NEWTRUE, (m) => m.push(true)],
	[Op.NEWFALSE, (m) => m.push(false)],
	[Op.INT, (m) => m.push(parseInteger(decodeLatin1(m.cursor.line()), "INT"))],
	[Op.LONG, (m) => m.push(parseInteger(decodeLatin1(m.cursor.line()), "LONG"))],
	[Op.BININT, (m) => m.push(m.cursor.i32())],
	[Op.BININT1, (m) => m.push(m.cursor.u8())],
	[Op.BININT2, (m) => m.push(m.cursor.u16())],
	[Op.LONG1, (m) => pushLong(m, m.cursor.u8())],
	[Op.LONG4, (m) => pushLong(m, longSize(m))],
	[Op.FLOAT, (m) => m.push(floatNode(parseFloatText(decodeLatin1(m.cursor.line()))))],
	[Op.BINFLOAT, (m) => m.push(floatNode(m.cursor.f64()))],
	[Op.STRING, (m) => m.push(byteString$1(decodeQuoted(m.cursor.line())))],
	[Op.BINSTRING, (m) => pushByteString(m, m.cursor.u32())],
	[Op.SHORT_BINSTRING, (m) => pushByteString(m, m.cursor.u8())],
	[Op.UNICODE, (m) => m.push(decodeRawUnicode(m.cursor.line()))],
	[Op.SHORT_BINUNICODE, (m) => pushText(m, m.cursor.u8())],
	[Op.BINUNICODE, (m) => pushText(m, m.cursor.u32())],
	[Op.BINUNICODE8, (m) => pushText(m, m.cursor.u64())],
	[Op.SHORT_BINBYTES, (m) => pushBytes(m, m.cursor.u8())],
	[Op.BINBYTES, (m) => pushBytes(m, m.cursor.u32())],
	[Op.BINBYTES8, (m) => pushBytes(m, m.cursor.u64())],
	[Op.BYTEARRAY8, (m) => pushBytes(m, m.cursor.u64())]
]);
//#endregion
//#region src/pickle/machine/cursor.ts
var Cursor = class {
	bytes;
	offset = 0;
	#view;
	constructor(bytes) {
		this.bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}
	get remaining() {
		return this.bytes.length - this.offset;
	}
	skip(size) {
		if (size > this.remaining) throw corrupt(`it ends at byte ${this.bytes.length}, ${size - this.remaining} bytes too early`);
		const start = this.offset;
		this.offset += size;
		return start;
	}
	take(size, limit = MAX_BYTES$1) {
		if (size > limit) throw tooLarge(`a value of ${size} bytes where ${limit} are allowed`);
		const start = this.skip(size);
		return this.bytes.subarray(start, start + size);
	}
	u8() {
		return this.#view.getUint8(this.skip(1));
	}
	u16() {
		return this.#view.getUint16(this.skip(2), true);
	}
	i32() {
		return this.#view.getInt32(this.skip(4), true);
	}
	u32() {
		return this.#view.getUint32(this.skip(4), true);
	}
	u64() {
		return Number(this.#view.getBigUint64(this.skip(8), true));
	}
	f64() {
		return this.#view.getFloat64(this.skip(8), false);
	}
	line() {
		const end = this.bytes.indexOf(10, this.offset);
		if (end < 0) throw corrupt("a line of text does not end");
		const line = this.bytes.subarray(this.offset, end);
		this.offset = end + 1;
		return line;
	}
};
var Machine = class {
	cursor;
	limits;
	memo = new Map();
	#stack = [];
	#marks = [];
	stopped = false;
	constructor(bytes, limits) {
		this.cursor = new Cursor(bytes);
		this.limits = limits;
	}
	push(node) {
		this.#stack.push(node);
	}
	pop() {
		const top = this.top();
		this.#stack.pop();
		return top;
	}
	top() {
		if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw corrupt("an instruction finds too little on the stack");
		return this.#stack.at(-1);
	}
	mark() {
		if (this.#marks.length >= this.limits.maxDepth * 4) throw tooLarge(`more than ${this.#marks.length} containers are open at once`);
		this.#marks.push(this.#stack.length);
	}
	popMark() {
		const height = this.#marks.pop();
		if (height === void 0) throw corrupt("an instruction finds no mark on the stack");
		return this.#stack.splice(height);
	}
	popMany(count) {
		const height = this.#stack.length - count;
		if (height < (this.#marks.at(-1) ?? 0)) throw corrupt("an instruction finds too little on the stack");
		return this.#stack.splice(height);
	}
	popAny() {
		if (this.#marks.at(-1) === this.#stack.length) this.#marks.pop();
		else this.pop();
	}
	memoize(index) {
		if (index > this.cursor.bytes.length) throw tooLarge(`entry ${index} of the memo`);
		this.memo.set(index, this.top());
	}
	recall(index) {
		const node = this.memo.get(index);
		if (node === void 0) throw corrupt(`entry ${index} of the memo was never set`);
		this.push(node);
	}
	result() {
		const root = this.pop();
		if (this.#stack.length > 0 || this.#marks.length > 0) throw corrupt("it stops with values left on the stack");
		if (this.cursor.remaining > 0) throw corrupt(`${this.cursor.remaining} bytes follow its end`);
		return root;
	}
};
function checkProtocol(version) {
	if (version > 5) throw unsupported(`protocol ${version}, newer than 5`);
}
//#endregion
//#region src/pickle/globals.ts
const NUMPY_CORE = ["numpy.core", "numpy._core"];
const PANDAS_STRING = "pandas.core.arrays.string_";
const BUILTINS = ["builtins", "__builtin__"];
function under(modules, name) {
	return modules.map((module) => `${module}.${name}`);
}
function scipy(format, name) {
	return under([
		`scipy.sparse._${format}`,
		`scipy.sparse.${format}`,
		"scipy.sparse._arrays",
		"scipy.sparse"
	], name);
}
const SPELLINGS = {
	"builtins.bytearray": under(BUILTINS, "bytearray"),
	"builtins.bytes": under(BUILTINS, "bytes"),
	"builtins.complex": under(BUILTINS, "complex"),
	"builtins.dict": under(BUILTINS, "dict"),
	"builtins.float": under(BUILTINS, "float"),
	"builtins.frozenset": under(BUILTINS, "frozenset"),
	"builtins.int": under(BUILTINS, "int"),
	"builtins.list": under(BUILTINS, "list"),
	"builtins.object": under(BUILTINS, "object"),
	"builtins.range": [...under(BUILTINS, "range"), "__builtin__.xrange"],
	"builtins.set": under(BUILTINS, "set"),
	"builtins.slice": under(BUILTINS, "slice"),
	"builtins.str": [...under(BUILTINS, "str"), "__builtin__.unicode"],
	"codecs.encode": ["_codecs.encode"],
	"collections.Counter": ["collections.Counter"],
	"collections.OrderedDict": ["collections.OrderedDict"],
	"collections.defaultdict": ["collections.defaultdict"],
	"copyreg.newobj": ["copyreg.__newobj__", "copy_reg.__newobj__"],
	"copyreg.reconstructor": ["copyreg._reconstructor", "copy_reg._reconstructor"],
	"numpy.dtype": ["numpy.dtype", ...under(NUMPY_CORE, "multiarray.dtype")],
	"numpy.frombuffer": under(NUMPY_CORE, "numeric._frombuffer"),
	"numpy.matrix": ["numpy.matrix", "numpy.matrixlib.defmatrix.matrix"],
	"numpy.ndarray": ["numpy.ndarray", ...under(NUMPY_CORE, "multiarray.ndarray")],
	"numpy.recarray": [
		"numpy.recarray",
		"numpy.rec.recarray",
		...under(NUMPY_CORE, "records.recarray")
	],
	"numpy.reconstruct": under(NUMPY_CORE, "multiarray._reconstruct"),
	"numpy.record": [
		"numpy.record",
		"numpy.rec.record",
		...under(NUMPY_CORE, "records.record")
	],
	"numpy.scalar": under(NUMPY_CORE, "multiarray.scalar"),
	"numpy.stringdtype": ["numpy._core._internal._convert_to_stringdtype_kwargs"],
	"numpy.bool": ["numpy.bool_", "numpy.bool"],
	"numpy.int8": ["numpy.int8"],
	"numpy.int16": ["numpy.int16"],
	"numpy.int32": ["numpy.int32"],
	"numpy.int64": ["numpy.int64"],
	"numpy.uint8": ["numpy.uint8"],
	"numpy.uint16": ["numpy.uint16"],
	"numpy.uint32": ["numpy.uint32"],
	"numpy.uint64": ["numpy.uint64"],
	"numpy.float16": ["numpy.float16"],
	"numpy.float32": ["numpy.float32"],
	"numpy.float64": ["numpy.float64"],
	"numpy.complex64": ["numpy.complex64"],
	"numpy.complex128": ["numpy.complex128"],
	"scipy.csr": [...scipy("csr", "csr_matrix"), ...scipy("csr", "csr_array")],
	"scipy.csc": [...scipy("csc", "csc_matrix"), ...scipy("csc", "csc_array")],
	"scipy.coo": [...scipy("coo", "coo_matrix"), ...scipy("coo", "coo_array")],
	"pandas.BlockManager": ["pandas.core.internals.managers.BlockManager"],
	"pandas.Categorical": ["pandas.core.arrays.categorical.Categorical", "pandas.Categorical"],
	"pandas.Categorical.from_codes": ["pandas.Categorical.from_codes"],
	"pandas.CategoricalDtype": ["pandas.core.dtypes.dtypes.CategoricalDtype", "pandas.CategoricalDtype"],
	"pandas.DataFrame": ["pandas.core.frame.DataFrame", "pandas.DataFrame"],
	"pandas.Index": [
		"pandas.core.indexes.base.Index",
		"pandas.core.indexes.category.CategoricalIndex",
		"pandas.core.indexes.numeric.Float64Index",
		"pandas.core.indexes.numeric.Int64Index",
		"pandas.core.indexes.numeric.UInt64Index",
		"pandas.CategoricalIndex",
		"pandas.Index"
	],
	"pandas.MaskedArray": [
		"pandas.core.arrays.boolean.BooleanArray",
		"pandas.core.arrays.floating.FloatingArray",
		"pandas.core.arrays.integer.IntegerArray",
		"pandas.arrays.BooleanArray",
		"pandas.arrays.FloatingArray",
		"pandas.arrays.IntegerArray"
	],
	"pandas.MaskedDtype": [
		...[
			"boolean.Boolean",
			"floating.Float32",
			"floating.Float64"
		].map((name) => `pandas.core.arrays.${name}Dtype`),
		...[
			"Boolean",
			"Float32",
			"Float64"
		].map((name) => `pandas.${name}Dtype`),
		...[
			8,
			16,
			32,
			64
		].flatMap((bits) => [
			`pandas.core.arrays.integer.Int${bits}Dtype`,
			`pandas.core.arrays.integer.UInt${bits}Dtype`,
			`pandas.Int${bits}Dtype`,
			`pandas.UInt${bits}Dtype`
		])
	],
	"pandas.NA": ["pandas._libs.missing.NA", "pandas.NA"],
	"pandas.RangeIndex": ["pandas.core.indexes.range.RangeIndex", "pandas.RangeIndex"],
	"pandas.Series": ["pandas.core.series.Series", "pandas.Series"],
	"pandas.SingleBlockManager": ["pandas.core.internals.managers.SingleBlockManager"],
	"pandas.StringArray": [
		`${PANDAS_STRING}.StringArray`,
		`${PANDAS_STRING}.StringArrayNumpySemantics`,
		"pandas.arrays.StringArray"
	],
	"pandas.ArrowStringArray": [
		"pandas.core.arrays.string_arrow.ArrowStringArray",
		"pandas.core.arrays.string_arrow.ArrowStringArrayNumpySemantics",
		"pandas.arrays.ArrowStringArray"
	],
	"pandas.StringDtype": [`${PANDAS_STRING}.StringDtype`, "pandas.StringDtype"],
	"pandas.new_index": ["pandas.core.indexes.base._new_Index"],
	"pandas.unpickle_block": ["pandas._libs.internals._unpickle_block"],
	"pandas.unpickle_ndarray_backed": ["pandas._libs.arrays.__pyx_unpickle_NDArrayBacked"],
	"pyarrow.chunked_array": ["pyarrow.lib.chunked_array"],
	"pyarrow.py_buffer": ["pyarrow.lib.py_buffer"],
	"pyarrow.restore_array": ["pyarrow.lib._restore_array"],
	"pyarrow.type_for_alias": ["pyarrow.lib.type_for_alias"]
};
const BY_SPELLING = new Map(Object.entries(SPELLINGS).flatMap(([id, spellings]) => spellings.map((spelling) => [spelling, id])));
function findGlobal(spelling) {
	return BY_SPELLING.get(spelling);
}
//#endregion
//#region src/pickle/machine/standard.ts
function encode([text, encoding]) {
	if (typeof text !== "string" || encoding !== "latin1" && encoding !== "latin-1") throw unsupported("text that is encoded with something but latin-1");
	return new PyBytes(Buffer.from(text, "latin1"));
}
function byteString([content, encoding]) {
	if (content === void 0) return new PyBytes(new Uint8Array(0));
	if (content instanceof PyBytes) return content;
	return encode([content, encoding ?? null]);
}
function complex([re, im]) {
	return new Scalar("complex128", {
		re: realPart(re ?? null),
		im: realPart(im ?? 0)
	});
}
function realPart(node) {
	if (typeof node === "number") return node;
	if (node instanceof Scalar && typeof node.value === "number") return node.value;
	throw corrupt("a complex number is not made of two floats");
}
function itemsOf$2([content], callable) {
	if (content === void 0) return [];
	if (content instanceof PyList || content instanceof PySet) return content.items;
	if (content instanceof PyTuple) return content.items;
	throw unsupported(`a "${callable.name}" that is not made of a list`);
}
function reconstruct([cls, base, state]) {
	if (!(cls instanceof PyGlobal && base instanceof PyGlobal)) throw corrupt("an object has no class");
	if (base.id !== "builtins.object" || state !== null) throw unsupported(`an object of "${cls.name}" based on "${base.name}"`);
	return new PyObject(cls, []);
}
function newObject(all) {
	const [cls, ...args] = all.slice(0, 8);
	if (!(cls instanceof PyGlobal)) throw corrupt("an object has no class");
	return replaceCall(cls, args) ?? new PyObject(cls, args);
}
const REPLACEMENTS = {
	"builtins.bytearray": byteString,
	"builtins.bytes": byteString,
	"builtins.complex": complex,
	"builtins.dict": (args) => args.length === 0 ? new PyDict() : mapping(args),
	"builtins.frozenset": (args, callable) => new PySet(itemsOf$2(args, callable)),
	"builtins.list": (args, callable) => new PyList(itemsOf$2(args, callable)),
	"builtins.set": (args, callable) => new PySet(itemsOf$2(args, callable)),
	"codecs.encode": encode,
	"copyreg.newobj": newObject,
	"copyreg.reconstructor": reconstruct
};
function mapping([content]) {
	if (content instanceof PyDict) return content;
	throw unsupported("a dict that is not made of a dict");
}
function replaceCall(callable, args) {
	return REPLACEMENTS[callable.id]?.(args, callable);
}
//#endregion
//#region src/pickle/machine/objects.ts
function lookUp(module, name) {
	if (typeof module !== "string" || typeof name !== "string") throw corrupt("the name of a global is not text");
	const spelling = `${module}.${name}`;
	const id = findGlobal(spelling);
	if (id === void 0) throw unsupported(`an object of "${spelling.slice(0, 200)}"`);
	return new PyGlobal(id, spelling);
}
function call(m, callable, args) {
	if (!(callable instanceof PyGlobal)) throw corrupt("it calls something that is not a class or function");
	m.push(replaceCall(callable, args) ?? new PyObject(callable, args));
}
function tupleItems(node) {
	if (!(node instanceof PyTuple)) throw corrupt("the arguments of a call are not a tuple");
	return node.items;
}
function reduce(m) {
	const args = tupleItems(m.pop());
	call(m, m.pop(), args);
}
function newObjectWithKeywords(m) {
	const keywords = m.pop();
	if (!(keywords instanceof PyDict)) throw corrupt("the keyword arguments of a call are not a dict");
	if (keywords.entries.length > 0) throw unsupported("an object made with keyword arguments");
	reduce(m);
}
function build$1(m) {
	const state = m.pop();
	const target = m.top();
	if (!(target instanceof PyObject)) throw corrupt("it sets the state of something that has none");
	if (target.state !== void 0) throw corrupt("it sets the state of one object twice");
	target.state = state;
}
function instance(m) {
	call(m, lookUp(decodeUtf8(m.cursor.line()), decodeUtf8(m.cursor.line())), m.popMark());
}
function object(m) {
	const [callable, ...args] = m.popMark();
	if (callable === void 0) throw corrupt("an object has no class");
	call(m, callable, args);
}
function stackGlobal(m) {
	const name = m.pop();
	m.push(lookUp(m.pop(), name));
}
function refuse$2(what) {
	return () => {
		throw unsupported(what);
	};
}
const refuseExtension = refuse$2("a class of the extension registry (EXT)");
const refuseBuffer = refuse$2("an out-of-band buffer, whose bytes are not in the file");
const refusePersistent = refuse$2("a persistent id, which points outside the file");
const OBJECTS$1 = new Map([
	[Op.PROTO, (m) => checkProtocol(m.cursor.u8())],
	[Op.FRAME, (m) => checkFrame$1(m)],
	[Op.STOP, stop],
	[Op.GLOBAL, (m) => m.push(lookUp(decodeUtf8(m.cursor.line()), decodeUtf8(m.cursor.line())))],
	[Op.STACK_GLOBAL, stackGlobal],
	[Op.REDUCE, reduce],
	[Op.NEWOBJ, reduce],
	[Op.NEWOBJ_EX, newObjectWithKeywords],
	[Op.BUILD, build$1],
	[Op.INST, instance],
	[Op.OBJ, object],
	[Op.PERSID, refusePersistent],
	[Op.BINPERSID, refusePersistent],
	[Op.EXT1, refuseExtension],
	[Op.EXT2, refuseExtension],
	[Op.EXT4, refuseExtension],
	[Op.NEXT_BUFFER, refuseBuffer],
	[Op.READONLY_BUFFER, refuseBuffer]
]);
function stop(m) {
	m.stopped = true;
}
function checkFrame$1(m) {
	const size = m.cursor.u64();
	const start = m.cursor.offset;
	m.cursor.take(size, MAX_BYTES$1);
	m.cursor.offset = start;
}
//#endregion
//#region src/pickle/machine/run.ts
const INSTRUCTIONS = Array.from({ length: 256 }, (_, opcode) => LITERALS.get(opcode) ?? CONTAINERS.get(opcode) ?? OBJECTS$1.get(opcode));
function runPickle(bytes, limits) {
	const machine = new Machine(bytes, limits);
	while (!machine.stopped) {
		const opcode = machine.cursor.u8();
		const instruction = INSTRUCTIONS[opcode];
		if (instruction === void 0) throw corrupt(`byte ${machine.cursor.offset - 1} is not an instruction (0x${opcode.toString(16)})`);
		instruction(machine);
	}
	return machine.result();
}
//#endregion
//#region src/pickle/values/builder.ts
var Builder = class {
	#limits;
	#makeValue;
	#made = new Map();
	#depth = 0;
	#size = 0;
	constructor(limits, makeValue) {
		this.#limits = limits;
		this.#makeValue = makeValue;
	}
	value(node) {
		return this.#makeValue(node, this);
	}
	charge(bytes) {
		this.#size += bytes;
		if (!(this.#size <= this.#limits.maxExpandedBytes)) throw tooLarge(`its values expand to more than ${this.#limits.maxExpandedBytes} bytes`);
	}
	once(role, node, make) {
		const known = this.#lookUp(role, node);
		if (known !== void 0) return this.#reuse(known);
		const made = {
			result: void 0,
			cost: -this.#size
		};
		this.#made.get(role)?.set(node, made);
		if (++this.#depth > this.#limits.maxDepth) throw tooLarge(`values nest deeper than ${this.#limits.maxDepth} levels`);
		const value = make();
		this.#depth--;
		made.result = { value };
		made.cost += this.#size;
		return value;
	}
	#lookUp(role, node) {
		let byNode = this.#made.get(role);
		if (byNode === void 0) {
			byNode = new Map();
			this.#made.set(role, byNode);
		}
		return byNode.get(node);
	}
	#reuse(made) {
		if (made.result === void 0) throw unsupported("a value that contains itself");
		this.charge(made.cost);
		return made.result.value;
	}
};
//#endregion
//#region src/pickle/values/layout.ts
function plainLayout(shape, fortran) {
	const axes = shape.map((_, axis) => axis);
	if (!fortran) return {
		shape,
		stored: shape,
		order: axes
	};
	return {
		shape,
		stored: [...shape].reverse(),
		order: axes.reverse()
	};
}
function isRowMajor({ order, stored }) {
	const long = order.filter((axis) => stored[axis] !== 1);
	return long.every((axis, i) => i === 0 || axis > long[i - 1]) || stored.includes(0);
}
function copyRowMajor(source, target, layout, lanes) {
	const steps = storedSteps(layout).map((step) => step * lanes);
	const { shape } = layout;
	const at = shape.map(() => 0);
	let from = 0;
	for (let to = 0; to < target.length; to += lanes) {
		for (let lane = 0; lane < lanes; lane++) target[to + lane] = source[from + lane];
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			from += steps[axis];
			at[axis] = at[axis] + 1;
			if (at[axis] !== shape[axis]) break;
			from -= steps[axis] * shape[axis];
			at[axis] = 0;
		}
	}
}
function storedSteps({ stored, order }) {
	const steps = stored.map(() => 1);
	for (let axis = stored.length - 2; axis >= 0; axis--) steps[axis] = steps[axis + 1] * stored[axis + 1];
	return order.map((axis) => steps[axis]);
}
//#endregion
//#region src/pickle/values/nodes.ts
function itemsOf$1(node, what) {
	if (node instanceof PyTuple || node instanceof PyList) return node.items;
	throw corrupt(`${what} is not a sequence`);
}
function sizeOf(node, what) {
	if (typeof node === "number" && Number.isSafeInteger(node) && node >= 0) return node;
	throw corrupt(`${what} is not a size`);
}
function shapeOf$1(node) {
	const extents = itemsOf$1(node, "the shape of an array");
	if (extents.length > 64) throw corrupt(`an array has ${extents.length} dimensions`);
	return extents.map((extent) => sizeOf(extent, "an extent of an array"));
}
function textOf(node, what) {
	if (typeof node === "string") return node;
	throw corrupt(`${what} is not text`);
}
function bytesOf$2(node, what) {
	if (node instanceof PyBytes) return node.bytes;
	if (typeof node === "string") return Buffer.from(node, "latin1");
	throw corrupt(`${what} is not a byte string`);
}
function objectOf(node, ...ids) {
	return node instanceof PyObject && ids.includes(node.callable.id) ? node : void 0;
}
function isGlobal(node, id) {
	return node instanceof PyGlobal && node.id === id;
}
function fieldsOf$1(node, what) {
	if (!(node instanceof PyDict)) throw corrupt(`${what} is not a dict`);
	const fields = new Map();
	for (let i = 0; i < node.entries.length; i += 2) {
		const key = node.entries[i];
		if (typeof key === "string") fields.set(key, node.entries[i + 1]);
	}
	return fields;
}
//#endregion
//#region src/pickle/values/numpy-bytes.ts
function decodeNumbers(dtype, bytes, layout, bigEndian) {
	const data = allocate(dtype, bytes.length / itemSize(dtype));
	const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
	raw.set(bytes);
	if (bigEndian) swapBytes(raw, data.BYTES_PER_ELEMENT);
	if (dtype === "bool" && raw.some((byte) => byte > 1)) throw corrupt("a boolean is neither 0 nor 1");
	if (isRowMajor(layout)) return data;
	const ordered = allocate(dtype, data.length / lanes(dtype));
	copyRowMajor(data, ordered, layout, lanes(dtype));
	return ordered;
}
function swapBytes(bytes, width) {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (width === 2) buffer.swap16();
	else if (width === 4) buffer.swap32();
	else if (width === 8) buffer.swap64();
}
function decodeStrings$1(type, bytes, count) {
	if (type.kind === "bytes") return Array.from({ length: count }, (_, i) => decodeBytes(bytes.subarray(i * type.size, (i + 1) * type.size)));
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Array.from({ length: count }, (_, i) => decodeText(view, i * type.size, type));
}
function decodeText(view, start, type) {
	const points = [];
	let length = 0;
	for (let at = start; at < start + type.size; at += 4) {
		const point = view.getUint32(at, !type.bigEndian);
		if (point > 1114111) throw corrupt("a string holds a character beyond Unicode");
		points.push(point);
		if (point !== 0) length = points.length;
	}
	return textOfPoints(points, length);
}
function textOfPoints(points, length) {
	let text = "";
	for (let i = 0; i < length; i += 4096) text += String.fromCodePoint(...points.slice(i, Math.min(i + 4096, length)));
	return text;
}
const utf8 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
function decodeBytes(bytes) {
	let end = bytes.length;
	while (end > 0 && bytes[end - 1] === 0) end--;
	try {
		return utf8.decode(bytes.subarray(0, end));
	} catch {
		throw unsupported("an array of byte strings that are not UTF-8 text");
	}
}
//#endregion
//#region src/pickle/values/numpy-objects.ts
function isMissing(node) {
	return node === null || typeof node === "number" && Number.isNaN(node) || isGlobal(node, "pandas.NA");
}
function stringOf(node, builder) {
	if (isMissing(node)) return null;
	const value = objectOf(node, "numpy.scalar") === void 0 ? node : builder.value(node);
	return typeof value === "string" ? value : void 0;
}
function stringsOf$1(items, builder) {
	const strings = new Array(items.length);
	for (let i = 0; i < items.length; i++) {
		const text = stringOf(items[i], builder);
		if (text === void 0) return void 0;
		builder.charge(8 + (text?.length ?? 0));
		strings[i] = text;
	}
	return strings;
}
function objectColumn(items, builder) {
	const strings = stringsOf$1(items, builder);
	if (strings !== void 0) return new StringArray(strings);
	const dtype = commonType(items);
	if (dtype === void 0) throw unsupported("a table column of mixed Python objects");
	builder.charge(items.length * 9);
	const data = allocate(dtype, items.length);
	const mask = new Uint8Array(items.length);
	items.forEach((node, i) => {
		if (isMissing(node)) {
			mask[i] = 1;
			if (dtype === "float64") data[i] = NaN;
		} else setNumber(dtype, data, i, node);
	});
	const values = new DenseArray(dtype, [items.length], data);
	return dtype === "float64" ? values : new NullableArray(values, mask);
}
function commonType(items) {
	const types = new Set();
	for (const node of items) if (!isMissing(node)) types.add(pythonType(node));
	const [type] = types;
	return types.size === 1 ? type : void 0;
}
function pythonType(node) {
	if (typeof node === "boolean") return "bool";
	if (typeof node === "number") return Number.isInteger(node) ? "int64" : "float64";
	if (typeof node === "bigint") return BigInt.asIntN(64, node) === node ? "int64" : void 0;
	return node instanceof Scalar && node.dtype === "float64" ? "float64" : void 0;
}
function setNumber(dtype, data, i, node) {
	const value = node instanceof Scalar ? node.value : node;
	if (typeof value === "object" && value !== null && "re" in value) {
		if (dtypeKind(dtype) !== "complex") return false;
		data[i * 2] = value.re;
		data[i * 2 + 1] = value.im;
		return true;
	}
	if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean") return false;
	if (dtypeKind(dtype) === "complex") return false;
	if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
		if (typeof value === "number" && !Number.isInteger(value)) return false;
		data[i] = BigInt(value);
	} else if (dtype === "float16" && data instanceof Uint16Array) data[i] = numberToFloat16(Number(value));
	else data[i] = Number(value);
	return true;
}
//#endregion
//#region src/pickle/values/numpy-type.ts
function numpyType(node, builder) {
	if (objectOf(node, "numpy.stringdtype") !== void 0) return {
		kind: "object",
		size: 8
	};
	const dtype = objectOf(node, "numpy.dtype");
	if (dtype === void 0) throw corrupt("the element type of an array is not a numpy.dtype");
	return builder.once("numpy type", dtype, () => typeOf$1(dtype, builder));
}
function typeOf$1(dtype, builder) {
	const [code] = dtype.args;
	const state = dtype.state === void 0 ? void 0 : itemsOf$1(dtype.state, "the state of a numpy.dtype");
	if (state === void 0) return typeof code === "string" ? typeOfCode(code) : listedType(code, builder);
	const [version, order, sub, names, fields, size] = state;
	if (sizeOf(version, "the version of a numpy.dtype") < 2) throw unsupported("an array of a numpy before 1.0");
	if (sub instanceof PyTuple) return subarrayType(sub, sizeOf(size, "the size of an element"), builder);
	if (names instanceof PyTuple) return recordType$1(names, fields, sizeOf(size, "the size of a record"), builder);
	if (typeof code !== "string") throw unsupported("an array of bare numpy records");
	return typeOfCode(code, textOf(order, "the byte order of a numpy.dtype"));
}
function typeOfCode(code, order) {
	const match = /^([<>=|]?)([a-zA-Z?])(\d*)$/.exec(code);
	if (match === null) throw unsupported(`numpy elements of type "${code.slice(0, 40)}"`);
	const [, prefix = "", letter = "", digits = ""] = match;
	const bigEndian = (order ?? prefix) === ">";
	const dtype = DTYPE_OF_CODE[letter === "?" ? "b1" : letter + digits];
	if (dtype !== void 0) return {
		kind: "number",
		dtype,
		size: itemSize(dtype),
		bigEndian
	};
	const width = Number(digits || 0);
	if (letter === "U") return {
		kind: "text",
		size: width * 4,
		bigEndian
	};
	if (letter === "S") return {
		kind: "bytes",
		size: width,
		bigEndian
	};
	if (letter === "O") return {
		kind: "object",
		size: 8
	};
	throw unsupported(`numpy elements of type "${letter === "M" ? "datetime64" : letter === "m" ? "timedelta64" : code}"`);
}
function listedType(node, builder) {
	if (node === void 0 || isGlobal(node, "numpy.record")) throw unsupported("an array of bare numpy records");
	const fields = [];
	let offset = 0;
	for (const entry of itemsOf$1(node, "the fields of a numpy.dtype")) {
		const [name, code, shape] = itemsOf$1(entry, "a field of a numpy.dtype");
		const base = typeOfCode(textOf(code, "the type of a field"));
		const type = shape === void 0 ? base : subarrayOf(base, shapeOf$1(shape));
		fields.push({
			name: textOf(name, "the name of a field"),
			type,
			offset
		});
		offset += type.size;
	}
	builder.charge(fields.length * 64);
	return {
		kind: "records",
		size: offset,
		fields
	};
}
function subarrayOf(base, shape) {
	const count = shape.reduce((product, extent) => product * extent, 1);
	return {
		kind: "subarray",
		size: base.size * count,
		base,
		shape
	};
}
function subarrayType(node, size, builder) {
	const [base, shape] = node.items;
	const extents = typeof shape === "number" ? [sizeOf(shape, "an extent of an array")] : shapeOf$1(shape);
	const type = subarrayOf(numpyType(base, builder), extents);
	if (type.size !== size) throw corrupt("the size of an array inside a record contradicts its shape");
	return type;
}
function recordType$1(names, fields, size, builder) {
	const byName = fieldsOf$1(fields, "the fields of a record");
	builder.charge(names.items.length * 64);
	const list = names.items.map((item) => {
		const name = textOf(item, "the name of a field");
		const [type, offset] = itemsOf$1(byName.get(name), `field "${name}" of a record`);
		return {
			name,
			type: numpyType(type, builder),
			offset: sizeOf(offset, "the offset of a field")
		};
	});
	for (const field of list) if (field.offset + field.type.size > size) throw corrupt(`field "${field.name}" lies outside its record`);
	return {
		kind: "records",
		size,
		fields: list
	};
}
function holdsObjects(type) {
	if (type.kind === "subarray") return holdsObjects(type.base);
	return type.kind === "object" || type.kind === "records" && type.fields.some((field) => holdsObjects(field.type));
}
//#endregion
//#region src/pickle/values/numpy-records.ts
function buildRecords(type, shape, content, builder, makeArray) {
	const [count] = shape;
	if (count === void 0 || shape.length !== 1) throw unsupported("a structured array that is not one-dimensional");
	if (type.fields.some(({ type: { kind } }) => kind === "records")) throw unsupported("records inside records");
	return new RecordArray(holdsObjects(type) ? fieldsOfTuples(type, recordTuples(content, count, type), builder) : fieldsOfBytes(type, packedRecords(content, count, type), count, builder, makeArray), count);
}
function packedRecords(content, count, type) {
	const bytes = bytesOf$2(content, "the content of a structured array");
	if (bytes.length !== count * type.size) throw corrupt(`${count} records of ${type.size} bytes have ${bytes.length} bytes`);
	return bytes;
}
function fieldsOfBytes(type, bytes, count, builder, makeArray) {
	const fields = new Map();
	for (const field of type.fields) {
		builder.charge(count * field.type.size);
		const content = new PyBytes(gather(bytes, field, type.size, count));
		fields.set(field.name, makeArray({
			...fieldLayout(field.type, count),
			content
		}, builder));
	}
	return fields;
}
function fieldLayout(type, count) {
	if (type.kind !== "subarray") return {
		type,
		layout: plainLayout([count], false)
	};
	return {
		type: type.base,
		layout: plainLayout([count, ...type.shape], false)
	};
}
function gather(bytes, field, stride, count) {
	const width = field.type.size;
	const column = new Uint8Array(count * width);
	for (let i = 0; i < count; i++) {
		const start = i * stride + field.offset;
		column.set(bytes.subarray(start, start + width), i * width);
	}
	return column;
}
function recordTuples(content, count, type) {
	const rows = itemsOf$1(content, "the content of a structured array");
	if (rows.length !== count) throw corrupt(`an array of ${count} records has ${rows.length}`);
	return rows.map((row) => {
		const items = itemsOf$1(row, "a record");
		if (items.length !== type.fields.length) throw corrupt("a record has too few or too many fields");
		return items;
	});
}
function fieldsOfTuples(type, rows, builder) {
	return new Map(type.fields.map((field, position) => {
		builder.charge(rows.length * 8);
		const column = rows.map((row) => row[position]);
		return [field.name, fieldOfObjects(field, column, builder)];
	}));
}
function fieldOfObjects({ name, type }, column, builder) {
	if (type.kind === "subarray") return joinCells(name, type, column.map((node) => builder.value(node)));
	if (type.kind === "number") {
		const data = allocate(type.dtype, column.length);
		if (column.every((node, i) => setNumber(type.dtype, data, i, node))) return new DenseArray(type.dtype, [column.length], data);
		throw unsupported(`field "${name}" of a structured array that mixes objects and ${type.dtype}`);
	}
	const strings = type.kind === "object" || type.kind === "text" ? stringsOf$1(column, builder) : void 0;
	if (strings === void 0) throw unsupported(`field "${name}" of a structured array that mixes objects`);
	return new StringArray(strings);
}
function joinCells(name, type, cells) {
	const shape = [cells.length, ...type.shape];
	if (type.base.kind !== "number") {
		const strings = cells.filter((cell) => cell instanceof StringArray && String(cell.shape) === String(type.shape));
		if (strings.length < cells.length) throw corrupt(`field "${name}" of a record is not text of its shape`);
		return new StringArray(strings.flatMap((cell) => cell.values), shape);
	}
	const { dtype } = type.base;
	const whole = DenseArray.zeros(dtype, shape);
	cells.forEach((cell, i) => {
		if (!(cell instanceof DenseArray) || cell.dtype !== dtype || String(cell.shape) !== String(type.shape)) throw corrupt(`field "${name}" of a record is not an array of its type`);
		whole.row(i).set(cell.data);
	});
	return whole;
}
//#endregion
//#region src/pickle/values/numpy-array.ts
function countOf(shape) {
	const count = shape.reduce((product, extent) => product * extent, 1);
	if (!Number.isSafeInteger(count)) throw tooLarge(`an array of shape (${shape.join(", ")})`);
	return count;
}
function rawArray(object, builder) {
	if (object.callable.id === "numpy.frombuffer") return fromBuffer(object, builder);
	if (object.state === void 0) throw corrupt("an array has no content");
	const [version, shape, type, fortran, content] = itemsOf$1(object.state, "the state of an array");
	if (sizeOf(version, "the version of an array") !== 1) throw unsupported("an array of an unknown numpy version");
	const layout = plainLayout(shapeOf$1(shape), fortran === true);
	return {
		type: numpyType(type, builder),
		layout,
		content: content ?? null
	};
}
function fromBuffer({ args }, builder) {
	const [content, type, shape, order, axes] = args;
	const stored = shapeOf$1(shape);
	return {
		type: numpyType(type, builder),
		layout: bufferLayout(stored, order, axes),
		content: content ?? null
	};
}
function bufferLayout(stored, order, axes) {
	if (order !== "K" || axes === void 0 || axes === null) return plainLayout(stored, order === "F");
	const permutation = itemsOf$1(axes, "the axes of an array").map((axis) => sizeOf(axis, "an axis"));
	if (permutation.length !== stored.length || new Set(permutation).size !== stored.length) throw corrupt("the axes of an array are not a permutation");
	return {
		shape: permutation.map((axis) => {
			const extent = stored[axis];
			if (extent === void 0) throw corrupt("the axes of an array are not a permutation");
			return extent;
		}),
		stored,
		order: permutation
	};
}
function buildArray(object, builder) {
	return arrayOf(rawArray(object, builder), builder);
}
function arrayOf(raw, builder) {
	const { type, layout } = raw;
	const count = countOf(layout.shape);
	if (type.kind === "object") return objectArray(raw, count, builder);
	if (type.kind === "records") return buildRecords(type, layout.shape, raw.content, builder, arrayOf);
	if (type.kind === "subarray") throw unsupported("an array of arrays");
	const bytes = bytesOf$2(raw.content, "the content of an array");
	if (bytes.length !== count * type.size) throw corrupt(`an array of ${count} elements of ${type.size} bytes has ${bytes.length} bytes`);
	builder.charge(bytes.length);
	if (type.kind === "number") return new DenseArray(type.dtype, layout.shape, decodeNumbers(type.dtype, bytes, layout, type.bigEndian));
	builder.charge(count * 8);
	return new StringArray(rowMajor(decodeStrings$1(type, bytes, count), layout), layout.shape);
}
function objectArray({ layout, content }, count, builder) {
	const strings = stringsOf$1(objectItems(content, count), builder);
	if (strings === void 0) throw unsupported("an array of Python objects other than strings");
	return new StringArray(strings, layout.shape);
}
function objectItems(content, count) {
	const items = itemsOf$1(content, "the content of an array of objects");
	if (items.length !== count) throw corrupt(`an array of ${count} objects has ${items.length}`);
	return items;
}
function rowMajor(strings, layout) {
	if (isRowMajor(layout)) return strings;
	const ordered = new Array(strings.length);
	copyRowMajor(strings, ordered, layout, 1);
	return ordered;
}
//#endregion
//#region src/pickle/values/numpy-scalar.ts
const READERS = {
	bool: (view) => view.getUint8(0) !== 0,
	int8: (view) => view.getInt8(0),
	uint8: (view) => view.getUint8(0),
	int16: (view, little) => view.getInt16(0, little),
	uint16: (view, little) => view.getUint16(0, little),
	int32: (view, little) => view.getInt32(0, little),
	uint32: (view, little) => view.getUint32(0, little),
	int64: (view, little) => view.getBigInt64(0, little),
	uint64: (view, little) => view.getBigUint64(0, little),
	float16: (view, little) => float16Value(view.getUint16(0, little)),
	float32: (view, little) => view.getFloat32(0, little),
	float64: (view, little) => view.getFloat64(0, little),
	complex64: (view, little) => ({
		re: view.getFloat32(0, little),
		im: view.getFloat32(4, little)
	}),
	complex128: (view, little) => ({
		re: view.getFloat64(0, little),
		im: view.getFloat64(8, little)
	})
};
function buildScalar({ args }, builder) {
	const type = numpyType(args[0], builder);
	if (type.kind === "object") return builder.value(args[1] ?? null);
	if (type.kind === "records" || type.kind === "subarray") throw unsupported("a single numpy record");
	const bytes = bytesOf$2(args[1], "the content of a numpy scalar");
	if (bytes.length !== type.size) throw corrupt(`a numpy scalar of ${type.size} bytes has ${bytes.length}`);
	builder.charge(bytes.length);
	if (type.kind === "number") return numberScalar(type, bytes);
	return type.kind === "text" ? decodeStrings$1(type, bytes, 1)[0] : bytes.slice();
}
function numberScalar(type, bytes) {
	const read = READERS[type.dtype];
	if (read === void 0) throw unsupported(`a numpy scalar of type ${type.dtype}`);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return new Scalar(type.dtype, read(view, !type.bigEndian));
}
const CALLABLE_SCALARS = {
	"numpy.bool": "bool",
	"numpy.int8": "int8",
	"numpy.int16": "int16",
	"numpy.int32": "int32",
	"numpy.int64": "int64",
	"numpy.uint8": "uint8",
	"numpy.uint16": "uint16",
	"numpy.uint32": "uint32",
	"numpy.uint64": "uint64",
	"numpy.float16": "float16",
	"numpy.float32": "float32",
	"numpy.float64": "float64",
	"numpy.complex64": "complex64",
	"numpy.complex128": "complex128"
};
function buildCalledScalar({ callable, args }) {
	const dtype = CALLABLE_SCALARS[callable.id];
	const [node] = args;
	const value = node instanceof Scalar ? node.value : node;
	if (args.length !== 1 || value instanceof PyBytes || typeof value === "string" || value === null) throw corrupt(`"${callable.name}" is not called with a number`);
	if (dtype === "complex64" || dtype === "complex128") return new Scalar(dtype, complexOf(value));
	if (typeof value === "boolean" && dtype === "bool") return new Scalar(dtype, value);
	if (typeof value !== "number" && typeof value !== "bigint") throw corrupt(`"${callable.name}" is not called with a number`);
	if (dtype === "int64" || dtype === "uint64") return new Scalar(dtype, integerOf(value));
	return new Scalar(dtype, dtype === "float32" ? Math.fround(Number(value)) : Number(value));
}
function integerOf(value) {
	if (typeof value === "number" && !Number.isInteger(value)) throw corrupt("a numpy integer is not an integer");
	return BigInt(value);
}
function complexOf(value) {
	if (typeof value === "object" && value !== null && "re" in value && "im" in value) return value;
	throw corrupt("a numpy complex number is not made of a complex number");
}
//#endregion
//#region src/pickle/values/arrow-strings.ts
const OFFSET_BYTES = new Map([
	["string", 4],
	["utf8", 4],
	["str", 4],
	["large_string", 8],
	["large_utf8", 8],
	["large_str", 8]
]);
function arrowStrings(node, builder) {
	const chunked = objectOf(node, "pyarrow.chunked_array");
	if (chunked === void 0) return arrayStrings(node, builder);
	return itemsOf$1(chunked.args[0], "the chunks of an Arrow array").flatMap((chunk) => arrayStrings(chunk, builder));
}
function bufferOf(node) {
	if (node === null || node === void 0) return void 0;
	return bytesOf$2(objectOf(node, "pyarrow.py_buffer")?.args[0], "a buffer of an Arrow array");
}
function arrayStrings(node, builder) {
	const [type, size, , skip, buffers] = itemsOf$1(objectOf(node, "pyarrow.restore_array")?.args[0], "an Arrow array");
	const alias = textOf(objectOf(type, "pyarrow.type_for_alias")?.args[0], "the type of an Arrow array");
	const width = OFFSET_BYTES.get(alias);
	if (width === void 0) throw unsupported(`an Arrow array of type "${alias.slice(0, 40)}"`);
	const length = sizeOf(size, "the length of an Arrow array");
	const first = sizeOf(skip, "the offset of an Arrow array");
	const [validity, offsets, text] = itemsOf$1(buffers, "the buffers of an Arrow array").map(bufferOf);
	const ends = offsetReader(offsets, width, first + length);
	if (validity !== void 0 && validity.length * 8 < first + length) throw corrupt("an Arrow array has too few validity bits");
	builder.charge(length * 8 + (text?.length ?? 0));
	return Array.from({ length }, (_, i) => {
		const at = first + i;
		if (validity !== void 0 && (validity[at >> 3] & 1 << (at & 7)) === 0) return null;
		return slice(text, ends(at), ends(at + 1));
	});
}
function offsetReader(offsets, width, last) {
	if (offsets === void 0 || offsets.length < (last + 1) * width) {
		if (last === 0) return () => 0;
		throw corrupt("an Arrow array has too few offsets");
	}
	const view = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength);
	return (at) => width === 4 ? view.getInt32(at * 4, true) : Number(view.getBigInt64(at * 8, true));
}
function slice(text, start, end) {
	if (start < 0 || end < start || end > (text?.length ?? 0)) throw corrupt("a string of an Arrow array is out of bounds");
	return text === void 0 ? "" : decodeUtf8(text.subarray(start, end));
}
//#endregion
//#region src/pickle/values/columns.ts
function isNumpyArray(node) {
	return objectOf(node, "numpy.reconstruct", "numpy.ndarray", "numpy.frombuffer") !== void 0;
}
function columnOf$1(node, builder) {
	if (isNumpyArray(node)) return numpyColumn(node, builder);
	const value = node === void 0 ? void 0 : builder.value(node);
	if (!isColumn(value)) throw corrupt("a column of a table is not an array");
	return value;
}
function isColumn(value) {
	return (value instanceof DenseArray || value instanceof StringArray || value instanceof Categorical || value instanceof NullableArray) && value.shape.length === 1;
}
function numpyColumn(object, builder) {
	const { type, layout, content } = builder.once("raw array", object, () => rawArray(object, builder));
	const [length] = layout.shape;
	if (type.kind === "object" && layout.shape.length === 1 && length !== void 0) return builder.once("column", object, () => objectColumn(objectItems(content, length), builder));
	const value = builder.value(object);
	if (!isColumn(value)) throw corrupt("a column of a table is not one-dimensional");
	return value;
}
//#endregion
//#region src/pickle/values/pandas-index.ts
function indexColumn(node, builder) {
	return indexOf(node, builder).values;
}
function indexOf(node, builder) {
	const object = objectOf(node, "pandas.new_index", "pandas.Index");
	if (object === void 0) throw corrupt("the index of a table is not a pandas index");
	return builder.once("index", object, () => makeIndex(object, builder));
}
function makeIndex({ callable, args }, builder) {
	if (callable.id === "pandas.Index") {
		const [labels, , , name] = args;
		return {
			values: columnOf$1(labels, builder),
			name: nameOf(name)
		};
	}
	const [cls, parts] = args;
	const fields = fieldsOf$1(parts, "the parts of a pandas index");
	return {
		values: isGlobal(cls, "pandas.RangeIndex") ? rangeColumn(fields, builder) : columnOf$1(fields.get("data"), builder),
		name: nameOf(fields.get("name"))
	};
}
function nameOf(node) {
	if (node === null || node === void 0) return null;
	if (typeof node === "string") return node;
	if (typeof node === "number" || typeof node === "bigint" || typeof node === "boolean") return String(node);
	throw unsupported("a pandas name that is neither text nor a number");
}
function rangeColumn(fields, builder) {
	const [start, stop, step] = [
		"start",
		"stop",
		"step"
	].map((name) => fields.get(name));
	return new DenseArray("int64", ...rangeValues(start, stop, step, builder));
}
function rangeValues(start, stop, step, builder) {
	if (typeof start !== "number" || typeof stop !== "number" || typeof step !== "number" || step === 0) throw corrupt("a range has no start, stop or step");
	const length = Math.max(0, Math.ceil((stop - start) / step));
	if (!Number.isSafeInteger(length)) throw tooLarge(`a range of ${length} numbers`);
	builder.charge(length * 8);
	return [[length], BigInt64Array.from({ length }, (_, i) => BigInt(start + i * step))];
}
//#endregion
//#region src/pickle/values/pandas-array.ts
function buildBackedArray(object, builder) {
	const [cls] = object.args;
	const state = itemsOf$1(object.state ?? object.args[2], "the state of a pandas array");
	const data = state.find(isNumpyArray);
	if (isGlobal(cls, "pandas.Categorical")) return categorical$1(data, state.find((part) => objectOf(part, "pandas.CategoricalDtype") !== void 0), builder);
	if (isGlobal(cls, "pandas.StringArray")) return columnOf$1(data, builder);
	throw unsupported("a pandas array of another kind than categories or strings");
}
function buildCategorical(object, builder) {
	const state = fieldsOf$1(object.state, "the state of a pandas categorical");
	return categorical$1(state.get("_ndarray") ?? state.get("_codes"), state.get("_dtype"), builder);
}
function categorical$1(codes, dtype, builder) {
	const state = fieldsOf$1(objectOf(dtype, "pandas.CategoricalDtype")?.state, "the type of a pandas categorical");
	const categories = indexColumn(state.get("categories"), builder);
	return makeCategorical(columnOf$1(codes, builder), categories, state.get("ordered") === true);
}
function buildFromCodes({ args }, builder) {
	const [codes, categories, ordered] = args;
	return makeCategorical(columnOf$1(codes, builder), columnOf$1(categories, builder), ordered === true);
}
function makeCategorical(codes, categories, ordered) {
	if (!(categories instanceof DenseArray || categories instanceof StringArray)) throw unsupported("a pandas categorical whose categories are neither strings nor numbers");
	const data = codes instanceof DenseArray ? codes.data : void 0;
	if (!(data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array)) throw corrupt("the codes of a pandas categorical are not integers");
	checkCodes(data, categories.length);
	return new Categorical(data, categories, ordered);
}
function checkCodes(codes, categories) {
	for (const code of codes) if (code < -1 || code >= categories) throw corrupt(`category code ${code} is outside -1…${categories - 1}`);
}
function buildMasked({ state, args }, builder) {
	const fields = state === void 0 ? void 0 : fieldsOf$1(state, "the state of a pandas masked array");
	const values = columnOf$1(fields === void 0 ? args[0] : fields.get("_data"), builder);
	const mask = columnOf$1(fields === void 0 ? args[1] : fields.get("_mask"), builder);
	if (!(values instanceof DenseArray && mask instanceof DenseArray && mask.data instanceof Uint8Array)) throw corrupt("a pandas masked array has no values or no mask");
	if (mask.length !== values.length) throw corrupt("a pandas masked array has a mask of another length");
	return new NullableArray(values, mask.data);
}
function buildStringArray({ state, args }, builder) {
	const column = columnOf$1(state === void 0 ? args[0] : fieldsOf$1(state, "the state of a pandas string array").get("_ndarray"), builder);
	if (!(column instanceof StringArray)) throw corrupt("a pandas string array holds other objects");
	return column;
}
function buildArrowStringArray({ state }, builder) {
	const fields = fieldsOf$1(state, "the state of a pandas string array");
	return new StringArray(arrowStrings(fields.get("_pa_array") ?? fields.get("_data"), builder));
}
//#endregion
//#region src/pickle/values/pandas-frame.ts
function blocksOf$2(manager) {
	const object = objectOf(manager, "pandas.BlockManager", "pandas.SingleBlockManager");
	if (object === void 0) throw corrupt("a pandas table has no blocks");
	if (object.state !== void 0) return blocksOfState(object.state);
	const [blocks, axes] = object.args;
	return {
		axes: itemsOf$1(axes, "the axes of a pandas table"),
		blocks: itemsOf$1(blocks, "the blocks of a pandas table").map((block) => {
			const [values, places] = objectOf(block, "pandas.unpickle_block")?.args ?? [];
			return {
				values,
				places
			};
		})
	};
}
function blocksOfState(state) {
	const named = fieldsOf$1(fieldsOf$1(itemsOf$1(state, "the state of a pandas table").at(-1), "the state of a pandas table").get("0.14.1"), "the state of a pandas table");
	return {
		axes: itemsOf$1(named.get("axes"), "the axes of a pandas table"),
		blocks: itemsOf$1(named.get("blocks"), "the blocks of a pandas table").map((block) => {
			const fields = fieldsOf$1(block, "a block of a pandas table");
			return {
				values: fields.get("values"),
				places: fields.get("mgr_locs")
			};
		})
	};
}
function placesOf(node, columns, builder) {
	const range = objectOf(node, "builtins.slice");
	if (range !== void 0) {
		const [start, stop, step] = range.args;
		const [, places] = rangeValues(start, stop, step ?? 1, builder);
		return inside([...places].map(Number), columns);
	}
	const places = columnOf$1(node, builder);
	if (!(places instanceof DenseArray)) throw corrupt("the place of a pandas block is not a position");
	return inside([...places.data].map(Number), columns);
}
function inside(places, columns) {
	if (places.some((place) => !(place >= 0 && place < columns))) throw corrupt("a pandas block lies outside its table");
	return places;
}
function blockColumns(node, builder) {
	if (!isNumpyArray(node)) return [columnOf$1(node, builder)];
	const { type, layout, content } = builder.once("raw array", node, () => rawArray(node, builder));
	const [count = 0, length] = layout.shape;
	if (length === void 0) return [columnOf$1(node, builder)];
	if (layout.shape.length !== 2) throw corrupt("a pandas block is not a matrix");
	if (type.kind === "object") {
		const items = objectItems(content, count * length);
		return Array.from({ length: count }, (_, i) => objectColumn(items.slice(i * length, (i + 1) * length), builder));
	}
	return rowsOf(builder.value(node), count, length);
}
function rowsOf(matrix, count, length) {
	if (matrix instanceof DenseArray) return Array.from({ length: count }, (_, i) => new DenseArray(matrix.dtype, [length], matrix.row(i)));
	if (!(matrix instanceof StringArray)) throw unsupported("a pandas table of structured arrays");
	return Array.from({ length: count }, (_, i) => new StringArray(matrix.values.slice(i * length, (i + 1) * length)));
}
function labelsOf(columns) {
	const labels = columns instanceof StringArray ? columns.values : columns instanceof DenseArray ? [...columns.data].map(String) : [];
	if (labels.length !== columns.length || labels.includes(null)) throw unsupported("a pandas table without column names");
	if (new Set(labels).size !== labels.length) throw unsupported("a pandas table with two columns of one name");
	return labels;
}
function buildFrame(object, builder) {
	if (object.state === void 0) return calledFrame(object, builder);
	const state = fieldsOf$1(object.state, "the state of a pandas table");
	const { axes, blocks } = blocksOf$2(state.get("_mgr") ?? state.get("_data"));
	const labels = labelsOf(indexColumn(axes[0], builder));
	const columns = new Array(labels.length);
	for (const { values, places } of blocks) {
		const made = blockColumns(values, builder);
		const positions = placesOf(places, labels.length, builder);
		if (made.length !== positions.length) throw corrupt("a pandas block has not as many columns as places");
		made.forEach((column, i) => {
			columns[positions[i]] = column;
		});
	}
	return frameOf$1(indexOf(axes[1], builder), labels, columns);
}
function frameOf$1(index, labels, columns) {
	const named = labels.map((label, i) => {
		const column = columns[i];
		if (column === void 0) throw corrupt(`column "${label}" of a pandas table is missing`);
		if (column.length !== index.values.length) throw corrupt(`column "${label}" of a pandas table has another length`);
		return [label, column];
	});
	return new Frame(index.values, new Map(named), index.name);
}
function calledFrame({ args }, builder) {
	const [columns, index] = args;
	if (!(columns instanceof PyDict)) throw unsupported("a pandas table that is not made of named columns");
	const fields = fieldsOf$1(columns, "the columns of a pandas table");
	const arrays = [...fields.values()].map((node) => columnOf$1(node, builder));
	return frameOf$1(indexOf(index, builder), [...fields.keys()], arrays);
}
function buildSeries(object, builder) {
	const state = fieldsOf$1(object.state, "the state of a pandas series");
	const { axes, blocks } = blocksOf$2(state.get("_mgr") ?? state.get("_data"));
	const column = columnOf$1(blocks[0]?.values, builder);
	const name = nameOf(state.get("name") ?? state.get("_name"));
	return frameOf$1(indexOf(axes[0], builder), [name ?? "0"], [column]);
}
//#endregion
//#region src/pickle/values/plain.ts
const CONTAINER_BYTES = 32;
const ITEM_BYTES = 8;
function plainValue(node, builder) {
	builder.charge(ITEM_BYTES);
	if (typeof node === "string") builder.charge(node.length);
	if (typeof node !== "object" || node === null) return node;
	if (node instanceof PyGlobal) return globalValue(node);
	if (node instanceof PyBytes) return bytesValue(node, builder);
	if (node instanceof PyList) return builder.once("value", node, () => items(node.items, builder, []));
	if (node instanceof PyTuple) return builder.once("value", node, () => items(node.items, builder, new Tuple()));
	if (node instanceof PySet) return builder.once("value", node, () => new Set(items(node.items, builder, [])));
	if (node instanceof PyDict) return builder.once("value", node, () => dictOf$1(node.entries, builder));
	return node;
}
function globalValue(node) {
	if (node.id === "pandas.NA") return null;
	throw unsupported(`the class or function "${node.name}" itself`);
}
function bytesValue(node, builder) {
	return builder.once("value", node, () => {
		builder.charge(node.bytes.length);
		return new Uint8Array(node.bytes);
	});
}
function items(nodes, builder, target) {
	builder.charge(CONTAINER_BYTES);
	for (const node of nodes) target.push(builder.value(node));
	return target;
}
function dictOf$1(entries, builder) {
	builder.charge(CONTAINER_BYTES);
	const pairs = [];
	for (let i = 0; i < entries.length; i += 2) pairs.push([builder.value(entries[i]), builder.value(entries[i + 1])]);
	if (!pairs.every((pair) => typeof pair[0] === "string")) return new Map(pairs);
	const dict = emptyDict();
	for (const [key, value] of pairs) dict[key] = value;
	return dict;
}
function buildMapping({ args, entries, callable }, builder) {
	if (entries.length > 0) return dictOf$1(entries, builder);
	const content = callable.id === "collections.defaultdict" ? args[1] : args[0];
	if (content === void 0) return dictOf$1([], builder);
	if (content instanceof PyDict) return dictOf$1(content.entries, builder);
	if (!(content instanceof PyList)) throw corrupt("a mapping is made of something but pairs");
	return dictOf$1(content.items.flatMap(pairOf), builder);
}
function pairOf(node) {
	const pair = node instanceof PyTuple || node instanceof PyList ? node.items : [];
	if (pair.length !== 2) throw corrupt("a mapping is made of something but pairs");
	return pair;
}
function buildRange({ args }, builder) {
	const [start, stop, step] = args;
	return Array.from(rangeValues(start, stop, step ?? 1, builder)[1], Number);
}
//#endregion
//#region src/pickle/values/sparse-check.ts
function checkCompressed(major, minor, indptr, indices, values) {
	if (indptr.length !== major + 1) throw corrupt(`a sparse matrix of ${major} rows has ${indptr.length} row starts`);
	if (Number(indptr[0]) !== 0) throw corrupt("the row starts of a sparse matrix do not begin at 0");
	for (let i = 1; i < indptr.length; i++) if (indptr[i] < indptr[i - 1]) throw corrupt("the row starts of a sparse matrix fall");
	const nnz = Number(indptr[major]);
	if (nnz > indices.length || nnz > values) throw corrupt("a sparse matrix has fewer values than its row starts say");
	checkPositions(indices, nnz, minor);
	return nnz;
}
function checkPositions(positions, count, extent) {
	for (let i = 0; i < count; i++) {
		const position = positions[i];
		if (position < 0 || position >= extent) throw corrupt(`position ${position} of a sparse matrix is outside its shape`);
	}
}
//#endregion
//#region src/pickle/values/sparse-coo.ts
function cooToCsr(shape, { rows, columns, values }) {
	const nnz = values.length;
	if (rows.length !== nnz || columns.length !== nnz) throw corrupt("a sparse matrix has unequal rows, columns and values");
	checkPositions(rows, nnz, shape[0]);
	checkPositions(columns, nnz, shape[1]);
	const order = Uint32Array.from({ length: nnz }, (_, i) => i).sort((a, b) => Number(rows[a]) - Number(rows[b]) || Number(columns[a]) - Number(columns[b]) || a - b);
	const width = lanes(values.dtype);
	const data = allocate(values.dtype, nnz);
	const indices = columns.slice();
	const starts = columns instanceof Int32Array ? new Int32Array(shape[0] + 1) : new BigInt64Array(shape[0] + 1);
	const counts = new Uint32Array(shape[0] + 1);
	let kept = 0;
	for (let i = 0; i < nnz; i++) {
		const entry = order[i];
		const before = order[i - 1];
		const repeated = before !== void 0 && rows[before] === rows[entry] && columns[before] === columns[entry];
		if (!repeated) {
			indices[kept] = columns[entry];
			const row = Number(rows[entry]) + 1;
			counts[row] = counts[row] + 1;
			kept++;
		}
		for (let lane = 0; lane < width; lane++) {
			const value = values.data[entry * width + lane];
			store(values.dtype, data, (kept - 1) * width + lane, value, repeated);
		}
	}
	let start = 0;
	for (let row = 0; row <= shape[0]; row++) {
		start += counts[row];
		starts[row] = starts instanceof Int32Array ? start : BigInt(start);
	}
	return new CsrMatrix(values.dtype, [shape[0], shape[1]], data.subarray(0, kept * width), indices.subarray(0, kept), starts);
}
function store(dtype, data, at, value, repeated) {
	if (!repeated) {
		data[at] = value;
		return;
	}
	const before = data[at];
	if (dtypeKind(dtype) === "bool") data[at] = Number(before) | Number(value);
	else if (typeof before === "bigint") data[at] = before + BigInt(value);
	else if (dtype !== "float16" && dtype !== "bfloat16") data[at] = before + Number(value);
	else throw unsupported("a sparse matrix of half floats with repeated entries");
}
//#endregion
//#region src/pickle/values/scipy.ts
function partsOf({ state, args }) {
	if (state !== void 0) return fieldsOf$1(state, "the state of a sparse matrix");
	const [content, shape] = args;
	const [data, indices, indptr] = itemsOf$1(content, "the content of a sparse matrix");
	return new Map([
		["_shape", shape],
		["data", data],
		["indices", indices],
		["indptr", indptr]
	]);
}
function matrixShape(parts) {
	const [rows, columns, more] = shapeOf$1(parts.get("_shape") ?? parts.get("shape"));
	if (rows === void 0 || columns === void 0 || more !== void 0) throw unsupported("a sparse array that is not two-dimensional");
	return [rows, columns];
}
function vector(node, name, builder) {
	const value = node === void 0 ? void 0 : builder.value(node);
	if (value instanceof DenseArray && value.shape.length === 1) return value;
	throw corrupt(`"${name}" of a sparse matrix is not a vector`);
}
function positions(node, name, builder) {
	const { data } = vector(node, name, builder);
	if (data instanceof Int32Array || data instanceof BigInt64Array) return data;
	throw unsupported(`a sparse matrix whose "${name}" are neither int32 nor int64`);
}
function buildCompressed(object, builder) {
	const parts = partsOf(object);
	const shape = matrixShape(parts);
	const csr = object.callable.id === "scipy.csr";
	const indptr = positions(parts.get("indptr"), "indptr", builder);
	const indices = positions(parts.get("indices"), "indices", builder);
	const values = vector(parts.get("data"), "data", builder);
	const [major, minor] = csr ? shape : [shape[1], shape[0]];
	const nnz = checkCompressed(major, minor, indptr, indices, values.length);
	const lanes = values.data.length / Math.max(values.length, 1);
	const data = values.data.subarray(0, nnz * lanes);
	return new (csr ? CsrMatrix : CscMatrix)(values.dtype, shape, data, indices.subarray(0, nnz), indptr);
}
function buildCoordinates(object, builder) {
	const parts = partsOf(object);
	const shape = matrixShape(parts);
	const coords = parts.get("coords");
	const pair = coords instanceof PyTuple || coords instanceof PyList ? coords.items : [parts.get("row"), parts.get("col")];
	const coordinates = {
		rows: positions(pair[0], "row", builder),
		columns: positions(pair[1], "col", builder),
		values: vector(parts.get("data"), "data", builder)
	};
	builder.charge(coordinates.rows.byteLength * 3 + coordinates.values.data.byteLength + shape[0] * 8);
	return cooToCsr(shape, coordinates);
}
//#endregion
//#region src/pickle/values/value.ts
const OBJECTS = {
	"builtins.range": buildRange,
	"collections.Counter": buildMapping,
	"collections.OrderedDict": buildMapping,
	"collections.defaultdict": buildMapping,
	"numpy.frombuffer": buildArray,
	"numpy.ndarray": buildArray,
	"numpy.reconstruct": buildArray,
	"numpy.scalar": buildScalar,
	...Object.fromEntries(Object.keys(CALLABLE_SCALARS).map((id) => [id, buildCalledScalar])),
	"pandas.ArrowStringArray": buildArrowStringArray,
	"pandas.Categorical": buildCategorical,
	"pandas.Categorical.from_codes": buildFromCodes,
	"pandas.DataFrame": buildFrame,
	"pandas.Index": indexColumn,
	"pandas.MaskedArray": buildMasked,
	"pandas.Series": buildSeries,
	"pandas.StringArray": buildStringArray,
	"pandas.new_index": indexColumn,
	"pandas.unpickle_ndarray_backed": buildBackedArray,
	"scipy.coo": buildCoordinates,
	"scipy.csc": buildCompressed,
	"scipy.csr": buildCompressed
};
function makeValue(node, builder) {
	if (!(node instanceof PyObject)) return plainValue(node, builder);
	const make = OBJECTS[node.callable.id];
	if (make === void 0) throw unsupported(`an object of "${node.callable.name}" by itself`);
	return builder.once("value", node, () => make(node, builder));
}
//#endregion
//#region src/pickle/read.ts
function readPickle(bytes, options = {}) {
	const limits = pickleLimits(bytes.length, options.limits);
	try {
		return new Builder(limits, makeValue).value(runPickle(bytes, limits));
	} catch (error) {
		throw atPath(error, options.path);
	}
}
function atPath(error, path) {
	const failure = error instanceof RangeError ? outOfMemory(error) : error;
	if (path === void 0 || !(failure instanceof AtsError) || failure.path !== void 0) return failure;
	return new AtsError(failure.code, `${path}: ${failure.message}`, {
		path,
		cause: failure
	});
}
function outOfMemory(cause) {
	return new AtsError("LIMIT_EXCEEDED", `the values are deeper or larger than this runtime can hold (${cause.message}).`, { cause });
}
//#endregion
//#region src/formats/ats-seal.ts
var Seal = class {
	#files = new Map();
	constructor(manifest) {
		for (const file of manifest.files) {
			const directory = file.path.slice(0, Math.max(0, file.path.lastIndexOf("/")));
			const files = this.#files.get(directory);
			if (files === void 0) this.#files.set(directory, [file]);
			else files.push(file);
		}
	}
	members(directory) {
		const prefix = directory === "" ? "" : `${directory}/`;
		const names = (this.#files.get(directory) ?? []).map(({ path }) => path.slice(prefix.length));
		for (const other of this.#files.keys()) if (other !== "" && other.startsWith(prefix)) names.push(other.slice(prefix.length).split("/")[0]);
		names.splice(0, names.length, ...names.filter((name) => name !== ""));
		return new Set(names);
	}
	checkArray = async (path, directory, metadata) => {
		const own = this.#files.get(path)?.find((file) => METADATA$2.has(file.path.slice(path.length + 1)));
		if (own === void 0 || own.size !== metadata.length || own.crc32 !== crc32(metadata)) return;
		for (const [below, files] of this.#files) {
			if (below !== path && !below.startsWith(`${path}/`)) continue;
			const at = join(directory, below.slice(path.length));
			const present = new Set((await list(at)).map((entry) => entry.name));
			const lost = files.map((file) => file.path.slice(below.length + 1)).find((name) => !present.has(name));
			if (lost === void 0) continue;
			throw new AtsError("CORRUPT", `${join(at, lost)} is missing; restore the store from a copy.`, { path: join(at, lost) });
		}
	};
};
const METADATA$2 = new Set([".zarray", "zarr.json"]);
function checkMembers(seal, root, directory, present) {
	for (const name of seal?.members(directory) ?? []) {
		if (present.has(name)) continue;
		const at = join(root, directory, name);
		throw new AtsError("CORRUPT", `${at} is missing; restore the store from a copy.`, { path: at });
	}
}
//#endregion
//#region src/formats/ats-store.ts
function assertOpen(store, path) {
	if (!store.state.closed) return;
	throw new AtsError("CLOSED", `${store.root} was closed before ${path} was read.`, { path });
}
function currentCheck(root, first) {
	return async () => {
		const now = await stat(root, { bigint: true }).catch(() => void 0);
		if (now?.ino === first.ino && now.dev === first.dev) return;
		throw new AtsError("STALE", `${root} was replaced since it was opened; open it again.`, { path: root });
	};
}
const MAX_TRIES = 3;
async function untilCurrent(open) {
	for (let tries = 1;; tries++) try {
		return await open();
	} catch (error) {
		if (!AtsError.is(error) || error.code !== "STALE" || tries === MAX_TRIES) throw error;
	}
}
//#endregion
//#region src/formats/ats-table.ts
function lazyTable(table) {
	const shape = [table.length, table.columnNames.length];
	const info = {
		path: table.path,
		encoding: "dataframe",
		encodingVersion: "",
		dtype: null,
		shape,
		layout: null,
		nnz: null
	};
	const readFrame = (columns, rows, options) => table.read(columns, rows, options);
	return {
		kind: "lazy-frame",
		info,
		shape,
		length: table.length,
		columnNames: table.columnNames,
		indexName: table.indexName,
		readFrame,
		read: (selection = [], options) => readFrame(selection[1] && namesAt(table.columnNames, selection[1]), selection[0], options),
		storedBytes: async (options) => table.storedBytes?.(options)
	};
}
function namesAt(names, selection) {
	return Array.from({ length: selection.count }, (_, i) => names[positionAt(selection, i)]);
}
//#endregion
//#region src/formats/ats-files.ts
const MAX_PICKLE_BYTES = 2 ** 31 - 1;
async function listFiles(store, path) {
	const directory = join(store.root, path);
	const names = await isPlainDirectory(directory) ? (await list(directory)).map((entry) => entry.name) : [];
	checkMembers(store.seal, store.root, path, new Set(names));
	const files = new Map();
	const add = (suffix, isTable) => {
		for (const name of names.filter((name) => name.endsWith(suffix) && name.length > suffix.length)) {
			const key = decodeKey(name.slice(0, -suffix.length));
			files.set(files.has(key) ? key + suffix : key, {
				path: `${path}/${name}`,
				isTable
			});
		}
	};
	add(TABLE_SUFFIX, true);
	add(PICKLE_SUFFIX, false);
	return new Map([...files].sort(([a], [b]) => a < b ? -1 : 1));
}
async function openFile(store, file, path) {
	assertOpen(store, path);
	const at = join(store.root, file.path);
	if (file.isTable) return lazyTable(await openParquet(at, path, { maxMetadataBytes: store.limits.maxMetadataBytes }));
	const bytes = await readSmallFile(at, MAX_PICKLE_BYTES);
	await store.checkCurrent();
	return lazyFromValue(readPickle(bytes, { path: at }), path);
}
//#endregion
//#region src/formats/failed-element.ts
function failedElement(path, error) {
	return {
		kind: "lazy-value",
		info: {
			path,
			encoding: "unreadable",
			encodingVersion: "",
			dtype: null,
			shape: null,
			layout: null,
			nnz: null
		},
		read: () => Promise.reject(error),
		storedBytes: async () => void 0
	};
}
//#endregion
//#region src/formats/ats-map.ts
async function openMap(store, path) {
	const directory = join(store.root, path);
	const names = await isPlainDirectory(directory) ? (await list(directory)).map((entry) => entry.name) : [];
	checkMembers(store.seal, store.root, path, new Set(names));
	const group = store.storage.directory(path);
	const arrays = names.filter((name) => !name.startsWith(".")).map((name) => openEntry(path, decodeKey(name), async () => openStored(store, await group.get(name), `${path}/${decodeKey(name)}`)));
	const extra = [...await listFiles(store, `${EXTRA_NAME}/${path}`)].map(([key, file]) => openEntry(path, key, () => openFile(store, file, `${path}/${key}`)));
	const members = await Promise.all([...arrays, ...extra]);
	return new Map(members.sort(([a], [b]) => a < b ? -1 : 1));
}
async function openEntry(path, key, open) {
	try {
		return [key, await open()];
	} catch (error) {
		return [key, failedElement(`${path}/${key}`, error)];
	}
}
async function openStored(store, node, path) {
	if (node?.kind === "array") return noteStored(plainArray({
		...node,
		path
	}, "array", ""), node);
	return openContext(store.storage.root).open(node);
}
//#endregion
//#region src/formats/ats-uns.ts
const INFO = {
	path: "uns",
	encoding: "dict",
	encodingVersion: "",
	dtype: null,
	shape: null,
	layout: null,
	nnz: null
};
async function openUns$1(store) {
	const files = await listFiles(store, "uns");
	const open = (key, file) => openFile(store, file, `uns/${key}`);
	return {
		kind: "lazy-dict",
		info: INFO,
		keys: async () => [...files.keys()],
		get: async (key) => {
			const file = files.get(key);
			return file && open(key, file);
		},
		async read(selection = [], options = {}) {
			const dict = emptyDict();
			for (const [key, file] of files) {
				options.signal?.throwIfAborted();
				dict[key] = await (await open(key, file)).read(selection, options);
			}
			return dict;
		},
		storedBytes: async () => {
			return (await Promise.all([...files.values()].map(({ path }) => lstat(join(store.root, path))))).reduce((sum, { size }) => sum + size, 0);
		}
	};
}
//#endregion
//#region src/formats/ats-open.ts
function openAts(path, options = {}) {
	return untilCurrent(() => openOnce$1(path, options));
}
async function openOnce$1(path, options) {
	options.signal?.throwIfAborted();
	const root = await realpath(path);
	const limits = options.limits ?? {};
	const checkCurrent = currentCheck(root, await stat(root, { bigint: true }));
	const manifest = await readManifest(root, limits.maxMetadataBytes ?? 64 * 2 ** 20);
	const seal = manifest && new Seal(manifest);
	const { threads, cacheBytes, strict } = options;
	const storage = new ZarrDirectory(root, {
		...limits,
		threads,
		cacheBytes,
		strict,
		checkArray: seal?.checkArray,
		checkCurrent
	});
	const store = {
		root,
		storage,
		limits,
		seal,
		state: { closed: false },
		checkCurrent
	};
	const elements = await openElements(store).catch(async (error) => {
		await checkCurrent();
		throw error;
	});
	await checkCurrent();
	return {
		format: "ats",
		version: manifest === void 0 ? null : String(manifest.version),
		location: path,
		elements,
		close: async () => {
			store.state.closed = true;
			await storage.close();
		}
	};
}
async function openElements(store) {
	checkMembers(store.seal, store.root, "", new Set((await list(store.root)).map((entry) => entry.name)));
	const [obs, variables, X] = await Promise.all([
		openTable(store, OBS_FILE, "obs"),
		openTable(store, VAR_FILE, "var"),
		openMatrix$2(store, "X")
	]);
	const shape = [obs.length, variables.length];
	checkShape(X, shape, store.root);
	const [layers, obsm, varm, obsp, varp, uns, raw] = await Promise.all([
		openMap(store, "layers"),
		openMap(store, "obsm"),
		openMap(store, "varm"),
		openMap(store, "obsp"),
		openMap(store, "varp"),
		openUns$1(store),
		openRaw$1(store, obs.length)
	]);
	return {
		shape,
		X,
		obs,
		var: variables,
		layers,
		obsm,
		varm,
		obsp,
		varp,
		uns,
		raw
	};
}
async function openTable(store, file, path) {
	const { maxMetadataBytes } = store.limits;
	return lazyTable(await openParquet(join(store.root, file), path, { maxMetadataBytes }));
}
async function openMatrix$2(store, path) {
	const node = await (path.includes("/") ? store.storage.directory(path.slice(0, path.lastIndexOf("/"))) : store.storage.root).get("X");
	if (node === void 0) return null;
	const element = await openStored(store, node, path);
	if (element.kind === "lazy-array") return element;
	throw new AtsError("CORRUPT", `${join(store.root, path)} is not a matrix.`, { path });
}
function checkShape(X, [rows, columns], root) {
	if (X === null || X.shape.length === 2 && X.shape[0] === rows && X.shape[1] === columns) return;
	throw new AtsError("CORRUPT", `${root}: X has the shape [${X.shape}], but obs has ${rows} rows and var ${columns}.`, { path: root });
}
async function openRaw$1(store, rows) {
	if (!(await list(store.root)).some((entry) => entry.name === "raw")) return null;
	const [X, variables, varm] = await Promise.all([
		openMatrix$2(store, `raw/X`),
		openTable(store, `raw/${VAR_FILE}`, `raw/var`),
		openMap(store, `raw/varm`)
	]);
	checkShape(X, [rows, variables.length], join(store.root, "raw"));
	return {
		X,
		var: variables,
		varm
	};
}
//#endregion
//#region src/encodings/extend.ts
const SLAB_ROWS = 4096;
async function writeExtended(group, name, element, options) {
	const parts = appendedParts(element);
	const node = parts && storedNode(parts.first);
	if (parts === void 0 || node === void 0 || group.extend === void 0) return false;
	if (parts.first.sparse !== null) return node.kind === "group" && extendSparse(group, name, {
		parts,
		node,
		shape: element.shape
	}, options);
	if (String(parts.first.shape.slice(1)) !== String(element.shape.slice(1))) return false;
	return node.kind === "array" && extendDense(group, name, element, node, options);
}
async function extendDense(group, name, element, node, options) {
	const rows = element.shape[0];
	if (numericDType(element) === void 0) return false;
	const extended = await group.extend?.(name, node, rows, options);
	if (extended === void 0) return false;
	const { kept, writer } = extended;
	await writeDense({
		path: group.path,
		array: async () => shifted(writer, kept),
		group: group.group
	}, name, tail(element, kept), options);
	return true;
}
function tail(element, start) {
	const shape = [element.shape[0] - start, ...element.shape.slice(1)];
	const read = ([rows, ...others] = [], options) => {
		const wanted = rows ?? {
			kind: "range",
			start: 0,
			step: 1,
			count: shape[0]
		};
		return element.read([{
			...wanted,
			start: wanted.start + start
		}, ...others], options);
	};
	const { info, dtype } = element;
	return {
		kind: "lazy-array",
		info,
		shape,
		dtype,
		sparse: null,
		read,
		storedBytes: async () => void 0
	};
}
function shifted(writer, kept) {
	const [rows = 0, ...others] = writer.shape;
	return {
		path: writer.path,
		shape: [rows - kept, ...others],
		chunks: writer.chunks,
		write: ([row = 0, ...rest], block, options) => writer.write([row + kept, ...rest], block, options)
	};
}
async function extendSparse(group, name, { parts, node, shape }, options) {
	const [data, indices, indptr] = await Promise.all([
		arrayOf$1(node, "data"),
		arrayOf$1(node, "indices"),
		arrayOf$1(node, "indptr")
	]);
	const majors = shape[parts.axis];
	const minors = shape[1 - parts.axis];
	const added = await countEntries(parts, options);
	const before = data.shape[0];
	if (before + added > limitOf(indptr) || minors - 1 > limitOf(indices)) return false;
	const target = await group.group(name, {
		...node.attributes,
		shape
	});
	const begin = (part, array, length) => beginExtended(target, part, array, length, options);
	const [values, columns, starts] = await Promise.all([
		begin("data", data, before + added),
		begin("indices", indices, before + added),
		begin("indptr", indptr, majors + 1)
	]);
	let done = 0;
	for await (const slab of newMajors(parts, options)) {
		const base = before + done;
		await Promise.all([
			values.append(slab.data),
			columns.append(cast(slab.indices, indices.dtype, 0)),
			starts.append(cast(slab.indptr.subarray(1), indptr.dtype, base))
		]);
		done += slab.nnz;
	}
	await Promise.all([
		values.end(),
		columns.end(),
		starts.end()
	]);
	return true;
}
async function beginExtended(group, name, node, length, options) {
	const extended = await group.extend?.(name, node, length, options);
	const dtype = node.dtype;
	const writer = extended?.writer ?? await group.array(name, {
		dtype,
		shape: [length],
		chunks: node.layout.chunks ?? void 0
	});
	const kept = extended?.kept ?? 0;
	const appender = new Appender(shifted(writer, kept), dtype, options);
	const size = writer.chunks[0] ?? 1;
	for (let start = kept; start < node.shape[0]; start += size) {
		const count = Math.min(size, node.shape[0] - start);
		const value = await node.read([{
			kind: "range",
			start,
			step: 1,
			count
		}], options);
		await appender.append(value.data);
	}
	return appender;
}
async function* newMajors(parts, options) {
	const majors = parts.second.shape[parts.axis];
	for (let start = 0; start < majors; start += SLAB_ROWS) {
		options.signal?.throwIfAborted();
		const range = {
			kind: "range",
			start,
			step: 1,
			count: Math.min(SLAB_ROWS, majors - start)
		};
		yield await readAlike(parts, parts.axis === 0 ? [range] : [void 0, range], options);
	}
}
async function countEntries(parts, options) {
	const { nnz } = parts.second.info;
	if (nnz !== null && parts.second.sparse !== null) return nnz;
	let count = 0;
	for await (const slab of newMajors(parts, options)) count += slab.nnz;
	return count;
}
function limitOf({ dtype }) {
	const bits = /^u?int(\d+)$/.exec(String(dtype))?.[1];
	if (bits === void 0) return 0;
	return Math.min(Number.MAX_SAFE_INTEGER, 2 ** (Number(bits) - (String(dtype).startsWith("u") ? 0 : 1)) - 1);
}
function cast(values, dtype, offset) {
	const into = allocate(dtype, values.length);
	const wide = into instanceof BigInt64Array || into instanceof BigUint64Array;
	for (let i = 0; i < values.length; i++) {
		const value = Number(values[i]) + offset;
		into[i] = wide ? BigInt(value) : value;
	}
	return into;
}
//#endregion
//#region src/storage/flatbuffer.ts
const WIDTH = {
	u8: 1,
	i16: 2,
	i32: 4,
	i64: 8,
	string: 4,
	table: 4,
	tables: 4
};
function writeFlatBuffer(table) {
	const writer = new FlatWriter();
	writer.reserve(4, 8);
	writer.patch(0, writer.table(table));
	return writer.finish();
}
var FlatWriter = class {
	#view = new DataView(new ArrayBuffer(1024));
	#size = 0;
	finish() {
		this.reserve(0, 8);
		return new Uint8Array(this.#view.buffer, 0, this.#size);
	}
	reserve(bytes, align) {
		const at = Math.ceil(this.#size / align) * align;
		this.#size = at + bytes;
		while (this.#size > this.#view.byteLength) {
			const grown = new Uint8Array(this.#view.byteLength * 2);
			grown.set(new Uint8Array(this.#view.buffer));
			this.#view = new DataView(grown.buffer);
		}
		return at;
	}
	patch(at, target) {
		this.#view.setUint32(at, target - at, true);
	}
	table(fields) {
		const slots = Math.max(-1, ...fields.keys()) + 1;
		const vtable = this.reserve(4 + 2 * slots, 8);
		const ordered = [...fields].sort(([, a], [, b]) => WIDTH[b.kind] - WIDTH[a.kind]);
		const wide = ordered.some(([, field]) => WIDTH[field.kind] === 8);
		const size = ordered.reduce((sum, [, field]) => sum + WIDTH[field.kind], wide ? 8 : 4);
		const at = this.reserve(size, 8);
		this.#view.setInt32(at, at - vtable, true);
		this.#view.setUint16(vtable, 4 + 2 * slots, true);
		this.#view.setUint16(vtable + 2, size, true);
		let offset = wide ? 8 : 4;
		const later = [];
		for (const [slot, field] of ordered) {
			this.#view.setUint16(vtable + 4 + 2 * slot, offset, true);
			if (!this.#scalar(at + offset, field)) later.push([at + offset, field]);
			offset += WIDTH[field.kind];
		}
		for (const [position, field] of later) this.patch(position, this.#child(field));
		return at;
	}
	#scalar(at, field) {
		if (field.kind === "u8") this.#view.setUint8(at, field.value);
		else if (field.kind === "i16") this.#view.setInt16(at, field.value, true);
		else if (field.kind === "i32") this.#view.setInt32(at, field.value, true);
		else if (field.kind === "i64") this.#view.setBigInt64(at, BigInt(field.value), true);
		else return false;
		return true;
	}
	#child(field) {
		if (field.kind === "table") return this.table(field.value);
		if (field.kind === "tables") return this.#tables(field.value);
		const bytes = Buffer.from(field.value);
		const at = this.reserve(4 + bytes.length + 1, 4);
		this.#view.setUint32(at, bytes.length, true);
		new Uint8Array(this.#view.buffer).set(bytes, at + 4);
		return at;
	}
	#tables(tables) {
		const at = this.reserve(4 + 4 * tables.length, 4);
		this.#view.setUint32(at, tables.length, true);
		tables.forEach((table, i) => {
			this.patch(at + 4 + 4 * i, this.table(table));
		});
		return at;
	}
};
//#endregion
//#region src/storage/arrow-schema.ts
const METADATA_V5 = 4;
const SCHEMA_HEADER = 1;
const TYPE_ID = {
	int: 2,
	float: 3,
	utf8: 5,
	bool: 6,
	date: 8,
	time: 9,
	timestamp: 10,
	duration: 18
};
const table = (fields) => new Map(fields);
const u8 = (value) => ({
	kind: "u8",
	value
});
const i16 = (value) => ({
	kind: "i16",
	value
});
const i32 = (value) => ({
	kind: "i32",
	value
});
const i64 = (value) => ({
	kind: "i64",
	value
});
const sub = (value) => ({
	kind: "table",
	value
});
const bool = (value) => u8(value ? 1 : 0);
function formatArrowSchema(fields, pandas) {
	const entry = table([[0, {
		kind: "string",
		value: "pandas"
	}], [1, {
		kind: "string",
		value: pandas
	}]]);
	const schema = table([
		[0, i16(0)],
		[1, {
			kind: "tables",
			value: fields.map(fieldTable)
		}],
		[2, {
			kind: "tables",
			value: [entry]
		}]
	]);
	const message = writeFlatBuffer(table([
		[0, i16(METADATA_V5)],
		[1, u8(SCHEMA_HEADER)],
		[2, sub(schema)],
		[3, i64(0)]
	]));
	const out = Buffer.alloc(8 + message.length);
	out.writeUInt32LE(4294967295, 0);
	out.writeUInt32LE(message.length, 4);
	out.set(message, 8);
	return out.toString("base64");
}
function fieldTable(field, id) {
	const base = [
		[0, {
			kind: "string",
			value: field.name
		}],
		[1, bool(field.nullable)],
		[2, u8(TYPE_ID[field.type.kind])],
		[3, sub(typeTable(field.type))],
		[5, {
			kind: "tables",
			value: []
		}]
	];
	if (field.dictionary === void 0) return table(base);
	const encoding = table([
		[0, i64(id)],
		[1, sub(typeTable({
			kind: "int",
			bits: field.dictionary.bits,
			signed: true
		}))],
		[2, bool(field.dictionary.ordered)]
	]);
	return table([...base, [4, sub(encoding)]]);
}
function typeTable(type) {
	switch (type.kind) {
		case "int": return table([[0, i32(type.bits)], [1, bool(type.signed)]]);
		case "float": return table([[0, i16(type.bits === 16 ? 0 : type.bits === 32 ? 1 : 2)]]);
		case "date": return table([[0, i16(0)]]);
		case "time": return table([[0, i16(type.unit)], [1, i32(type.unit <= 1 ? 32 : 64)]]);
		case "timestamp": return table(type.timezone === null ? [[0, i16(type.unit)]] : [[0, i16(type.unit)], [1, {
			kind: "string",
			value: type.timezone
		}]]);
		case "duration": return table([[0, i16(type.unit)]]);
		default: return table([]);
	}
}
//#endregion
//#region src/storage/parquet-temporal-leaf.ts
const DATE = 8;
const TIME = 9;
const TIMESTAMP = 10;
const DURATION = 18;
function temporalLeaf(name, vector) {
	const type = vector.type;
	if (![
		DATE,
		TIME,
		TIMESTAMP,
		DURATION
	].includes(type.typeId)) throw new AtsError("UNSUPPORTED", `Column "${name}" is ${String(vector.type)}, which is not written to Parquet; drop or flatten it.`);
	const missing = missingOf(vector);
	const { ticks, unit } = ticksOf(vector, type);
	const arrow = arrowType(type, unit);
	const stored = arrow.kind === "date" || arrow.kind === "time" && unit === 1 ? Int32Array.from(ticks, Number) : ticks;
	return {
		physical: stored instanceof Int32Array ? "INT32" : "INT64",
		logical: logicalOf(arrow, unit),
		arrow: {
			nullable: true,
			type: arrow
		},
		pandas: pandasOf(arrow, unit),
		missing: missing.includes(1) ? missing : void 0,
		values: (from, to) => {
			const present = stored.subarray(from, to).filter((_, i) => missing[from + i] === 0);
			return new Uint8Array(present.buffer, present.byteOffset, present.byteLength);
		}
	};
}
function missingOf(vector) {
	const out = new Uint8Array(vector.length);
	let at = 0;
	for (const data of vector.data) {
		if (data.nullCount > 0) {
			const valid = unpackBits(data.nullBitmap, data.offset, data.length);
			for (let i = 0; i < valid.length; i++) out[at + i] = 1 - valid[i];
		}
		at += data.length;
	}
	return out;
}
function ticksOf(vector, { typeId, unit }) {
	const ticks = BigInt64Array.from(vector.data.flatMap((data) => [...rawTicks(data)]));
	if (typeId === DATE) return {
		ticks: unit === 1 ? ticks.map((tick) => tick / 86400000n) : ticks,
		unit: 0
	};
	return unit === 0 ? {
		ticks: ticks.map((tick) => tick * 1000n),
		unit: 1
	} : {
		ticks,
		unit
	};
}
function* rawTicks(data) {
	const values = data.values;
	const ticks = values instanceof Int32Array && values.length === 2 * data.length && data.length > 0 ? new BigInt64Array(values.slice().buffer) : values;
	for (let i = 0; i < data.length; i++) yield BigInt(ticks[i]);
}
function arrowType({ typeId, timezone }, unit) {
	if (typeId === DATE) return { kind: "date" };
	if (typeId === TIMESTAMP) return {
		kind: "timestamp",
		unit,
		timezone: timezone ?? null
	};
	return {
		kind: typeId === TIME ? "time" : "duration",
		unit
	};
}
function logicalOf(type, unit) {
	if (type.kind === "date") return [[
		6,
		"i32",
		6
	], [
		10,
		"struct",
		[[
			6,
			"struct",
			[]
		]]
	]];
	if (type.kind !== "timestamp" && type.kind !== "time") return [];
	const fields = [[
		1,
		"bool",
		type.kind === "timestamp" && type.timezone !== null
	], [
		2,
		"struct",
		[[
			unit,
			"struct",
			[]
		]]
	]];
	return [[
		10,
		"struct",
		[[
			type.kind === "time" ? 7 : 8,
			"struct",
			fields
		]]
	]];
}
const UNITS = [
	"s",
	"ms",
	"us",
	"ns"
];
function pandasOf(type, unit) {
	if (type.kind === "timestamp") return {
		pandasType: type.timezone === null ? "datetime" : "datetimetz",
		numpyType: `datetime64[${UNITS[unit]}]`,
		timezone: type.timezone
	};
	if (type.kind === "duration") return {
		pandasType: "object",
		numpyType: `timedelta64[${UNITS[unit]}]`
	};
	return {
		pandasType: type.kind,
		numpyType: "object"
	};
}
//#endregion
//#region src/storage/parquet-leaves.ts
function leafOf$1(name, column) {
	if (column.kind === "dense") return numbers$2(name, column, void 0);
	if (column.kind === "nullable") return masked(name, column);
	if (column.kind === "strings") return strings$1(column);
	return column.kind === "categorical" ? categorical(name, column) : temporalLeaf(name, column.vector);
}
function schemaElement(name, leaf) {
	const fields = [
		[
			1,
			"i32",
			PHYSICAL.indexOf(leaf.physical)
		],
		[
			3,
			"i32",
			leaf.arrow.nullable ? 1 : 0
		],
		[
			4,
			"binary",
			name
		],
		...leaf.logical
	];
	if (leaf.typeLength !== void 0) fields.splice(1, 0, [
		2,
		"i32",
		leaf.typeLength
	]);
	return fields;
}
const STRING_TYPE = [[
	6,
	"i32",
	0
], [
	10,
	"struct",
	[[
		1,
		"struct",
		[]
	]]
]];
const FLOAT16_TYPE = [[
	10,
	"struct",
	[[
		15,
		"struct",
		[]
	]]
]];
function integerType(bits, signed) {
	return [[
		6,
		"i32",
		(signed ? 15 : 11) + Math.log2(bits) - 3
	], [
		10,
		"struct",
		[[
			10,
			"struct",
			[[
				1,
				"i8",
				bits
			], [
				2,
				"bool",
				signed
			]]
		]]
	]];
}
function numbers$2(name, column, missing, numpyType) {
	const { dtype } = column;
	const kind = dtypeKind(dtype);
	if (kind === "complex" || dtype === "bfloat16") throw new AtsError("UNSUPPORTED", `Column "${name}" is ${dtype}, which Parquet has no type for; convert it to float64.`);
	const bits = itemSize(dtype) * 8;
	const isInteger = kind === "int" || kind === "uint";
	const half = dtype === "float16";
	return {
		physical: physicalOf(dtype),
		...half ? { typeLength: 2 } : {},
		logical: half ? FLOAT16_TYPE : isInteger ? integerType(bits, kind === "int") : [],
		arrow: {
			nullable: missing !== void 0,
			type: arrowNumber(dtype)
		},
		pandas: {
			pandasType: dtype,
			numpyType: numpyType ?? dtype
		},
		missing,
		values: (from, to) => numberBytes(column, missing, from, to)
	};
}
function physicalOf(dtype) {
	if (dtype === "bool") return "BOOLEAN";
	if (dtype === "float16") return "FIXED_LEN_BYTE_ARRAY";
	if (dtype === "float32") return "FLOAT";
	if (dtype === "float64") return "DOUBLE";
	return itemSize(dtype) === 8 ? "INT64" : "INT32";
}
function arrowNumber(dtype) {
	const kind = dtypeKind(dtype);
	if (kind === "bool") return { kind: "bool" };
	const bits = itemSize(dtype) * 8;
	return kind === "float" ? {
		kind: "float",
		bits
	} : {
		kind: "int",
		bits,
		signed: kind === "int"
	};
}
function numberBytes({ dtype, data }, missing, from, to) {
	const rows = data.subarray(from, to);
	const present = missing === void 0 ? rows : rows.filter((_, i) => missing[from + i] === 0);
	if (dtype === "bool") return packBits(present);
	const stored = physicalOf(dtype) === "INT32" && itemSize(dtype) < 4 ? Int32Array.from(present) : present;
	return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}
function maskedName(dtype) {
	if (dtype === "bool") return "boolean";
	return dtype.startsWith("u") ? `UI${dtype.slice(2)}` : `${dtype.charAt(0).toUpperCase()}${dtype.slice(1)}`;
}
function masked(name, column) {
	return numbers$2(name, column.values, column.mask, maskedName(column.values.dtype));
}
function strings$1(column) {
	return {
		physical: "BYTE_ARRAY",
		logical: STRING_TYPE,
		arrow: {
			nullable: true,
			type: { kind: "utf8" }
		},
		pandas: {
			pandasType: "unicode",
			numpyType: "object"
		},
		missing: column.hasMissing ? flags(column.length, (i) => column.isMissing(i)) : void 0,
		values: (from, to) => column.hasUtf8 ? textBytes(column.utf8(), from, to) : textBytes(packStrings(column.values.slice(from, to)), 0, to - from)
	};
}
function flags(length, test) {
	const out = new Uint8Array(length);
	for (let i = 0; i < length; i++) if (test(i)) out[i] = 1;
	return out;
}
function textBytes(text, from, to) {
	const { offsets, bytes } = text;
	const out = Buffer.allocUnsafe(Number(offsets[to]) - Number(offsets[from]) + 4 * (to - from));
	let at = 0;
	for (let i = from; i < to; i++) {
		if (!isPresent(text, i)) continue;
		const [start, end] = [Number(offsets[i]), Number(offsets[i + 1])];
		at = out.writeUInt32LE(end - start, at);
		for (let k = start; k < end; k++) out[at++] = bytes[k];
	}
	return out.subarray(0, at);
}
function categorical(name, column) {
	const { codes, categories, ordered } = column;
	column.validate(name);
	const missing = flags(codes.length, (i) => codes[i] < 0);
	const held = categories.kind === "strings" ? strings$1(categories) : numbers$2(name, categories, void 0);
	if (held.missing !== void 0) throw new AtsError("UNSUPPORTED", `Column "${name}" has a missing value as a category.`);
	if (held.physical === "BOOLEAN" || held.physical === "FIXED_LEN_BYTE_ARRAY") return expanded(name, column, missing);
	const bitWidth = Math.max(1, Math.ceil(Math.log2(categories.length)));
	return {
		...held,
		arrow: {
			nullable: true,
			type: held.arrow.type,
			dictionary: {
				bits: codes.BYTES_PER_ELEMENT * 8,
				ordered
			}
		},
		pandas: {
			pandasType: "categorical",
			numpyType: `int${codes.BYTES_PER_ELEMENT * 8}`
		},
		missing: missing.includes(1) ? missing : void 0,
		dictionary: {
			count: categories.length,
			bytes: held.values(0, categories.length)
		},
		values: (from, to) => encodeIndices(codes.subarray(from, to).filter((code) => code >= 0), bitWidth)
	};
}
function expanded(name, { codes, categories }, missing) {
	const { dtype, data } = categories;
	const values = data.slice(0, 0).constructor;
	const out = new values(codes.length);
	for (let i = 0; i < codes.length; i++) out[i] = missing[i] === 0 ? data[codes[i]] : 0;
	return numbers$2(name, new DenseArray(dtype, [codes.length], out), missing);
}
//#endregion
//#region src/storage/parquet-write.ts
const ROWS_PER_GROUP = 1 << 20;
const ROWS_PER_PAGE = 65536;
const WORTH = .9;
const UNNAMED = "__index_level_0__";
const compress = promisify(gzip);
async function writeParquet(path, frame, options = {}) {
	const index = rangeOf(frame) ?? indexField(frame);
	const all = [...[...frame.columns].map(([name, column]) => ({
		field: name,
		name,
		column,
		leaf: leafOf$1(name, column)
	}))];
	if (typeof index === "string") all.push({
		field: index,
		name: frame.indexName,
		column: frame.index,
		leaf: leafOf$1(index, frame.index)
	});
	try {
		const handle = await open$1(path, "wx");
		try {
			return await new ParquetWriter(handle, all, options).write(frame.length, index);
		} finally {
			await handle.close();
		}
	} catch (cause) {
		if (options.signal?.aborted) throw options.signal.reason;
		throw fileError(cause, path);
	}
}
function indexField(frame) {
	return frame.indexName !== null && !frame.columns.has(frame.indexName) ? frame.indexName : UNNAMED;
}
function rangeOf({ index, indexName }) {
	if (!(index instanceof DenseArray) || index.dtype !== "int64") return void 0;
	const data = index.data;
	const step = data.length > 1 ? data[1] - data[0] : 1n;
	if (step === 0n) return void 0;
	for (let i = 1; i < data.length; i++) if (data[i] - data[i - 1] !== step) return void 0;
	const start = data[0] ?? 0n;
	const [first, stop, by] = [
		start,
		start + step * BigInt(data.length),
		step
	].map(Number);
	if (![
		first,
		stop,
		by
	].every(Number.isSafeInteger)) return void 0;
	return {
		kind: "range",
		name: indexName,
		start: first,
		stop,
		step: by
	};
}
var ParquetWriter = class {
	#at = 0;
	constructor(handle, leaves, options) {
		this.handle = handle;
		this.leaves = leaves;
		this.options = options;
	}
	async write(rows, index) {
		await this.#put(Buffer.from("PAR1"));
		const groups = [];
		let from = 0;
		do {
			groups.push(await this.#rowGroup(from, Math.min(rows, from + ROWS_PER_GROUP)));
			from += ROWS_PER_GROUP;
		} while (from < rows);
		const footer = writeStruct(this.#footer(rows, groups, index));
		const length = Buffer.alloc(4);
		length.writeUInt32LE(footer.length);
		await this.#put(Buffer.concat([
			footer,
			length,
			Buffer.from("PAR1")
		]));
		return this.#at;
	}
	async #rowGroup(from, to) {
		const chunks = [];
		const start = this.#at;
		for (const leaf of this.leaves) chunks.push(await this.#chunk(leaf, from, to));
		return [
			[
				1,
				"structs",
				chunks
			],
			[
				2,
				"i64",
				this.#at - start
			],
			[
				3,
				"i64",
				to - from
			]
		];
	}
	async #chunk({ field, leaf }, from, to) {
		const start = this.#at;
		const pages = await this.#compressPages(leaf, from, to);
		const [first] = pages.list;
		const data = first === void 0 || first.data ? start : start + first.header.length + first.body.length;
		for (const page of pages.list) {
			await this.#put(page.header);
			await this.#put(page.body);
		}
		const encodings = leaf.dictionary === void 0 ? [ENCODING.PLAIN, ENCODING.RLE] : [
			0,
			ENCODING.RLE,
			ENCODING.RLE_DICTIONARY
		];
		const metadata = [
			[
				1,
				"i32",
				PHYSICAL.indexOf(leaf.physical)
			],
			[
				2,
				"i32s",
				encodings
			],
			[
				3,
				"binaries",
				[field]
			],
			[
				4,
				"i32",
				pages.codec
			],
			[
				5,
				"i64",
				to - from
			],
			[
				6,
				"i64",
				pages.list.reduce((sum, page) => sum + page.size + page.header.length, 0)
			],
			[
				7,
				"i64",
				this.#at - start
			],
			[
				9,
				"i64",
				data
			]
		];
		if (leaf.dictionary !== void 0) metadata.push([
			11,
			"i64",
			start
		]);
		return [[
			2,
			"i64",
			start
		], [
			3,
			"struct",
			metadata
		]];
	}
	async #compressPages(leaf, from, to) {
		const raw = leaf.dictionary === void 0 ? [] : [{
			data: false,
			rows: leaf.dictionary.count,
			bytes: leaf.dictionary.bytes
		}];
		let codec;
		const list = [];
		for (let at = from; at < to || list.length === 0; at += ROWS_PER_PAGE) {
			this.options.signal?.throwIfAborted();
			const end = Math.min(to, at + ROWS_PER_PAGE);
			raw.push({
				data: true,
				rows: end - at,
				bytes: dataBytes(leaf, at, end)
			});
			if (codec === void 0) {
				const sample = raw.at(-1).bytes;
				codec = (await compress(sample, { level: 1 })).length < sample.length * WORTH ? CODEC.GZIP : CODEC.UNCOMPRESSED;
			}
			for (const page of raw.splice(0)) list.push(await storePage(page, codec, leaf.dictionary !== void 0));
		}
		return {
			codec: codec ?? CODEC.UNCOMPRESSED,
			list
		};
	}
	#footer(rows, groups, index) {
		const root = [[
			4,
			"binary",
			"schema"
		], [
			5,
			"i32",
			this.leaves.length
		]];
		const pandas = formatPandas(index, this.leaves.map(pandasColumn));
		const arrow = formatArrowSchema(this.leaves.map(({ field, leaf }) => ({
			name: field,
			...leaf.arrow
		})), pandas);
		const pair = (key, value) => [[
			1,
			"binary",
			key
		], [
			2,
			"binary",
			value
		]];
		return [
			[
				1,
				"i32",
				2
			],
			[
				2,
				"structs",
				[root, ...this.leaves.map(({ field, leaf }) => schemaElement(field, leaf))]
			],
			[
				3,
				"i64",
				rows
			],
			[
				4,
				"structs",
				groups
			],
			[
				5,
				"structs",
				[pair("pandas", pandas), pair("ARROW:schema", arrow)]
			],
			[
				6,
				"binary",
				WRITER
			]
		];
	}
	async #put(bytes) {
		for (let done = 0; done < bytes.length;) done += (await this.handle.write(bytes, done, bytes.length - done, this.#at + done)).bytesWritten;
		this.#at += bytes.length;
	}
};
function dataBytes(leaf, from, to) {
	const values = leaf.values(from, to);
	if (!leaf.arrow.nullable) return values;
	const levels = encodeLevels(leaf.missing?.subarray(from, to), to - from);
	const length = Buffer.alloc(4);
	length.writeUInt32LE(levels.length);
	return Buffer.concat([
		length,
		levels,
		values
	]);
}
async function storePage(page, codec, dictionary) {
	const body = codec === CODEC.GZIP ? await compress(page.bytes, { level: 1 }) : page.bytes;
	const details = [[
		1,
		"i32",
		page.rows
	], [
		2,
		"i32",
		page.data && dictionary ? ENCODING.RLE_DICTIONARY : ENCODING.PLAIN
	]];
	if (page.data) details.push([
		3,
		"i32",
		ENCODING.RLE
	], [
		4,
		"i32",
		ENCODING.RLE
	]);
	const header = writeStruct([
		[
			1,
			"i32",
			page.data ? 0 : 2
		],
		[
			2,
			"i32",
			page.bytes.length
		],
		[
			3,
			"i32",
			body.length
		],
		[
			page.data ? 5 : 7,
			"struct",
			details
		]
	]);
	return {
		data: page.data,
		size: page.bytes.length,
		header,
		body
	};
}
function pandasColumn({ field, name, column, leaf }) {
	const categories = column.kind === "categorical" ? column.categories.length : null;
	return {
		field,
		name,
		ordered: column.kind === "categorical" && column.ordered,
		categories,
		timezone: leaf.pandas.timezone ?? null,
		...pick(leaf)
	};
}
function pick({ pandas: { pandasType, numpyType } }) {
	return {
		pandasType,
		numpyType
	};
}
//#endregion
//#region src/storage/zarr-write-layout.ts
const CHUNK_BYTES$2 = 2 ** 20;
const SHARD_BYTES = 16 * 2 ** 20;
const MOST_FILES = 1024;
function defaultChunks(shape, width, bytes = CHUNK_BYTES$2) {
	const chunks = shape.map(() => 1);
	let room = Math.max(1, Math.floor(bytes / width));
	for (let i = shape.length - 1; i >= 0; i--) {
		const extent = Math.max(1, Math.min(shape[i], room));
		chunks[i] = extent;
		room = Math.max(1, Math.floor(room / extent));
	}
	return chunks;
}
function chooseCut(shape, width, wish, sharded, path) {
	const total = shape.reduce((size, extent) => size * extent, width);
	const chunkBytes = sharded ? CHUNK_BYTES$2 : Math.max(CHUNK_BYTES$2, total / MOST_FILES);
	const chunks = checkExtents((sharded && wish.shardRows !== 0 ? wish.pieces : void 0) ?? wish.chunks ?? defaultChunks(shape, width, chunkBytes), shape, path).map((extent, i) => Math.min(extent, Math.max(1, shape[i])));
	if (!sharded || shape.length === 0) return {
		chunks,
		shards: null
	};
	if (wish.shards !== void 0) {
		if (wish.shards.length === 0) return {
			chunks,
			shards: null
		};
		return {
			chunks,
			shards: wholeChunks(checkExtents(wish.shards, shape, path), shape, chunks)
		};
	}
	if (wish.shardRows === 0 || shape.every((extent, i) => extent <= chunks[i])) return {
		chunks,
		shards: null
	};
	if (wish.shardRows !== void 0) return {
		chunks,
		shards: wholeChunks([Math.ceil(wish.shardRows * (wish.perRow ?? 1)), ...shape.slice(1)], shape, chunks)
	};
	return {
		chunks,
		shards: growShards(shape, chunks, width, Math.max(SHARD_BYTES, total / MOST_FILES))
	};
}
function checkExtents(extents, shape, path) {
	if (extents.length === shape.length && extents.every((n) => Number.isSafeInteger(n) && n >= 1)) return extents;
	throw new AtsError("INVALID_ARGUMENT", `${path} of shape [${shape}] cannot be cut into pieces of shape [${extents}].`, { path });
}
function wholeChunks(extents, shape, chunks) {
	return chunks.map((chunk, i) => {
		return Math.ceil(Math.max(1, Math.min(extents[i], shape[i])) / chunk) * chunk;
	});
}
function growShards(shape, chunks, width, bytes) {
	const shards = [...chunks];
	for (let i = shape.length - 1; i >= 0; i--) {
		const size = shards.reduce((product, extent) => product * extent, width);
		const room = Math.max(1, Math.floor(bytes / size));
		shards[i] = Math.min(room, Math.ceil(shape[i] / chunks[i])) * chunks[i];
	}
	return shards;
}
//#endregion
//#region src/storage/zarr-write-json.ts
var Spelled = class {
	constructor(text) {
		this.text = text;
	}
};
function zarrJson(value) {
	if (typeof value === "number") return Object.is(value, -0) ? "-0.0" : String(value);
	if (typeof value === "bigint") return value.toString();
	if (value instanceof Spelled) return value.text;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(zarrJson).join(",")}]`;
	return `{${Object.entries(value).filter(([, member]) => member !== void 0).map(([key, member]) => `${JSON.stringify(key)}:${zarrJson(member)}`).join(",")}}`;
}
//#endregion
//#region src/storage/zarr-write-records.ts
function recordLayout(fields) {
	let size = 0;
	return {
		fields: fields.map((field) => {
			const width = field.dtype === "string" ? 4 * Math.max(1, field.characters ?? 1) : itemSize(field.dtype);
			const count = sizeOf$1(field.shape ?? []);
			const offset = size;
			size += width * count;
			return {
				...field,
				offset,
				width,
				count
			};
		}),
		size
	};
}
function packRecords$1(layout, records, path) {
	const bytes = new Uint8Array(layout.size * records.length);
	for (const field of layout.fields) {
		const source = records.fields.get(field.name);
		if (!(source !== void 0 && source.kind === "strings" === (field.dtype === "string"))) throw unfit$1(path, `has no such field ${JSON.stringify(field.name)}`);
		const values = source.kind === "strings" ? utf32(source, field.width, path) : bytesOf$1(source.data);
		const step = field.width * field.count;
		for (let i = 0; i < records.length; i++) bytes.set(values.subarray(i * step, (i + 1) * step), i * layout.size + field.offset);
	}
	return bytes;
}
function bytesOf$1(data) {
	return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
function utf32({ values }, width, path) {
	const codes = new Uint32Array(values.length * width / 4);
	values.forEach((value, i) => {
		const points = Array.from(value ?? "", (character) => character.codePointAt(0));
		if (4 * points.length > width) throw unfit$1(path, `has a string of ${points.length} characters in a field of ${width / 4}`);
		codes.set(points, i * width / 4);
	});
	return bytesOf$1(codes);
}
function unfit$1(path, what) {
	return new AtsError("INVALID_ARGUMENT", `What is to be written to ${path} ${what}.`, { path });
}
//#endregion
//#region src/storage/zarr-write-plan.ts
const STRING_BYTES$1 = 16;
function valueForm({ dtype, textBytes, shape }, path) {
	if (typeof dtype !== "string") {
		if (shape.length !== 1) throw new AtsError("UNSUPPORTED", `${path}: records are written in one dimension, not in ${shape.length}.`, { path });
		const layout = recordLayout(dtype.fields);
		return {
			kind: "record",
			layout,
			size: layout.size
		};
	}
	if (dtype !== "string") return {
		kind: "number",
		dtype
	};
	return textBytes === void 0 ? { kind: "string" } : {
		kind: "bytes",
		size: Math.max(1, textBytes)
	};
}
function formWidth(form) {
	if (form.kind === "number") return itemSize(form.dtype);
	return form.kind === "string" ? STRING_BYTES$1 : form.size;
}
function asBytes(plan, size) {
	const stretch = (extents) => extents.map((extent) => extent * size);
	return {
		...plan,
		form: {
			kind: "number",
			dtype: "uint8"
		},
		shape: stretch(plan.shape),
		chunks: stretch(plan.chunks),
		shards: plan.shards && stretch(plan.shards)
	};
}
function zeroOf(form) {
	if (form.kind === "string") return "";
	if (form.kind !== "number") return Buffer.alloc(form.size).toString("base64");
	const zero = new Spelled("0.0");
	return {
		bool: false,
		int: 0,
		uint: 0,
		float: zero,
		complex: [zero, zero]
	}[dtypeKind(form.dtype)];
}
//#endregion
//#region src/codec-name.ts
const BLOSC = [
	"lz4",
	"lz4hc",
	"zstd",
	"zlib",
	"blosclz",
	"snappy"
];
const SHUFFLES$1 = [
	"noshuffle",
	"shuffle",
	"bitshuffle"
];
const LEVELS$1 = {
	zstd: [
		1,
		-131072,
		22
	],
	gzip: [
		4,
		0,
		9
	],
	zlib: [
		4,
		0,
		9
	],
	bz2: [
		1,
		1,
		9
	]
};
function parseCodec(text) {
	const [name = "", levelText, shuffleText, ...rest] = text.split(":");
	const level = levelText === void 0 ? void 0 : Number(levelText);
	const whole = level === void 0 || Number.isInteger(level) && levelText?.trim() !== "";
	if (rest.length > 0 || !whole) throw unknownCodec(text);
	if ((name === "none" || name === "lzf") && level === void 0) return { name };
	const cname = BLOSC.find((known) => name === `blosc-${known}`);
	if (cname !== void 0) {
		const shuffle = SHUFFLES$1.find((known) => known === shuffleText);
		if (shuffleText !== void 0 && shuffle === void 0) throw unknownCodec(text);
		return {
			name: "blosc",
			cname,
			level: within(level ?? 5, 0, 9, text),
			shuffle
		};
	}
	if (shuffleText !== void 0 || !Object.hasOwn(LEVELS$1, name)) throw unknownCodec(text);
	const plain = name;
	const [usual, least, most] = LEVELS$1[plain];
	return {
		name: plain,
		level: within(level ?? usual, least, most, text)
	};
}
function within(level, low, high, codec) {
	if (level >= low && level <= high) return level;
	throw new AtsError("INVALID_ARGUMENT", `The codec ${codec} has a level outside ${low}…${high}.`);
}
function unknownCodec(codec) {
	return new AtsError("INVALID_ARGUMENT", `The codec ${JSON.stringify(codec)} is not one of none, blosc-lz4, blosc-zstd, zstd:3, gzip, zlib, bz2, lzf.`);
}
//#endregion
//#region src/storage/zarr3-codec.ts
function zarr3Compressors(codec, width) {
	const parsed = parseCodec(codec);
	if (parsed.name === "none") return [];
	if (parsed.name === "zstd") return [{
		name: "zstd",
		configuration: {
			level: parsed.level,
			checksum: false
		}
	}];
	if (parsed.name === "gzip") return [{
		name: "gzip",
		configuration: { level: parsed.level }
	}];
	if (parsed.name === "blosc") {
		const { cname, level, shuffle = width > 1 ? "shuffle" : "noshuffle" } = parsed;
		return [{
			name: "blosc",
			configuration: {
				typesize: width,
				cname,
				clevel: level,
				shuffle,
				blocksize: 0
			}
		}];
	}
	throw new AtsError("INVALID_ARGUMENT", `Zarr version 3 has no codec ${parsed.name}; choose zstd, gzip or blosc-lz4.`);
}
const INDEX_CODECS = [{
	name: "bytes",
	configuration: { endian: "little" }
}, { name: "crc32c" }];
function shardingCodec(chunks, codecs) {
	return {
		name: "sharding_indexed",
		configuration: {
			chunk_shape: chunks,
			codecs,
			index_codecs: INDEX_CODECS,
			index_location: "end"
		}
	};
}
//#endregion
//#region src/storage/zarr-write-text.ts
function textWriter(path, plan, session) {
	let opened;
	return async (origin, block) => {
		opened ??= layoutOf(path, plan, session);
		const strings = block;
		await writeStringArray({
			...await opened,
			origin,
			block: {
				...strings.utf8(),
				shape: strings.shape
			}
		});
	};
}
async function layoutOf(path, plan, session) {
	const { form, shape, chunks, shards } = plan;
	const { context, sink, dialect } = session;
	return {
		path,
		store: await KvStore.open(sink.chunkStore(path), { context }),
		context,
		shape,
		chunks,
		shards: shards === null ? void 0 : {
			shape: shards,
			indexLocation: "end",
			indexCodecs: INDEX_CODECS
		},
		text: form.kind === "bytes" ? {
			kind: "bytes",
			length: form.size
		} : { kind: "vlen-utf8" },
		order: "C",
		fill: "",
		...dialect.strings(plan)
	};
}
//#endregion
//#region src/storage/zarr-write-array.ts
async function createZarrArray(path, options, session) {
	const { dialect } = session;
	const form = valueForm(options, path);
	const { chunks, shards, pieces, perRow } = options;
	const wish = {
		chunks,
		shards,
		pieces,
		perRow,
		shardRows: session.options.shardRows
	};
	const plan = {
		form,
		shape: options.shape,
		codec: options.codec ?? (options.role === "indices" ? dialect.indexCodec : void 0) ?? dialect.codec,
		attributes: options.attributes ?? {},
		...chooseCut(options.shape, formWidth(form), wish, dialect.sharded && form.kind !== "record", path)
	};
	await session.putAll(path, dialect.array(plan, path));
	const grid = plan.shards ?? plan.chunks;
	const writeBlock = blockWriter(path, plan, session);
	return {
		path,
		shape: plan.shape,
		chunks: grid,
		async write(origin, block, more = {}) {
			checkBlock(path, plan.shape, origin, block);
			if (sizeOf$1(block.shape) === 0) return;
			await writeBlock(origin, block);
			await session.sink.chunksDone?.(path, () => wholeKeys(plan.shape, grid, origin, block.shape, dialect.chunkKey));
			more.signal?.throwIfAborted();
		}
	};
}
function blockWriter(path, plan, session) {
	const { form } = plan;
	if (form.kind === "number") return numberWriter(path, plan, session);
	if (form.kind === "string" || form.kind === "bytes") return textWriter(path, plan, session);
	const { layout } = form;
	const write = numberWriter(path, asBytes(plan, layout.size), session);
	return ([first = 0], block) => {
		const bytes = packRecords$1(layout, block, path);
		return write([first * layout.size], new DenseArray("uint8", [bytes.length], bytes));
	};
}
function numberWriter(path, plan, session) {
	const dtype = plan.form.kind === "number" ? plan.form.dtype : "uint8";
	let opened;
	return async (origin, block) => {
		opened ??= open$3(session.dialect.spec(plan, dtype, session.sink.chunkStore(path)), {
			open: true,
			assumeMetadata: true,
			write: true,
			context: session.context
		});
		const store = await opened;
		const box = block.shape.map((n, i) => ({
			start: origin[i],
			stop: origin[i] + n
		}));
		await store.slice(...box).write(block, { sourceIsImmutable: true });
	};
}
function checkBlock(path, shape, origin, block) {
	if (block.shape.length === shape.length && origin.length === shape.length && block.shape.every((n, i) => (origin[i] ?? -1) >= 0 && origin[i] + n <= shape[i])) return;
	throw new AtsError("INVALID_ARGUMENT", `A block of shape [${block.shape}] at [${origin}] does not fit ${path} of shape [${shape}].`, { path });
}
function* wholeKeys(shape, grid, origin, block, key) {
	yield* combine(grid.map((step, i) => {
		const [start, stop] = [origin[i], origin[i] + block[i]];
		return [Math.ceil(start / step), stop === shape[i] ? Math.ceil(stop / step) : Math.floor(stop / step)];
	}), [], key);
}
function* combine(ranges, before, key) {
	const range = ranges[before.length];
	if (range === void 0) {
		yield key(before);
		return;
	}
	for (let at = range[0]; at < range[1]; at++) yield* combine(ranges, [...before, at], key);
}
//#endregion
//#region src/storage/zarr-write-copy.ts
async function copyNode$1(path, node, session, options = {}) {
	const raw = node.kind === "table" ? void 0 : node.raw;
	if (raw?.zarrFormat !== session.dialect.zarrFormat) return false;
	for await (const file of raw.files(options)) {
		options.signal?.throwIfAborted();
		const parts = file.path.split("/");
		if (parts.some((part) => part === "" || part === "." || part === ".." || part.includes("\\"))) throw new AtsError("UNSAFE_PATH", `${node.path} has a file ${JSON.stringify(file.path)}, which is not copied.`, { path: node.path });
		const name = parts.pop();
		const describes = name.startsWith(".z") || name === "zarr.json";
		if (!describes && await session.sink.keep?.(`${node.path}/${file.path}`, `${path}/${file.path}`)) continue;
		const bytes = await file.bytes();
		await session.sink.put(`${path}/${file.path}`, bytes);
		if (describes) session.noteMetadata([path, ...parts].join("/"), name, Buffer.from(bytes).toString("utf8"));
	}
	return true;
}
//#endregion
//#region src/storage/zarr-write-extend.ts
const METADATA$1 = {
	2: ".zarray",
	3: "zarr.json"
};
const DRIVER = {
	2: "zarr",
	3: "zarr3"
};
async function extendZarrArray(path, node, length, session) {
	const { sink, dialect } = session;
	const { raw, dtype, shape } = node;
	const grid = node.layout.shards ?? node.layout.chunks;
	const rows = grid?.[0];
	if (raw?.zarrFormat !== dialect.zarrFormat || sink.keep === void 0 || rows === void 0) return void 0;
	if (typeof dtype !== "string" || dtype === "string") return void 0;
	const extended = [length, ...shape.slice(1)];
	const whole = Math.floor(shape[0] / rows);
	for await (const file of raw.files()) if (file.path === METADATA$1[raw.zarrFormat] || file.path === ".zattrs") {
		const metadata = parseStrictJson(await file.bytes(), `${node.path}/${file.path}`);
		if (file.path !== ".zattrs") metadata.shape = extended;
		await session.putAll(path, [[file.path, zarrJson(metadata)]]);
	} else if (rowOfChunk(file.path) < whole) await sink.keep(`${node.path}/${file.path}`, `${path}/${file.path}`);
	let opened;
	return {
		kept: whole * rows,
		writer: {
			path,
			shape: extended,
			chunks: grid,
			async write(origin, block, options) {
				checkBlock(path, extended, origin, block);
				if (block.shape.includes(0)) return;
				const spec = {
					driver: DRIVER[raw.zarrFormat],
					kvstore: sink.chunkStore(path)
				};
				opened ??= open$3(spec, {
					open: true,
					write: true,
					context: session.context
				});
				const box = block.shape.map((n, i) => ({
					start: origin[i],
					stop: origin[i] + n
				}));
				await (await opened).slice(...box).write(block);
				options?.signal?.throwIfAborted();
			}
		}
	};
}
function rowOfChunk(key) {
	const match = /^(?:c[./])?(\d+)(?:[./]\d+)*$/.exec(key);
	return match === null ? Number.POSITIVE_INFINITY : Number(match[1]);
}
//#endregion
//#region src/storage/zarr-write-names.ts
const MAX_BYTES = 255;
const RESERVED = /^(\.{1,2}|\.z(array|attrs|group|metadata)|zarr\.json)$|\.__lock$/s;
function memberPath$1(path, name) {
	const member = joinPath(path, name);
	const fail = (why) => new AtsError("UNSAFE_PATH", `${path === "" ? "The root" : path}: the key ${JSON.stringify(name)} ${why}; rename it.`, { path: member });
	if (name === "") throw fail("is empty");
	if (/[/\\\0]/.test(name)) throw fail("has a slash, a backslash or a NUL character, which no name in Zarr may have");
	if (/\p{Cs}/u.test(name)) throw fail("is not valid Unicode");
	if (RESERVED.test(name)) throw fail("is a name that Zarr keeps for itself");
	if (Buffer.byteLength(name) > MAX_BYTES) throw fail("is too long for a file name");
	return member;
}
function joinPath(path, name) {
	return path === "" ? name : `${path}/${name}`;
}
//#endregion
//#region src/storage/zarr-write.ts
function zarrTreeWriter(session, attributes) {
	return {
		root: zarrMembers(session, ""),
		async end() {
			for (const [name, text] of session.dialect.root(attributes, session.metadata)) await session.sink.put(name, text);
		}
	};
}
function zarrMembers(session, path) {
	const pathOf = (name) => session.options.encodedNames ? joinPath(path, name) : memberPath$1(path, name);
	return {
		path,
		async group(name, attributes = {}) {
			const member = pathOf(name);
			await session.putAll(member, session.dialect.group(attributes));
			return zarrMembers(session, member);
		},
		array: async (name, options) => createZarrArray(pathOf(name), options, session),
		extend: async (name, node, length) => extendZarrArray(pathOf(name), node, length, session),
		copy: async (name, node, options) => copyNode$1(pathOf(name), node, session, options)
	};
}
//#endregion
//#region src/storage/zarr-write-session.ts
var ZarrWriteSession = class {
	metadata = new Map();
	constructor(sink, dialect, context, options = {}) {
		this.sink = sink;
		this.dialect = dialect;
		this.context = context;
		this.options = options;
	}
	async putAll(path, files) {
		for (const [name, text] of files) {
			await this.sink.put(joinPath(path, name), text);
			this.noteMetadata(path, name, text);
		}
	}
	noteMetadata(path, name, text) {
		const entry = this.dialect.consolidated(name, text);
		if (entry !== void 0) this.metadata.set(joinPath(path, name), entry);
	}
};
function writeContext$1(threads) {
	return new Context({
		...threads === void 0 ? {} : {
			data_copy_concurrency: { limit: threads },
			file_io_concurrency: { limit: Math.max(4, threads) }
		},
		file_io_sync: false,
		file_io_locking: { mode: "non_atomic" }
	});
}
//#endregion
//#region src/storage/zarr-write-sink.ts
function directorySink(directory) {
	return {
		async put(path, bytes) {
			const file = join(directory, path);
			try {
				await mkdir(dirname(file), { recursive: true });
				await writeFile(file, bytes, { flag: "wx" });
			} catch (cause) {
				if (cause.code === "EEXIST") throw taken(path, cause);
				throw fileError(cause, file);
			}
		},
		chunkStore: (path) => ({
			driver: "file",
			path: `${join(directory, path)}/`
		})
	};
}
function taken(path, cause) {
	return new AtsError("UNSAFE_PATH", `${path} is there already: this file system takes its name and another's for one; rename one of them.`, {
		path,
		cause
	});
}
//#endregion
//#region src/storage/zarr2-codec.ts
const STREAM_BYTES = 16384;
const SHUFFLES = {
	noshuffle: 0,
	shuffle: 1,
	bitshuffle: 2
};
function zarr2Compressor(codec, shuffle = -1) {
	const parsed = parseCodec(codec);
	if (parsed.name === "none") return null;
	if (parsed.name === "lzf") throw unknownCodec(codec);
	if (parsed.name !== "blosc") return {
		id: parsed.name,
		level: parsed.level
	};
	const { cname, level } = parsed;
	const how = parsed.shuffle === void 0 ? shuffle : SHUFFLES[parsed.shuffle];
	return {
		blocksize: cname === "lz4" && how === SHUFFLES.noshuffle ? STREAM_BYTES : 0,
		clevel: level,
		cname,
		id: "blosc",
		shuffle: how
	};
}
//#endregion
//#region src/storage/zarr-write-v2.ts
function zarr2Dialect({ codec, fill, shuffle }) {
	const metadata = (plan) => ({
		chunks: plan.chunks,
		compressor: zarr2Compressor(plan.codec, formWidth(plan.form) > 1 || shuffle === -1 ? shuffle : 0),
		dimension_separator: ".",
		dtype: dtypeOf(plan.form),
		fill_value: fill === "zero" ? zeroOf(plan.form) : null,
		filters: plan.form.kind === "string" ? [{ id: "vlen-utf8" }] : null,
		order: "C",
		shape: plan.shape,
		zarr_format: 2
	});
	return {
		zarrFormat: 2,
		sharded: false,
		codec,
		group: (attributes) => [[".zgroup", "{\"zarr_format\":2}"], ...attributesFile(attributes)],
		array: (plan) => [[".zarray", zarrJson(metadata(plan))], ...attributesFile(plan.attributes)],
		chunkKey: (indices) => indices.length === 0 ? "0" : indices.join("."),
		spec: (plan, dtype, kvstore) => ({
			driver: "zarr",
			kvstore,
			metadata: JSON.parse(zarrJson(metadata({
				...plan,
				form: {
					kind: "number",
					dtype
				}
			})))
		}),
		strings: (plan) => ({
			codecs: {
				zarrFormat: 2,
				compressor: zarr2Compressor(plan.codec, 0)
			},
			keys: {
				encoding: "v2",
				separator: "."
			}
		}),
		consolidated: (name, text) => /^\.z(group|array|attrs)$/.test(name) ? text : void 0,
		root: (attributes, entries) => {
			const own = [[".zgroup", "{\"zarr_format\":2}"], ...attributesFile(attributes)];
			const members = [...own, ...entries].map(([path, text]) => `${JSON.stringify(path)}:${text}`);
			return [...own, [".zmetadata", `{"metadata":{${members.join(",")}},"zarr_consolidated_format":1}`]];
		}
	};
}
function attributesFile(attributes) {
	return Object.keys(attributes).length === 0 ? [] : [[".zattrs", zarrJson(attributes)]];
}
function dtypeOf(form) {
	if (form.kind === "number") return typeString(form.dtype);
	if (form.kind === "string") return "|O";
	if (form.kind === "bytes") return `|S${form.size}`;
	return form.layout.fields.map(({ name, dtype, width, shape }) => {
		const type = dtype === "string" ? `<U${width / 4}` : typeString(dtype);
		return shape === void 0 ? [name, type] : [
			name,
			type,
			shape
		];
	});
}
function typeString(dtype) {
	return numpyTypeString(dtype) ?? dtype;
}
//#endregion
//#region src/formats/ats-chunks.ts
const CHUNK_BYTES$1 = 2 ** 20;
const CHUNK_ROWS = 128;
function chooseChunks(shape, dtype, wish = {}) {
	const { chunkRows, chunkColumns } = wish;
	const width = itemSize(dtype);
	if (shape.length !== 2) {
		const chunks = defaultChunks(shape, width, CHUNK_BYTES$1);
		return chunkRows === void 0 ? chunks : chunks.map((extent, i) => i === 0 ? Math.max(1, Math.min(chunkRows, shape[0] ?? 1)) : extent);
	}
	const [rows, columns] = [Math.max(1, shape[0]), Math.max(1, shape[1])];
	const room = Math.max(1, Math.floor(CHUNK_BYTES$1 / width));
	const wanted = chunkRows ?? Math.max(CHUNK_ROWS, Math.floor(room / Math.min(columns, chunkColumns ?? columns)));
	const height = Math.min(rows, wanted);
	return [height, Math.min(columns, chunkColumns ?? Math.max(1, Math.floor(room / height)))];
}
//#endregion
//#region src/pickle/writer/utf8.ts
const LONE_SURROGATE = /\p{Surrogate}/u;
function encodeUtf8(text) {
	if (!LONE_SURROGATE.test(text)) return Buffer.from(text, "utf8");
	const parts = text.split(/(\p{Surrogate})/u);
	return Buffer.concat(parts.map((part, i) => i % 2 === 0 ? Buffer.from(part, "utf8") : encodeSurrogate(part)));
}
function encodeSurrogate(text) {
	const unit = text.charCodeAt(0);
	return Uint8Array.of(224 | unit >> 12, 128 | unit >> 6 & 63, 128 | unit & 63);
}
//#endregion
//#region src/pickle/writer/emitter.ts
const PROTOCOL = 4;
const BUFFER_BYTES$1 = 65536;
const OWN_CHUNK_BYTES = 8192;
const BATCH = 1e3;
var Emitter = class {
	#chunks = [];
	#buffer = Buffer.alloc(BUFFER_BYTES$1);
	#used = 0;
	#memo = new Map();
	constructor() {
		this.op(Op.PROTO);
		this.#reserve(1).writeUInt8(PROTOCOL, this.#used++);
	}
	finish() {
		this.op(Op.STOP);
		this.#flush();
		return this.#chunks;
	}
	op(opcode) {
		this.#reserve(1)[this.#used++] = opcode;
	}
	none() {
		this.op(Op.NONE);
	}
	boolean(value) {
		this.op(value ? Op.NEWTRUE : Op.NEWFALSE);
	}
	integer(value) {
		if (typeof value === "bigint" || value < -2147483648 || value > 2147483647) {
			const bytes = encodeLong(BigInt(value));
			if (bytes.length < 256) this.#sized(Op.LONG1, 1, bytes.length);
			else this.#sized(Op.LONG4, 4, bytes.length);
			this.#raw(bytes);
		} else if (value >= 0 && value <= 65535) this.#sized(value <= 255 ? Op.BININT1 : Op.BININT2, value <= 255 ? 1 : 2, value);
		else {
			this.op(Op.BININT);
			this.#reserve(4).writeInt32LE(value, this.#used);
			this.#used += 4;
		}
	}
	float(value) {
		this.op(Op.BINFLOAT);
		this.#reserve(8).writeDoubleBE(value, this.#used);
		this.#used += 8;
	}
	text(value) {
		const bytes = encodeUtf8(value);
		if (bytes.length < 256) this.#sized(Op.SHORT_BINUNICODE, 1, bytes.length);
		else this.#sized(Op.BINUNICODE, 4, bytes.length);
		this.#raw(bytes);
	}
	bytes(value) {
		const size = value.byteLength;
		if (size < 256) this.#sized(Op.SHORT_BINBYTES, 1, size);
		else if (size < 2 ** 32) this.#sized(Op.BINBYTES, 4, size);
		else this.#sized(Op.BINBYTES8, 8, size);
		this.#raw(new Uint8Array(value.buffer, value.byteOffset, size));
	}
	batches(items, opcode, push) {
		let open = 0;
		for (const item of items) {
			if (open === 0) this.op(Op.MARK);
			push(item);
			if (++open === BATCH) {
				this.op(opcode);
				open = 0;
			}
		}
		if (open > 0) this.op(opcode);
	}
	tuple(...parts) {
		if (parts.length > 3) this.op(Op.MARK);
		for (const push of parts) push();
		this.op([
			Op.EMPTY_TUPLE,
			Op.TUPLE1,
			Op.TUPLE2,
			Op.TUPLE3
		][parts.length] ?? Op.TUPLE);
	}
	global(module, name) {
		this.shared(`global ${module} ${name}`, () => {
			this.text(module);
			this.text(name);
			this.op(Op.STACK_GLOBAL);
		});
	}
	call(module, name, ...parts) {
		this.global(module, name);
		this.tuple(...parts);
		this.op(Op.REDUCE);
	}
	shared(key, push) {
		const known = this.#memo.get(key);
		if (known !== void 0) {
			this.#sized(known < 256 ? Op.BINGET : Op.LONG_BINGET, known < 256 ? 1 : 4, known);
			return;
		}
		push();
		this.op(Op.MEMOIZE);
		this.#memo.set(key, this.#memo.size);
	}
	#sized(opcode, width, size) {
		this.op(opcode);
		const buffer = this.#reserve(width);
		if (width === 8) buffer.writeBigUInt64LE(BigInt(size), this.#used);
		else buffer.writeUIntLE(size, this.#used, width);
		this.#used += width;
	}
	#raw(bytes) {
		if (bytes.length >= OWN_CHUNK_BYTES) {
			this.#flush();
			this.#chunks.push(bytes);
		} else {
			this.#reserve(bytes.length).set(bytes, this.#used);
			this.#used += bytes.length;
		}
	}
	#reserve(size) {
		if (this.#used + size > this.#buffer.length) this.#flush();
		return this.#buffer;
	}
	#flush() {
		if (this.#used === 0) return;
		this.#chunks.push(this.#buffer.subarray(0, this.#used));
		this.#buffer = this.#buffer.subarray(this.#used);
		this.#used = 0;
		if (this.#buffer.length < OWN_CHUNK_BYTES) this.#buffer = Buffer.alloc(BUFFER_BYTES$1);
	}
};
//#endregion
//#region src/pickle/writer/numpy.ts
function numpyCode(dtype) {
	const code = CODE_OF_DTYPE.get(dtype);
	if (code === void 0) throw new AtsError("UNSUPPORTED", `numpy has no ${dtype}, so it cannot be pickled; convert it to float32 first.`);
	return `<${code}`;
}
function emitType(emitter, code) {
	emitter.shared(`dtype ${code}`, () => emitter.call("numpy", "dtype", () => emitter.text(code)));
}
function emitArray(emitter, shape, emitDType, emitContent) {
	emitter.call("numpy", "ndarray", () => emitter.tuple(() => emitter.integer(0)));
	emitter.tuple(() => emitter.integer(1), () => emitter.tuple(...shape.map((extent) => () => emitter.integer(extent))), emitDType, () => emitter.boolean(false), emitContent);
	emitter.op(Op.BUILD);
}
function emitDense(emitter, { dtype, shape, data }) {
	const code = numpyCode(dtype);
	emitArray(emitter, shape, () => emitType(emitter, code), () => emitter.bytes(data));
}
function emitVector(emitter, dtype, data) {
	const code = numpyCode(dtype);
	emitArray(emitter, [dtypeKind(dtype) === "complex" ? data.length / 2 : data.length], () => emitType(emitter, code), () => emitter.bytes(data));
}
function emitText(emitter, text) {
	if (text === null) emitter.none();
	else emitter.text(text);
}
function emitStrings(emitter, { shape, values }) {
	emitArray(emitter, shape, () => emitType(emitter, "O"), () => {
		emitter.op(Op.EMPTY_LIST);
		emitter.batches(values, Op.APPENDS, (text) => emitText(emitter, text));
	});
}
function emitComplex(emitter, { re, im }) {
	emitter.call("builtins", "complex", () => emitter.float(re), () => emitter.float(im));
}
function fits(dtype, value) {
	const bits = Number(/\d+$/.exec(dtype)?.[0]);
	return (dtypeKind(dtype) === "int" ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) === value;
}
function badScalar({ dtype, value }) {
	return new AtsError("INVALID_ARGUMENT", `${String(value)} is not a value of ${dtype}; give the scalar another type.`);
}
function emitScalar(emitter, scalar) {
	const { dtype, value } = scalar;
	numpyCode(dtype);
	const kind = dtypeKind(dtype);
	emitter.call("numpy", kind === "bool" ? "bool_" : dtype, () => {
		if (kind === "complex" && typeof value === "object") emitComplex(emitter, value);
		else if (typeof value === "object" || kind === "complex") throw badScalar(scalar);
		else if (kind === "bool") emitter.boolean(Boolean(value));
		else if (kind === "float") emitter.float(Number(value));
		else if (Number.isInteger(Number(value)) && fits(dtype, BigInt(value))) emitter.integer(BigInt(value));
		else throw badScalar(scalar);
	});
}
//#endregion
//#region src/pickle/writer/pandas.ts
function emitLabels(emitter, array) {
	if (array.kind === "strings") emitStrings(emitter, array);
	else emitDense(emitter, array);
}
function emitCategorical(emitter, { codes, categories, ordered }) {
	const bits = codes.BYTES_PER_ELEMENT * 8;
	emitter.call("pandas", "Categorical.from_codes", () => emitVector(emitter, `int${bits}`, codes), () => emitLabels(emitter, categories), () => emitter.boolean(ordered));
}
const MASKED_CLASSES = {
	bool: "BooleanArray",
	int: "IntegerArray",
	uint: "IntegerArray",
	float: "FloatingArray"
};
function emitNullable(emitter, { values, mask }) {
	const kind = dtypeKind(values.dtype);
	if (kind === "complex" || values.dtype === "float16") throw new AtsError("UNSUPPORTED", `pandas has no column of ${values.dtype} with missing values; convert it to float64 first.`);
	emitter.call("pandas.arrays", MASKED_CLASSES[kind], () => emitDense(emitter, values), () => emitVector(emitter, "bool", mask));
}
function emitColumn(emitter, name, column) {
	if (column.kind === "categorical") emitCategorical(emitter, column);
	else if (column.kind === "nullable") emitNullable(emitter, column);
	else if (column.kind !== "arrow") emitLabels(emitter, column);
	else throw arrowColumn(name);
}
function arrowColumn(name) {
	return new AtsError("UNSUPPORTED", `Column "${name}" has an Arrow type that cannot be pickled; store the table as Parquet, or convert the column to text or numbers.`);
}
function emitFrame(emitter, { index, indexName, columns }) {
	const emitColumns = () => {
		emitter.op(Op.EMPTY_DICT);
		emitter.batches(columns, Op.SETITEMS, ([name, column]) => {
			emitter.text(name);
			emitColumn(emitter, name, column);
		});
	};
	const emitIndex = () => {
		emitter.call("pandas", "Index", () => emitColumn(emitter, indexName ?? "index", index), () => emitter.none(), () => emitter.boolean(false), () => emitText(emitter, indexName));
	};
	emitter.call("pandas", "DataFrame", emitColumns, emitIndex);
}
//#endregion
//#region src/pickle/writer/records.ts
function emitRecords(emitter, { fields, length }) {
	const list = [...fields];
	const packed = list.every((entry) => entry[1].kind === "dense");
	emitArray(emitter, [length], () => emitRecordType(emitter, list), () => {
		if (packed) emitter.bytes(packRecords(list, length));
		else emitRows(emitter, list, length);
	});
}
function emitRecordType(emitter, fields) {
	emitter.call("numpy", "dtype", () => {
		emitter.op(Op.EMPTY_LIST);
		emitter.batches(fields, Op.APPENDS, ([name, field]) => {
			const parts = [() => emitter.text(name), () => emitter.text(field.kind === "dense" ? numpyCode(field.dtype) : "O")];
			const extents = field.shape.slice(1);
			if (extents.length > 0) parts.push(() => emitter.tuple(...extents.map((extent) => () => emitter.integer(extent))));
			emitter.tuple(...parts);
		});
	});
}
function packRecords(fields, length) {
	const widths = fields.map(([, field]) => itemSize(field.dtype) * sizeOf$1(field.shape.slice(1)));
	const stride = widths.reduce((total, width) => total + width, 0);
	const bytes = new Uint8Array(stride * length);
	let offset = 0;
	fields.forEach(([, { data }], at) => {
		const width = widths[at];
		const source = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
		for (let i = 0; i < length; i++) bytes.set(source.subarray(i * width, (i + 1) * width), i * stride + offset);
		offset += width;
	});
	return bytes;
}
function emitRows(emitter, fields, length) {
	const cells = fields.map(([, field]) => cellWriter(emitter, field));
	emitter.op(Op.EMPTY_LIST);
	const rows = Array.from({ length }, (_, i) => i);
	emitter.batches(rows, Op.APPENDS, (row) => emitter.tuple(...cells.map((emitCell) => () => emitCell(row))));
}
function cellWriter(emitter, field) {
	const extents = field.shape.slice(1);
	if (extents.length > 0) {
		const width = sizeOf$1(extents);
		if (field.kind === "dense") return (row) => emitDense(emitter, new DenseArray(field.dtype, extents, field.row(row)));
		return (row) => emitStrings(emitter, new StringArray(field.values.slice(row * width, (row + 1) * width), extents));
	}
	if (field.kind === "strings") return (row) => emitText(emitter, field.values[row] ?? null);
	const { dtype, data } = field;
	if (lanes(dtype) === 2) return (row) => emitComplex(emitter, {
		re: Number(data[row * 2]),
		im: Number(data[row * 2 + 1])
	});
	return (row) => emitNumber(emitter, dtype, data[row], data);
}
function emitNumber(emitter, dtype, value, data) {
	if (dtype === "bool") emitter.boolean(Boolean(value));
	else if (dtype === "float16" && data instanceof Uint16Array) emitter.float(float16Value(Number(value)));
	else if (dtype.startsWith("float")) emitter.float(Number(value));
	else emitter.integer(value);
}
//#endregion
//#region src/pickle/writer/sparse.ts
function emitPositions(emitter, positions) {
	emitVector(emitter, positions instanceof Int32Array ? "int32" : "int64", positions);
}
function emitSparse(emitter, { kind, dtype, data, indices, indptr, shape }) {
	emitter.call("scipy.sparse", kind === "csr" ? "csr_matrix" : "csc_matrix", () => emitter.tuple(() => emitVector(emitter, dtype, data), () => emitPositions(emitter, indices), () => emitPositions(emitter, indptr)), () => emitter.tuple(...shape.map((extent) => () => emitter.integer(extent))));
}
//#endregion
//#region src/pickle/writer/value.ts
const ARRAYS = {
	dense: emitDense,
	strings: emitStrings,
	categorical: emitCategorical,
	nullable: emitNullable,
	records: emitRecords,
	csr: emitSparse,
	csc: emitSparse,
	awkward: refuseAwkward,
	frame: emitFrame
};
function refuseAwkward() {
	throw new AtsError("UNSUPPORTED", "An awkward array cannot be pickled; keep it in a Zarr store or an .h5ad.");
}
var ValueWriter = class {
	#emitter;
	#maxDepth;
	#open = new Set();
	constructor(emitter, maxDepth) {
		this.#emitter = emitter;
		this.#maxDepth = maxDepth;
	}
	write(value) {
		if (typeof value === "object" && value !== null) this.#writeObject(value);
		else this.#writeConstant(value);
	}
	#writeConstant(value) {
		if (value === null) this.#emitter.none();
		else if (typeof value === "boolean") this.#emitter.boolean(value);
		else if (typeof value === "string") this.#emitter.text(value);
		else if (typeof value === "bigint") this.#emitter.integer(value);
		else if (typeof value !== "number") throw notAValue(value);
		else if (Number.isSafeInteger(value) && !Object.is(value, -0)) this.#emitter.integer(value);
		else this.#emitter.float(value);
	}
	#writeObject(value) {
		if (value instanceof Uint8Array) this.#emitter.bytes(value);
		else if (isScalar(value)) emitScalar(this.#emitter, value);
		else if (isArrayValue(value)) ARRAYS[value.kind](this.#emitter, value);
		else this.#nested(value, () => this.#writeContainer(value));
	}
	#writeContainer(value) {
		if (value instanceof Tuple) this.#tuple(value, (item) => this.write(item));
		else if (Array.isArray(value)) {
			this.#emitter.op(Op.EMPTY_LIST);
			this.#emitter.batches(value, Op.APPENDS, (item) => this.write(item));
		} else if (value instanceof Set) {
			this.#emitter.op(Op.EMPTY_SET);
			this.#emitter.batches(value, Op.ADDITEMS, (item) => this.#writeHashable(item));
		} else if (value instanceof Map) this.#entries(value, (key) => this.#writeHashable(key));
		else if (isDict(value)) this.#entries(Object.entries(value), (key) => this.write(key));
		else throw notAValue(value);
	}
	#entries(entries, writeKey) {
		this.#emitter.op(Op.EMPTY_DICT);
		this.#emitter.batches(entries, Op.SETITEMS, ([key, value]) => {
			writeKey(key);
			this.write(value);
		});
	}
	#tuple(items, writeItem) {
		this.#emitter.tuple(...items.map((item) => () => writeItem(item)));
	}
	#writeHashable(value) {
		if (value instanceof Tuple) this.#nested(value, () => this.#tuple(value, (item) => this.#writeHashable(item)));
		else if (value instanceof Set) this.#nested(value, () => {
			this.#emitter.op(Op.MARK);
			for (const item of value) this.#writeHashable(item);
			this.#emitter.op(Op.FROZENSET);
		});
		else if (typeof value !== "object" || value === null || value instanceof Uint8Array || isScalar(value)) this.write(value);
		else throw unhashable();
	}
	#nested(value, write) {
		if (this.#open.has(value)) throw new AtsError("INVALID_ARGUMENT", "A value that contains itself cannot be saved; break the cycle.");
		if (this.#open.size >= this.#maxDepth) throw new AtsError("LIMIT_EXCEEDED", `Values nest deeper than ${this.#maxDepth} levels; flatten them before saving.`);
		this.#open.add(value);
		write();
		this.#open.delete(value);
	}
};
function isScalar(value) {
	return value.kind === "scalar" && !isDict(value);
}
function notAValue(value) {
	return new AtsError("INVALID_ARGUMENT", `A value of type ${typeof value === "object" ? value?.constructor?.name ?? "object" : typeof value} cannot be saved; use plain values, arrays of this package, Map, Set or plain objects.`);
}
function unhashable() {
	return new AtsError("INVALID_ARGUMENT", "Members of a Set and keys of a Map must be immutable for Python; use strings, numbers or Tuples.");
}
//#endregion
//#region src/pickle/write.ts
function pickleChunks(value, options = {}) {
	const emitter = new Emitter();
	try {
		new ValueWriter(emitter, pickleLimits(0).maxDepth).write(value);
	} catch (error) {
		throw atPath(error, options.path);
	}
	return emitter.finish();
}
//#endregion
//#region src/formats/ats-write-files.ts
async function writeMember(directory, key, value, path, options) {
	if (value instanceof Frame) {
		await writeParquet(join(directory, encodeKey(key, path, TABLE_SUFFIX)), value, options);
		return;
	}
	const file = join(directory, encodeKey(key, path, PICKLE_SUFFIX));
	const chunks = pickleChunks(value, { path: `${path}/${key}` });
	try {
		const handle = await open$1(file, "wx");
		try {
			for (const chunk of chunks) await handle.write(chunk);
		} finally {
			await handle.close();
		}
	} catch (cause) {
		throw saveError(cause, file);
	}
}
async function writeUns(root, uns, options, onWarning, keep) {
	const directory = join(root, "uns");
	await mkdir(directory);
	for (const key of await uns.keys()) {
		options.signal?.throwIfAborted();
		const files = [PICKLE_SUFFIX, TABLE_SUFFIX].map((suffix) => `uns/${encodeKey(key, "uns", suffix)}`);
		if (await keep(`uns/${key}`, files)) continue;
		const write = async () => {
			const element = await uns.get(key);
			if (element !== void 0) await writeMember(directory, key, await element.read([], options), "uns", options);
		};
		await orLeaveOut(`uns/${key}`, write, onWarning);
	}
}
async function orLeaveOut(path, work, onWarning) {
	try {
		await work();
	} catch (error) {
		if (!AtsError.is(error) || error.code !== "UNSUPPORTED") throw error;
		onWarning(`${path} is left out: ${error.message}`);
	}
}
//#endregion
//#region src/formats/ats-write.ts
const DEFAULT_CODEC = "blosc-lz4:5:noshuffle";
const DEFAULT_MEMORY$1 = 2 ** 30;
const OURS = ["obsp", "varp"];
const MATRICES = /^(X|raw\/X|layers\/.*)$/s;
async function writeAts(elements, path, options = {}) {
	await checkKeys$1(elements);
	const save = {
		format: "ats",
		overwrite: options.overwrite,
		durability: options.durability,
		signal: options.signal
	};
	const session = atsSession(options);
	await saveDirectory(path, save, (root) => new AtsWriter(root, session(root), options).write(elements));
}
function atsSession(options) {
	const dialect = zarr2Dialect({
		codec: options.codec ?? DEFAULT_CODEC,
		fill: "none",
		shuffle: -1
	});
	const context = writeContext$1(options.threads);
	return (root, keep) => {
		return new ZarrWriteSession({
			...directorySink(root),
			...keep && { keep }
		}, dialect, context, { encodedNames: true });
	};
}
async function checkKeys$1(elements) {
	const unsKeys = await elements.uns.keys();
	const maps = [...MAP_NAMES.map((name) => [name, elements[name].keys()])];
	for (const [path, keys] of [...maps, ["uns", unsKeys]]) for (const key of keys) encodeKey(key, path, ".parquet");
}
var AtsWriter = class {
	constructor(root, session, options, keep = async () => false) {
		this.root = root;
		this.session = session;
		this.options = options;
		this.keep = keep;
	}
	async write(elements) {
		const { signal } = this.options;
		await this.#checkNames(elements);
		if (!await this.keep("obs", ["obs.parquet"])) await this.#table(elements.obs, OBS_FILE);
		if (!await this.keep("var", ["var.parquet"])) await this.#table(elements.var, VAR_FILE);
		if (elements.X === null) this.#warn("There is no X: the Python package cannot load this store.");
		else if (!await this.keep("X", ["X"])) await this.#array(elements.X, "", "X", "X");
		for (const name of MAP_NAMES) await this.#map(elements[name], name);
		await writeUns(this.root, elements.uns, { signal }, (message) => this.#warn(message), this.keep);
		if (elements.raw !== null && !await this.keep("raw", ["raw"])) await this.#raw(elements.raw, elements.obs);
	}
	async #table(frame, file) {
		const { signal } = this.options;
		await writeParquet(join(this.root, file), await frame.readFrame(void 0, void 0, { signal }), { signal });
	}
	async #raw(raw, obs) {
		const { signal } = this.options;
		const directory = join(this.root, "raw");
		await mkdir(directory);
		await writeParquet(join(directory, OBS_FILE), await obs.readFrame([], void 0, { signal }), { signal });
		await this.#table(raw.var, join("raw", VAR_FILE));
		if (raw.X !== null) await this.#array(raw.X, "raw", "X", `raw/X`);
		await this.#map(raw.varm, `raw/varm`);
	}
	async #map(members, path) {
		for (const [key, element] of members) {
			this.options.signal?.throwIfAborted();
			const extra = [PICKLE_SUFFIX, TABLE_SUFFIX].map((suffix) => `${EXTRA_NAME}/${path}/${encodeKey(key, path, suffix)}`);
			if (await this.keep(`${path}/${key}`, [`${path}/${encodeKey(key, path)}`, ...extra])) continue;
			if (element.kind === "lazy-array" && isNumeric$1(element)) {
				await mkdir(join(this.root, path), { recursive: true });
				await this.#array(element, path, encodeKey(key, path), `${path}/${key}`);
			} else await this.#extra(element, path, key);
		}
	}
	async #extra(element, path, key) {
		const { signal } = this.options;
		const directory = join(this.root, EXTRA_NAME, path);
		await mkdir(directory, { recursive: true });
		const write = async () => {
			await writeMember(directory, key, await element.read([], { signal }), path, { signal });
			this.#warn(`${path}/${key} is no array of numbers: the Python package will not see it.`);
		};
		await orLeaveOut(`${path}/${key}`, write, (message) => this.#warn(message));
	}
	async #array(source, directory, name, element) {
		const group = zarrMembers(this.session, directory);
		const { codec, chunkRows, chunkColumns, memory = DEFAULT_MEMORY$1, onProgress, signal } = this.options;
		const onBytes = onProgress && ((done, total) => onProgress({
			element,
			done,
			total
		}));
		if (await writeExtended(group, name, source, {
			memory,
			onBytes,
			signal
		})) return;
		const sparse = this.#sparseForm(source, element);
		if (sparse === void 0) return writeDense(group, name, source, {
			codec,
			chunks: chooseChunks(source.shape, source.dtype, {
				chunkRows,
				chunkColumns
			}),
			memory,
			onBytes,
			signal
		});
		const majors = sparse.shape[sparse.sparse === "csc" ? 1 : 0];
		await streamSparse(group, name, sparse, {
			codec,
			memory,
			signal,
			onMajors: (done) => onBytes?.(done, majors)
		});
	}
	#sparseForm(source, element) {
		const { x = "dense" } = this.options;
		const ours = OURS.includes(element.split("/")[0]);
		if (source.sparse !== null && ours) return source;
		const matrix = source.shape.length === 2 && MATRICES.test(element);
		const becomes = (x === "sparse" || x === "dual") && source.sparse === null && matrix;
		if (x === "dense" || source.sparse === null && !becomes) return void 0;
		this.#warn(`${element} is sparse in this store, which the Python package cannot read.`);
		if (x === "dual" && matrix) return asDual(source);
		return becomes ? asCsr(source) : source;
	}
	async #checkNames(elements) {
		const maps = [...MAP_NAMES.map((name) => [name, [...elements[name].keys()]]), ["uns", await elements.uns.keys()]];
		for (const [path, keys] of maps) {
			const pair = findCollision(keys);
			if (pair === void 0 || await this.#tellsApart(...pair)) continue;
			throw new AtsError("UNSAFE_PATH", `${path}: this file system cannot tell the keys "${pair[0]}" and "${pair[1]}" apart; rename one.`, { path });
		}
	}
	async #tellsApart(a, b) {
		const probe = join(this.root, ".names");
		await mkdir(probe);
		try {
			await writeFile(join(probe, encodeKey(a, "")), "", { flag: "wx" });
			return await writeFile(join(probe, encodeKey(b, "")), "", { flag: "wx" }).then(() => true, () => false);
		} finally {
			await rm(probe, {
				recursive: true,
				force: true
			});
		}
	}
	#warn(message) {
		this.options.onWarning?.(message);
	}
};
function isNumeric$1({ dtype, info }) {
	return (info.encoding === "array" || info.encoding.endsWith("_matrix") || info.encoding === "") && typeof dtype === "string" && dtype !== "string";
}
//#endregion
//#region src/workers/locate.ts
function workerUrl(name) {
	return pathToFileURL(join(PACKAGE_ROOT, "dist", "workers", `${name}.js`));
}
//#endregion
//#region src/workers/slot.ts
var Slot = class {
	#worker;
	#control = newControl();
	#events;
	#subject;
	#job;
	#ready = false;
	#ended = false;
	#lastId = 0;
	#seenId = 0;
	#seenBeat = 0;
	constructor({ entry, input, subject, heapMb }, events) {
		this.#events = events;
		this.#subject = subject;
		const workerData = {
			control: this.#control.buffer,
			input
		};
		this.#worker = new Worker(entry, {
			workerData,
			execArgv: [],
			name: "anndata-tensorstore",
			resourceLimits: { maxOldGenerationSizeMb: heapMb }
		});
		this.#worker.unref();
		this.#worker.on("message", (reply) => this.#answer(reply));
		this.#worker.on("error", (cause) => this.#die(cause));
		this.#worker.on("exit", () => this.#die(void 0));
	}
	get busy() {
		return this.#job !== void 0;
	}
	run(job) {
		this.#job = job;
		this.#lastId += 1;
		Atomics.store(this.#control, 0, 0);
		this.#worker.ref();
		this.#worker.postMessage({
			id: this.#lastId,
			op: job.op,
			input: job.input
		});
	}
	stop(job) {
		if (this.#job === job) Atomics.store(this.#control, 0, 1);
	}
	alive() {
		const beat = Atomics.load(this.#control, 1);
		const moved = this.#job === void 0 || this.#seenId !== this.#lastId || this.#seenBeat !== beat;
		this.#seenId = this.#lastId;
		this.#seenBeat = beat;
		return moved;
	}
	async end(error) {
		this.#fail(error);
		this.#ended = true;
		await this.#worker.terminate();
	}
	#answer(reply) {
		if ("ready" in reply) {
			this.#ready = true;
			return;
		}
		const job = this.#job;
		if (job === void 0 || reply.id !== this.#lastId || this.#ended) return;
		if ("error" in reply && reply.broken) {
			this.#events.gone(this);
			this.end(fromWire(reply.error));
			return;
		}
		this.#job = void 0;
		this.#worker.unref();
		if ("error" in reply) job.reject(fromWire(reply.error));
		else job.resolve(reply.value);
		this.#events.idle(this);
	}
	#die(cause) {
		if (this.#ended) return;
		this.#ended = true;
		const path = this.#subject;
		this.#fail(this.#ready ? new AtsError("CORRUPT", `${path}: the reader died while it read; the file is damaged or needs more memory than a reader has.`, {
			path,
			cause
		}) : new AtsError("INTERNAL", `${path}: the reader thread did not start; reinstall the package.`, {
			path,
			cause
		}));
		this.#events.gone(this);
	}
	#fail(error) {
		const job = this.#job;
		this.#job = void 0;
		job?.reject(error);
	}
};
//#endregion
//#region src/workers/pool.ts
var WorkerPool = class {
	size;
	#options;
	#slots = new Set();
	#queue = [];
	#watch;
	#closed = false;
	#started = 0;
	constructor(options) {
		this.#options = options;
		this.size = Math.max(1, Math.floor(options.size));
	}
	get started() {
		return this.#started;
	}
	request(op, input, options = {}) {
		const { signal, heavy = false } = options;
		if (this.#closed) return Promise.reject(this.#closedError());
		if (signal?.aborted) return Promise.reject(signal.reason);
		return new Promise((resolve, reject) => {
			const settle = () => signal?.removeEventListener("abort", abort);
			const job = {
				op,
				input,
				heavy,
				resolve: (value) => {
					settle();
					resolve(value);
				},
				reject: (error) => {
					settle();
					reject(error);
				}
			};
			const abort = () => {
				const at = this.#queue.indexOf(job);
				if (at >= 0) this.#queue.splice(at, 1);
				for (const slot of this.#slots) slot.stop(job);
				reject(signal?.reason);
			};
			signal?.addEventListener("abort", abort, { once: true });
			this.#queue.push(job);
			this.#pump();
		});
	}
	async close() {
		this.#closed = true;
		clearInterval(this.#watch);
		this.#watch = void 0;
		const slots = [...this.#slots];
		this.#slots.clear();
		for (const job of this.#queue.splice(0)) job.reject(this.#closedError());
		await Promise.all(slots.map((slot) => slot.end(this.#closedError())));
	}
	#pump() {
		while (this.#queue.length > 0) {
			const slot = this.#idle();
			if (slot === void 0) return;
			slot.run(this.#queue.shift());
			this.#watchOver();
		}
	}
	#idle() {
		for (const slot of this.#slots) if (!slot.busy) return slot;
		if (!(this.#slots.size === 0 || this.#slots.size < this.size && this.#queue.some((job) => job.heavy))) return void 0;
		const { entry, input, subject, heapMb = 1024 } = this.#options;
		const slot = new Slot({
			entry,
			input,
			subject,
			heapMb
		}, {
			idle: () => this.#pump(),
			gone: (lost) => {
				this.#slots.delete(lost);
				this.#pump();
			}
		});
		this.#slots.add(slot);
		this.#started += 1;
		return slot;
	}
	#watchOver() {
		const stallMs = this.#options.stallMs ?? 12e4;
		this.#watch ??= setInterval(() => {
			let busy = false;
			for (const slot of [...this.#slots]) {
				busy ||= slot.busy;
				if (slot.alive()) continue;
				this.#slots.delete(slot);
				slot.end(this.#stalledError());
			}
			if (!busy) {
				clearInterval(this.#watch);
				this.#watch = void 0;
			}
			this.#pump();
		}, stallMs).unref();
	}
	#closedError() {
		const path = this.#options.subject;
		return new AtsError("CLOSED", `${path} was closed; open it again to read from it.`, { path });
	}
	#stalledError() {
		const path = this.#options.subject;
		return new AtsError("CORRUPT", `${path}: reading it does not come to an end; the file is damaged.`, { path });
	}
};
//#endregion
//#region src/storage/h5wasm-split.ts
function splitRows(selection, chunk, rows) {
	if (selection.count <= rows) return [selection];
	if (selection.kind === "range") return splitRange(selection.start, selection.step, selection.count, chunk, rows);
	const { positions, count } = selection;
	for (let i = 1; i < count; i++) if (positions[i - 1] > positions[i]) return [selection];
	const parts = [];
	for (let first = 0; first < count;) {
		let end = Math.min(count, first + rows);
		const block = Math.floor(positions[end - 1] / chunk);
		while (end < count && Math.floor(positions[end] / chunk) === block) end++;
		parts.push({
			kind: "positions",
			positions: positions.subarray(first, end).slice(),
			count: end - first
		});
		first = end;
	}
	return parts;
}
function splitRange(start, step, count, chunk, rows) {
	const block = Math.max(chunk, Math.ceil(rows * Math.abs(step) / chunk) * chunk);
	const parts = [];
	for (let first = 0; first < count;) {
		const at = start + first * step;
		const edge = step > 0 ? (Math.floor(at / block) + 1) * block - 1 : Math.floor(at / block) * block;
		const taken = Math.min(count - first, Math.floor((edge - at) / step) + 1);
		parts.push({
			kind: "range",
			start: at,
			step,
			count: taken
		});
		first += taken;
	}
	return parts;
}
//#endregion
//#region src/storage/h5wasm-strings.ts
const PER_TURN = 16 * 1024;
async function decodeStrings(strings, out, first, signal) {
	const { starts, lengths, bytes } = strings;
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let i = 0; i < starts.length; i++) {
		if (i % PER_TURN === PER_TURN - 1) {
			await setImmediate$1();
			signal?.throwIfAborted();
		}
		const start = starts[i];
		out[first + i] = buffer.toString("utf8", start, start + lengths[i]);
	}
}
//#endregion
//#region src/storage/h5wasm-read.ts
const PART_BYTES$1 = 8 * 2 ** 20;
const PART_STRINGS = 256 * 1024;
const HEAVY_BYTES = 2 ** 20;
const IMPLAUSIBLE_RATIO = 1100;
const PLAUSIBLE_BYTES = 2 ** 30;
const STRING_BYTES = 32;
async function readH5(file, info, selection, signal) {
	signal?.throwIfAborted();
	const count = selection.reduce((product, axis) => product * axis.count, 1);
	checkSize(file, info, count);
	const direct = await file.direct.dataset(info);
	if (direct !== void 0) return direct.read(selection, plausibleBytes(file), signal);
	checkHeap(file, info, count);
	const text = info.dtype === "string";
	const rows = selection[0];
	const perRow = rows === void 0 || rows.count === 0 ? 1 : count / rows.count;
	const partRows = Math.floor((text ? PART_STRINGS : PART_BYTES$1 / info.itemBytes) / perRow);
	const parts = typeof info.dtype === "string" && rows !== void 0 ? splitRows(rows, info.layout.chunks?.[0] ?? 1, Math.max(1, partRows)) : [];
	const heavy = count * info.itemBytes >= HEAVY_BYTES;
	const read = (entries) => file.pool.request("read", {
		address: info.address,
		selection: entries
	}, {
		signal,
		heavy
	});
	if (parts.length <= 1) return adopt(await read(selection), signal);
	const shape = selection.map((axis) => axis.count);
	const readPart = (part) => read([part, ...selection.slice(1)]);
	return text ? joinStrings(file, parts, shape, readPart, signal) : joinNumbers(file, info.dtype, parts, shape, readPart);
}
async function readH5Runs(file, info, runs, into, options) {
	const { signal } = options;
	signal?.throwIfAborted();
	const direct = await file.direct.dataset(info);
	if (direct !== void 0) return direct.readRuns(runs, into, options);
	const positions = Float64Array.from(positionsOf(runs));
	const bytes = bytesOf((await readH5(file, info, [{
		kind: "positions",
		positions,
		count: positions.length
	}], signal)).data);
	const target = bytesOf(into);
	const width = info.itemBytes;
	let at = 0;
	runs.places.forEach((place, i) => {
		const length = runs.counts[i] * width;
		target.set(bytes.subarray(at, at + length), place * width);
		at += length;
	});
}
function* positionsOf({ starts, counts }) {
	for (let i = 0; i < starts.length; i++) for (let k = 0; k < counts[i]; k++) yield starts[i] + k;
}
function bytesOf({ buffer, byteOffset, byteLength }) {
	return new Uint8Array(buffer, byteOffset, byteLength);
}
function plausibleBytes(file) {
	return file.maxReadBytes ?? Math.max(PLAUSIBLE_BYTES, file.size * IMPLAUSIBLE_RATIO);
}
function checkSize(file, info, count) {
	checkLimit(file, info, count * info.itemBytes, plausibleBytes(file));
}
function checkHeap(file, info, count) {
	checkLimit(file, info, textFields(info) * count * STRING_BYTES, getHeapStatistics().heap_size_limit);
}
function checkLimit(file, info, bytes, limit) {
	if (bytes <= limit) return;
	const path = `${file.path}${info.address}`;
	throw new AtsError("LIMIT_EXCEEDED", `${path} would give ${bytes} bytes at once, more than ${limit}; select fewer rows or columns, or raise maxReadBytes.`, { path });
}
function textFields({ dtype }) {
	if (dtype === null || typeof dtype === "string") return dtype === "string" ? 1 : 0;
	return dtype.fields.filter((field) => field.dtype === "string").length;
}
async function adopt(value, signal) {
	if (value.kind === "numbers") return dense$1(value);
	if (value.kind === "strings") return strings(value, signal);
	return records(value, signal);
}
function dense$1(value) {
	const { dtype, shape, data } = value;
	return new DenseArray(dtype, shape, viewAs(dtype, data.buffer, data.byteOffset, sizeOf$1(shape)));
}
async function strings(value, signal) {
	const out = new Array(value.starts.length);
	await decodeStrings(value, out, 0, signal);
	return new StringArray(out, value.shape);
}
async function records(value, signal) {
	const fields = new Map();
	for (const { name, value: field } of value.fields) fields.set(name, field.kind === "numbers" ? dense$1(field) : await strings(field, signal));
	return new RecordArray(fields, value.length);
}
async function joinNumbers(file, dtype, parts, shape, readPart) {
	const data = allocate(dtype, sizeOf$1(shape));
	const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
	const rowBytes = sizeOf$1(shape.slice(1)) * itemSize(dtype);
	await eachPart$1(file, parts, async (part, row) => {
		const { data: piece } = await readPart(part);
		bytes.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), row * rowBytes);
	});
	return new DenseArray(dtype, shape, data);
}
async function joinStrings(file, parts, shape, readPart, signal) {
	const out = new Array(sizeOf$1(shape));
	const perRow = sizeOf$1(shape.slice(1));
	await eachPart$1(file, parts, async (part, row) => {
		await decodeStrings(await readPart(part), out, row * perRow, signal);
	});
	return new StringArray(out, shape);
}
async function eachPart$1(file, parts, work) {
	let next = 0;
	let row = 0;
	let failed = false;
	const lane = async () => {
		while (next < parts.length && !failed) {
			const part = parts[next++];
			const at = row;
			row += part.count;
			await work(part, at).catch((error) => {
				failed = true;
				throw error;
			});
		}
	};
	await Promise.all(Array.from({ length: file.pool.size + 1 }, lane));
}
//#endregion
//#region src/storage/hdf5-place.ts
const HEADERS = new WeakMap();
function notePlace(node, reader, header) {
	if (header !== null) HEADERS.set(node, {
		reader,
		header
	});
}
async function storedPlace(node) {
	const noted = HEADERS.get(node);
	const object = await noted?.reader.stored(noted.header, node.path);
	if (noted === void 0 || object === void 0) return void 0;
	const { kind, shape } = object.info();
	const differs = node.kind === "array" && shape !== null && String(shape) !== String(node.shape);
	return kind !== node.kind || differs ? void 0 : {
		object,
		header: noted.header
	};
}
//#endregion
//#region src/storage/h5wasm-nodes.ts
var H5wasmGroup = class H5wasmGroup {
	kind = "group";
	path;
	attributes;
	#file;
	#info;
	#depth;
	#keys;
	constructor(file, path, info, depth) {
		this.path = path;
		this.attributes = info.attributes;
		this.#file = file;
		this.#info = info;
		this.#depth = depth;
		notePlace(this, file.direct, info.header);
	}
	keys() {
		this.#keys ??= this.#names();
		this.#keys.catch(() => {
			this.#keys = void 0;
		});
		return this.#keys;
	}
	async get(name) {
		const { maxDepth, path } = this.#file;
		const info = await this.#child(name);
		if (info === void 0) return void 0;
		const at = this.path === "" ? name : `${this.path}/${name}`;
		if (info.kind === "array") return new H5wasmArray(this.#file, at, info);
		if (this.#depth + 1 > maxDepth) throw new AtsError("LIMIT_EXCEEDED", `${path} nests groups deeper than ${maxDepth}; raise maxDepth if you trust it.`, { path: `${path}/${at}` });
		return new H5wasmGroup(this.#file, at, info, this.#depth + 1);
	}
	async #names() {
		const { direct, pool } = this.#file;
		return await direct.names(this.#info) ?? pool.request("names", this.#info.address);
	}
	async #child(name) {
		const { direct, pool } = this.#file;
		const found = await direct.child(this.#info, name);
		if (found !== void 0) return found.node;
		return pool.request("child", {
			address: this.#info.address,
			name
		});
	}
};
var H5wasmArray = class {
	kind = "array";
	path;
	attributes;
	shape;
	dtype;
	layout;
	empty;
	fixedText;
	#file;
	#info;
	constructor(file, path, info) {
		this.path = path;
		this.attributes = info.attributes;
		this.shape = info.shape;
		this.dtype = info.dtype ?? { fields: [] };
		this.layout = info.layout;
		this.empty = info.empty;
		this.fixedText = info.fixedText;
		this.#file = file;
		this.#info = info;
		notePlace(this, file.direct, info.header);
		if (info.shape.length === 1 && info.dtype !== null && info.dtype !== "string" && typeof info.dtype === "string") this.readRuns = (runs, into, options = {}) => readH5Runs(file, info, runs, into, options);
	}
	read(selection = [], options = {}) {
		const whole = this.shape.map((extent, axis) => selection[axis] ?? wholeAxis(extent));
		return readH5(this.#file, this.#info, whole, options.signal);
	}
	async storedBytes() {
		return (await this.#file.direct.dataset(this.#info))?.storedBytes;
	}
};
//#endregion
//#region src/storage/hdf5-records.ts
function recordType(fields) {
	return { fields: fields.map(({ name, dtype, shape }) => {
		const field = {
			name,
			dtype
		};
		return shape.length > 0 ? {
			...field,
			shape
		} : field;
	}) };
}
async function takeApart(records, length, itemBytes, fields, texts) {
	const columns = new Map();
	for (const field of fields) {
		const elements = column(records, length, itemBytes, field);
		const shape = [length, ...field.shape];
		columns.set(field.name, field.dtype === "string" ? await texts(elements, field, shape) : numbers$1(elements, field, shape));
	}
	return new RecordArray(columns, length);
}
function column(records, length, itemBytes, field) {
	const width = field.itemBytes * sizeOf$1(field.shape);
	const bytes = new Uint8Array(length * width);
	for (let i = 0; i < length; i++) {
		const from = i * itemBytes + field.offset;
		for (let b = 0; b < width; b++) bytes[i * width + b] = records[from + b];
	}
	return bytes;
}
function numbers$1(bytes, { dtype, swap }, shape) {
	if (swap > 0) swapBytes$1(bytes, swap);
	return new DenseArray(dtype, shape, viewAs(dtype, bytes.buffer, 0, sizeOf$1(shape)));
}
//#endregion
//#region src/storage/hdf5-dataset.ts
var Hdf5Dataset = class {
	#file;
	#handle;
	#name;
	#dtype;
	#shape;
	#threads;
	#count;
	constructor(file, handle, name, dtype, shape, threads, count) {
		this.#file = file;
		this.#handle = handle;
		this.#name = name;
		this.#dtype = dtype;
		this.#shape = shape;
		this.#threads = threads;
		this.#count = count;
	}
	get storedBytes() {
		return this.#dtype === "string" ? void 0 : this.#handle.info().storedBytes;
	}
	async read(selection, maxBytes, signal) {
		const axes = selection.map((axis, i) => selected(axis, this.#shape[i]));
		const shape = selection.map((axis) => axis.count);
		const dtype = this.#dtype;
		if (dtype === "records") return this.#readRecords(axes, shape[0] ?? 1, maxBytes, signal);
		return dtype === "string" ? this.#readStrings(axes, shape, maxBytes, signal) : this.#readNumbers(dtype, axes, shape, signal);
	}
	async readRuns(runs, into, options) {
		const { starts, counts, places } = runs;
		const { fresh = false, signal } = options;
		await this.#served(signal, (token) => this.#handle.readRuns(starts, counts, places, into, fresh, this.#threads, token));
	}
	async #readNumbers(dtype, axes, shape, signal) {
		const data = allocateUnset(dtype, sizeOf$1(shape));
		await this.#served(signal, (token) => this.#handle.read(axes, data, true, this.#threads, token));
		return new DenseArray(dtype, shape, data);
	}
	async #readStrings(axes, shape, maxBytes, signal) {
		const strings = await this.#served(signal, (token) => this.#handle.readStrings(axes, maxBytes, this.#threads, token));
		return this.#take(strings, shape, signal);
	}
	async #readRecords(axes, length, maxBytes, signal) {
		const { fields, itemBytes } = this.#handle.info();
		const records = allocateUnset("uint8", length * itemBytes);
		await this.#served(signal, (token) => this.#handle.read(axes, records, true, this.#threads, token));
		const texts = async (elements, field, shape) => {
			const { itemBytes: width, fixed, padding } = field;
			const start = (token) => this.#file.texts(elements, width, fixed, padding, maxBytes, token);
			const strings = await cancellable(signal, start).catch((error) => {
				throw located(error, this.#name);
			});
			return this.#take(strings, shape, signal);
		};
		return takeApart(records, length, itemBytes, fields, texts);
	}
	async #take(strings, shape, signal) {
		const { count, byteLength } = strings.sizes();
		const offsets = byteLength > INT32_MAX$3 ? allocate("int64", count + 1) : allocate("int32", count + 1);
		const bytes = allocate("uint8", byteLength);
		await cancellable(signal, (token) => strings.fill(offsets, bytes, token));
		return StringArray.fromUtf8({
			offsets,
			bytes
		}, shape);
	}
	async #served(signal, start) {
		try {
			const value = await cancellable(signal, start);
			this.#count();
			return value;
		} catch (error) {
			throw located(error, this.#name);
		}
	}
};
function located(error, name) {
	if (!AtsError.is(error)) return error;
	const reason = error.message.replace(/\.$/, "");
	return new AtsError(error.code, `${name} cannot be read: ${reason}.`, {
		path: name,
		cause: error
	});
}
//#endregion
//#region src/storage/hdf5-info.ts
const POINTER_BYTES = 4;
function nodeInfo(node) {
	if (node.kind === "other") return void 0;
	if (node.kind === "array") return arrayInfo(node);
	const { path, header } = node;
	return {
		kind: "group",
		address: path,
		attributes: attributesOf(node.attributes),
		header
	};
}
function arrayInfo(node) {
	const text = node.dtype === "string";
	return {
		kind: "array",
		address: node.path,
		attributes: attributesOf(node.attributes),
		shape: node.shape,
		dtype: node.dtype === "records" ? recordType(node.fields) : node.dtype,
		unsupported: null,
		layout: {
			chunks: node.chunks,
			shards: null,
			codec: codecOf(filtersOf(node))
		},
		empty: node.empty,
		fixedText: text && node.fixed && node.ascii,
		itemBytes: itemBytesOf(node),
		header: node.header
	};
}
function itemBytesOf({ dtype, fixed, itemBytes, fields }) {
	if (dtype === "string") return fixed ? itemBytes : POINTER_BYTES;
	return fields.filter((field) => field.dtype === "string" && !field.fixed).reduce((bytes, field) => bytes - sizeOf$1(field.shape) * (field.itemBytes - POINTER_BYTES), itemBytes);
}
function filtersOf({ filters }) {
	return Array.from({ length: filters.length / 2 }, (_, i) => ({
		id: filters[2 * i],
		name: filters[2 * i + 1]
	}));
}
function attributesOf(items) {
	const attributes = Object.create(null);
	for (let i = 0; i < items.length; i += 2) attributes[items[i]] = items[i + 1];
	return attributes;
}
//#endregion
//#region src/storage/hdf5.ts
const FINAL = [
	"UNSAFE_PATH",
	"STALE",
	"IO"
];
var Hdf5Reader = class {
	#options;
	#datasets = new Map();
	#counts = {
		reads: 0,
		refused: 0,
		nodes: 0,
		nodesRefused: 0
	};
	#file;
	#opening;
	#closed = false;
	constructor(options) {
		this.#options = options;
	}
	async root() {
		const node = await this.#look("", (file) => file.root(0));
		return node && nodeInfo(node);
	}
	names(group) {
		const { header, address } = group;
		if (header === null) return Promise.resolve(void 0);
		return this.#look(address, (file) => file.names(header, 0));
	}
	async child(group, name) {
		const { header, address } = group;
		if (header === null) return void 0;
		const found = await this.#look(address === "/" ? `/${name}` : `${address}/${name}`, async (file) => ({ node: await file.child(header, address, name, 0) }));
		return found && { node: found.node && nodeInfo(found.node) };
	}
	dataset(info) {
		let dataset = this.#datasets.get(info.address);
		if (dataset === void 0) {
			dataset = this.#open(info);
			this.#datasets.set(info.address, dataset);
			dataset.catch(() => this.#datasets.delete(info.address));
		}
		return dataset;
	}
	async stored(header, name) {
		const file = await this.#openFile();
		const at = `${this.#options.path}/${name}`;
		try {
			return await file?.stored(header, at, 0);
		} catch (error) {
			if (AtsError.is(error) && error.code === "UNSUPPORTED") return void 0;
			throw located(error, at);
		}
	}
	statistics() {
		return {
			...this.#counts,
			bytes: this.#file?.bytesRead() ?? 0
		};
	}
	close() {
		this.#closed = true;
		this.#file?.close();
	}
	async #look(address, ask) {
		try {
			const file = await this.#openFile();
			if (file !== void 0) {
				const answer = await ask(file);
				this.#counts.nodes += 1;
				return answer;
			}
		} catch (error) {
			this.#checkFinal(error, `${this.#options.path}${address}`);
		}
		this.#counts.nodesRefused += 1;
	}
	#checkFinal(error, name) {
		if (!AtsError.is(error) || FINAL.includes(error.code)) throw located(error, name);
	}
	async #open(info) {
		const { path, threads } = this.#options;
		const name = `${path}${info.address}`;
		try {
			if (info.header === null || info.empty || info.dtype === null) return void 0;
			if (typeof info.dtype !== "string" && info.shape.length > 1) return void 0;
			const file = await this.#openFile();
			if (file === void 0) return this.#refuse();
			const handle = await file.dataset(info.header, name, 0);
			const found = handle.info();
			if (!(isDeepStrictEqual(found.dtype === "records" ? recordType(found.fields) : found.dtype, info.dtype) && sameExtents(found.shape, info.shape) && sameExtents(found.chunks, info.layout.chunks))) return this.#refuse();
			const kind = found.dtype;
			return new Hdf5Dataset(file, handle, name, kind, info.shape, threads, () => {
				this.#counts.reads += 1;
			});
		} catch (error) {
			this.#checkFinal(error, name);
			return this.#refuse();
		}
	}
	#refuse() {
		this.#counts.refused += 1;
	}
	#openFile() {
		this.#opening ??= this.#openNow();
		return this.#opening;
	}
	async #openNow() {
		const { fd, path, limits } = this.#options;
		try {
			const most = (limit) => Math.min(limit, Number.MAX_SAFE_INTEGER);
			const file = await native$1().openHdf5(fd, path, most(limits.maxChunkBytes), most(limits.maxMetadataBytes), 0);
			this.#file = file;
			if (this.#closed) file.close();
			return file;
		} catch (error) {
			if (AtsError.is(error)) return void 0;
			throw error;
		}
	}
};
function sameExtents(a, b) {
	if (a === null || b === null) return a === b;
	return a.length === b.length && a.every((extent, i) => extent === b[i]);
}
//#endregion
//#region src/storage/h5wasm.ts
const MOST_THREADS = 8;
async function openH5wasm(path, options = {}) {
	options.signal?.throwIfAborted();
	const { fd, size } = await openRegular(path);
	const { limits = {} } = options;
	const input = {
		fd,
		size,
		path,
		limits: {
			maxChunkBytes: limits.maxChunkBytes ?? 2 ** 30,
			maxMetadataBytes: limits.maxMetadataBytes ?? 64 * 2 ** 20
		}
	};
	const threads = Math.min(options.threads ?? availableParallelism(), MOST_THREADS);
	const pool = new WorkerPool({
		entry: workerUrl("h5wasm-worker"),
		size: threads,
		input,
		subject: path
	});
	const direct = new Hdf5Reader({
		fd,
		path,
		threads: options.threads ?? availableParallelism(),
		limits: input.limits
	});
	const release = closing(pool, direct, fd);
	const file = {
		pool,
		direct,
		path,
		size,
		maxReadBytes: limits.maxReadBytes,
		maxDepth: limits.maxDepth ?? 64
	};
	try {
		const { signal } = options;
		const root = await direct.root() ?? await pool.request("root", void 0, { signal });
		signal?.throwIfAborted();
		return {
			capabilities: {
				gather: true,
				concurrent: true,
				writable: false
			},
			location: path,
			root: new H5wasmGroup(file, "", root, 0),
			statistics: () => ({
				...direct.statistics(),
				workers: pool.started
			}),
			close: release
		};
	} catch (error) {
		await release();
		throw error;
	}
}
function closing(pool, direct, fd) {
	let done;
	return () => {
		direct.close();
		done ??= pool.close().then(() => promisify(close)(fd));
		return done;
	};
}
async function openRegular(path) {
	const fd = await promisify(open)(path, constants$1.O_RDONLY | (constants$1.O_NONBLOCK ?? 0)).catch((cause) => {
		throw openFailure(path, cause);
	});
	const stat = await promisify(fstat)(fd);
	if (stat.isFile()) return {
		fd,
		size: stat.size
	};
	await promisify(close)(fd);
	if (stat.isDirectory()) throw new AtsError("INVALID_ARGUMENT", `${path} is a directory; name an HDF5 file.`, { path });
	throw new AtsError("UNSAFE_PATH", `${path} is not a regular file; name an HDF5 file.`, { path });
}
function openFailure(path, cause) {
	const { code = "unknown error" } = cause;
	if (code === "ENOENT" || code === "ENOTDIR") return new AtsError("NOT_FOUND", `${path} does not exist; check the path.`, {
		path,
		cause
	});
	if (code === "ENXIO" || code === "ELOOP") return new AtsError("UNSAFE_PATH", `${path} is not a regular file; name an HDF5 file.`, {
		path,
		cause
	});
	return new AtsError("IO", `${path} cannot be opened (${code}).`, {
		path,
		cause
	});
}
//#endregion
//#region src/encodings/records.ts
function fieldsOf(node) {
	if (typeof node.dtype === "string" || node.shape.length !== 1) throw corrupt$1(node.path, "should hold records");
	return node.dtype.fields;
}
function fieldArray(node, field) {
	const shape = [node.shape[0] ?? 0, ...field.shape ?? []];
	const path = `${node.path}/${field.name}`;
	const read = async (selection = [], options) => {
		const records = await node.read([selection[0]], options);
		const value = records instanceof RecordArray ? records.fields.get(field.name) : void 0;
		if (value === void 0) throw corrupt$1(path, "cannot be found among its records");
		const inner = [wholeAxis(value.length), ...selection.slice(1)];
		return value.kind === "dense" ? takeDense(value, inner) : takeStrings(value, inner);
	};
	return {
		kind: "lazy-array",
		info: {
			...infoOf(node, field.dtype === "string" ? "string-array" : "array", "", { shape }),
			path,
			dtype: field.dtype
		},
		shape,
		dtype: field.dtype,
		sparse: null,
		read,
		storedBytes: async () => void 0
	};
}
function recordFrame(node) {
	const [first, ...columns] = fieldsOf(node);
	if (first === void 0) throw corrupt$1(node.path, "holds records without fields");
	const byName = new Map(columns.map((field) => [field.name, field]));
	return columnFrame({
		info: infoOf(node, "dataframe", "", {
			shape: [node.shape[0] ?? 0, columns.length],
			layout: node.layout
		}),
		columnNames: [...byName.keys()],
		index: fieldArray(node, first),
		indexName: first.name,
		column: async (name) => fieldArray(node, byName.get(name))
	});
}
//#endregion
//#region src/formats/anndata-mapping.ts
async function openMapping(group, name, context) {
	const node = await group.get(name);
	if (node === void 0) return new Map();
	if (node.kind === "array") {
		if (node.empty === true) return new Map();
		return new Map(fieldsOf(node).map((field) => [field.name, fieldArray(node, field)]));
	}
	if (node.kind === "table") throw new AtsError("CORRUPT", `${node.path} should be a group.`, { path: node.path });
	const members = await Promise.all((await node.keys()).map(async (key) => [key, await openMember(node, key, context)]));
	return new Map(members.filter((member) => member[1] !== void 0));
}
async function openMember(group, key, context) {
	try {
		const node = await group.get(key);
		return node === void 0 ? void 0 : await context.open(node);
	} catch (error) {
		return failedElement(`${group.path}/${key}`, error);
	}
}
//#endregion
//#region src/formats/anndata-parts.ts
async function openFrame(node, context) {
	if (node.kind === "array") return recordFrame(node);
	const element = await context.open(node);
	if (element.kind === "lazy-frame") return element;
	const { encoding, encodingVersion } = element.info;
	throw new AtsError("UNSUPPORTED", `${node.path} should be a data frame but has the encoding ${encoding} ${encodingVersion}; update the package.`, { path: node.path });
}
async function openMatrix$1(group, name, context) {
	const node = await group.get(name);
	if (node === void 0) return null;
	const element = await context.open(node);
	if (element.kind === "lazy-array") return element;
	if (element.info.encoding === "null") return null;
	throw new AtsError("UNSUPPORTED", `${node.path} should be a matrix but has the encoding ${element.info.encoding} ${element.info.encodingVersion}.`, { path: node.path });
}
//#endregion
//#region src/formats/anndata-raw.ts
async function openRaw(root, context) {
	const node = await root.get("raw");
	if (node?.kind === "group") return openParts(node, "", context);
	return (await root.keys()).includes("raw.X") ? openParts(root, "raw.", context) : null;
}
async function openParts(group, prefix, context) {
	const [X, vars, varm] = await Promise.all([
		openMatrix$1(group, `${prefix}X`, context),
		group.get(`${prefix}var`),
		openMapping(group, `${prefix}varm`, context)
	]);
	if (X === null && vars === void 0) return null;
	if (vars === void 0) throw new AtsError("CORRUPT", "raw has a matrix but no data frame of its variables.", { path: "raw" });
	return {
		X,
		var: await openFrame(vars, context),
		varm
	};
}
//#endregion
//#region src/formats/dict-view.ts
function hideKeys(dict, hidden) {
	return lazyDict({
		info: dict.info,
		keys: async () => {
			const gone = await hidden();
			return (await dict.keys()).filter((key) => !gone.has(key));
		},
		get: async (key) => (await hidden()).has(key) ? void 0 : dict.get(key),
		storedBytes: (options) => dict.storedBytes(options)
	});
}
function replaceKey(dict, key, element) {
	return lazyDict({
		info: dict.info,
		keys: () => dict.keys(),
		get: async (asked) => asked === key ? element : dict.get(asked),
		storedBytes: (options) => dict.storedBytes(options)
	});
}
//#endregion
//#region src/formats/old-categories.ts
const SUFFIX = "_categories";
function withOldCategories(obs, vars, uns, old) {
	if (!old) return {
		obs,
		var: vars,
		uns
	};
	let found;
	const find = () => {
		found ??= findCategories(obs, vars, uns);
		found.catch(() => {
			found = void 0;
		});
		return found;
	};
	return {
		obs: coded(obs, async () => (await find()).obs),
		var: coded(vars, async () => (await find()).var),
		uns: hideKeys(uns, async () => (await find()).keys)
	};
}
async function findCategories(obs, vars, uns) {
	const found = {
		obs: new Map(),
		var: new Map(),
		keys: new Set()
	};
	for (const key of await uns.keys()) {
		const name = key.endsWith(SUFFIX) ? key.slice(0, -11) : "";
		const frames = ["obs", "var"].filter((axis) => (axis === "obs" ? obs : vars).columnNames.includes(name));
		if (name === "" || frames.length === 0) continue;
		const categories = categoriesOf(await (await uns.get(key))?.read());
		if (categories === void 0) continue;
		for (const axis of frames) {
			if (codesOf((await (axis === "obs" ? obs : vars).readFrame([name])).columns.get(name), categories.length) === void 0) continue;
			found[axis].set(name, categories);
			found.keys.add(key);
		}
	}
	return found;
}
function categoriesOf(value) {
	if (typeof value === "string") return new StringArray([value]);
	if (typeof value === "number" && Number.isInteger(value)) return new DenseArray("int64", [1], BigInt64Array.of(BigInt(value)));
	return (value instanceof StringArray || value instanceof DenseArray) && value.shape.length === 1 ? value : void 0;
}
function codesOf(column, count) {
	if (!(column instanceof DenseArray) || !/^u?int/.test(column.dtype)) return void 0;
	const { data } = column;
	for (let i = 0; i < data.length; i++) {
		const code = Number(data[i]);
		if (code < -1 || code >= count) return void 0;
	}
	if (data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array) return data;
	return Int32Array.from(data, Number);
}
function coded(frame, find) {
	const restore = async (name, column) => {
		const categories = (await find()).get(name);
		const codes = categories === void 0 ? void 0 : codesOf(column, categories.length);
		return categories === void 0 || codes === void 0 ? column : new Categorical(codes, categories);
	};
	const readFrame = async (names, rows, options) => {
		const plain = await frame.readFrame(names, rows, options);
		const columns = new Map();
		for (const [name, column] of plain.columns) columns.set(name, await restore(name, column));
		return new Frame(plain.index, columns, plain.indexName);
	};
	const { info, shape, length, columnNames, indexName } = frame;
	return {
		kind: "lazy-frame",
		info,
		shape,
		length,
		columnNames,
		indexName,
		readFrame,
		read: (selection = [], options) => {
			return readFrame(selection[1] && Array.from(toPositions$1(selection[1]), (at) => columnNames[at]), selection[0], options);
		},
		column: async (name) => codedColumn(await frame.column(name), name, find, restore),
		storedBytes: (options) => frame.storedBytes(options)
	};
}
async function codedColumn(base, name, find, restore) {
	const categories = (await find()).get(name);
	if (categories === void 0) return base;
	const dtype = categories.kind === "dense" ? categories.dtype : "string";
	return {
		...base,
		info: {
			...base.info,
			encoding: "categorical",
			dtype
		},
		dtype,
		read: async (selection = [], options) => restore(name, await base.read(selection, options))
	};
}
//#endregion
//#region src/formats/old-neighbors.ts
const GRAPHS = ["distances", "connectivities"];
async function withoutAdjacency(uns, obsp) {
	const neighbors = (await uns.keys()).includes("neighbors") ? await uns.get("neighbors") : void 0;
	if (neighbors?.kind !== "lazy-dict") return {
		uns,
		obsp
	};
	const present = await neighbors.keys();
	const moved = new Map();
	for (const key of GRAPHS) {
		const graph = present.includes(key) ? await neighbors.get(key) : void 0;
		if (graph?.kind === "lazy-array" && graph.shape.length === 2) moved.set(key, graph);
	}
	if (moved.size === 0) return {
		uns,
		obsp
	};
	return {
		uns: replaceKey(uns, "neighbors", hideKeys(neighbors, async () => new Set(moved.keys()))),
		obsp: new Map([...obsp, ...moved])
	};
}
//#endregion
//#region src/formats/anndata-group.ts
async function openAnnDataGroup(root, location, { encodings } = {}) {
	const context = openContext(root, encodings);
	const type = root.attributes["encoding-type"];
	const [obsNode, varNode] = await together(root.get("obs"), root.get("var"));
	if (obsNode === void 0 || varNode === void 0 || typeof type === "string" && type !== "anndata") throw new AtsError("UNSUPPORTED", `${location} holds no AnnData: it has no obs and var; convert it first.`, { path: location });
	const mapping = (name) => openMapping(root, name, context);
	const [obs, vars, layers, obsm, varm, obsp, varp, uns, X, raw] = await together(openFrame(obsNode, context), openFrame(varNode, context), mapping("layers"), mapping("obsm"), mapping("varm"), mapping("obsp"), mapping("varp"), openUns(root, context), openMatrix$1(root, "X", context), openRaw(root, context));
	const neighbors = await withoutAdjacency(uns, obsp);
	const old = withOldCategories(obs, vars, neighbors.uns, obsNode.kind === "array");
	const version = root.attributes["encoding-version"];
	const elements = {
		shape: [obs.length, vars.length],
		X,
		obs: old.obs,
		var: old.var,
		layers,
		obsm,
		varm,
		obsp: neighbors.obsp,
		varp,
		uns: old.uns,
		raw
	};
	checkAligned(elements, location);
	return {
		version: typeof version === "string" ? version : null,
		elements
	};
}
async function openUns(root, context) {
	const node = await root.get("uns");
	if (node === void 0) return lazyFromValue(emptyDict(), "uns");
	const element = await context.open(node);
	if (element.kind === "lazy-dict") return element;
	throw new AtsError("CORRUPT", "uns should be a dict of elements but is not.", { path: node.path });
}
//#endregion
//#region src/formats/tenx-elements.ts
function tenxElements(X, obs, features) {
	return {
		shape: [obs.length, features.length],
		X,
		obs,
		var: features,
		layers: new Map(),
		obsm: new Map(),
		varm: new Map(),
		obsp: new Map(),
		varp: new Map(),
		uns: lazyFromValue(emptyDict(), "uns"),
		raw: null
	};
}
//#endregion
//#region src/formats/tenx-h5.ts
const COLUMN_NAMES = {
	id: "gene_ids",
	feature_type: "feature_types"
};
const GENES = { genes: "gene_ids" };
async function openTenx(root, location) {
	const matrix = await root.get("matrix");
	if (matrix?.kind === "group" && await matrix.get("barcodes") !== void 0) {
		const features = await matrix.get("features");
		if (features?.kind === "group") return build(matrix, features, "name", COLUMN_NAMES, location);
	}
	const genomes = await genomesOf(root);
	const [genome, ...others] = genomes;
	if (genome === void 0) return void 0;
	if (others.length > 0) throw new AtsError("UNSUPPORTED", `${location} has the matrices of several genomes (${genomes.map((group) => group.path).join(", ")}); split it first.`, { path: location });
	return build(genome, genome, "gene_names", GENES, location);
}
async function genomesOf(root) {
	const found = [];
	for (const name of await root.keys()) {
		const group = await root.get(name);
		if (group?.kind !== "group") continue;
		const keys = await group.keys();
		if ([
			"barcodes",
			"gene_names",
			"genes",
			"indptr"
		].every((key) => keys.includes(key))) found.push(group);
	}
	return found;
}
async function build(matrix, features, names, columns, location) {
	const X = await openMatrix(matrix);
	const nVars = X.shape[1];
	const barcodes = plainArray(await arrayOf$1(matrix, "barcodes"), "string-array", "");
	const variables = await columnsOf$1(features, names, features === matrix ? columns : void 0, columns, nVars);
	const elements = tenxElements(X, frameOf("obs", barcodes, new Map()), frameOf("var", plainArray(await arrayOf$1(features, names), "string-array", ""), variables));
	checkAligned(elements, location);
	return elements;
}
async function openMatrix(group) {
	const stored = await (await arrayOf$1(group, "shape")).read();
	const shape = stored.kind === "dense" ? Array.from(stored.data, Number).reverse() : [];
	if (shape.length !== 2) throw corrupt$1(group.path, `has a shape of ${shape.length} extents`);
	const { indexTypes: _, ...matrix } = await openSparse({
		kind: "group",
		path: "X",
		attributes: { shape },
		keys: () => group.keys(),
		get: (name) => group.get(name)
	}, "csr", "");
	return matrix;
}
async function columnsOf$1(features, names, only, renamed, length) {
	const columns = new Map();
	const keys = Object.keys(only ?? renamed).concat(only === void 0 ? await features.keys() : []);
	for (const key of new Set(keys)) {
		const node = key === names || key.startsWith("_") ? void 0 : await features.get(key);
		if (node?.kind === "array" && node.shape.length === 1 && node.shape[0] === length) columns.set(renamed[key] ?? key, node);
	}
	return columns;
}
function frameOf(path, index, columns) {
	const shape = [index.shape[0], columns.size];
	return columnFrame({
		info: {
			...infoOf({
				kind: "group",
				path
			}, "dataframe", ""),
			shape
		},
		columnNames: [...columns.keys()],
		index,
		indexName: null,
		column: async (name) => {
			const node = columns.get(name);
			const column = plainArray(node, node.dtype === "string" ? "string-array" : "array", "");
			return {
				...column,
				info: {
					...column.info,
					path: `${path}/${name}`
				}
			};
		}
	});
}
//#endregion
//#region src/formats/h5ad.ts
async function openH5ad(path, options = {}) {
	const { threads, limits, signal } = options;
	const storage = await openH5wasm(path, {
		threads,
		limits,
		signal
	});
	const abort = () => void storage.close();
	signal?.addEventListener("abort", abort, { once: true });
	try {
		const keys = await storage.root.keys();
		const tenx = keys.includes("obs") && keys.includes("var") ? void 0 : await openTenx(storage.root, path);
		const opened = tenx ? {
			version: null,
			elements: tenx
		} : await openAnnDataGroup(storage.root, path, options);
		signal?.throwIfAborted();
		const format = tenx ? "10x-h5" : "h5ad";
		return {
			...opened,
			format,
			location: path,
			close: () => storage.close()
		};
	} catch (error) {
		await storage.close();
		signal?.throwIfAborted();
		throw error;
	} finally {
		signal?.removeEventListener("abort", abort);
	}
}
//#endregion
//#region src/formats/matrix-market.ts
const LONGEST_LINE = 4096;
const MAX_EXTENT = 2147483647;
async function readMatrixMarket(path, maxBytes, options = {}) {
	const file = createReadStream(path, { signal: options.signal });
	const reader = new EntryReader(path, maxBytes);
	const take = async (source) => {
		for await (const chunk of source) reader.take(chunk);
	};
	try {
		await (path.endsWith(".gz") ? pipeline(file, createGunzip(), take) : pipeline(file, take));
	} catch (cause) {
		options.signal?.throwIfAborted();
		if (AtsError.is(cause)) throw cause;
		if (String(cause.code).startsWith("Z_")) throw new AtsError("CORRUPT", `${path} is no gzip file, or a damaged one.`, {
			path,
			cause
		});
		throw fileError(cause, path);
	}
	return reader.end();
}
var EntryReader = class {
	#rest = "";
	#line = 0;
	#kind;
	#entries;
	#count = 0;
	constructor(path, maxBytes) {
		this.path = path;
		this.maxBytes = maxBytes;
	}
	take(chunk) {
		const text = this.#rest + chunk.toString("latin1");
		let start = 0;
		for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
			this.#take(text, start, end);
			start = end + 1;
		}
		this.#rest = text.slice(start);
		if (this.#rest.length > LONGEST_LINE) throw this.#corrupt("is too long");
	}
	end() {
		if (this.#rest !== "") this.#take(this.#rest, 0, this.#rest.length);
		const entries = this.#entries;
		if (entries !== void 0 && this.#count === entries.row.length) return entries;
		const what = entries === void 0 ? "has no size line" : `ends after ${this.#count} of ${entries.row.length} entries`;
		throw new AtsError("CORRUPT", `${this.path} ${what}.`, { path: this.path });
	}
	#take(text, start, end) {
		this.#line++;
		if (this.#entries !== void 0) {
			this.#takeEntry(this.#entries, text, start, end);
			return;
		}
		const line = text.slice(start, end).trim();
		if (this.#line === 1) this.#kind = this.#header(line);
		else if (line !== "" && !line.startsWith("%")) this.#entries = this.#sizes(line);
	}
	#header(line) {
		const words = line.toLowerCase().split(/\s+/);
		if (words[0] !== "%%matrixmarket" || words[1] !== "matrix") throw this.#corrupt("is no Matrix Market header");
		const [, , form, kind, symmetry] = words;
		if (form === "coordinate" && (kind === "integer" || kind === "real" || kind === "pattern") && symmetry === "general") return kind;
		throw new AtsError("UNSUPPORTED", `${this.path} holds a ${[
			form,
			kind,
			symmetry
		].join(" ")} matrix; only coordinate integer, real and pattern general ones are read.`, { path: this.path });
	}
	#sizes(line) {
		const [rows, columns, count, ...others] = line.split(/\s+/).map(Number);
		if (![
			rows,
			columns,
			count
		].every((n) => Number.isSafeInteger(n) && n >= 0) || others.length > 0) throw this.#corrupt("is no line of sizes");
		if (Math.max(rows, columns) > MAX_EXTENT || count * 16 > this.maxBytes) throw new AtsError("LIMIT_EXCEEDED", `${this.path} has ${line} (rows, columns, entries), more than is read.`, { path: this.path });
		const length = count;
		const values = this.#kind === "real" ? new Float64Array(length) : new Int32Array(length);
		return {
			rows,
			columns,
			row: new Int32Array(length),
			column: new Int32Array(length),
			values
		};
	}
	#takeEntry(entries, text, start, end) {
		const first = text.indexOf(" ", start);
		if (first < 0 || first >= end) {
			if (text.slice(start, end).trim() === "") return;
			throw this.#corrupt("is no entry");
		}
		const second = text.indexOf(" ", first + 1);
		const split = second < 0 || second >= end ? end : second;
		const row = Number(text.slice(start, first)) - 1;
		const column = Number(text.slice(first + 1, split)) - 1;
		const value = this.#kind === "pattern" ? 1 : Number(text.slice(split + 1, end).trim() || NaN);
		const at = this.#count++;
		if (at >= entries.row.length) throw this.#corrupt("is one entry too many");
		if (!isIndex(row, entries.rows) || !isIndex(column, entries.columns)) throw this.#corrupt("lies outside the matrix");
		if (!(this.#kind === "real" ? !Number.isNaN(value) || /nan/i.test(text.slice(split, end)) : (value | 0) === value)) throw this.#corrupt(`has no ${this.#kind} value`);
		entries.row[at] = row;
		entries.column[at] = column;
		entries.values[at] = value;
	}
	#corrupt(what) {
		return new AtsError("CORRUPT", `${this.path}: line ${this.#line} ${what}.`, { path: this.path });
	}
};
function isIndex(value, extent) {
	return Number.isInteger(value) && value >= 0 && value < extent;
}
//#endregion
//#region src/formats/mtx.ts
const MATRIX = ["matrix.mtx", "matrix.mtx.gz"];
const BARCODES = ["barcodes.tsv", "barcodes.tsv.gz"];
const FEATURES = [
	"features.tsv",
	"features.tsv.gz",
	"genes.tsv",
	"genes.tsv.gz"
];
const FEATURE_TYPES = "feature_types";
const MAX_TEXT_BYTES = 2 ** 30;
const MAX_ENTRY_BYTES = 2 ** 36;
function isMtx(names) {
	return [
		MATRIX,
		BARCODES,
		FEATURES
	].every((wanted) => wanted.some((name) => names.includes(name)));
}
async function openMtx(path, options = {}) {
	const { limits, signal } = options;
	const names = await readdir(path);
	const file = (wanted) => join(path, wanted.find((name) => names.includes(name)));
	const barcodes = await readColumns(file(BARCODES), { signal });
	const [ids = [], symbols = ids, types] = await readColumns(file(FEATURES), { signal });
	const columns = new Map([["gene_ids", new StringArray(ids)]]);
	if (types !== void 0) columns.set(FEATURE_TYPES, new StringArray(types));
	const obs = lazyFromValue(new Frame(new StringArray(barcodes[0] ?? []), new Map()), "obs");
	const variables = lazyFromValue(new Frame(new StringArray(symbols), columns), "var");
	const shape = [obs.length, variables.length];
	return {
		format: "mtx",
		version: null,
		location: path,
		elements: tenxElements(lazyMatrix(file(MATRIX), shape, limits?.maxReadBytes ?? MAX_ENTRY_BYTES), obs, variables),
		close: async () => void 0
	};
}
async function readColumns(path, options) {
	let text;
	try {
		const bytes = await readFile(path, { signal: options.signal });
		const limits = { maxOutputLength: MAX_TEXT_BYTES };
		text = (path.endsWith(".gz") ? await promisify(gunzip)(bytes, limits) : bytes).toString("utf8");
	} catch (cause) {
		options.signal?.throwIfAborted();
		const code = String(cause.code);
		if (code.startsWith("Z_")) throw new AtsError("CORRUPT", `${path} is no gzip file, or a damaged one.`, {
			path,
			cause
		});
		if (code !== "ERR_BUFFER_TOO_LARGE") throw fileError(cause, path);
		throw new AtsError("LIMIT_EXCEEDED", `${path} has more than ${MAX_TEXT_BYTES} bytes of text.`, {
			path,
			cause
		});
	}
	const lines = text.split(/\r?\n/);
	if (lines.at(-1) === "") lines.pop();
	const fields = lines.map((line) => line.split("	"));
	const width = fields[0]?.length ?? 0;
	const ragged = fields.findIndex((line) => line.length !== width);
	if (ragged >= 0) throw new AtsError("CORRUPT", `${path}: line ${ragged + 1} has not the ${width} fields of the first.`, { path });
	return Array.from({ length: width }, (_, column) => fields.map((line) => line[column]));
}
function lazyMatrix(file, shape, maxBytes) {
	let kept;
	const whole = (options) => {
		kept ??= readMatrixMarket(file, maxBytes, options).then((entries) => toCsr(entries, shape, file));
		kept.catch(() => {
			kept = void 0;
		});
		return kept;
	};
	return {
		kind: "lazy-array",
		info: {
			path: "X",
			encoding: "csr_matrix",
			encodingVersion: "",
			dtype: null,
			shape,
			layout: null,
			nnz: null
		},
		shape,
		dtype: "float32",
		sparse: "csr",
		read: async (selection = [], options = {}) => takeValue(await whole(options), selection, {
			...options,
			path: "X"
		}),
		storedBytes: async () => (await stat(file)).size
	};
}
function toCsr(entries, shape, path) {
	const { rows, columns, row, column, values } = entries;
	if (columns !== shape[0] || rows !== shape[1]) throw new AtsError("CORRUPT", `${path} is a matrix of ${rows} × ${columns}, but there are ${`${shape[1]} features and ${shape[0]} barcodes`}.`, { path });
	const indptr = new Int32Array(columns + 1);
	for (const at of column) indptr[at + 1] = indptr[at + 1] + 1;
	for (let i = 0; i < columns; i++) indptr[i + 1] = indptr[i + 1] + indptr[i];
	const next = indptr.slice();
	const indices = new Int32Array(row.length);
	const data = new Float32Array(row.length);
	for (let i = 0; i < row.length; i++) {
		const at = next[column[i]];
		next[column[i]] = at + 1;
		indices[at] = row[i];
		data[at] = values[i];
	}
	return new CsrMatrix("float32", [columns, rows], data, indices, indptr);
}
//#endregion
//#region src/formats/zarr.ts
const ZARR_MARKS = [
	"zarr.json",
	".zgroup",
	".zmetadata",
	".zattrs",
	".zarray"
];
function openZarr(path, options = {}) {
	return untilCurrent(() => openOnce(path, options));
}
async function openOnce(path, options) {
	options.signal?.throwIfAborted();
	const { threads, cacheBytes, strict, limits = {} } = options;
	const root = await realpath(path);
	const stats = await stat(root, { bigint: true });
	const checkCurrent = currentCheck(root, stats);
	const manifest = stats.isDirectory() ? await readManifest(root, limits.maxMetadataBytes ?? 64 * 2 ** 20) : void 0;
	const seal = manifest && new Seal(manifest);
	const storage = await openZarrStorage(root, {
		...limits,
		threads,
		cacheBytes,
		strict,
		checkCurrent,
		checkArray: seal?.checkArray
	});
	try {
		const { version, elements } = await openAnnDataGroup(storage.root, path, options);
		await checkCurrent();
		options.signal?.throwIfAborted();
		return {
			format: "zarr",
			version,
			location: path,
			elements,
			close: () => storage.close()
		};
	} catch (error) {
		await storage.close();
		await checkCurrent();
		throw error;
	}
}
//#endregion
//#region src/durability/save-file.ts
async function saveFile(path, options, write) {
	await replaceTarget(path, options, {
		check: checkFileTarget,
		async stage({ staging }, sync) {
			await write(staging);
			options.signal?.throwIfAborted();
			if (sync) await syncPath(staging);
		},
		publish
	});
}
async function publish(target, siblings, replaces, sync) {
	if (replaces) await rename(siblings.staging, target);
	else await giveName(siblings.staging, target);
	if (sync) await syncPath(siblings.parent);
}
async function giveName(staging, target) {
	try {
		await link(staging, target);
	} catch (cause) {
		const code = cause.code ?? "";
		if (code === "EEXIST") throw appeared(target, cause);
		if (!NO_LINKS.has(code)) throw cause;
		await rename(staging, target);
		return;
	}
	await unlink(staging);
}
const NO_LINKS = new Set([
	"EPERM",
	"ENOTSUP",
	"EOPNOTSUPP",
	"ENOSYS",
	"EMLINK"
]);
//#endregion
//#region src/storage/hdf5-write-attributes.ts
const INT64_END = 2n ** 63n;
function attributeSpecs(attributes, path) {
	return Object.entries(attributes).map(([name, value]) => {
		const flat = [];
		const shape = flatten(value, flat);
		const kind = value === null ? "null" : shape && kindOf$1(flat);
		if (shape === void 0 || kind === void 0) throw new AtsError("UNSUPPORTED", `${path}: the attribute ${JSON.stringify(name)} has no form in HDF5.`, { path });
		return {
			name,
			kind,
			shape,
			values: flat.map((one) => kind === "string" || kind === "bool" ? one : text(one))
		};
	});
}
function flatten(value, flat) {
	if (value === null) return [];
	if (!Array.isArray(value)) {
		if (typeof value === "object") return void 0;
		flat.push(value);
		return [];
	}
	const shapes = value.map((one) => one === null ? void 0 : flatten(one, flat));
	const inner = shapes.length === 0 ? [] : shapes[0];
	if (inner === void 0 || shapes.some((shape) => String(shape) !== String(inner) || shape === void 0)) return void 0;
	return [value.length, ...inner];
}
function kindOf$1(values) {
	const all = (test) => values.every(test);
	if (values.length === 0) return "float64";
	if (all((value) => typeof value === "string")) return "string";
	if (all((value) => typeof value === "boolean")) return "bool";
	if (all(isInteger)) {
		if (all((value) => BigInt(value) >= -INT64_END && BigInt(value) < INT64_END)) return "int64";
		return all((value) => BigInt(value) >= 0n && BigInt(value) < 2n * INT64_END) ? "uint64" : void 0;
	}
	return all((value) => typeof value === "number") ? "float64" : void 0;
}
function isInteger(value) {
	return typeof value === "bigint" || Number.isSafeInteger(value) && !Object.is(value, -0);
}
function text(value) {
	return Object.is(value, -0) ? "-0" : String(value);
}
//#endregion
//#region src/storage/hdf5-write-block.ts
function columnsOf(block, dtype, path) {
	if (block.kind === "records") {
		if (typeof dtype === "string") throw unfit(path);
		return dtype.fields.map((field) => {
			const values = block.fields.get(field.name);
			if (values === void 0 || typeOf(values) !== field.dtype) throw unfit(path);
			return columnOf(values);
		});
	}
	if (typeOf(block) !== dtype) throw unfit(path);
	return [columnOf(block)];
}
function typeOf(values) {
	return values.kind === "strings" ? "string" : values.dtype;
}
function columnOf(values) {
	if (values.kind === "strings") {
		const { offsets, bytes } = values.utf8();
		return [offsets, bytes];
	}
	const { buffer, byteOffset, byteLength } = values.data;
	return new Uint8Array(buffer, byteOffset, byteLength);
}
function unfit(path) {
	return new AtsError("INVALID_ARGUMENT", `A block of another type than the array's cannot be written to ${path}.`, { path });
}
//#endregion
//#region src/storage/hdf5-write-names.ts
function memberPath(group, name) {
	const path = group === "" ? name : `${group}/${name}`;
	if (name === "" || name === "." || /[/\0]/.test(name) || /\p{Cs}/u.test(name)) throw new AtsError("UNSAFE_PATH", `${path}: the key ${JSON.stringify(name)} cannot be a name in HDF5; rename it.`, { path });
	return path;
}
//#endregion
//#region src/storage/hdf5-write-copy.ts
const PART_BYTES = 32 * 2 ** 20;
const BLOCK_VALUES = 2 ** 18;
const OF_SOURCE = [
	"CORRUPT",
	"STALE",
	"UNSAFE_PATH",
	"LIMIT_EXCEEDED"
];
async function copyNode(target, path, node, options = {}) {
	const members = [];
	if (node.kind === "table" || !await collect$1(node, path, members, new Set())) return false;
	const total = members.reduce((sum, { object }) => sum + object.info().storedBytes, 0);
	let before = 0;
	for (const member of members) {
		options.signal?.throwIfAborted();
		const bytes = member.object.info().storedBytes;
		const onFraction = (fraction) => options.onBytes?.(before + bytes * fraction, total);
		await copyMember(target, member, options, onFraction);
		before += bytes;
		options.onBytes?.(before, total);
	}
	return true;
}
async function collect$1(node, path, members, groups) {
	const place = await storedPlace(node);
	if (place === void 0 || !takesAttributes(node, place, path)) return false;
	const { object, header } = place;
	members.push({
		node,
		object,
		path
	});
	if (node.kind === "array") return object.info().values !== "other" || isReadable(node);
	if (groups.has(header)) return false;
	groups.add(header);
	for (const name of await node.keys()) {
		const member = await node.get(name);
		if (member === void 0) continue;
		if (member.kind === "table" || !await collect$1(member, memberPath(path, name), members, groups)) return false;
	}
	return true;
}
function takesAttributes(node, { object }, path) {
	try {
		attributesFor(node, object, path);
		return true;
	} catch (error) {
		if (AtsError.is(error) && error.code === "UNSUPPORTED") return false;
		throw error;
	}
}
function specFor(node, object, path) {
	return JSON.stringify({
		path,
		attributes: attributesFor(node, object, path)
	});
}
function attributesFor(node, object, path) {
	return object.info().attributesElsewhere ? attributeSpecs(node.attributes, path) : [];
}
function isReadable({ dtype }) {
	return typeof dtype === "string" || dtype.fields.length > 0;
}
async function copyMember(target, { node, object, path }, options, onFraction) {
	if (node.kind === "group") return target.handle.copyGroup(specFor(node, object, path), object, 0);
	const made = await declared(target, node, object, path, null);
	if (made === void 0) {
		const [name = "", ...parents] = path.split("/").reverse();
		return copyAnew(target.groupAt(parents.reverse().join("/")), name, node, options);
	}
	if (object.info().values === "stored") return copyParts(target.handle, made, node.path, options, onFraction);
	const array = {
		dtype: "string",
		shape: node.shape,
		empty: node.empty
	};
	await copyValues(node, target.arrayAt(made.number, path, array, node.layout.chunks), options);
}
async function declared({ handle }, node, object, path, rows) {
	try {
		return await handle.copyDataset(specFor(node, object, path), object, rows, 0);
	} catch (error) {
		if (AtsError.is(error) && error.code === "UNSUPPORTED" && (rows !== null || isReadable(node))) return void 0;
		throw error;
	}
}
async function copyParts(handle, { number, parts }, source, { signal }, onFraction) {
	const release = signal && onAbort(signal, () => handle.stop());
	try {
		let next = 0;
		do {
			next = await cancellable(signal, (token) => handle.copyStored(number, next, PART_BYTES, token));
			if (parts > 0) onFraction?.(next / parts);
		} while (next < parts);
	} catch (error) {
		throw AtsError.is(error) && OF_SOURCE.includes(error.code) ? located(error, source) : error;
	} finally {
		release?.();
	}
}
async function copyAnew(group, name, node, options) {
	const { dtype, shape, attributes, layout, empty } = node;
	const codec = layout.codec?.split("+").find((part) => part === "gzip" || part === "lzf");
	await copyValues(node, await group.array(name, {
		dtype,
		shape,
		empty,
		attributes,
		codec,
		chunks: layout.chunks ?? void 0
	}), options);
}
async function copyValues(node, writer, options) {
	if (node.empty || node.shape.includes(0)) return;
	const [rows, ...rest] = node.shape;
	if (rows === void 0) return writer.write([], await node.read([], options), options);
	const chunk = Math.max(1, writer.chunks[0] ?? 1);
	const step = Math.max(1, Math.floor(BLOCK_VALUES / sizeOf$1(rest) / chunk)) * chunk;
	for (let start = 0; start < rows; start += step) {
		options.signal?.throwIfAborted();
		const block = await node.read([{
			kind: "range",
			start,
			step: 1,
			count: Math.min(step, rows - start)
		}], options);
		await writer.write([start, ...rest.map(() => 0)], block, options);
	}
}
async function extendArray(target, path, node, length, options = {}) {
	const { dtype, layout } = node;
	const place = await storedPlace(node);
	if (place?.object.info().values !== "stored" || typeof dtype !== "string" || dtype === "string") return void 0;
	const made = await declared(target, node, place.object, path, length);
	if (made === void 0) return void 0;
	await copyParts(target.handle, made, node.path, options);
	const array = {
		dtype,
		shape: [length, ...node.shape.slice(1)]
	};
	return {
		kept: made.rows,
		writer: target.arrayAt(made.number, path, array, layout.chunks)
	};
}
async function copyRoot({ handle }, node) {
	const place = await storedPlace(node);
	if (place !== void 0) return handle.copyGroup(specFor(node, place.object, ""), place.object, 0);
	const spec = {
		path: "",
		attributes: attributeSpecs(node.attributes, node.path)
	};
	await handle.group(JSON.stringify(spec), 0);
}
//#endregion
//#region src/storage/hdf5-write-layout.ts
const CHUNK_BYTES = 2 ** 18;
const BLOCK_BYTES$1 = 2 ** 22;
const TEXT_BYTES$2 = 16;
const NAME_BYTES = 64;
function hdf5Codec(codec) {
	const parsed = parseCodec(codec);
	if (parsed.name === "none" || parsed.name === "lzf") return {
		codec: parsed.name,
		level: 0
	};
	if (parsed.name === "gzip" || parsed.name === "zlib") return {
		codec: "gzip",
		level: parsed.level
	};
	throw new AtsError("INVALID_ARGUMENT", `The codec ${JSON.stringify(codec)} is not one that every reader of HDF5 has; choose none, gzip or lzf.`);
}
function chooseLayout(array, { codec, sparsePart, takeChunks }) {
	const { dtype, shape, empty } = array;
	const wanted = array.pieces ?? array.chunks;
	const asked = shape.length === 1 || takeChunks ? wanted : void 0;
	const chunked = sparsePart || codec.codec !== "none" || takeChunks && asked !== void 0;
	if (empty || shape.length === 0 || !chunked || !sparsePart && sizeOf$1(shape) === 0) return {
		chunks: null,
		codec: "none",
		level: 0,
		shuffle: false,
		resizable: false
	};
	return {
		chunks: (asked ?? balancedChunks(shape, storedBytes(dtype))).map((extent, axis) => Math.max(1, Math.min(extent, shape[axis] || extent))),
		...codec,
		shuffle: codec.codec !== "none" && shuffles(dtype),
		resizable: sparsePart
	};
}
function blocksOf$1({ dtype, shape }, { chunks }) {
	return chunks ?? defaultChunks(shape, dtype === "string" ? NAME_BYTES : storedBytes(dtype), BLOCK_BYTES$1);
}
function shuffles(dtype) {
	return isNumber$1(dtype) && itemSize(dtype) > 1 && /int$/.test(dtypeKind(dtype));
}
function balancedChunks(shape, width) {
	const chunks = shape.map((extent) => Math.max(1, extent));
	if (chunks.length === 1) return [Math.max(1, Math.floor(CHUNK_BYTES / width))];
	for (let bytes = sizeOf$1(chunks) * width; bytes > CHUNK_BYTES; bytes = sizeOf$1(chunks) * width) {
		const longest = chunks.indexOf(Math.max(...chunks));
		if (chunks[longest] === 1) break;
		chunks[longest] = Math.ceil(chunks[longest] / 2);
	}
	return chunks;
}
function isNumber$1(dtype) {
	return typeof dtype === "string" && dtype !== "string";
}
function storedBytes(dtype) {
	if (dtype === "string") return TEXT_BYTES$2;
	if (typeof dtype === "string") return itemSize(dtype);
	const sizes = dtype.fields.map((field) => storedBytes(field.dtype) * sizeOf$1(field.shape ?? []));
	return Math.max(1, sizes.reduce((sum, size) => sum + size, 0));
}
//#endregion
//#region src/storage/hdf5-write.ts
async function openHdf5Writer(path, options = {}) {
	const { attributes = {}, codec = "none", takeChunks = false, threads = availableParallelism(), signal } = options;
	const shared = {
		codec: hdf5Codec(codec),
		takeChunks
	};
	const specs = attributeSpecs(attributes, path);
	const handle = await cancellable(signal, (token) => native$1().hdf5Create(path, Math.max(1, threads), token));
	if (specs.length > 0) await handle.group(JSON.stringify({
		path: "",
		attributes: specs
	}), 0);
	const session = {
		handle,
		...shared
	};
	return {
		root: new Group(session, "", false),
		copyAttributes: (node) => copyRoot(copyTarget(session), node),
		close: () => handle.close(0),
		abandon: () => handle.abandon(0)
	};
}
function copyTarget(session) {
	const { handle } = session;
	return {
		handle,
		groupAt: (path) => new Group(session, path, false),
		arrayAt: (number, path, array, chunks) => new Dataset(handle, number, path, array, blocksOf$1(array, { chunks }))
	};
}
const SPARSE = new Set(["csr_matrix", "csc_matrix"]);
var Group = class Group {
	constructor(session, path, sparse) {
		this.session = session;
		this.path = path;
		this.sparse = sparse;
	}
	async group(name, attributes = {}) {
		const path = memberPath(this.path, name);
		const spec = {
			path,
			attributes: attributeSpecs(attributes, path)
		};
		await this.session.handle.group(JSON.stringify(spec), 0);
		return new Group(this.session, path, SPARSE.has(attributes["encoding-type"]));
	}
	async array(name, array) {
		const path = memberPath(this.path, name);
		const { handle, takeChunks } = this.session;
		const layout = chooseLayout(array, {
			codec: array.codec === void 0 ? this.session.codec : hdf5Codec(array.codec),
			sparsePart: this.sparse,
			takeChunks
		});
		const { shape, empty = false, attributes = {} } = array;
		const spec = {
			path,
			attributes: attributeSpecs(attributes, path),
			dtype: typeSpec(array),
			shape,
			empty,
			...layout
		};
		return new Dataset(handle, await handle.dataset(JSON.stringify(spec), 0), path, array, blocksOf$1(array, layout));
	}
	copy(name, node, options) {
		return copyNode(copyTarget(this.session), memberPath(this.path, name), node, options);
	}
	extend(name, node, length, options) {
		return extendArray(copyTarget(this.session), memberPath(this.path, name), node, length, options);
	}
};
var Dataset = class {
	shape;
	constructor(handle, number, path, array, chunks) {
		this.handle = handle;
		this.number = number;
		this.path = path;
		this.array = array;
		this.chunks = chunks;
		this.shape = array.shape;
	}
	async write(origin, block, { signal } = {}) {
		const columns = columnsOf(block, this.array.dtype, this.path);
		const release = signal && onAbort(signal, () => this.handle.stop());
		try {
			await cancellable(signal, (token) => this.handle.write(this.number, origin, block.shape, columns, token));
		} finally {
			release?.();
		}
	}
};
function typeSpec({ dtype, textBytes }) {
	if (dtype === "string" && textBytes !== void 0) return { bytes: textBytes };
	if (typeof dtype === "string") return dtype;
	return dtype.fields.map((field) => ({
		name: field.name,
		dtype: field.dtype,
		shape: field.shape ?? []
	}));
}
//#endregion
//#region src/encodings/plain-strings.ts
const AT_ONCE = 64;
async function withoutMask(element, context) {
	const source = arrayToWrite(element, "a string array");
	let missing = false;
	await eachPart(source, context, (texts) => {
		missing ||= texts.hasMissing;
	});
	if (!missing) return as(source, "string-array", plain$1);
	const { path } = source.info;
	if (source.shape.length !== 1) throw new AtsError("UNSUPPORTED", `${path} has missing strings in ${source.shape.length} dimensions; replace them, or write its columns one by one.`, { path });
	const distinct = new Set();
	await eachPart(source, context, (texts) => {
		for (const text of texts.values) if (text !== null) distinct.add(text);
	});
	const categories = [...distinct].sort(byCodePoints);
	const codes = new Map(categories.map((text, code) => [text, code]));
	codes.set(null, -1);
	const shared = new StringArray(categories);
	return as(source, "categorical", (texts) => {
		const values = allocateCodes(categories.length, texts.length);
		texts.values.forEach((text, i) => {
			values[i] = codes.get(text);
		});
		return new Categorical(values, shared);
	});
}
function plain$1(texts) {
	if (texts.na === null) return texts;
	return texts.hasUtf8 ? StringArray.fromUtf8(texts.utf8(), texts.shape) : new StringArray(texts.values, texts.shape);
}
async function eachPart(source, { memory, signal }, look) {
	await eachBlock({
		shape: source.shape,
		chunks: source.shape.map((extent, d) => d === 0 ? AT_ONCE : extent)
	}, 64, {
		memory,
		signal
	}, async (_, selection) => {
		look(stringsOf(source, await source.read(selection, { signal })));
	});
}
function stringsOf(source, value) {
	if (value instanceof StringArray) return value;
	throw unfit$2(source, "a string array", "holds no strings");
}
function as(source, encoding, turn) {
	return {
		kind: "lazy-array",
		info: {
			...source.info,
			encoding
		},
		shape: source.shape,
		dtype: "string",
		sparse: null,
		read: async (selection, options) => turn(stringsOf(source, await source.read(selection, options))),
		storedBytes: (options) => source.storedBytes(options)
	};
}
function byCodePoints(a, b) {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
//#endregion
//#region src/encodings/compat.ts
const OLDER_FORMS = {
	"awkward-array": async ({ info }) => {
		throw new AtsError("UNSUPPORTED", `${info.path} is an awkward array, which anndata reads since 0.9; write with compat "anndata-0.9" or later.`, { path: info.path });
	},
	"nullable-string-array": withoutMask,
	"nullable-string": withoutMask,
	null: async ({ info }, context) => {
		context.warn(`${info.path} is null, which anndata reads since 0.12, and is left out.`);
	}
};
const YOUNG = {
	none: [],
	awkward: ["awkward-array"],
	nullable: [
		"awkward-array",
		"nullable-string-array",
		"nullable-string"
	],
	all: Object.keys(OLDER_FORMS),
	portable: ["awkward-array", "null"]
};
const LEVELS = {
	portable: YOUNG.portable,
	"anndata-0.8": YOUNG.none,
	"anndata-0.9": YOUNG.awkward,
	"anndata-0.10": YOUNG.awkward,
	"anndata-0.11": YOUNG.nullable,
	"anndata-0.12": YOUNG.all,
	"anndata-0.13": YOUNG.all,
	latest: YOUNG.all
};
const ZARR_2 = /^anndata-0\.(8|9|10|11)$/;
function zarrFormatOf(level = DEFAULT_COMPAT) {
	return ZARR_2.test(level) ? 2 : 3;
}
const COMPAT_LEVELS = Object.keys(LEVELS);
const DEFAULT_COMPAT = "portable";
function formsOf(level = DEFAULT_COMPAT) {
	if (!Object.hasOwn(LEVELS, level)) throw new AtsError("INVALID_ARGUMENT", `There is no compatibility level "${level}"; use ${COMPAT_LEVELS.join(", ")}.`);
	const known = LEVELS[level];
	return new Map(Object.entries(OLDER_FORMS).filter(([type]) => !known.includes(type)));
}
//#endregion
//#region src/encodings/progress.ts
const TEXT_BYTES$1 = 16;
function widthOf(dtype) {
	if (typeof dtype === "string") return dtype === "string" ? TEXT_BYTES$1 : itemSize(dtype);
	return dtype.fields.reduce((sum, { dtype: type, shape = [] }) => sum + widthOf(type) * sizeOf$1(shape), 0);
}
function arrayBytes({ info, shape, dtype, sparse }) {
	if (sparse === null) return sizeOf$1(shape) * widthOf(dtype);
	return (info.nnz ?? sizeOf$1(shape) / 10) * (widthOf(dtype) + 4);
}
function expectedBytes(element) {
	if (element.kind === "lazy-array") return arrayBytes(element);
	if (element.kind === "lazy-frame") return element.length * (element.columnNames.length + 1) * TEXT_BYTES$1;
	return element.kind === "lazy-value" ? TEXT_BYTES$1 : 0;
}
var Meter = class Meter {
	#done = 0;
	constructor(total, report) {
		this.total = total;
		this.report = report;
	}
	get done() {
		return this.#done;
	}
	reach(share) {
		this.#add(this.total * Math.min(1, share) - this.#done);
	}
	part(bytes) {
		return new Meter(bytes, (more) => this.#add(Math.min(more, this.total - this.#done)));
	}
	#add(bytes) {
		if (!(bytes > 0)) return;
		this.#done += bytes;
		this.report(bytes);
	}
};
//#endregion
//#region src/encodings/list-array.ts
function listArray(list, path, warn) {
	const shape = shapeOf(list);
	const leaves = [];
	collect(list, shape, 0, leaves, path);
	if (!leaves.some((leaf) => typeof leaf === "string" || leaf === null)) return numbers(leaves, shape);
	const texts = leaves.map((leaf) => leaf instanceof DenseArray ? numberText(leaf) : leaf);
	if (texts.every((text, i) => text === leaves[i])) {
		if (!texts.some((text) => text !== null)) throw refuse$1(path, "holds nothing but null");
		return new StringArray(texts, shape);
	}
	if (texts.includes(null) || leaves.includes(null)) throw refuse$1(path, "mixes numbers and null");
	warn(`${path} is a list of numbers and strings: AnnData keeps all of them as strings.`);
	return new StringArray(texts, shape);
}
function shapeOf(list) {
	const shape = [];
	for (let at = list; Array.isArray(at); at = at[0]) {
		shape.push(at.length);
		if (at.length === 0 || shape.length > 32) break;
	}
	return shape;
}
function collect(list, shape, depth, into, path) {
	if (list.length !== shape[depth]) throw refuse$1(path, "holds lists of unequal lengths");
	for (const entry of list) if (depth + 1 < shape.length) {
		if (!Array.isArray(entry)) throw refuse$1(path, "mixes lists and single values");
		collect(entry, shape, depth + 1, into, path);
	} else into.push(leafOf(entry, path));
}
function leafOf(entry, path) {
	if (typeof entry === "string" || entry === null) return entry;
	const number = numberArray(entry);
	if (number === void 0) throw refuse$1(path, "holds more than numbers of at most 64 bits and strings");
	return number;
}
function refuse$1(path, what) {
	return new AtsError("UNSUPPORTED", `${path} is a list that ${what}, which AnnData cannot keep; make it an array, or a dict of its entries.`, { path });
}
function numbers(leaves, shape) {
	const dtype = leaves.map((leaf) => leaf.dtype).reduce(common, void 0) ?? "float64";
	const data = allocate(dtype, leaves.length);
	const width = lanes(dtype);
	leaves.forEach((leaf, i) => {
		const values = leaf.dtype === dtype ? leaf.data : plainNumbers(leaf);
		for (let lane = 0; lane < lanes(leaf.dtype); lane++) put(data, i * width + lane, values[lane]);
	});
	return new DenseArray(dtype, shape, data);
}
function plainNumbers({ dtype, data }) {
	return dtype === "float16" || dtype === "bfloat16" ? halfToNumber(dtype, data) : data;
}
function put(data, at, value) {
	data[at] = data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(value) : Number(value);
}
const KINDS = [
	"bool",
	"uint",
	"int",
	"float",
	"complex"
];
function common(a, b) {
	if (a === void 0 || a === b) return b;
	const [kindA, kindB] = [dtypeKind(a), dtypeKind(b)];
	if (kindA !== kindB && [kindA, kindB].sort().join() === "int,uint" && (a === "uint64" || b === "uint64")) return "float64";
	return {
		bool: "bool",
		uint: "uint64",
		int: "int64",
		float: "float64",
		complex: "complex128"
	}[KINDS[Math.max(KINDS.indexOf(kindA), KINDS.indexOf(kindB))]];
}
function numberText(number) {
	const [value] = Array.from(plainNumbers(number));
	if (number.dtype === "bool") return value === 0 ? "False" : "True";
	const text = String(value);
	if (dtypeKind(number.dtype) !== "float") return text;
	return /^-?\d+$/.test(text) ? `${text}.0` : PYTHON_NAMES[text] ?? text;
}
const PYTHON_NAMES = {
	NaN: "nan",
	Infinity: "inf",
	"-Infinity": "-inf"
};
//#endregion
//#region src/encodings/storable.ts
const CONVERSIONS = {
	list: listArray,
	map: mapDict,
	tuple: (_, path) => refuse(path, "is a tuple, which AnnData cannot keep; make it a list or an array"),
	set: (_, path) => refuse(path, "is a set, which AnnData cannot keep; make it a list or an array")
};
function needsConversion(encoding) {
	return Object.hasOwn(CONVERSIONS, encoding);
}
function storable(value, encoding, path, warn) {
	return lazyFromValue(CONVERSIONS[encoding]?.(value, path, warn) ?? value, path);
}
function mapDict(map, path) {
	const dict = emptyDict();
	for (const [key, value] of map) {
		if (typeof key !== "string") return refuse(path, "is a dict whose keys are not all strings; make them strings");
		dict[key] = value;
	}
	return dict;
}
function refuse(path, what) {
	throw new AtsError("UNSUPPORTED", `${path} ${what}.`, { path });
}
//#endregion
//#region src/encodings/resolve.ts
async function resolveElement(element, target, choice) {
	const { encodings, forms, context } = choice;
	if (context.asStored && target.as === void 0 && await copied(element, target, choice)) return void 0;
	if (element.kind === "lazy-array" && await writeExtended(target.group, target.name, element, context)) return;
	const encoding = target.as ?? element.info.encoding;
	if (needsConversion(encoding)) return resolveElement(storable(await element.read([], context), encoding, element.info.path, (message) => context.warn(message)), {
		...target,
		as: void 0
	}, choice);
	const form = forms.get(encoding);
	if (form !== void 0) {
		const older = await form(element, context);
		return older && resolveElement(older, {
			...target,
			as: void 0
		}, choice);
	}
	const write = encodings.get(encoding)?.write;
	if (write !== void 0) return {
		element,
		write
	};
	if (await copied(element, target, choice)) return void 0;
	return resolveByValue(element, encoding, choice);
}
async function copied(element, { group, name }, choice) {
	const node = storedNode(element);
	const options = {
		signal: choice.context.signal,
		onBytes: choice.onCopied
	};
	return node !== void 0 && (await group.copy?.(name, node, options) ?? false);
}
const NONE = {
	kind: "range",
	start: 0,
	step: 1,
	count: 0
};
async function resolveByValue(element, encoding, { encodings, context }) {
	const { path } = element.info;
	const kind = lazyFromValue(await sampleOf(element, context), path);
	const write = encodings.get(kind.info.encoding)?.write;
	if (write === void 0 || kind.info.encoding === encoding) throw new AtsError("UNSUPPORTED", `${path} has the encoding "${encoding}", which cannot be written here; leave it out.`, { path });
	return {
		element: element.kind === "lazy-value" ? kind : element,
		write
	};
}
async function sampleOf(element, context) {
	if (element.kind === "lazy-array") return element.read(element.shape.map(() => NONE), context);
	if (element.kind === "lazy-frame") return element.readFrame([], NONE, context);
	return element.kind === "lazy-dict" ? {} : element.read([], context);
}
//#endregion
//#region src/encodings/write-context.ts
const DEFAULT_MEMORY = 2 ** 30;
const DEFAULT_DEPTH = 64;
function writeContext(options = {}) {
	return new ElementWriter({
		options,
		forms: formsOf(options.compat),
		encodings: encodingsBy(options.encodings)
	}, void 0, 0);
}
var ElementWriter = class ElementWriter {
	memory;
	codec;
	signal;
	asStored;
	constructor(shared, element, depth) {
		this.shared = shared;
		this.element = element;
		this.depth = depth;
		const { options } = shared;
		this.memory = options.memory ?? DEFAULT_MEMORY;
		this.codec = options.codec;
		this.signal = options.signal;
		this.asStored = options.asStored;
	}
	onBytes = (done, total) => {
		if (total > 0) this.element?.meter.reach(done / total);
	};
	chunks(shape, dtype) {
		return this.shared.options.chunks?.(shape, dtype);
	}
	warn(message) {
		this.shared.options.onWarning?.(message);
	}
	leaveOut(path, error) {
		const { unsupported } = this.shared.options;
		if (unsupported !== "leave-out" || !AtsError.is(error) || error.code !== "UNSUPPORTED") throw error;
		this.warn(`${path} is left out: ${error.message}`);
	}
	async write(group, name, element, as) {
		const path = group.path === "" ? name : `${group.path}/${name}`;
		const { maxDepth = DEFAULT_DEPTH } = this.shared.options;
		if (this.depth + 2 > maxDepth) throw new AtsError("LIMIT_EXCEEDED", `${path} nests deeper than ${maxDepth} levels; raise maxDepth.`, { path });
		this.signal?.throwIfAborted();
		let created = false;
		const noting = noteCreation(group, () => {
			created = true;
		});
		try {
			await this.#write({
				group: noting,
				name,
				path,
				as
			}, element);
		} catch (error) {
			if (this.element !== void 0 || created) throw error;
			this.leaveOut(path, error);
		}
	}
	async #write(target, element) {
		const onCopied = (done, total) => {
			if (this.element === void 0) this.shared.options.onProgress?.(target.path, done, total);
		};
		const found = await resolveElement(element, target, {
			...this.shared,
			context: this,
			onCopied
		});
		if (found === void 0) return;
		const meter = found.element.kind === "lazy-dict" ? void 0 : this.#meterOf(target.path, found.element);
		const inner = new ElementWriter(this.shared, meter && { meter }, this.depth + 1);
		await found.write(target.group, target.name, found.element, inner);
		meter?.reach(1);
	}
	#meterOf(path, element) {
		const total = expectedBytes(element);
		if (this.element !== void 0) return this.element.meter.part(total);
		const { onProgress } = this.shared.options;
		const meter = new Meter(total, () => onProgress?.(path, meter.done, total));
		onProgress?.(path, 0, total);
		return meter;
	}
};
function noteCreation(group, created) {
	const noted = async (made) => {
		const member = await made;
		created();
		return member;
	};
	return {
		path: group.path,
		group: (name, attributes) => noted(group.group(name, attributes)),
		array: (name, options) => noted(group.array(name, options)),
		...group.copy && { copy: group.copy.bind(group) },
		...group.extend && { extend: group.extend.bind(group) }
	};
}
//#endregion
//#region src/formats/matrix-form.ts
const keep = (group, name, matrix, context) => context.write(group, name, matrix);
const FORMS = {
	keep,
	dense: (group, name, matrix, context) => matrix.sparse === null ? keep(group, name, matrix, context) : context.write(group, name, matrix, "array"),
	sparse: (group, name, matrix, context) => keep(group, name, matrix.sparse === null ? asCsr(matrix) : matrix, context),
	dual: (group, name, matrix, context) => keep(group, name, asDual(matrix), context)
};
async function writeMatrix(group, name, element, context, x = "keep") {
	await (element.kind === "lazy-array" && element.shape.length === 2 && isNumeric(element) ? FORMS[x](group, name, element, context) : context.write(group, name, element));
}
function isNumeric({ dtype }) {
	return typeof dtype === "string" && dtype !== "string";
}
//#endregion
//#region src/formats/anndata-write.ts
const ROOT_ATTRIBUTES = marked("anndata", "0.1.0");
const MAPS = [
	"obsm",
	"varm",
	"obsp",
	"varp",
	"layers"
];
async function writeAnnDataGroup(root, elements, options = {}) {
	await checkKeys(elements);
	const context = contextOf(options);
	if (elements.X !== null) await writeMatrix(root, "X", elements.X, context, options.x);
	await context.write(root, "obs", elements.obs);
	await context.write(root, "var", elements.var);
	for (const name of MAPS) if (name === "layers") await writeLayers(root, elements.layers, context, options.x);
	else await context.write(root, name, dictOf(elements[name], name));
	await context.write(root, "uns", elements.uns, "dict");
	if (elements.raw !== null) await writeRaw(root, elements.raw, context, options.x);
}
function contextOf(options) {
	const { memory, codec, compat, asStored, unsupported, encodings, maxDepth, onProgress, onWarning, signal } = options;
	return writeContext({
		memory,
		codec,
		compat,
		asStored,
		unsupported,
		encodings,
		maxDepth,
		signal,
		onWarning,
		onProgress: onProgress && ((element, done, total) => onProgress({
			element,
			done,
			total
		})),
		chunks: (shape, dtype) => chunksOf(shape, dtype, options)
	});
}
function chunksOf(shape, dtype, wish) {
	return shape.length === 2 ? chooseChunks(shape, dtype, wish) : void 0;
}
async function writeLayers(root, layers, context, x) {
	const group = await root.group("layers", marked("dict", "0.1.0"));
	for (const [key, layer] of layers) await writeMatrix(group, key, layer, context, x);
}
async function writeRaw(root, raw, context, x) {
	const group = await root.group("raw", marked("raw", "0.1.0"));
	if (raw.X !== null) await writeMatrix(group, "X", raw.X, context, x);
	await context.write(group, "var", raw.var);
	await context.write(group, "varm", dictOf(raw.varm, "raw/varm"));
}
function dictOf(members, path) {
	return lazyDict({
		info: {
			path,
			encoding: "dict",
			encodingVersion: "0.1.0",
			dtype: null,
			shape: null,
			layout: null,
			nnz: null
		},
		keys: async () => [...members.keys()],
		get: async (key) => members.get(key),
		storedBytes: async () => void 0
	});
}
async function checkKeys(elements) {
	const check = (keys, path) => {
		for (const key of keys) checkKey(key, path);
	};
	for (const name of MAPS) check(elements[name].keys(), name);
	for (const name of elements.obs.columnNames) columnPath(name, "obs");
	for (const name of elements.var.columnNames) columnPath(name, "var");
	check(await elements.uns.keys(), "uns");
	if (elements.raw === null) return;
	for (const name of elements.raw.var.columnNames) columnPath(name, "raw/var");
	check(elements.raw.varm.keys(), "raw/varm");
}
//#endregion
//#region src/formats/h5ad-write.ts
async function writeH5ad(elements, path, options = {}) {
	const { overwrite, durability, signal, codec, threads, chunkRows, chunkColumns } = options;
	const takeChunks = chunkRows !== void 0 || chunkColumns !== void 0;
	await saveFile(path, {
		overwrite,
		durability,
		signal
	}, async (file) => {
		const writer = await openHdf5Writer(file, {
			attributes: ROOT_ATTRIBUTES,
			codec,
			takeChunks,
			threads,
			signal
		});
		try {
			await writeAnnDataGroup(writer.root, elements, options);
			await writer.close();
		} finally {
			await writer.abandon();
		}
	});
}
//#endregion
//#region src/storage/zarr-write-v3.ts
const METADATA = "zarr.json";
const INDEX_CODEC = "blosc-lz4:5:shuffle";
const NOTHING_MORE = {
	kind: "inline",
	must_understand: false,
	metadata: {}
};
function zarr3Dialect(codec) {
	return {
		zarrFormat: 3,
		sharded: true,
		codec,
		indexCodec: INDEX_CODEC,
		group: (attributes) => [[METADATA, zarrJson({
			zarr_format: 3,
			node_type: "group",
			attributes
		})]],
		array: (plan, path) => [[METADATA, zarrJson({
			...arrayMetadata(plan, path),
			attributes: plan.attributes,
			storage_transformers: []
		})]],
		chunkKey: (indices) => ["c", ...indices].join("/"),
		spec: (plan, dtype, kvstore) => ({
			driver: "zarr3",
			kvstore,
			metadata: JSON.parse(zarrJson(arrayMetadata({
				...plan,
				form: {
					kind: "number",
					dtype
				}
			}, "")))
		}),
		strings: (plan) => ({
			codecs: {
				zarrFormat: 3,
				codecs: zarr3Compressors(plan.codec, 1)
			},
			keys: {
				encoding: "default",
				separator: "/"
			}
		}),
		consolidated: (name, text) => {
			if (name !== METADATA) return void 0;
			return isBareGroup(text) ? `${text.trimEnd().slice(0, -1)},"consolidated_metadata":${zarrJson(NOTHING_MORE)}}` : text;
		},
		root: (attributes, entries) => {
			const members = [...entries].map(([path, text]) => `${JSON.stringify(path.slice(0, -10))}:${text}`);
			const own = zarrJson({
				zarr_format: 3,
				node_type: "group",
				attributes
			});
			const all = `"consolidated_metadata":{"kind":"inline","must_understand":false,"metadata":{${members.join(",")}}}`;
			return [[METADATA, `${own.slice(0, -1)},${all}}`]];
		}
	};
}
function isBareGroup(text) {
	try {
		const node = JSON.parse(text);
		return node.node_type === "group" && node.consolidated_metadata === void 0;
	} catch {
		return false;
	}
}
function arrayMetadata(plan, path) {
	const { form, shape, chunks, shards } = plan;
	const codecs = [serializer(form), ...zarr3Compressors(plan.codec, formWidth(form))];
	return {
		zarr_format: 3,
		node_type: "array",
		shape,
		data_type: dataType(form, path),
		chunk_grid: {
			name: "regular",
			configuration: { chunk_shape: shards ?? chunks }
		},
		chunk_key_encoding: {
			name: "default",
			configuration: { separator: "/" }
		},
		fill_value: zeroOf(form),
		codecs: shards === null ? codecs : [shardingCodec(chunks, codecs)]
	};
}
function serializer(form) {
	if (form.kind === "string") return {
		name: "vlen-utf8",
		configuration: {}
	};
	return form.kind === "record" || form.kind === "number" && formWidth(form) > 1 ? {
		name: "bytes",
		configuration: { endian: "little" }
	} : { name: "bytes" };
}
function dataType(form, path) {
	if (form.kind === "number") return form.dtype;
	if (form.kind === "string") return "string";
	if (form.kind === "bytes") return {
		name: "null_terminated_bytes",
		configuration: { length_bytes: form.size }
	};
	return {
		name: "structured",
		configuration: { fields: form.layout.fields.map(({ name, dtype, width, shape }) => {
			if (shape !== void 0) throw new AtsError("UNSUPPORTED", `${path}: the field ${JSON.stringify(name)} holds arrays, which Zarr version 3 has no type for; write version 2.`, { path });
			if (dtype !== "string") return [name, dtype];
			return [name, {
				name: "fixed_length_utf32",
				configuration: { length_bytes: width }
			}];
		}) }
	};
}
//#endregion
//#region src/storage/zip-write.ts
async function zipSink(file, context) {
	const { makeZip } = await import("client-zip");
	const chunks = await KvStore.open({
		driver: "memory",
		path: ""
	}, { context });
	const queue = new EntryQueue();
	const output = createWriteStream(file, { flags: "wx" });
	const stamp = new Date(1980, 0, 1);
	const named = async function* () {
		for await (const { name, input } of queue.entries()) yield {
			name,
			input,
			lastModified: stamp
		};
	};
	const written = pipeline(Readable.fromWeb(makeZip(named())), output).catch((cause) => {
		const failure = fileError(cause, file);
		queue.fail(failure);
		throw failure;
	});
	written.catch(() => void 0);
	const seen = new Set();
	const put = async (path, bytes) => {
		if (seen.has(path)) throw twice(path);
		seen.add(path);
		await queue.add(path, typeof bytes === "string" ? Buffer.from(bytes) : bytes);
	};
	const move = async (key) => {
		const found = await chunks.get(key);
		if (found.state !== "value") return;
		await chunks.delete(key);
		await put(key, found.value);
	};
	return {
		put,
		chunkStore: (path) => ({
			driver: "memory",
			path: `${path}/`
		}),
		async chunksDone(path, keys) {
			for (const key of keys()) await move(`${path}/${key}`);
		},
		async end() {
			for (const key of await chunks.list()) await move(key);
			queue.end();
			await written;
		},
		async abandon() {
			queue.fail(new AtsError("CLOSED", `${file} is not written to its end.`, { path: file }));
			output.destroy();
			await written.catch(() => void 0);
		}
	};
}
var EntryQueue = class {
	#waiting = [];
	#wake = () => void 0;
	#ended = false;
	#failure;
	async add(name, input) {
		if (this.#failure !== void 0) throw this.#failure;
		await new Promise((done) => {
			this.#waiting.push({
				name,
				input,
				done
			});
			this.#wake();
		});
		if (this.#failure !== void 0) throw this.#failure;
	}
	end() {
		this.#ended = true;
		this.#wake();
	}
	fail(failure) {
		this.#failure ??= failure;
		for (const { done } of this.#waiting.splice(0)) done();
		this.#wake();
	}
	async *entries() {
		while (this.#failure === void 0) {
			const entry = this.#waiting[0];
			if (entry === void 0) {
				if (this.#ended) return;
				await new Promise((wake) => {
					this.#wake = wake;
				});
				continue;
			}
			yield entry;
			this.#waiting.shift();
			entry.done();
		}
		throw this.#failure;
	}
};
function twice(path) {
	return new AtsError("INVALID_ARGUMENT", `${path} is written twice; give each element a name of its own.`, { path });
}
//#endregion
//#region src/formats/zarr-write.ts
const CODEC_V2 = "blosc-lz4:5";
const CODEC_V3 = "zstd:1";
async function writeZarr(elements, path, options = {}) {
	const { overwrite, durability, signal, threads } = options;
	const context = writeContext$1(threads);
	const write = (sink) => writeTree(elements, sink, context, options, ROOT_ATTRIBUTES);
	if (!/\.zip$/i.test(path)) {
		await saveDirectory(path, {
			format: "zarr",
			overwrite,
			durability,
			signal
		}, (directory) => write(directorySink(directory)));
		return;
	}
	await saveFile(path, {
		overwrite,
		durability,
		signal
	}, async (file) => {
		const sink = await zipSink(file, context);
		try {
			await write(sink);
			await sink.end();
		} finally {
			await sink.abandon();
		}
	});
}
async function writeTree(elements, sink, context, options, attributes, more) {
	const { codec, compat, zarrFormat = zarrFormatOf(compat), shardRows } = options;
	const tree = zarrTreeWriter(new ZarrWriteSession(sink, zarrFormat === 2 ? zarr2Dialect({
		codec: codec ?? CODEC_V2,
		fill: "zero",
		shuffle: 1
	}) : zarr3Dialect(codec ?? CODEC_V3), context, { shardRows }), attributes);
	await writeAnnDataGroup(tree.root, elements, options);
	await more?.(tree.root);
	await tree.end();
}
//#endregion
//#region src/formats/write.ts
const WRITERS = {
	ats: writeAts,
	zarr: writeZarr,
	h5ad: writeH5ad
};
async function writeAnnData(elements, path, format, options = {}) {
	const writer = WRITERS[format];
	if (writer === void 0) throw new AtsError("UNSUPPORTED", `${format} cannot be written; write ${Object.keys(WRITERS).join(" or ")} instead.`, { path });
	options.signal?.throwIfAborted();
	await writer(elements, path, options);
}
//#endregion
//#region src/formats/detect.ts
const HDF5_SIGNATURE = Buffer.from([
	137,
	72,
	68,
	70,
	13,
	10,
	26,
	10
]);
const HDF5_OFFSETS = [
	0,
	512,
	1024,
	2048
];
const ZIP_SIGNATURE = Buffer.from("PK", "latin1");
async function openAnnData(path, options = {}) {
	options.signal?.throwIfAborted();
	await collectLeftovers(path);
	const stats = await stat(path).catch((cause) => {
		throw fileError(cause, path);
	});
	if (stats.isDirectory()) return openDirectory(path, options);
	if (!stats.isFile()) throw new AtsError("UNSAFE_PATH", `${path} is neither a file nor a directory.`, { path });
	if (await hasSignature(path, HDF5_SIGNATURE, HDF5_OFFSETS)) return openH5ad(path, options);
	if (await hasSignature(path, ZIP_SIGNATURE, [0])) return openZarr(path, options);
	throw unknownFormat(path, "It is a file with neither HDF5's nor a zip archive's signature.");
}
async function openDirectory(path, options) {
	const names = await readdir(path).catch((cause) => {
		throw fileError(cause, path);
	});
	const has = (...some) => some.some((name) => names.includes(name));
	if (has("obs.parquet", "var.parquet")) return openAts(path, options);
	if (has(...ZARR_MARKS)) return openZarr(path, options);
	if (has("ats-manifest.json")) return openAts(path, options);
	if (isMtx(names)) return openMtx(path, options);
	throw unknownFormat(path, `It has neither ${OBS_FILE} nor a Zarr store's metadata.`);
}
async function hasSignature(path, signature, offsets) {
	const { length } = signature;
	const handle = await open$1(path, "r").catch((cause) => {
		throw fileError(cause, path);
	});
	try {
		for (const offset of offsets) {
			const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
			if (bytesRead === length && buffer.equals(signature)) return true;
		}
		return false;
	} finally {
		await handle.close();
	}
}
function unknownFormat(path, what) {
	return new AtsError("UNSUPPORTED", `${path} cannot be opened: ${what} Supported are .ats directories, Zarr stores (also zipped), .h5ad files, and 10x matrices (.h5, or a directory with matrix.mtx).`, { path });
}
//#endregion
//#region src/selection/tokens.ts
function syntaxError(source, at, problem) {
	return new AtsError("INVALID_ARGUMENT", `Expression "${source}" at position ${at}: ${problem}.`);
}
const TOKEN = /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|`(?<name>[^`]*)`|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<symbol>[=!<>]=|&&|\|\||[<>()[\],.&|~!-])/suy;
function tokenize(source) {
	const tokens = [];
	let at = 0;
	while (at < source.length) {
		TOKEN.lastIndex = at;
		const match = TOKEN.exec(source);
		if (match === null) throw syntaxError(source, at, describeUnknown(source, at));
		const token = toToken(match[0], match.groups, at);
		if (token !== null) tokens.push(token);
		at += match[0].length;
	}
	tokens.push({
		kind: "end",
		text: "",
		at
	});
	return tokens;
}
function toToken(text, groups, at) {
	if (groups.space !== void 0) return null;
	if (groups.number !== void 0) return {
		kind: "literal",
		value: parseNumber(text),
		text,
		at
	};
	if (groups.text !== void 0) return {
		kind: "literal",
		value: withoutEscapes(text.slice(1, -1)),
		text,
		at
	};
	if (groups.name !== void 0) return {
		kind: "name",
		text: groups.name,
		at
	};
	return {
		kind: groups.word === void 0 ? "symbol" : "word",
		text,
		at
	};
}
function parseNumber(text) {
	const value = Number(text);
	return /^\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
}
const ESCAPES = {
	n: "\n",
	t: "	",
	r: "\r",
	"\\": "\\",
	"'": "'",
	"\"": "\""
};
function withoutEscapes(text) {
	return text.replace(/\\(.)/gsu, (whole, letter) => ESCAPES[letter] ?? whole);
}
function describeUnknown(source, at) {
	const found = source[at];
	if (found === "'" || found === "\"" || found === "`") return `the quote ${found} is not closed`;
	if (found === "=") return "use == to compare";
	return `${JSON.stringify(found)} is not understood`;
}
//#endregion
//#region src/selection/expression.ts
function parseExpression(source) {
	return new Parser(source).parse();
}
const COMPARISONS = {
	"==": "eq",
	"!=": "ne",
	"<": "lt",
	"<=": "le",
	">": "gt",
	">=": "ge"
};
const MIRRORED = {
	eq: "eq",
	ne: "ne",
	lt: "gt",
	le: "ge",
	gt: "lt",
	ge: "le"
};
const TEXT_METHODS = {
	startswith: "startsWith",
	endswith: "endsWith",
	contains: "contains"
};
const CONSTANTS = new Map([
	["True", true],
	["true", true],
	["False", false],
	["false", false]
]);
const KEYWORDS = new Set([
	"and",
	"or",
	"not",
	"in",
	"None",
	"null",
	"nan"
]);
const MAX_DEPTH = 200;
var Parser = class {
	#source;
	#tokens;
	#next = 0;
	#depth = 0;
	constructor(source) {
		this.#source = source;
		this.#tokens = tokenize(source);
	}
	parse() {
		const predicate = this.#or();
		if (this.#peek().kind !== "end") throw this.#unexpected("and, or or the end");
		return predicate;
	}
	#or() {
		let left = this.#and();
		while (this.#accept("or", "||", "|")) left = left.or(this.#and());
		return left;
	}
	#and() {
		let left = this.#not();
		while (this.#accept("and", "&&", "&")) left = left.and(this.#not());
		return left;
	}
	#not() {
		if (++this.#depth > MAX_DEPTH) throw syntaxError(this.#source, this.#peek().at, "it is nested too deeply");
		try {
			if (this.#accept("not", "~", "!")) return this.#not().not();
			if (!this.#accept("(")) return this.#comparisons();
			const inner = this.#or();
			this.#expect(")");
			return inner;
		} finally {
			this.#depth--;
		}
	}
	#comparisons() {
		let left = this.#operand();
		let all = left.kind === "column" ? this.#method(left.name) : null;
		if (all !== null) return all;
		for (;;) {
			const at = this.#peek().at;
			const comparison = this.#comparison();
			if (comparison === void 0) break;
			const right = this.#operand();
			const term = this.#condition(left, comparison, right, at);
			all = all === null ? term : all.and(term);
			left = right;
		}
		if (all !== null) return all;
		if (left.kind === "column") return where(left.name).isTrue();
		throw this.#unexpected("a comparison");
	}
	#comparison() {
		const token = this.#peek();
		if (this.#accept("in")) return "in";
		const after = this.#tokens[this.#next + 1];
		if (this.#is(token, "not") && after !== void 0 && this.#is(after, "in")) {
			this.#next += 2;
			return "notIn";
		}
		const comparison = token.kind === "symbol" ? COMPARISONS[token.text] : void 0;
		if (comparison !== void 0) this.#next++;
		return comparison;
	}
	#condition(left, comparison, right, at) {
		if (left.kind === "column" && right.kind === "list") {
			if (comparison === "in" || comparison === "eq") return where(left.name).in(right.values);
			if (comparison === "notIn" || comparison === "ne") return where(left.name).notIn(right.values);
		} else if (comparison !== "in" && comparison !== "notIn") {
			if (left.kind === "column" && right.kind === "literal") return where(left.name)[comparison](right.value);
			if (left.kind === "literal" && right.kind === "column") return where(right.name)[MIRRORED[comparison]](left.value);
		}
		const list = comparison === "in" || comparison === "notIn";
		throw syntaxError(this.#source, at, list ? "in needs a column and a [list]" : "compare a column with a value");
	}
	#method(column) {
		if (!this.#accept(".")) return null;
		if (this.#accept("str")) this.#expect(".");
		const token = this.#take();
		this.#expect("(");
		const test = Object.hasOwn(TEXT_METHODS, token.text) ? TEXT_METHODS[token.text] : void 0;
		const predicate = test === void 0 ? this.#nullTest(column, token) : where(column)[test](this.#text());
		this.#expect(")");
		return predicate;
	}
	#nullTest(column, method) {
		if (method.text === "isnull" || method.text === "isna") return where(column).isNull();
		if (method.text === "notnull" || method.text === "notna") return where(column).notNull();
		throw syntaxError(this.#source, method.at, `${JSON.stringify(method.text)} is not a method; use isnull, notnull, startswith, endswith or contains`);
	}
	#text() {
		const token = this.#take();
		if (token.kind === "literal" && typeof token.value === "string") return token.value;
		throw syntaxError(this.#source, token.at, "a quoted text is needed");
	}
	#operand() {
		const token = this.#peek();
		const { at } = token;
		if (this.#accept("[")) return {
			kind: "list",
			values: this.#list("]"),
			at
		};
		if (this.#accept("(")) return {
			kind: "list",
			values: this.#list(")"),
			at
		};
		if (token.kind === "name" || token.kind === "word" && !KEYWORDS.has(token.text) && !CONSTANTS.has(token.text)) {
			this.#next++;
			return {
				kind: "column",
				name: token.text,
				at
			};
		}
		const value = this.#literal();
		if (value === null) throw syntaxError(this.#source, at, "compare with None by .isnull() or .notnull()");
		return {
			kind: "literal",
			value,
			at
		};
	}
	#list(close) {
		const values = [];
		while (!this.#accept(close)) {
			values.push(this.#literal());
			if (!this.#accept(",") && !this.#is(this.#peek(), close)) throw this.#unexpected(`, or ${close}`);
		}
		return values;
	}
	#literal() {
		const negative = this.#accept("-");
		const token = this.#peek();
		if (token.kind === "literal" && !(negative && typeof token.value === "string")) {
			this.#next++;
			return negative ? -token.value : token.value;
		}
		const constant = token.kind === "word" && !negative ? CONSTANTS.get(token.text) : void 0;
		if (constant === void 0 && (negative || !(this.#is(token, "None") || this.#is(token, "null")))) throw this.#unexpected("a column, a number or a quoted text");
		this.#next++;
		return constant ?? null;
	}
	#peek() {
		return this.#tokens[this.#next];
	}
	#take() {
		const token = this.#peek();
		if (token.kind !== "end") this.#next++;
		return token;
	}
	#is(token, text) {
		return (token.kind === "word" || token.kind === "symbol") && token.text === text;
	}
	#accept(...texts) {
		const found = texts.some((text) => this.#is(this.#peek(), text));
		if (found) this.#next++;
		return found;
	}
	#expect(text) {
		if (!this.#accept(text)) throw this.#unexpected(text);
	}
	#unexpected(wanted) {
		const token = this.#peek();
		const found = token.kind === "end" ? "the expression ends" : `found ${JSON.stringify(token.text)}`;
		return syntaxError(this.#source, token.at, `${found} where ${wanted} is needed`);
	}
};
//#endregion
//#region src/anndata/location.ts
function toPath(location) {
	if (typeof location === "string" && location !== "") return location;
	if (location instanceof URL && location.protocol === "file:") return fileURLToPath(location);
	if (location instanceof URL) throw new AtsError("UNSUPPORTED", `${location.href} is no file; pass a path or a file: URL.`, { path: location.href });
	throw new AtsError("INVALID_ARGUMENT", "A store needs a path; pass a path or a file: URL.");
}
const FORMAT_OF_EXTENSION = {
	".ats": "ats",
	".zarr": "zarr",
	".zip": "zarr",
	".h5ad": "h5ad"
};
function formatOfName(name) {
	const format = FORMAT_OF_EXTENSION[extname(name.replace(/\/+$/, "")).toLowerCase()];
	if (format !== void 0) return format;
	throw new AtsError("INVALID_ARGUMENT", `The format of "${name}" cannot be told from its name; end it in .ats, .zarr or .h5ad, or pass the format.`, { path: name });
}
//#endregion
//#region src/anndata/open.ts
async function open$2(path, options = {}) {
	const store = await openAnnData(toPath(path), options);
	try {
		return await AnnData.fromStore(store);
	} catch (error) {
		await store.close();
		throw error;
	}
}
async function read(path, options = {}) {
	const adata = await open$2(path, options);
	try {
		return await adata.load(options);
	} finally {
		await adata.close();
	}
}
//#endregion
//#region src/anndata/write.ts
async function write(adata, path, options = {}) {
	const { format, ...rest } = options;
	const target = toPath(path);
	const chosen = format ?? formatOfName(target);
	await adata.resolve({ signal: options.signal });
	await writeAnnData(adata.elements, target, chosen, rest);
}
//#endregion
//#region src/convert/convert.ts
async function convert(input, output, options = {}) {
	const { to, view, limits, ...writeOptions } = options;
	const format = to ?? formatOfName(toPath(output));
	const { threads, signal, encodings } = writeOptions;
	const adata = await open$2(input, {
		...threads !== void 0 && { threads },
		...limits !== void 0 && { limits },
		...encodings !== void 0 && { encodings },
		...signal !== void 0 && { signal }
	});
	try {
		const kept = view === void 0 ? adata : await view(adata);
		await write(kept, output, {
			...writeOptions,
			format
		});
		return {
			format,
			shape: kept.shape
		};
	} finally {
		await adata.close();
	}
}
//#endregion
//#region src/inspect/blocks.ts
const BLOCK_BYTES = 32 * 2 ** 20;
const TEXT_BYTES = 64;
function* blocksOf(element, axis, columns = 1) {
	const extent = element.shape[axis];
	const size = Math.max(1, Math.floor(BLOCK_BYTES / stretchBytes(element, axis, columns)));
	let start = 0;
	do {
		yield {
			kind: "range",
			start,
			step: 1,
			count: Math.min(size, extent - start)
		};
		start += size;
	} while (start < extent);
}
function stretchBytes(element, axis, columns) {
	if (element.kind === "lazy-frame") return TEXT_BYTES * columns;
	const dtype = numericDType(element);
	const others = element.shape.reduce((product, extent, i) => i === axis ? product : product * extent, 1);
	return Math.max(1, others * (dtype === void 0 ? TEXT_BYTES : itemSize(dtype)));
}
//#endregion
//#region src/inspect/compare/numbers.ts
function compareNumbers(a, b, tolerance) {
	if (a.dtype === b.dtype && sameBytes(a.data, b.data)) return null;
	const width = Math.max(lanes(a.dtype), lanes(b.dtype));
	return comparePlain(plain(a, width), plain(b, width), width, tolerance);
}
function isClose(a, b, { rtol, atol }) {
	if (a == b) return true;
	const [x, y] = [Number(a), Number(b)];
	if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y);
	if (rtol === 0 && atol === 0) return false;
	return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y);
}
function comparePlain(a, b, width, tolerance) {
	let count = 0;
	let first = -1;
	for (let i = 0; i < a.length; i++) {
		if (isClose(a[i], b[i], tolerance)) continue;
		const position = Math.floor(i / width);
		if (first < 0) first = position;
		count++;
		i = (position + 1) * width - 1;
	}
	if (count === 0) return null;
	const show = (values) => Array.from({ length: width }, (_, lane) => values[first * width + lane]).join("+i");
	return {
		count,
		first,
		values: [show(a), show(b)]
	};
}
function plain({ dtype, data }, width) {
	const values = dtype === "float16" || dtype === "bfloat16" ? halfToNumber(dtype, data) : data;
	if (width === lanes(dtype)) return values;
	const pairs = new Float64Array(2 * values.length);
	for (let i = 0; i < values.length; i++) pairs[2 * i] = Number(values[i]);
	return pairs;
}
function sameBytes(a, b) {
	const bytes = (data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
	return Buffer.compare(bytes(a), bytes(b)) === 0;
}
//#endregion
//#region src/inspect/compare/values.ts
function compareValues(path, a, b, tolerance, place = flat) {
	const [x, y] = [normalize(a), normalize(b)];
	const kindOfA = kindOf(x);
	const kindOfB = kindOf(y);
	if (kindOfA === "list" || kindOfB === "list") return compareLists(path, x, y, tolerance, place);
	if (kindOfA !== kindOfB) return [{
		path,
		what: `is ${article(kindOfA)} in one, ${article(kindOfB)} in the other`
	}];
	const compare = COMPARE[kindOfA];
	return compare(path, x, y, tolerance, place);
}
const flat = (position) => `[${position}]`;
function normalize(value) {
	if (value instanceof Set) return [...value];
	if (typeof value === "object" && value !== null && value.kind === "scalar") return value.value;
	return value;
}
function kindOf(value) {
	if (value === null) return "null";
	if (typeof value === "bigint") return "number";
	if (typeof value !== "object") return typeof value;
	if (value instanceof Uint8Array) return "bytes";
	if (Array.isArray(value)) return "list";
	if (value instanceof Map) return "map";
	if (isArrayValue(value)) return value.kind;
	if (value instanceof ArrowColumn) return "arrow";
	return "re" in value && "im" in value ? "complex" : "dict";
}
function article(kind) {
	return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}
const COMPARE = {
	null: () => [],
	boolean: compareSingle,
	string: compareSingle,
	number: (path, a, b, t) => isClose(a, b, t) ? [] : [{
		path,
		what: `${a} != ${b}`
	}],
	bytes: (path, a, b) => Buffer.compare(a, b) === 0 ? [] : [{
		path,
		what: "has other bytes"
	}],
	complex: (path, a, b, t) => isClose(a.re, b.re, t) && isClose(a.im, b.im, t) ? [] : [{
		path,
		what: `${a.re}+${a.im}j != ${b.re}+${b.im}j`
	}],
	dict: compareDicts,
	map: (path, a, b, t) => compareMaps$1(path, a, b, t),
	dense: compareDense,
	strings: compareColumns,
	nullable: compareColumns,
	arrow: compareColumns,
	categorical: compareCategoricals,
	records: (path, a, b, t) => compareMaps$1(path, a.fields, b.fields, t),
	awkward: compareAwkward,
	csr: compareSparse,
	csc: compareSparse,
	frame: compareFrames$1
};
function compareSingle(path, a, b) {
	return a === b ? [] : [{
		path,
		what: `${JSON.stringify(a)} != ${JSON.stringify(b)}`
	}];
}
function compareDicts(path, a, b, tolerance) {
	return compareMaps$1(path, new Map(Object.entries(a)), new Map(Object.entries(b)), tolerance);
}
function compareMaps$1(path, a, b, tolerance) {
	const differences = [];
	for (const key of new Set([...a.keys(), ...b.keys()])) {
		const at = `${path}/${String(key)}`;
		if (!a.has(key)) differences.push({
			path: at,
			what: "is missing in the first"
		});
		else if (!b.has(key)) differences.push({
			path: at,
			what: "is missing in the second"
		});
		else differences.push(...compareValues(at, a.get(key), b.get(key), tolerance));
	}
	return differences;
}
function compareAwkward(path, a, b, tolerance) {
	const differences = differentShape(path, a, b);
	if (differences.length > 0) return differences;
	if (a.type !== b.type) return [{
		path,
		what: `has the type ${a.type} in one, ${b.type} in the other`
	}];
	const [x, y] = [a, b].map(({ form, length, buffers }) => nestedValues(form, length, buffers));
	const differ = x.flatMap((entry, i) => compareValues(path, entry, y[i], tolerance).length > 0 ? [i] : []);
	return differ.length === 0 ? [] : [{
		path,
		what: `${differ.length} entries differ, the first at [${differ[0]}]`
	}];
}
function compareDense(path, a, b, tolerance, place) {
	const differences = differentShape(path, a, b);
	if (differences.length > 0) return differences;
	if (a.dtype !== b.dtype) differences.push({
		path,
		what: `has the type ${a.dtype} in one, ${b.dtype} in the other`
	});
	const mismatch = compareNumbers(a, b, tolerance);
	if (mismatch === null) return differences;
	const { count, first, values } = mismatch;
	return [...differences, {
		path,
		what: `${count} values differ, the first at ${place(first)}: ${values[0]} != ${values[1]}`
	}];
}
function differentShape(path, a, b) {
	return a.shape.length === b.shape.length && a.shape.every((extent, i) => extent === b.shape[i]) ? [] : [{
		path,
		what: `has the shape [${a.shape}] in one, [${b.shape}] in the other`
	}];
}
function compareColumns(path, a, b, tolerance, place) {
	const differences = differentShape(path, a, b);
	if (differences.length > 0) return differences;
	if (a.kind === "nullable" && b.kind === "nullable" && a.values.dtype !== b.values.dtype) differences.push({
		path,
		what: `has the type ${a.values.dtype} in one, ${b.values.dtype} in the other`
	});
	const size = a.shape.reduce((product, extent) => product * extent, 1);
	return [...differences, ...compareCells(path, size, cellReader(a), cellReader(b), tolerance, place)];
}
function compareCells(path, size, a, b, tolerance, place) {
	let count = 0;
	let what = "";
	for (let i = 0; i < size; i++) {
		const [x, y] = [a(i), b(i)];
		if (x === y || isNumber(x) && isNumber(y) && isClose(x, y, tolerance)) continue;
		if (count++ === 0) what = `the first at ${place(i)}: ${show(x)} != ${show(y)}`;
	}
	return count === 0 ? [] : [{
		path,
		what: `${count} values differ, ${what}`
	}];
}
function isNumber(value) {
	return typeof value === "number" || typeof value === "bigint";
}
function show(value) {
	return typeof value === "string" ? JSON.stringify(value) : String(value);
}
function compareCategoricals(path, a, b, tolerance, place) {
	const differences = differentShape(path, a, b);
	if (differences.length > 0) return differences;
	if (a.ordered !== b.ordered) differences.push({
		path,
		what: "is ordered in one, not in the other"
	});
	const categories = compareValues(path, a.categories, b.categories, tolerance);
	differences.push(...categories.map(({ what }) => ({
		path,
		what: `categories: ${what}`
	})));
	return [...differences, ...compareCells(path, a.length, cellReader(a), cellReader(b), tolerance, place)];
}
function compareFrames$1(path, a, b, tolerance) {
	const differences = [];
	if (a.indexName !== b.indexName) differences.push({
		path,
		what: `names its index ${a.indexName} and ${b.indexName}`
	});
	differences.push(...compareNames(path, [...a.columns.keys()], [...b.columns.keys()]));
	differences.push(...compareValues(path, a.index, b.index, tolerance).map(asIndex));
	for (const [name, column] of a.columns) {
		const other = b.columns.get(name);
		if (other !== void 0) differences.push(...compareValues(`${path}/${name}`, column, other, tolerance));
	}
	return differences;
}
function asIndex({ path, what }) {
	return {
		path,
		what: `index: ${what}`
	};
}
function compareNames(path, a, b) {
	const differences = [];
	for (const name of a) if (!b.includes(name)) differences.push({
		path: `${path}/${name}`,
		what: "is missing in the second"
	});
	for (const name of b) if (!a.includes(name)) differences.push({
		path: `${path}/${name}`,
		what: "is missing in the first"
	});
	if (differences.length === 0 && a.some((name, i) => name !== b[i])) differences.push({
		path,
		what: "has its columns in another order"
	});
	return differences;
}
function compareSparse(path, a, b, tolerance, place) {
	const differences = differentShape(path, a, b);
	if (differences.length > 0) return differences;
	for (let i = 0; i < a.shape[0]; i++) {
		const width = a.shape[1];
		const row = (matrix) => new DenseArray(matrix.dtype, [width], matrix.row(i));
		differences.push(...compareDense(path, row(a), row(b), tolerance, (at) => place(i * width + at)));
		if (differences.length > 0) break;
	}
	return differences;
}
function compareLists(path, a, b, tolerance, place) {
	const [x, y] = [itemsOf(a), itemsOf(b)];
	if (x === null || y === null) return [{
		path,
		what: `is ${article(kindOf(a))} in one, ${article(kindOf(b))} in the other`
	}];
	if (x.length !== y.length) return [{
		path,
		what: `has ${x.length} values in one, ${y.length} in the other`
	}];
	return x.flatMap((item, i) => compareValues(`${path}${place(i)}`, item, y[i], tolerance)).slice(0, 1);
}
function itemsOf(value) {
	if (Array.isArray(value)) return value;
	if (!isArrayValue(value) || value.kind === "frame" || value.kind === "csr" || value.kind === "csc") return null;
	if (value.kind === "records" || value.shape.length !== 1) return null;
	const cell = cellReader(value);
	return Array.from({ length: value.length }, (_, i) => cell(i));
}
//#endregion
//#region src/inspect/compare/matrices.ts
async function compareArrays(path, a, b, tolerance, options) {
	const { shape } = a;
	if (shape.length !== b.shape.length || shape.some((extent, i) => extent !== b.shape[i])) return [{
		path,
		what: `has the shape [${shape}] in one, [${b.shape}] in the other`
	}];
	const [typeOfA, typeOfB] = [numericDType(a), numericDType(b)];
	const differences = typeOfA !== void 0 && typeOfB !== void 0 && typeOfA !== typeOfB ? [{
		path,
		what: `has the type ${typeOfA} in one, ${typeOfB} in the other`
	}] : [];
	if (shape.length === 0) return distinct([...differences, ...compareValues(path, await a.read([], options), await b.read([], options), tolerance)]);
	const axis = a.sparse === "csc" || b.sparse === "csc" ? 1 : 0;
	for (const block of blocksOf(a, axis)) {
		options.signal?.throwIfAborted();
		const selection = axis === 0 ? [block] : [void 0, block];
		const [x, y] = await Promise.all([a.read(selection, options), b.read(selection, options)]);
		const found = await compareBlocks(path, x, y, tolerance, placeFrom(axis, block.start), options);
		if (found.length > 0) return distinct([...differences, ...found]);
	}
	return differences;
}
async function compareBlocks(path, a, b, tolerance, place, options) {
	if (isSparse(a) && isSparse(b) && await sameStored(a, b, options)) return [];
	const [x, y] = [isSparse(a) ? await dense(a, options) : a, isSparse(b) ? await dense(b, options) : b];
	const shape = isArrayValue(x) && "shape" in x ? x.shape : [];
	return compareValues(path, x, y, tolerance, (position) => place(unravel(position, shape)));
}
function isSparse(value) {
	return isArrayValue(value) && (value.kind === "csr" || value.kind === "csc");
}
async function dense(matrix, options) {
	return new DenseArray(matrix.dtype, matrix.shape, await densify(matrix, options));
}
async function sameStored(a, b, options) {
	if (a.kind !== b.kind || a.dtype !== b.dtype || a.nnz !== b.nnz) return false;
	const [x, y] = await Promise.all([canonicalize(a, options), canonicalize(b, options)]);
	return same(x.indptr, y.indptr) && same(x.indices, y.indices) && same(x.data, y.data);
}
function same(a, b) {
	const bytes = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
	return a.constructor === b.constructor && Buffer.compare(bytes(a), bytes(b)) === 0;
}
function unravel(position, shape) {
	const index = new Array(shape.length);
	let rest = position;
	for (let i = shape.length - 1; i >= 0; i--) {
		const extent = shape[i];
		index[i] = rest % extent;
		rest = Math.floor(rest / extent);
	}
	return index;
}
function placeFrom(axis, start) {
	return (position) => `[${position.map((at, i) => i === axis ? at + start : at).join(", ")}]`;
}
function distinct(differences) {
	const said = new Set();
	return differences.filter(({ path, what }) => {
		const line = `${path} ${what}`;
		if (said.has(line)) return false;
		said.add(line);
		return true;
	});
}
//#endregion
//#region src/inspect/diff.ts
async function diff(first, second, options = {}) {
	const [a, b] = [await elementsOf(first, options), await elementsOf(second, options)];
	const tolerance = {
		rtol: options.rtol ?? 0,
		atol: options.atol ?? 0
	};
	const differences = [];
	if (a.shape[0] !== b.shape[0] || a.shape[1] !== b.shape[1]) differences.push({
		path: "",
		what: `has the shape [${a.shape}] in one, [${b.shape}] in the other`
	});
	const parts = (elements) => new Map(listParts(elements).map(({ path, element }) => [path, element]));
	await compareMaps(parts(a), parts(b), (path) => path, {
		...options,
		tolerance
	}, differences);
	return {
		equal: differences.length === 0,
		differences
	};
}
async function elementsOf(store, options) {
	await store.resolve?.(options);
	return store.elements;
}
async function compareMaps(a, b, at, context, into) {
	for (const key of new Set([...a.keys(), ...b.keys()])) {
		const [x, y] = [a.get(key), b.get(key)];
		if (x === void 0) into.push({
			path: at(key),
			what: "is missing in the first"
		});
		else if (y === void 0) into.push({
			path: at(key),
			what: "is missing in the second"
		});
		else await compareElements(at(key), x, y, context, into);
	}
}
async function compareElements(path, a, b, context, into) {
	context.signal?.throwIfAborted();
	if (a.kind === "lazy-dict" && b.kind === "lazy-dict") {
		await compareMaps(await membersOf(a), await membersOf(b), (key) => `${path}/${key}`, context, into);
		return;
	}
	context.onElement?.(path);
	const { tolerance } = context;
	if (a.kind === "lazy-frame" && b.kind === "lazy-frame") into.push(...await compareFrames(path, a, b, context));
	else if (a.kind === "lazy-array" && b.kind === "lazy-array") into.push(...await compareArrays(path, a, b, tolerance, context));
	else into.push(...compareValues(path, await a.read([], context), await b.read([], context), tolerance));
}
async function membersOf(dict) {
	const members = new Map();
	for (const key of await dict.keys()) {
		const member = await dict.get(key);
		if (member !== void 0) members.set(key, member);
	}
	return members;
}
async function compareFrames(path, a, b, context) {
	if (a.length !== b.length) return [{
		path,
		what: `has ${a.length} rows in one, ${b.length} in the other`
	}];
	const differences = compareNames(path, a.columnNames, b.columnNames);
	const common = a.columnNames.filter((name) => b.columnNames.includes(name));
	const steps = common.length === 0 ? [[]] : common.map((name) => [name]);
	for (const [i, names] of steps.entries()) {
		context.signal?.throwIfAborted();
		const [x, y] = await Promise.all([a.readFrame(names, void 0, context), b.readFrame(names, void 0, context)]);
		const found = compareValues(path, x, y, context.tolerance);
		differences.push(...found.filter((difference) => i === 0 || difference.path !== path));
	}
	return differences;
}
//#endregion
//#region src/inspect/validate/frame.ts
function checkFrame(path, frame, into) {
	const seen = new Set();
	for (const name of frame.columnNames) {
		if (seen.has(name)) into.push({
			path: `${path}/${name}`,
			code: "CORRUPT",
			what: "is a column twice"
		});
		seen.add(name);
	}
}
//#endregion
//#region src/inspect/validate/seal.ts
const DEFAULT_METADATA_BYTES = 64 * 2 ** 20;
const BUFFER_BYTES = 1 << 20;
async function checkSeal(path, options, into) {
	if (!await stat(path).then((stats) => stats.isDirectory(), () => false)) return;
	const manifest = await readManifest(path, options.limits?.maxMetadataBytes ?? DEFAULT_METADATA_BYTES);
	const buffer = new Uint8Array(BUFFER_BYTES);
	for (const file of manifest?.files ?? []) {
		options.signal?.throwIfAborted();
		const what = await differs(join(path, file.path), file, options.deep === true, buffer);
		if (what !== void 0) into.push({
			path: file.path,
			code: "CORRUPT",
			what
		});
	}
}
async function differs(path, file, deep, buffer) {
	const stats = await stat(path).catch(() => void 0);
	if (stats === void 0 || !stats.isFile()) return "is missing; restore the store from a copy";
	if (stats.size !== file.size) return `has ${stats.size} bytes, not the ${file.size} that were written`;
	if (!deep) return void 0;
	const handle = await open$1(path, "r");
	try {
		const { crc32 } = await checksumOf(handle, buffer);
		return crc32 === file.crc32 ? void 0 : "has other bytes than were written; restore the store from a copy";
	} finally {
		await handle.close();
	}
}
//#endregion
//#region src/inspect/validate/values.ts
async function readThrough(path, element, options, into, columns) {
	if (element.kind === "lazy-frame") return readFrame(path, element, columns, options, into);
	if (element.kind !== "lazy-array" || element.shape.length === 0) {
		await element.read([], options);
		return;
	}
	const axis = element.sparse === "csc" ? 1 : 0;
	for (const block of blocksOf(element, axis)) {
		options.signal?.throwIfAborted();
		const value = await element.read(axis === 0 ? [block] : [void 0, block], options);
		if (block.start === 0) checkCategories(path, value, into);
	}
}
async function readFrame(path, frame, columns, options, into) {
	const wanted = columns ?? frame.columnNames;
	for (const block of blocksOf(frame, 0, 1 + wanted.length)) {
		options.signal?.throwIfAborted();
		const value = await frame.readFrame(wanted, block, options);
		if (wanted.length === 0) checkIndex(path, value.index, block.start, into);
		if (block.start > 0) continue;
		for (const column of value.columns.values()) checkCategories(path, column, into);
	}
}
function checkCategories(path, value, into) {
	if (!isArrayValue(value) || value.kind !== "categorical") return;
	const { categories } = value;
	const cell = cellReader(categories);
	const seen = new Set();
	for (let i = 0; i < categories.length; i++) {
		const category = cell(i);
		if (category === null || seen.has(category)) {
			const what = category === null ? "has a category that is missing" : `has the category ${category} twice`;
			into.push({
				path,
				code: "CORRUPT",
				what
			});
			return;
		}
		seen.add(category);
	}
}
function checkIndex(path, index, first, into) {
	const cell = cellReader(index);
	for (let i = 0; i < index.length; i++) {
		if (cell(i) !== null) continue;
		into.push({
			path,
			code: "CORRUPT",
			what: `has no name for row ${first + i}`
		});
		return;
	}
}
//#endregion
//#region src/inspect/validate.ts
async function validate(path, options = {}) {
	const findings = [];
	await checking("", findings, () => checkSeal(path, options, findings));
	let store;
	await checking("", findings, async () => {
		store = await openAnnData(path, options);
	});
	try {
		if (store !== void 0) await checkElements(store.elements, options, findings);
	} finally {
		await store?.close();
	}
	return {
		valid: findings.length === 0,
		findings
	};
}
async function checkElements(elements, options, into) {
	for (const { path, element } of listParts(elements)) await checkElement(path, element, options, into);
}
async function checkElement(path, element, options, into) {
	options.signal?.throwIfAborted();
	if (element.kind === "lazy-dict") {
		await checking(path, into, async () => {
			for (const key of await element.keys()) {
				const at = `${path}/${key}`;
				const member = await checking(at, into, () => element.get(key));
				if (member !== void 0) await checkElement(at, member, options, into);
			}
		});
		return;
	}
	options.onElement?.(path);
	if (element.kind === "lazy-frame") return checkTable(path, element, options, into);
	const closed = ["unreadable", "opaque"].includes(element.info.encoding);
	if (options.deep || closed || element.kind === "lazy-value") await checking(path, into, () => readThrough(path, element, options, into));
}
async function checkTable(path, frame, options, into) {
	checkFrame(path, frame, into);
	for (const name of frame.columnNames) {
		const at = `${path}/${name}`;
		await checking(at, into, async () => {
			const column = await frame.column?.(name);
			if (column !== void 0 && (column.shape.length !== 1 || column.shape[0] !== frame.length)) into.push({
				path: at,
				code: "CORRUPT",
				what: `has the shape [${column.shape}] in ${frame.length} rows`
			});
			else if (options.deep) await readThrough(at, frame, options, into, [name]);
		});
	}
	if (options.deep) await checking(path, into, () => readThrough(path, frame, options, into, []));
}
async function checking(path, into, check) {
	try {
		return await check();
	} catch (error) {
		if (!AtsError.is(error) || [
			"NOT_FOUND",
			"IO",
			"CLOSED",
			"INTERNAL"
		].includes(error.code)) throw error;
		into.push({
			path,
			code: error.code,
			what: error.message
		});
		return;
	}
}
//#endregion
export { Scalar as $, ATS_FILE_NAME as A, appendRows as B, writeContext$1 as C, AwkwardArray as D, columnFrame as E, readManifest as F, columnFrom as G, readAlike as H, isMissing$1 as I, frameToArrow as J, memberFrom as K, saveError as L, numpyTypeString as M, fileError as N, lazyDict as O, saveDirectory as P, isArrayValue as Q, checkAligned as R, directorySink as S, openAts as T, concatValues as U, appended as V, AnnData as W, lazyFromValue as X, listParts as Y, Tuple as Z, openAnnDataGroup as _, open$2 as a, Frame as at, atsSession as b, toPath as c, Predicate as ct, writeTree as d, names as dt, takeValue as et, zipSink as f, cellReader as ft, saveFile as g, openHdf5Writer as h, write as i, ArrowColumn as it, openZarrStorage as j, defineEncoding as k, parseExpression as l, where as lt, COMPAT_LEVELS as m, sortPositions as mt, diff as n, AxisView as nt, read as o, UNNAMED_INDEX as ot, writeAnnDataGroup as p, plainColumn as pt, arrowToFrame as q, convert as r, NullableArray as rt, formatOfName as s, Categorical as st, validate as t, RecordArray as tt, openAnnData as u, Names as ut, openH5wasm as v, parseCodec as w, checkKeys$1 as x, AtsWriter as y, numericDType as z };
