import { A as AtsError, C as allocateUnset, E as isDType, T as dtypeOf, a as sizeOf, k as viewAs, m as loadAddon, r as DenseArray, w as dtypeKind } from "./matrices-CrVrzZ_-.js";
import { isAscii, isUtf8 } from "node:buffer";
import { availableParallelism } from "node:os";
//#region src/elements/utf8.ts
const BLOCK = 16384;
function packStrings(values) {
	const ends = new Float64Array(values.length + 1);
	const parts = [];
	for (let from = 0; from < values.length; from += BLOCK) parts.push(packBlock(values.slice(from, from + BLOCK), ends, from));
	const bytes = Buffer.concat(parts);
	return {
		offsets: bytes.length > 2147483647 ? BigInt64Array.from(ends, BigInt) : Int32Array.from(ends),
		bytes,
		validity: validityOf(values)
	};
}
function packBlock(values, ends, from) {
	const bytes = Buffer.from(values.join(""));
	let end = ends[from];
	let units = 0;
	for (let i = 0; i < values.length; i++) {
		const length = values[i]?.length ?? 0;
		units += length;
		end += length;
		ends[from + i + 1] = end;
	}
	if (units === bytes.length) return bytes;
	const each = values.map((value) => Buffer.from(value ?? ""));
	end = ends[from];
	for (const [i, one] of each.entries()) {
		end += one.length;
		ends[from + i + 1] = end;
	}
	return Buffer.concat(each);
}
function validityOf(values) {
	if (!values.includes(null)) return void 0;
	const bits = new Uint8Array(values.length + 7 >> 3);
	for (let i = 0; i < values.length; i++) if (values[i] !== null) bits[i >> 3] = bits[i >> 3] | 1 << (i & 7);
	return bits;
}
function isPresent({ validity }, i) {
	return validity === void 0 || (validity[i >> 3] >> (i & 7) & 1) === 1;
}
function textAt(text, i) {
	if (!isPresent(text, i)) return null;
	const { buffer, byteOffset, byteLength } = text.bytes;
	return Buffer.from(buffer, byteOffset, byteLength).toString("utf8", Number(text.offsets[i]), Number(text.offsets[i + 1]));
}
function unpackText(text) {
	const { offsets } = text;
	const count = offsets.length - 1;
	const out = new Array(count);
	const start = Number(offsets[0] ?? 0);
	const used = text.bytes.subarray(start, Number(offsets[count] ?? 0));
	const slice = slicer(Buffer.from(used.buffer, used.byteOffset, used.byteLength));
	for (let i = 0; i < count; i++) out[i] = isPresent(text, i) ? slice(Number(offsets[i]) - start, Number(offsets[i + 1]) - start) : null;
	return out;
}
function slicer(view) {
	if (!isAscii(view)) return (from, to) => view.toString("utf8", from, to);
	if (view.length > 1 << 24) return (from, to) => view.toString("latin1", from, to);
	const text = view.toString("latin1");
	return (from, to) => text.slice(from, to);
}
function checkText({ offsets, bytes }, path) {
	let last = Number(offsets[0] ?? 0);
	if (!(last >= 0)) throw new AtsError("CORRUPT", `${path} has a string that starts before its bytes.`, { path });
	const start = last;
	for (let i = 1; i < offsets.length; i++) {
		const next = Number(offsets[i]);
		if (!(next >= last)) throw new AtsError("CORRUPT", `${path} has a string of negative length.`, { path });
		last = next;
	}
	if (last > bytes.length) throw new AtsError("CORRUPT", `${path} has a string that ends behind its bytes.`, { path });
	const used = bytes.subarray(start, last);
	if (isAscii(used)) return;
	if (!(isUtf8(used) && startsAreCharacters(offsets, bytes, last))) throw new AtsError("CORRUPT", `${path} holds text that is not UTF-8.`, { path });
}
function startsAreCharacters(offsets, bytes, end) {
	for (let i = 0; i < offsets.length; i++) {
		const start = Number(offsets[i]);
		if (start < end && (bytes[start] & 192) === 128) return false;
	}
	return true;
}
//#endregion
//#region src/elements/strings.ts
var StringArray = class StringArray {
	kind = "strings";
	shape;
	na;
	#values;
	#text;
	#looks = 0;
	constructor(values, shape = [values.length], na = null) {
		checkCount(values.length, shape);
		this.shape = shape;
		this.na = na;
		this.#values = values;
		Object.defineProperty(this, "values", {
			get: this.#decoded.bind(this),
			enumerable: true,
			configurable: true
		});
	}
	static fromUtf8(text, shape = [text.offsets.length - 1], na = null) {
		checkCount(text.offsets.length - 1, shape);
		const array = new StringArray(NONE, [0], na);
		array.#values = void 0;
		array.#text = text;
		array.shape = shape;
		return array;
	}
	get length() {
		return this.shape[0] ?? 1;
	}
	get hasMissing() {
		return this.#values === void 0 ? this.#text?.validity !== void 0 : this.#values.includes(null);
	}
	at(i) {
		const text = this.#text;
		if (this.#values !== void 0 || text === void 0 || ++this.#looks > text.offsets.length >> MANY) return this.values[i];
		return textAt(text, i);
	}
	isMissing(i) {
		return this.#text === void 0 ? this.values[i] === null : !isPresent(this.#text, i);
	}
	utf8() {
		this.#text ??= packStrings(this.#values);
		return this.#text;
	}
	get hasUtf8() {
		return this.#text !== void 0;
	}
	#decoded() {
		this.#values ??= unpackText(this.#text);
		return this.#values;
	}
};
const NONE = [];
const MANY = 3;
function checkCount(count, shape) {
	if (count === sizeOf(shape)) return;
	throw new AtsError("INVALID_ARGUMENT", `A string array of shape [${shape.join(", ")}] needs ${sizeOf(shape)} values, not ${count}.`);
}
//#endregion
//#region src/tensorstore/native.ts
let addon;
function native() {
	if (addon === void 0) {
		addon = loadAddon();
		addon.setErrorFactory(makeError);
	}
	return addon;
}
function makeError(code, message, path, cause) {
	return new AtsError(code, message, path === void 0 ? { cause } : {
		path,
		cause
	});
}
//#endregion
//#region src/tensorstore/abort.ts
const waiting = new WeakMap();
function onAbort(signal, cancel) {
	const cancels = waiting.get(signal) ?? listen(signal);
	cancels.add(cancel);
	return () => cancels.delete(cancel);
}
function listen(signal) {
	const cancels = new Set();
	waiting.set(signal, cancels);
	const run = () => {
		waiting.delete(signal);
		for (const cancel of cancels) cancel();
	};
	signal.addEventListener("abort", run, { once: true });
	return cancels;
}
function cancellable(signal, start) {
	try {
		if (signal === void 0) return start(0);
		if (signal.aborted) return Promise.reject(signal.reason);
		const token = native().nextToken();
		const promise = start(token);
		const release = onAbort(signal, () => native().cancel(token, signal.reason));
		promise.then(release, release);
		return promise;
	} catch (error) {
		return Promise.reject(error);
	}
}
//#endregion
//#region src/tensorstore/json.ts
function toJson(value) {
	try {
		return JSON.stringify(value, replace).replace(BIGINT_STRING, "$1");
	} catch (cause) {
		throw new AtsError("INVALID_ARGUMENT", "This value cannot be written as JSON.", { cause });
	}
}
const BIGINT_STRING = /"\\u0000bigint:(-?\d+)"/g;
function replace(_key, value) {
	if (typeof value === "bigint") return `\u0000bigint:${value}`;
	if (typeof value === "number" && !Number.isFinite(value)) return String(value);
	if (ArrayBuffer.isView(value)) return Array.from(value);
	return value;
}
//#endregion
//#region src/tensorstore/context.ts
var Context = class Context {
	handle;
	constructor(spec = {}, parent) {
		const resources = parent === void 0 ? {
			...defaultResources(),
			...spec
		} : spec;
		this.handle = native().context(toJson(resources), parent?.handle);
	}
	static default() {
		shared ??= new Context();
		return shared;
	}
	toJSON() {
		return JSON.parse(this.handle.json());
	}
};
let shared;
function defaultResources() {
	const threads = availableParallelism();
	return {
		data_copy_concurrency: { limit: threads },
		file_io_concurrency: { limit: Math.max(4, threads) }
	};
}
//#endregion
//#region src/tensorstore/kvstore.ts
var KvStore = class KvStore {
	handle;
	constructor(handle) {
		this.handle = handle;
	}
	static async open(spec, options = {}) {
		const json = toJson(spec instanceof URL ? spec.href : spec);
		const context = options.context ?? Context.default();
		return new KvStore(await cancellable(options.signal, (token) => native().openKvStore(json, context.handle, options.transaction?.handle, token)));
	}
	get path() {
		return this.handle.info().path;
	}
	get url() {
		return this.handle.info().url ?? void 0;
	}
	get spec() {
		return JSON.parse(this.handle.spec());
	}
	child(suffix) {
		return new KvStore(this.handle.child(suffix));
	}
	close() {
		this.handle.close();
	}
	withTransaction(transaction) {
		return new KvStore(this.handle.withTransaction(transaction?.handle));
	}
	async get(key, options = {}) {
		const { signal, byteRange, ifEqual, ifNotEqual, batch } = options;
		const { state, value, generation, time } = await cancellable(signal, (token) => this.handle.get(key, rangeBounds(byteRange), ifEqual, ifNotEqual, batch?.handle, token));
		return state === "value" ? {
			state,
			value,
			generation,
			time
		} : {
			state,
			time
		};
	}
	async set(key, value, options = {}) {
		const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
		return setResult(await cancellable(options.signal, (token) => this.handle.set(key, bytes, options.ifEqual, token)));
	}
	async delete(key, options = {}) {
		return setResult(await cancellable(options.signal, (token) => this.handle.set(key, null, options.ifEqual, token)));
	}
	deleteRange(range, options = {}) {
		const [start, end] = keyBounds(range);
		return cancellable(options.signal, (token) => this.handle.deleteRange(start, end, token));
	}
	async list(options = {}) {
		return (await this.#list(options)).keys;
	}
	async entries(options = {}) {
		const { keys, sizes } = await this.#list(options);
		return keys.map((key, i) => ({
			key,
			size: sizes[i] < 0 ? void 0 : sizes[i]
		}));
	}
	#list(options) {
		const { signal, prefix = "", range, stripPrefix = false } = options;
		if (range !== void 0 && prefix !== "") return Promise.reject(new AtsError("INVALID_ARGUMENT", "List a prefix or a range, not both."));
		const [start, end] = keyBounds(range ?? { prefix });
		const strip = stripPrefix ? new TextEncoder().encode(prefix).length : 0;
		return cancellable(signal, (token) => this.handle.list(start, end, strip, token));
	}
};
function rangeBounds(range) {
	if (range === void 0) return null;
	if ("suffixLength" in range) return suffixBounds(range.suffixLength);
	return [range.start, range.end ?? -1];
}
function suffixBounds(length) {
	if (!(length >= 0)) throw new AtsError("INVALID_ARGUMENT", `A value has no last ${length} bytes.`);
	return length === 0 ? [0, 0] : [-length, -1];
}
function setResult({ generation, time }) {
	return {
		written: generation !== void 0,
		generation: generation ?? void 0,
		time
	};
}
function keyBounds(range) {
	if (!("prefix" in range)) return [range.start ?? "", range.end ?? ""];
	return [range.prefix, successorOfPrefix(range.prefix)];
}
function successorOfPrefix(prefix) {
	const points = Array.from(prefix, (character) => character.codePointAt(0));
	while (points.length > 0) {
		const last = points.pop() + 1;
		if (last <= 1114111) return String.fromCodePoint(...points, last === 55296 ? 57344 : last);
	}
	return "";
}
//#endregion
//#region src/tensorstore/schema.ts
function schemaToJson(schema) {
	const json = {
		dtype: schema.dtype,
		rank: schema.rank,
		domain: schema.domain ?? shapeToJson(schema),
		chunk_layout: schema.chunkLayout && layoutToJson(schema.chunkLayout),
		codec: schema.codec,
		fill_value: schema.fillValue,
		dimension_units: schema.dimensionUnits
	};
	return Object.values(json).every((value) => value === void 0) ? null : json;
}
function shapeToJson({ shape, labels }) {
	if (shape === void 0) return labels && { labels };
	return {
		shape,
		labels
	};
}
function layoutToJson(layout) {
	const chunk = (shape) => shape && { shape };
	return {
		grid_origin: layout.gridOrigin,
		inner_order: layout.innerOrder,
		read_chunk: chunk(layout.readChunk),
		write_chunk: chunk(layout.writeChunk),
		codec_chunk: chunk(layout.codecChunk)
	};
}
function layoutFromJson(json) {
	return {
		readChunk: json.read_chunk?.shape ?? json.chunk?.shape,
		writeChunk: json.write_chunk?.shape ?? json.chunk?.shape,
		codecChunk: json.codec_chunk?.shape,
		innerOrder: json.inner_order,
		gridOrigin: json.grid_origin
	};
}
function schemaFromJson(text, domain) {
	const json = JSON.parse(text);
	return {
		dtype: json.dtype,
		rank: json.rank,
		domain,
		chunkLayout: json.chunk_layout && layoutFromJson(json.chunk_layout),
		codec: json.codec,
		fillValue: json.fill_value,
		dimensionUnits: json.dimension_units
	};
}
//#endregion
//#region src/tensorstore/domain.ts
var IndexDomain = class IndexDomain {
	origin;
	shape;
	exclusiveMax;
	labels;
	implicitLower;
	implicitUpper;
	constructor(init) {
		const { shape } = init;
		this.shape = shape;
		this.origin = init.origin ?? shape.map(() => 0);
		this.exclusiveMax = shape.map((extent, i) => this.origin[i] + extent);
		this.labels = init.labels ?? shape.map(() => "");
		this.implicitLower = shape.map(() => false);
		this.implicitUpper = shape.map(() => false);
	}
	static fromNative(domain) {
		return Object.assign(Object.create(IndexDomain.prototype), domain);
	}
	get rank() {
		return this.shape.length;
	}
	get size() {
		return this.shape.reduce((product, extent) => product * extent, 1);
	}
	toJSON() {
		return {
			inclusive_min: this.origin,
			shape: this.shape,
			labels: this.labels
		};
	}
	toString() {
		return `{ ${this.origin.map((first, i) => {
			return `${this.labels[i] ? `"${this.labels[i]}": ` : ""}[${first}, ${this.exclusiveMax[i]})`;
		}).join(", ")} }`;
	}
};
//#endregion
//#region src/tensorstore/indexable.ts
var Indexable = class {
	slice(...selectors) {
		return this.outer(selectors);
	}
	oindex(...selectors) {
		return this.outer(selectors);
	}
	vindex(...selectors) {
		return this.view(this.handle.index("vectorized", this.describe(selectors)));
	}
	transpose(permutation) {
		const order = permutation ?? Array.from({ length: this.rank }, (_, i) => this.rank - 1 - i);
		return this.view(this.handle.index("transpose", order));
	}
	translateTo(origin) {
		const origins = typeof origin === "number" ? Array(this.rank).fill(origin) : origin;
		return this.view(this.handle.index("translateTo", origins));
	}
	label(...labels) {
		return this.view(this.handle.index("label", labels));
	}
	outer(selectors) {
		return this.view(this.handle.index("outer", this.describe(selectors)));
	}
	describe(selectors) {
		if (selectors.length > this.rank) throw new AtsError("INVALID_ARGUMENT", `${selectors.length} selectors do not fit ${this.rank} dimensions.`);
		return Array.from({ length: this.rank }, (_, i) => describe(selectors[i]));
	}
};
function describe(selector) {
	if (selector === null || selector === void 0) return null;
	if (typeof selector === "number" || typeof selector === "bigint" || ArrayBuffer.isView(selector)) return selector;
	if (Array.isArray(selector)) return toIndices(selector);
	if ("data" in selector) {
		const { data, shape } = selector;
		return {
			indices: ArrayBuffer.isView(data) ? data : toIndices(data),
			shape
		};
	}
	const { start, stop, step } = selector;
	return [
		start ?? null,
		stop ?? null,
		step ?? null
	];
}
function toIndices(indices) {
	if (typeof indices[0] === "bigint") return BigInt64Array.from(indices);
	return Float64Array.from(indices);
}
//#endregion
//#region src/tensorstore/spec.ts
var Spec = class Spec extends Indexable {
	handle;
	constructor(handle) {
		super();
		this.handle = handle;
	}
	static from(spec) {
		return new Spec(native().spec(specToJson(spec)));
	}
	static fromHandle(handle) {
		return new Spec(handle);
	}
	get dtype() {
		return this.handle.info().dtype ?? void 0;
	}
	get rank() {
		return this.handle.info().rank ?? -1;
	}
	get domain() {
		const domain = this.handle.domain();
		return domain === null ? void 0 : IndexDomain.fromNative(domain);
	}
	get schema() {
		return schemaFromJson(this.handle.schema(), this.domain);
	}
	get url() {
		return this.handle.url() ?? void 0;
	}
	with(schema) {
		const json = schemaToJson(schema);
		return json === null ? this : new Spec(this.handle.with(toJson(json)));
	}
	toJSON() {
		return JSON.parse(this.handle.json());
	}
	view(handle) {
		return new Spec(handle);
	}
};
function specToJson(spec) {
	return toJson(spec instanceof URL ? spec.href : spec);
}
//#endregion
//#region src/tensorstore/element-type.ts
function nativeBytes(array, storeType) {
	const own = dtypeOf(array);
	const { buffer } = array;
	if (buffer.resizable === true || buffer.growable === true) throw new AtsError("INVALID_ARGUMENT", "A resizable buffer may shrink while it is in use; pass one of a fixed length.");
	const dtype = standsFor(own, storeType) ? storeType : own;
	return {
		bytes: own === "float16" ? bitsOf(array) : array,
		dtype
	};
}
function standsFor(own, storeType) {
	return own === storeType || Object.hasOwn(ALIASES, storeType) && ALIASES[storeType] === own;
}
const ALIASES = {
	byte: "uint8",
	bool: "uint8",
	float16: "uint16",
	bfloat16: "uint16",
	complex64: "float32",
	complex128: "float64"
};
function bitsOf(array) {
	return new Uint16Array(array.buffer, array.byteOffset, array.byteLength / 2);
}
function isTypedArray(value) {
	return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
//#endregion
//#region src/tensorstore/store-metadata.ts
function fillValueOf(handle, dtype) {
	const fill = handle.fillValue();
	if (fill === null) return void 0;
	return fill.bytes === void 0 ? textArray(dtype, fill.shape, fill.values ?? []) : numberArray(dtype, fill.shape, fill.bytes);
}
function numberArray(dtype, shape, bytes) {
	if (!isDType(dtype)) return void 0;
	return new DenseArray(dtype, shape, viewAs(dtype, bytes.buffer, bytes.byteOffset, sizeOf(shape)));
}
function textArray(dtype, shape, values) {
	if (dtype !== "json") return new StringArray(values, shape);
	return {
		kind: "json",
		shape,
		values: values.map((text) => JSON.parse(text))
	};
}
function chunkLayoutOf(handle) {
	return layoutFromJson(JSON.parse(handle.chunkLayout()));
}
function codecOf(handle) {
	const codec = handle.codec();
	return codec === null ? void 0 : JSON.parse(codec);
}
function dimensionUnitsOf(handle) {
	return JSON.parse(handle.dimensionUnits());
}
function schemaOf(handle) {
	return schemaFromJson(handle.schema(), IndexDomain.fromNative(handle.domain()));
}
//#endregion
//#region src/tensorstore/transform.ts
var IndexTransform = class IndexTransform extends Indexable {
	handle;
	#domain;
	constructor(handle) {
		super();
		this.handle = handle;
		this.#domain = IndexDomain.fromNative(handle.domain());
	}
	static identity(domain) {
		const { origin, shape, labels } = domain instanceof IndexDomain ? domain : new IndexDomain(domain);
		return IndexTransform.fromJSON({
			input_inclusive_min: origin,
			input_shape: shape,
			input_labels: labels
		});
	}
	static fromJSON(json) {
		return new IndexTransform(native().indexTransform(toJson(json)));
	}
	get domain() {
		return this.#domain;
	}
	get rank() {
		return this.#domain.rank;
	}
	get outputRank() {
		return this.handle.outputRank();
	}
	compose(inner) {
		return new IndexTransform(this.handle.compose(inner.handle));
	}
	toJSON() {
		return JSON.parse(this.handle.json());
	}
	view(handle) {
		return new IndexTransform(handle);
	}
};
//#endregion
//#region src/tensorstore/write.ts
var WriteFutures = class {
	copied;
	#handle;
	#signal;
	#committed;
	constructor(handle, signal) {
		this.#handle = handle;
		this.#signal = signal;
		this.copied = cancellable(signal, (token) => handle.copied(token));
		const release = signal ? onAbort(signal, () => handle.drop()) : () => {};
		this.copied.then(release, release);
	}
	get committed() {
		this.#committed ??= cancellable(this.#signal, (token) => this.#handle.committed(token));
		return this.#committed;
	}
	then = (fulfilled, rejected) => this.committed.then(fulfilled, rejected);
};
//#endregion
//#region src/tensorstore/scalar.ts
function isScalar(value) {
	return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}
function scalarArray(value, dtype) {
	const kind = dtypeKind(dtype);
	if (kind === "float" || kind === "complex") return {
		array: Float64Array.of(Number(value)),
		dtype: "float64"
	};
	const array = integerArray(value, dtype);
	if (array === void 0 || BigInt(array[0]) !== BigInt(value)) throw new AtsError("INVALID_ARGUMENT", `${value} is not a value of type ${dtype}.`);
	return {
		array,
		dtype
	};
}
function integerArray(value, dtype) {
	if (typeof value === "number" && !Number.isInteger(value)) return void 0;
	if (dtype === "int64") return BigInt64Array.of(BigInt(value));
	if (dtype === "uint64") return BigUint64Array.of(BigInt(value));
	if (dtype === "bool") return BigInt(value) > 1n ? void 0 : Uint8Array.of(Number(value));
	return INTEGERS[dtype]?.of(Number(value));
}
const INTEGERS = {
	int8: Int8Array,
	uint8: Uint8Array,
	int16: Int16Array,
	uint16: Uint16Array,
	int32: Int32Array,
	uint32: Uint32Array
};
//#endregion
//#region src/tensorstore/write-source.ts
function startWrite(target, source, immutable) {
	if (TEXT_TYPES$1.has(target.dtype)) return writeValues(target, source);
	if (isScalar(source) && isDType(target.dtype)) return writeScalar(target.handle, target.dtype, source);
	if (isTypedArray(source)) return writeArray(target, source, target.dtype, target.shape, immutable);
	const { data, dtype, shape } = source ?? {};
	if (!isTypedArray(data) || dtype === void 0 || shape === void 0) throw new AtsError("INVALID_ARGUMENT", "Write a number, a typed array, or an object with dtype, shape and data.");
	return writeArray(target, data, dtype, shape, immutable);
}
const TEXT_TYPES$1 = new Set([
	"string",
	"ustring",
	"json"
]);
function writeArray(target, data, dtype, shape, immutable) {
	const source = nativeBytes(data, dtype);
	return target.handle.write(source.bytes, source.dtype, shape, "C", immutable);
}
function writeScalar(handle, dtype, value) {
	const source = scalarArray(value, dtype);
	return (source.dtype === dtype ? handle : handle.cast(source.dtype)).write(source.array, source.dtype, [], "C", true);
}
function writeValues(target, source) {
	const { values, shape } = valuesOf(target, source);
	const texts = target.dtype === "json" ? values.map((value) => JSON.stringify(value) ?? "null") : values.map(asString);
	return target.handle.writeValues(texts, target.dtype, shape);
}
function valuesOf(target, source) {
	if (isValuesSource(source)) return source;
	if (Array.isArray(source) && target.dtype !== "json") return {
		values: source,
		shape: target.shape
	};
	return {
		values: [source],
		shape: []
	};
}
function isValuesSource(source) {
	const { kind, values, shape } = source ?? {};
	return (kind === "json" || kind === "strings") && Array.isArray(values) && Array.isArray(shape);
}
function asString(value) {
	if (typeof value === "string") return value;
	throw new AtsError("INVALID_ARGUMENT", `A store of strings takes strings, not ${value === null ? "null" : typeof value}.`);
}
//#endregion
//#region src/tensorstore/tensorstore.ts
var TensorStore = class TensorStore extends Indexable {
	handle;
	#domain;
	#dtype;
	constructor(handle) {
		super();
		this.handle = handle;
		this.#domain = IndexDomain.fromNative(handle.domain());
		this.#dtype = handle.info().dtype;
	}
	get dtype() {
		return this.#dtype;
	}
	get domain() {
		return this.#domain;
	}
	get shape() {
		return this.#domain.shape;
	}
	get rank() {
		return this.#domain.rank;
	}
	get readable() {
		return this.handle.info().readable;
	}
	get writable() {
		return this.handle.info().writable;
	}
	read(options = {}) {
		const dtype = this.#dtype;
		return isDType(dtype) ? this.#readNumbers(dtype, options) : this.#readText(options);
	}
	async readInto(target, options = {}) {
		const { bytes, dtype } = nativeBytes(target, this.#dtype);
		await this.#readInto(bytes, dtype, false, options);
	}
	write(source, options = {}) {
		options.signal?.throwIfAborted();
		return new WriteFutures(startWrite(this, source, options.sourceIsImmutable ?? false), options.signal);
	}
	apply(transform) {
		return this.view(this.handle.apply(transform.handle));
	}
	cast(dtype) {
		return new TensorStore(this.handle.cast(dtype));
	}
	downsample(factors, method) {
		return this.view(this.handle.downsample(factors, method));
	}
	withTransaction(transaction) {
		return this.view(this.handle.withTransaction(transaction?.handle));
	}
	async resolve(options = {}) {
		const mode = options.fixResizableBounds ? 1 : 0;
		return this.view(await cancellable(options.signal, (token) => this.handle.resolve(mode, token)));
	}
	async resize(options) {
		const keep = Array(this.rank).fill(null);
		const { inclusiveMin = keep, exclusiveMax = keep } = options;
		const mode = (options.metadataOnly ? 1 : 0) | (options.tiedBounds ? 2 : 0) | (options.expandOnly ? 4 : 0) | (options.shrinkOnly ? 8 : 0);
		return this.view(await cancellable(options.signal, (token) => this.handle.resize(inclusiveMin, exclusiveMax, mode, token)));
	}
	spec(options = {}) {
		return Spec.fromHandle(this.handle.spec(options.minimal ?? false, options.context ?? "retain"));
	}
	get schema() {
		return schemaOf(this.handle);
	}
	get chunkLayout() {
		return chunkLayoutOf(this.handle);
	}
	get codec() {
		return codecOf(this.handle);
	}
	get fillValue() {
		return fillValueOf(this.handle, this.#dtype);
	}
	get dimensionUnits() {
		return dimensionUnitsOf(this.handle);
	}
	get transform() {
		return new IndexTransform(this.handle.transform());
	}
	get url() {
		return this.handle.url() ?? void 0;
	}
	get kvstore() {
		const kvstore = this.handle.kvstore();
		return kvstore === null ? void 0 : new KvStore(kvstore);
	}
	storageStatistics(options = {}) {
		return cancellable(options.signal, (token) => this.handle.storageStatistics(token));
	}
	view(handle) {
		return new TensorStore(handle);
	}
	async #readNumbers(dtype, options) {
		const { shape } = this;
		if (!shape.every(Number.isFinite)) throw new AtsError("INVALID_ARGUMENT", `The domain ${this.#domain} is unbounded; slice it before reading.`);
		const data = allocateUnset(dtype, sizeOf(shape));
		await this.#readInto(nativeBytes(data, dtype).bytes, dtype, true, options);
		return new DenseArray(dtype, shape, data);
	}
	async #readText({ signal, batch }) {
		if (!TEXT_TYPES.has(this.#dtype)) throw new AtsError("UNSUPPORTED", `No typed array holds values of type ${this.#dtype}; cast the store first.`);
		const values = await cancellable(signal, (token) => this.handle.readValues(batch?.handle, token));
		return textArray(this.#dtype, this.shape, values);
	}
	#readInto(bytes, dtype, fresh, options) {
		const { signal, batch, order = "C" } = options;
		return cancellable(signal, (token) => this.handle.readInto(bytes, dtype, this.shape, order, fresh, batch?.handle, token));
	}
};
const TEXT_TYPES = new Set([
	"string",
	"ustring",
	"json"
]);
//#endregion
//#region src/tensorstore/open.ts
async function open(spec, options = {}) {
	options.signal?.throwIfAborted();
	const schema = schemaToJson(options);
	return new TensorStore(await cancellable(options.signal, (token) => native().open(spec instanceof Spec ? spec.handle : specToJson(spec), openMode(options), (options.read ? 1 : 0) | (options.write ? 2 : 0), schema && toJson(schema), recheck(options.recheckCachedData ?? options.recheckCached), recheck(options.recheckCachedMetadata ?? options.recheckCached), (options.context ?? Context.default()).handle, options.transaction?.handle, options.batch?.handle, options.kvstore?.handle, token)));
}
function openMode(options) {
	const assume = (options.assumeMetadata ? 8 : 0) | (options.assumeCachedMetadata ? 16 : 0);
	return (options.open ?? assume !== 0 ? 1 : 0) | (options.create ? 2 : 0) | (options.deleteExisting ? 4 : 0) | assume;
}
function recheck(value) {
	return value instanceof Date ? value.getTime() : value;
}
//#endregion
export { packStrings as _, nativeBytes as a, KvStore as c, cancellable as d, onAbort as f, isPresent as g, checkText as h, IndexTransform as i, Context as l, StringArray as m, TensorStore as n, Spec as o, native as p, WriteFutures as r, IndexDomain as s, open as t, toJson as u, unpackText as v };
