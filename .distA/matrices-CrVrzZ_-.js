import { n as findAddon, t as addonCandidates } from "./locate-dv6IJnAM.js";
import { createRequire } from "node:module";
import { Buffer, constants } from "node:buffer";
//#region src/errors.ts
var AtsError = class extends Error {
	name = "AtsError";
	code;
	path;
	constructor(code, message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.code = code;
		this.path = options.path;
	}
	static is(value) {
		return value instanceof Error && value.name === "AtsError" && typeof value.code === "string";
	}
};
//#endregion
//#region src/dtype.ts
const Float16 = globalThis["Float16Array"] ?? Uint16Array;
const FACTS = {
	bool: {
		itemSize: 1,
		lanes: 1,
		array: Uint8Array,
		kind: "bool"
	},
	int8: {
		itemSize: 1,
		lanes: 1,
		array: Int8Array,
		kind: "int"
	},
	uint8: {
		itemSize: 1,
		lanes: 1,
		array: Uint8Array,
		kind: "uint"
	},
	int16: {
		itemSize: 2,
		lanes: 1,
		array: Int16Array,
		kind: "int"
	},
	uint16: {
		itemSize: 2,
		lanes: 1,
		array: Uint16Array,
		kind: "uint"
	},
	int32: {
		itemSize: 4,
		lanes: 1,
		array: Int32Array,
		kind: "int"
	},
	uint32: {
		itemSize: 4,
		lanes: 1,
		array: Uint32Array,
		kind: "uint"
	},
	int64: {
		itemSize: 8,
		lanes: 1,
		array: BigInt64Array,
		kind: "int"
	},
	uint64: {
		itemSize: 8,
		lanes: 1,
		array: BigUint64Array,
		kind: "uint"
	},
	float16: {
		itemSize: 2,
		lanes: 1,
		array: Float16,
		kind: "float"
	},
	bfloat16: {
		itemSize: 2,
		lanes: 1,
		array: Uint16Array,
		kind: "float"
	},
	float32: {
		itemSize: 4,
		lanes: 1,
		array: Float32Array,
		kind: "float"
	},
	float64: {
		itemSize: 8,
		lanes: 1,
		array: Float64Array,
		kind: "float"
	},
	complex64: {
		itemSize: 8,
		lanes: 2,
		array: Float32Array,
		kind: "complex"
	},
	complex128: {
		itemSize: 16,
		lanes: 2,
		array: Float64Array,
		kind: "complex"
	}
};
function isDType(name) {
	return Object.hasOwn(FACTS, name);
}
function itemSize(dtype) {
	return FACTS[dtype].itemSize;
}
function lanes(dtype) {
	return FACTS[dtype].lanes;
}
function dtypeKind(dtype) {
	return FACTS[dtype].kind;
}
function allocate(dtype, length) {
	const facts = FACTS[dtype];
	try {
		return new facts.array(length * facts.lanes);
	} catch (cause) {
		throw tooLong(dtype, length, cause);
	}
}
const LEAST_UNSET_BYTES = 2 ** 16;
function allocateUnset(dtype, length) {
	const bytes = length * itemSize(dtype);
	if (bytes < LEAST_UNSET_BYTES || bytes > constants.MAX_LENGTH) return allocate(dtype, length);
	try {
		return viewAs(dtype, Buffer.allocUnsafeSlow(bytes).buffer, 0, length);
	} catch (cause) {
		throw tooLong(dtype, length, cause);
	}
}
function tooLong(dtype, length, cause) {
	return new AtsError("LIMIT_EXCEEDED", `${length} values of ${dtype} do not fit in one typed array; select fewer rows or columns, or read in batches.`, { cause });
}
function viewAs(dtype, buffer, byteOffset, length) {
	const facts = FACTS[dtype];
	return new facts.array(buffer, byteOffset, length * facts.lanes);
}
const BY_TAG = {
	Int8Array: "int8",
	Uint8Array: "uint8",
	Uint8ClampedArray: "uint8",
	Int16Array: "int16",
	Uint16Array: "uint16",
	Int32Array: "int32",
	Uint32Array: "uint32",
	BigInt64Array: "int64",
	BigUint64Array: "uint64",
	Float16Array: "float16",
	Float32Array: "float32",
	Float64Array: "float64"
};
function dtypeOf(array) {
	const dtype = BY_TAG[array[Symbol.toStringTag] ?? ""];
	if (dtype === void 0) throw new AtsError("INVALID_ARGUMENT", "A typed array is needed here; pass a Float32Array, Int32Array or another numeric typed array.");
	return dtype;
}
//#endregion
//#region src/kernels/arrays.ts
const INT32_MAX = 2 ** 31 - 1;
function allocateIntegers(length, largest) {
	return largest <= INT32_MAX ? allocate("int32", length) : allocate("int64", length);
}
function allocateLike(like, length) {
	return like instanceof Int32Array ? allocate("int32", length) : allocate("int64", length);
}
function lastEntry(indptr) {
	return Number(indptr[indptr.length - 1] ?? 0);
}
function kernelAxis(selection) {
	return selection.kind === "range" ? {
		start: selection.start,
		step: selection.step,
		count: selection.count
	} : { positions: selection.positions.subarray(0, selection.count) };
}
//#endregion
//#region src/kernels/fault.ts
const Fault = {
	valueRange: 5,
	selectionRange: 6
};
const MEANINGS = [
	["INTERNAL", () => "Nothing is wrong."],
	["CORRUPT", (at) => `indptr must start at 0 and never be negative; see its entry ${at}.`],
	["CORRUPT", (at) => `indptr descends after its entry ${at}.`],
	["CORRUPT", (at) => `indptr reaches past the stored values, or ends before them; see its entry ${at}.`],
	["CORRUPT", (at) => `The index of the stored value ${at} is outside the matrix.`],
	["CORRUPT", (at) => `The number at position ${at} is outside the range that it may have.`],
	["INVALID_ARGUMENT", (at) => `Entry ${at} of the selection is outside the axis; select positions that it has.`],
	["INVALID_ARGUMENT", () => "The arrays changed while they were read; do not write to them before the call has ended."],
	["LIMIT_EXCEEDED", () => "There is not enough memory; select fewer rows or columns, or read in batches."],
	["CORRUPT", (at) => `A chunk of strings says another number of them than it has; see string ${at}.`],
	["CORRUPT", (at) => `String ${at} leaves the bytes that hold it.`],
	["CORRUPT", (at) => `Bytes are left over, or missing, at string ${at}.`],
	["CORRUPT", (at) => `String ${at} is not UTF-8.`]
];
function faultError(outcome, path) {
	const [code, message] = MEANINGS[outcome.fault];
	const text = message(outcome.position);
	return path === void 0 ? new AtsError(code, text) : new AtsError(code, `${path}: ${text}`, { path });
}
function assertSound(outcome, path) {
	if (outcome.fault !== 0) throw faultError(outcome, path);
}
//#endregion
//#region src/native/load.ts
const require = createRequire(import.meta.url);
let loaded;
function loadAddon() {
	loaded ??= loadFrom(findAddon());
	return loaded;
}
function loadFrom(path) {
	const platform = `${process.platform}-${process.arch}`;
	if (path === void 0) throw new AtsError("UNSUPPORTED", `anndata-tensorstore has no binary for ${platform}; build it with 'npm rebuild anndata-tensorstore' on a machine with CMake and a C++20 compiler`, { path: addonCandidates().at(-1) ?? "" });
	try {
		return require(path);
	} catch (cause) {
		throw new AtsError("UNSUPPORTED", `the native addon ${path} cannot be loaded on ${platform}; rebuild it with 'npm rebuild anndata-tensorstore'`, {
			path,
			cause
		});
	}
}
//#endregion
//#region src/kernels/steps.ts
const SMALL_WORK = 65536;
function step(name, work, args) {
	return {
		work,
		run: (kernels, async) => kernels[name](args, async)
	};
}
async function runSteps(steps, options) {
	for (let next = steps.next();;) {
		options.signal?.throwIfAborted();
		if (next.done === true) return next.value;
		next = steps.next(await call(next.value, next.value.work >= SMALL_WORK));
	}
}
function runStepsSync(steps) {
	for (let next = steps.next();;) {
		if (next.done === true) return next.value;
		next = steps.next(call(next.value, false));
	}
}
function call(step, async) {
	try {
		return step.run(loadAddon().kernels, async);
	} catch (cause) {
		if (cause.code !== "INVALID_ARGUMENT") throw cause;
		throw new AtsError("INVALID_ARGUMENT", cause.message, { cause });
	}
}
//#endregion
//#region src/kernels/types.ts
function majorLength(matrix) {
	return matrix.shape[matrix.kind === "csr" ? 0 : 1];
}
function minorLength(matrix) {
	return matrix.shape[matrix.kind === "csr" ? 1 : 0];
}
//#endregion
//#region src/kernels/densify.ts
function densify(matrix, options = {}) {
	return runSteps(densifySteps(matrix, options), options);
}
function densifySync(matrix, options = {}) {
	return runStepsSync(densifySteps(matrix, options));
}
function* densifySteps(matrix, options) {
	const rows = checkInterval(options.rows, matrix.shape[0], "rows");
	const cols = checkInterval(options.cols, matrix.shape[1], "columns");
	const [major, minor] = matrix.kind === "csr" ? [rows, cols] : [cols, rows];
	const size = (rows.stop - rows.start) * (cols.stop - cols.start);
	const out = options.into ?? allocate(matrix.dtype, size);
	assertSound(yield step("densify", size + matrix.indices.length, {
		dtype: matrix.dtype,
		indptr: matrix.indptr,
		indices: matrix.indices,
		data: matrix.data,
		minor: matrix.shape[matrix.kind === "csr" ? 1 : 0],
		majorStart: major.start,
		majorStop: major.stop,
		minorStart: minor.start,
		minorStop: minor.stop,
		minorFirst: matrix.kind === "csc",
		sorted: options.sorted ?? false,
		out
	}), options.path);
	return out.length === size * lanes(matrix.dtype) ? out : out.subarray(0, size * lanes(matrix.dtype));
}
function checkInterval(interval, length, axis) {
	const { start, stop } = interval ?? {
		start: 0,
		stop: length
	};
	if (!(start >= 0 && start <= stop && stop <= length)) throw new AtsError("INVALID_ARGUMENT", `The ${axis} ${start}…${stop} are not within 0…${length}.`);
	return {
		start,
		stop
	};
}
//#endregion
//#region src/kernels/layout.ts
function convertLayout(matrix, kind, options = {}) {
	return runSteps(layoutSteps(matrix, kind, options), options);
}
function sparsify(dense, kind, options = {}) {
	return runSteps(sparsifySteps(dense, kind, options), options);
}
function* layoutSteps(matrix, kind, options) {
	if (matrix.kind === kind) return matrix;
	const nnz = matrix.indices.length;
	const minor = minorLength(matrix);
	const indptr = allocateIntegers(minor + 1, nnz);
	const indices = allocateIntegers(nnz, majorLength(matrix) - 1);
	const data = allocate(matrix.dtype, nnz);
	assertSound(yield step("transpose", nnz + minor + majorLength(matrix), {
		indptr: matrix.indptr,
		indices: matrix.indices,
		minor,
		itemSize: itemSize(matrix.dtype),
		data: matrix.data,
		outIndptr: indptr,
		outIndices: indices,
		outData: data
	}), options.path);
	return {
		kind,
		dtype: matrix.dtype,
		shape: matrix.shape,
		data,
		indices,
		indptr
	};
}
function* sparsifySteps(dense, kind, options) {
	const [rows, columns] = dense.shape;
	if (rows === void 0 || columns === void 0 || dense.shape.length !== 2) throw new AtsError("INVALID_ARGUMENT", `A matrix is needed here, not an array of rank ${dense.shape.length}.`);
	const input = {
		rows,
		columns,
		dtype: dense.dtype,
		data: dense.data
	};
	const indptr = yield* countNonZeros(input, options);
	const nnz = lastEntry(indptr);
	const indices = allocateIntegers(nnz, columns - 1);
	const data = allocate(dense.dtype, nnz);
	assertSound(yield step("sparsifyFill", rows * columns, {
		...input,
		starts: indptr,
		outIndices: indices,
		outData: data
	}), options.path);
	return yield* layoutSteps({
		kind: "csr",
		dtype: dense.dtype,
		shape: [rows, columns],
		data,
		indices,
		indptr
	}, kind, options);
}
function* countNonZeros(input, options) {
	const work = input.rows * input.columns;
	const starts = allocateIntegers(input.rows + 1, 0);
	const outcome = yield step("sparsifyStarts", work, {
		...input,
		starts
	});
	if (outcome.fault !== Fault.valueRange) {
		assertSound(outcome, options.path);
		return starts;
	}
	const wide = allocateIntegers(input.rows + 1, INT32_MAX + 1);
	assertSound(yield step("sparsifyStarts", work, {
		...input,
		starts: wide
	}), options.path);
	return wide;
}
//#endregion
//#region src/elements/matrices.ts
function sizeOf(shape) {
	return shape.reduce((product, extent) => product * extent, 1);
}
var DenseArray = class DenseArray {
	kind = "dense";
	dtype;
	shape;
	data;
	constructor(dtype, shape, data) {
		if (data.length !== sizeOf(shape) * lanes(dtype)) throw new AtsError("INVALID_ARGUMENT", `An array of shape [${shape.join(", ")}] and type ${dtype} needs ${sizeOf(shape) * lanes(dtype)} elements, not ${data.length}.`);
		this.dtype = dtype;
		this.shape = shape;
		this.data = data;
	}
	static zeros(dtype, shape) {
		return new DenseArray(dtype, shape, allocate(dtype, sizeOf(shape)));
	}
	get length() {
		return this.shape[0] ?? 1;
	}
	row(i) {
		const width = sizeOf(this.shape.slice(1)) * lanes(this.dtype);
		if (!Number.isInteger(i) || i < 0 || i >= this.length) throw new AtsError("INVALID_ARGUMENT", `Row ${i} is outside 0…${this.length - 1}.`);
		return this.data.subarray(i * width, (i + 1) * width);
	}
	async toDense() {
		return this;
	}
	async toCsr(options = {}) {
		return await this.#toSparse("csr", options);
	}
	async toCsc(options = {}) {
		return await this.#toSparse("csc", options);
	}
	async #toSparse(kind, options) {
		const [rows, columns, ...others] = this.shape;
		if (rows === void 0 || columns === void 0 || others.length > 0) throw new AtsError("INVALID_ARGUMENT", `An array of ${this.shape.length} dimensions is no matrix; only arrays of two dimensions can be made sparse.`);
		const { dtype, data } = this;
		return fromParts(await sparsify({
			dtype,
			shape: [rows, columns],
			data
		}, kind, options));
	}
};
var CompressedMatrix = class {
	shape;
	dtype;
	data;
	indices;
	indptr;
	constructor(dtype, shape, data, indices, indptr) {
		this.dtype = dtype;
		this.shape = shape;
		this.data = data;
		this.indices = indices;
		this.indptr = indptr;
	}
	get nnz() {
		return this.indices.length;
	}
	get length() {
		return this.shape[0];
	}
	row(i) {
		if (!Number.isInteger(i) || i < 0 || i >= this.shape[0]) throw new AtsError("INVALID_ARGUMENT", `Row ${i} is outside 0…${this.shape[0] - 1}.`);
		return densifySync(this, { rows: {
			start: i,
			stop: i + 1
		} });
	}
	async toDense(options = {}) {
		return new DenseArray(this.dtype, this.shape, await densify(this, options));
	}
	async toCsr(options = {}) {
		return fromParts(await convertLayout(this, "csr", options));
	}
	async toCsc(options = {}) {
		return fromParts(await convertLayout(this, "csc", options));
	}
};
var CsrMatrix = class extends CompressedMatrix {
	kind = "csr";
};
var CscMatrix = class extends CompressedMatrix {
	kind = "csc";
};
function fromParts(parts) {
	if (parts instanceof CompressedMatrix) return parts;
	return new (parts.kind === "csr" ? CsrMatrix : CscMatrix)(parts.dtype, parts.shape, parts.data, parts.indices, parts.indptr);
}
//#endregion
export { AtsError as A, allocateUnset as C, itemSize as D, isDType as E, lanes as O, allocate as S, dtypeOf as T, INT32_MAX as _, sizeOf as a, kernelAxis as b, densify as c, runSteps as d, runStepsSync as f, assertSound as g, Fault as h, fromParts as i, viewAs as k, majorLength as l, loadAddon as m, CsrMatrix as n, convertLayout as o, step as p, DenseArray as r, sparsify as s, CscMatrix as t, minorLength as u, allocateIntegers as v, dtypeKind as w, lastEntry as x, allocateLike as y };
