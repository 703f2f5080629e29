import { A as AtsError, O as lanes, a as sizeOf, k as viewAs } from "../matrices-CrVrzZ_-.js";
import { i as swapBytes, l as halfToNumber, n as codecOf, r as filterName, s as toWire, t as READABLE_FILTERS } from "../filters-B-6pqEhf.js";
import { isUtf8 } from "node:buffer";
import { readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
//#region src/workers/serve.ts
var Moved = class {
	value;
	buffers;
	constructor(value, buffers) {
		this.value = value;
		this.buffers = buffers;
	}
};
var Stopped = class extends Error {
	name = "Stopped";
};
var Broken = class extends Error {
	name = "Broken";
	error;
	constructor(error) {
		super(error.message, { cause: error });
		this.error = error;
	}
};
function serve(start) {
	const port = parentPort;
	if (port === null) throw new AtsError("INTERNAL", "This file runs in a worker thread only.");
	const setup = workerData;
	const control = new Int32Array(setup.control);
	const handlers = start(setup.input);
	const turn = { step() {
		Atomics.add(control, 1, 1);
		if (Atomics.load(control, 0) === 1) throw new Stopped("The request was given up.");
	} };
	const reply = (message, transfer = []) => port.postMessage(message, transfer);
	port.on("message", async (request) => {
		const { id } = request;
		try {
			const handler = handlers[request.op];
			if (handler === void 0) throw new AtsError("INTERNAL", `No worker handler is named "${request.op}".`);
			const result = await handler(request.input, turn);
			if (result instanceof Moved) reply({
				id,
				value: result.value
			}, result.buffers);
			else reply({
				id,
				value: result
			});
		} catch (cause) {
			reply({
				id,
				error: toWire(cause instanceof Broken ? cause.error : cause, void 0),
				broken: cause instanceof Broken
			});
		}
	});
	reply({ ready: true });
}
//#endregion
//#region src/workers/h5wasm/diagnostics.ts
const MOST_LINES = 400;
let lines = [];
function captureDiagnostics() {
	const keep = (...parts) => {
		if (lines.length < MOST_LINES) lines.push(parts.join(" "));
	};
	console.error = keep;
	console.warn = keep;
	console.log = keep;
}
function clearDiagnostics() {
	lines = [];
}
function diagnosis() {
	if (lines.length === 0) return null;
	return lines.map((line) => /^\s*#\d+: .*?line \d+ in \w+\(\): (.*)$/.exec(line)?.[1]).filter((reason) => reason !== void 0).at(-1) ?? lines[0] ?? null;
}
//#endregion
//#region src/workers/h5wasm/host-file.ts
const DIRECTORY = 16749;
const REGULAR = 33060;
const ENOENT = 44;
const EINVAL = 28;
const EIO = 29;
const HOST_FILE = "/host/file.h5";
function mountHostFile(module, fd, size) {
	const { FS } = module;
	const epoch = new Date(0);
	const file = {};
	const nodeOps = {
		getattr: (node) => ({
			dev: 1,
			ino: node.id,
			mode: node.mode,
			nlink: 1,
			uid: 0,
			gid: 0,
			rdev: 0,
			size: node === file.node ? size : 4096,
			atime: epoch,
			mtime: epoch,
			ctime: epoch,
			blksize: 4096,
			blocks: Math.ceil(size / 512)
		}),
		lookup: () => {
			throw new FS.ErrnoError(ENOENT);
		},
		readdir: () => [
			".",
			"..",
			"file.h5"
		]
	};
	const streamOps = {
		read(_stream, heap, offset, length, position) {
			try {
				return readSync(fd, heap, offset, length, position);
			} catch {
				throw new FS.ErrnoError(EIO);
			}
		},
		llseek(stream, offset, whence) {
			const position = offset + (whence === 1 ? stream.position : whence === 2 ? size : 0);
			if (position < 0) throw new FS.ErrnoError(EINVAL);
			return position;
		}
	};
	const add = (parent, name, mode) => Object.assign(FS.createNode(parent, name, mode, 0), {
		node_ops: nodeOps,
		stream_ops: streamOps
	});
	const mount = () => {
		const root = add(null, "/", DIRECTORY);
		file.node = add(root, "file.h5", REGULAR);
		return root;
	};
	FS.mkdir("/host");
	FS.mount({ mount }, {}, "/host");
}
//#endregion
//#region src/workers/h5wasm/lzf.ts
const PLUGINS = "/usr/local/hdf5/lib/plugin";
const BINARY = "AGFzbQEAAAAADwhkeWxpbmsuMAEEJAQBAAEgBWABfwF/YAF/AGAAAX9gBn9/f39/fwF/YAR/f39/AX8CcgYDZW52Bm1lbW9yeQIAAANlbnYZX19pbmRpcmVjdF9mdW5jdGlvbl90YWJsZQFwAAEDZW52DV9fbWVtb3J5X2Jhc2UDfwADZW52DF9fdGFibGVfYmFzZQN/AANlbnYGbWFsbG9jAAADZW52BGZyZWUAAQMFBAICAwQHLQITSDVQTGdldF9wbHVnaW5fdHlwZQACE0g1UExnZXRfcGx1Z2luX2luZm8AAwkHAQAjAQsBBAqfBAQEAEEAC0cBAX8jACEAIABBATYCACAAQYD6ATYCBCAAQQA2AgggAEEBNgIMIAAgAEEgajYCECAAQQA2AhQgAEEANgIYIAAjATYCHCAAC6IBAQR/IABBgAJxRQRAQQAPCyAEKAIAIQcgAUEDTwRAIAIoAggEQCACKAIIIQYgBiEHCwsDQCAHQYCAgIAESwRAQQAPCyAHEAAhCCAIRQRAQQAPCyAFKAIAIAMgCCAHEAUhCSAJQX9GBEAgCBABIAdBAXQhBwwBCwsgCUUgCSAGSXIEQCAIEAFBAA8LIAUoAgAQASAFIAg2AgAgBCAHNgIAIAkLqwIBBn8gACABaiEEIAIhBSACIANqIQYCQANAIAAgBE8NASAALQAAIQcgAEEBaiEAIAdBIEkEQCAHQQFqIQggCCAEIABrSwRAQQAPCyAIIAYgBWtLBEBBfw8LA0AgBSAALQAAOgAAIAVBAWohBSAAQQFqIQAgCEEBayEIIAgNAAsMAQsgB0EFdiEIIAhBB0YEQCAAIARPBEBBAA8LIAggAC0AAGohCCAAQQFqIQALIAAgBE8EQEEADwsgB0EfcUEIdCAALQAAakEBaiEJIABBAWohACAJIAUgAmtLBEBBAA8LIAUgCWshCSAIQQJqIQggCCAGIAVrSwRAQX8PCwNAIAUgCS0AADoAACAFQQFqIQUgCUEBaiEJIAhBAWshCCAIDQALDAALCyAFIAJrCwsqAQAjAAskAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABsemYA";
function installLzf(module) {
	module.FS.mkdirTree(PLUGINS);
	module.FS.writeFile(`${PLUGINS}/libh5lzf.so`, lzfPlugin());
}
function lzfPlugin() {
	return Buffer.from(BINARY, "base64");
}
//#endregion
//#region src/workers/h5wasm/module.ts
async function loadH5wasm() {
	const { ready } = await import("h5wasm");
	return await ready;
}
//#endregion
//#region src/workers/h5wasm/h5-file.ts
async function openH5File(setup) {
	captureDiagnostics();
	const module = await loadH5wasm();
	mountHostFile(module, setup.fd, setup.size);
	installLzf(module);
	clearDiagnostics();
	const id = guard(setup, "", () => module.open(HOST_FILE, 0, false, -1, -1));
	if (id <= 0n) throw failure(setup, "CORRUPT", "", `is not a readable HDF5 file (${diagnosis() ?? "no signature"})`);
	return {
		module,
		id,
		setup,
		names: new Map()
	};
}
function failure(setup, code, address, what) {
	const path = address === "" || address === "/" ? setup.path : `${setup.path}${address}`;
	return new AtsError(code, `${path} ${what}.`, { path });
}
function ask(file, address, call) {
	clearDiagnostics();
	const result = guard(file.setup, address, () => call(file.module, file.id));
	const reason = diagnosis();
	if (reason !== null) throw failure(file.setup, "CORRUPT", address, `cannot be read: ${reason}`);
	return result;
}
function guard(setup, address, call) {
	try {
		return call();
	} catch (cause) {
		if (AtsError.is(cause) || cause instanceof Broken || cause instanceof Stopped) throw cause;
		const error = failure(setup, "CORRUPT", address, `cannot be read: ${(diagnosis() ?? (cause instanceof Error ? cause.message : String(cause))).split("\n", 1)[0]}`);
		throw cause instanceof Error && Object.getPrototypeOf(cause) === Error.prototype ? error : new Broken(error);
	}
}
function withHeap(file, address, bytes, use) {
	const pointer = bytes > 2147418112 ? 0 : file.module._malloc(Math.max(1, bytes));
	if (pointer === 0) throw failure(file.setup, "LIMIT_EXCEEDED", address, `needs ${bytes} bytes at once, more than an HDF5 reader has`);
	const free = () => file.module._free(pointer);
	try {
		const result = use(pointer);
		free();
		return result;
	} catch (error) {
		if (!(error instanceof Broken)) free();
		throw error;
	}
}
//#endregion
//#region src/workers/h5wasm/types.ts
const INTEGER = 0;
const FLOAT = 1;
const STRING = 3;
const BITFIELD = 4;
const COMPOUND = 6;
const REFERENCE = 7;
const ENUM = 8;
const ARRAY = 10;
const CLASS_NAMES = [
	"integer",
	"float",
	"time",
	"string",
	"bitfield",
	"opaque",
	"compound",
	"reference",
	"enum",
	"variable-length list",
	"array"
];
function typeOf(metadata, insideCompound = "") {
	const { size } = metadata;
	const bigEndian = !metadata.littleEndian && size > 1;
	const swap = bigEndian && insideCompound === "kept" ? size : 0;
	const numeric = (dtype) => dtype === void 0 ? unsupported(metadata) : {
		kind: "numeric",
		size,
		dtype,
		swap
	};
	switch (metadata.type) {
		case INTEGER: return numeric(integer(size, metadata.signed));
		case BITFIELD: return numeric(integer(size, false));
		case FLOAT: return numeric(FLOATS[size]);
		case ENUM:
			if (bigEndian) return unsupported(metadata);
			return numeric(isBoolean(metadata) ? "bool" : integer(size, metadata.signed));
		case STRING: return {
			kind: "text",
			size,
			variable: metadata.vlen,
			padding: metadata.strpad ?? 0
		};
		case REFERENCE: return metadata.ref_type === "object" ? {
			kind: "reference",
			size
		} : unsupported(metadata);
		case COMPOUND: return insideCompound !== "" ? complex(metadata, insideCompound) ?? unsupported(metadata) : compound(metadata);
		default: return unsupported(metadata);
	}
}
function storedDType(type) {
	if (type.kind === "numeric") return type.dtype;
	if (type.kind === "text") return "string";
	if (type.kind !== "records") return null;
	return { fields: type.fields.map((field) => ({
		name: field.name,
		dtype: field.type.kind === "text" ? "string" : field.type.dtype,
		...field.shape.length > 0 ? { shape: field.shape } : {}
	})) };
}
const FLOATS = {
	2: "float16",
	4: "float32",
	8: "float64"
};
function integer(size, signed) {
	return [
		1,
		2,
		4,
		8
	].includes(size) ? `${signed ? "int" : "uint"}${size * 8}` : void 0;
}
function isBoolean({ size, enum_type: enumType }) {
	const members = enumType?.members ?? {};
	return size === 1 && Object.keys(members).length === 2 && members.FALSE === 0 && members.TRUE === 1;
}
function unsupported(metadata) {
	const name = CLASS_NAMES[metadata.type] ?? "unknown";
	return {
		kind: "unsupported",
		size: metadata.size,
		what: `${name} of ${metadata.size} bytes`
	};
}
function compound(metadata) {
	const inside = sameOrder(metadata) ? "turned" : "kept";
	const asComplex = complex(metadata, inside);
	if (asComplex !== void 0) return asComplex;
	const fields = [];
	for (const member of metadata.compound_type?.members ?? []) {
		const type = typeOf(member.type === ARRAY && member.array_type !== void 0 ? member.array_type : member, inside);
		if (type.kind !== "numeric" && type.kind !== "text") return unsupportedField(metadata, member);
		fields.push({
			name: member.name,
			offset: member.offset,
			shape: member.type === ARRAY ? member.array_type?.shape ?? [] : [],
			type
		});
	}
	return {
		kind: "records",
		size: metadata.size,
		fields
	};
}
function unsupportedField(metadata, member) {
	const what = `compound with the field "${member.name}" of type ${CLASS_NAMES[member.type] ?? "unknown"}`;
	return {
		kind: "unsupported",
		size: metadata.size,
		what
	};
}
function complex(metadata, inside) {
	const [re, im, more] = metadata.compound_type?.members ?? [];
	if (re?.name !== "r" || im?.name !== "i" || more !== void 0 || re.type !== FLOAT || im.type !== FLOAT) return void 0;
	const width = re.size;
	if (im.size !== width || width !== 4 && width !== 8 || re.offset !== 0 || im.offset !== width) return void 0;
	const swap = inside === "kept" && !re.littleEndian ? width : 0;
	return {
		kind: "numeric",
		size: 2 * width,
		dtype: width === 4 ? "complex64" : "complex128",
		swap
	};
}
function sameOrder(metadata) {
	const orders = new Set();
	const visit = (type) => {
		if (type.type === COMPOUND) for (const member of type.compound_type?.members ?? []) visit(member);
		else if (type.type === ARRAY && type.array_type !== void 0) visit(type.array_type);
		else if (type.type !== STRING) orders.add(type.littleEndian);
	};
	visit(metadata);
	return orders.size <= 1;
}
//#endregion
//#region src/workers/h5wasm/text.ts
const SPACE = 32;
const MOST_BYTES$1 = 2 ** 32 - 1;
var TextSink = class {
	#starts;
	#lengths;
	#bytes = new Uint8Array(4096);
	#used = 0;
	constructor(count) {
		this.#starts = new Uint32Array(count);
		this.#lengths = new Uint32Array(count);
	}
	add(i, heap, at, type) {
		const [start, end] = type.variable ? variableRange(heap, at) : fixedRange(heap, at, type);
		const length = end - start;
		this.#reserve(length);
		this.#bytes.set(heap.subarray(start, end), this.#used);
		this.#starts[i] = this.#used;
		this.#lengths[i] = length;
		this.#used += length;
	}
	finish(file, address, shape) {
		const bytes = this.#bytes.subarray(0, this.#used);
		if (!isUtf8(bytes) || !this.#startsClean(bytes)) throw failure(file.setup, "CORRUPT", address, "holds a string that is not UTF-8");
		return {
			kind: "strings",
			shape,
			bytes: bytes.slice(),
			starts: this.#starts,
			lengths: this.#lengths
		};
	}
	#startsClean(bytes) {
		for (let i = 0; i < this.#starts.length; i++) if (this.#lengths[i] !== 0 && (bytes[this.#starts[i]] & 192) === 128) return false;
		return true;
	}
	#reserve(more) {
		if (this.#used + more <= this.#bytes.length) return;
		if (this.#used + more > MOST_BYTES$1) throw new AtsError("LIMIT_EXCEEDED", "These strings have more than 4 GiB together; select fewer rows.");
		const grown = new Uint8Array(Math.max(this.#used + more, 2 * this.#bytes.length));
		grown.set(this.#bytes.subarray(0, this.#used));
		this.#bytes = grown;
	}
};
function textAt(strings, i) {
	const start = strings.starts[i];
	return Buffer.from(strings.bytes.buffer, strings.bytes.byteOffset, strings.bytes.byteLength).toString("utf8", start, start + strings.lengths[i]);
}
function variableRange(heap, at) {
	const pointer = new DataView(heap.buffer, at, 4).getUint32(0, true);
	if (pointer === 0) return [0, 0];
	const end = heap.indexOf(0, pointer);
	return [pointer, end < 0 ? heap.length : end];
}
function fixedRange(heap, at, type) {
	let end = at + type.size;
	if (type.padding === 0) {
		const zero = heap.subarray(at, end).indexOf(0);
		return [at, zero < 0 ? end : at + zero];
	}
	const pad = type.padding === 2 ? SPACE : 0;
	while (end > at && heap[end - 1] === pad) end--;
	return [at, end];
}
//#endregion
//#region src/workers/h5wasm/attributes.ts
const MOST_VALUES = 2 ** 22;
function readAttributes(file, address) {
	const attributes = Object.create(null);
	for (const name of ask(file, address, (module, id) => module.get_attribute_names(id, address))) {
		const value = readAttribute(file, address, name);
		if (value !== void 0) attributes[name] = value;
	}
	return attributes;
}
function readAttribute(file, address, name) {
	const metadata = ask(file, address, (module, id) => module.get_attribute_metadata(id, address, name));
	if (metadata.shape === null) return null;
	const type = typeOf(metadata);
	if (type.kind === "unsupported" || type.kind === "records") return void 0;
	if (type.kind === "numeric" && lanes(type.dtype) === 2) return void 0;
	const bytes = metadata.size * metadata.total_size;
	if (!(bytes <= file.setup.limits.maxMetadataBytes && metadata.total_size <= MOST_VALUES)) {
		const what = `has the attribute "${name}" of ${metadata.total_size} values in ${bytes} bytes; raise maxMetadataBytes`;
		throw failure(file.setup, "LIMIT_EXCEEDED", address, what);
	}
	return nest(withHeap(file, address, bytes, (pointer) => readFlat(file, address, name, metadata, type, pointer)), metadata.shape);
}
function readFlat(file, address, name, metadata, type, pointer) {
	if (ask(file, address, (module, id) => module.get_attribute_data(id, address, name, BigInt(pointer))) < 0) throw failure(file.setup, "CORRUPT", address, `has the attribute "${name}" that cannot be read`);
	const count = metadata.total_size;
	try {
		return valuesAt(file, address, type, pointer, count);
	} finally {
		if (metadata.vlen) ask(file, address, (module, id) => module.reclaim_vlen_memory(id, address, name, BigInt(pointer)));
	}
}
function valuesAt(file, address, type, pointer, count) {
	const heap = file.module.HEAPU8;
	if (type.kind === "text") {
		const sink = new TextSink(count);
		for (let i = 0; i < count; i++) sink.add(i, heap, pointer + i * type.size, type);
		const strings = sink.finish(file, address, [count]);
		return Array.from({ length: count }, (_, i) => textAt(strings, i));
	}
	if (type.kind === "reference") return Array.from({ length: count }, (_, i) => {
		const reference = heap.slice(pointer + i * type.size, pointer + (i + 1) * type.size);
		return ask(file, address, (module, id) => module.get_referenced_name(id, reference, true));
	});
	if (type.kind !== "numeric") return [];
	const bytes = heap.slice(pointer, pointer + count * type.size);
	if (type.swap > 0) swapBytes(bytes, type.swap);
	const data = viewAs(type.dtype, bytes.buffer, 0, count);
	if (type.dtype === "float16") return Array.from(halfToNumber("float16", data));
	return Array.from(data, (value) => {
		if (type.dtype === "bool") return value !== 0;
		return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
	});
}
function nest(flat, shape) {
	const [extent, ...inner] = shape;
	if (extent === void 0) return flat[0] ?? null;
	if (inner.length === 0) return flat;
	const width = sizeOf(inner);
	return Array.from({ length: extent }, (_, i) => nest(flat.slice(i * width, (i + 1) * width), inner));
}
//#endregion
//#region src/workers/h5wasm/describe.ts
const ASCII = 0;
const PLAUSIBLE_BYTES = 64 * 2 ** 20;
const DEFLATE_RATIO = 1032;
function openDataset(file, address) {
	const metadata = ask(file, address, (module, id) => module.get_dataset_metadata(id, address));
	const filters = ask(file, address, (module, id) => module.get_dataset_filters(id, address));
	return {
		address,
		metadata,
		shape: metadata.shape ?? [],
		type: typeOf(metadata),
		filters
	};
}
function describe(file, member) {
	const { address } = member;
	if (member.kind === "other") return void 0;
	if (member.kind === "group") return {
		kind: "group",
		address,
		attributes: readAttributes(file, address),
		header: headerAddress(file, address)
	};
	return describeDataset(file, openDataset(file, address));
}
function describeDataset(file, dataset) {
	const { address, metadata, shape, type, filters } = dataset;
	return {
		kind: "array",
		address,
		attributes: readAttributes(file, address),
		shape,
		dtype: storedDType(type),
		unsupported: type.kind === "unsupported" ? type.what : type.kind === "reference" ? "object reference" : null,
		layout: {
			chunks: metadata.chunks,
			shards: null,
			codec: codecOf(filters)
		},
		empty: metadata.shape === null,
		fixedText: type.kind === "text" && !type.variable && metadata.cset === ASCII,
		itemBytes: metadata.size,
		header: headerAddress(file, address)
	};
}
function headerAddress(file, address) {
	const bytes = ask(file, address, (module, id) => module.create_object_reference(id, address));
	const header = Buffer.from(bytes).readBigUInt64LE();
	return header <= Number.MAX_SAFE_INTEGER ? Number(header) : null;
}
function checkReadable(file, dataset) {
	const { address, metadata, type, filters } = dataset;
	const refuse = (what) => failure(file.setup, "UNSUPPORTED", address, what);
	if (type.kind === "unsupported") throw refuse(`has the HDF5 type ${type.what}, which is not read`);
	if (metadata.virtual_sources !== void 0) throw refuse("is a virtual dataset, whose values are in other files");
	const missing = filters.find((filter) => READABLE_FILTERS[filter.id] === void 0);
	if (missing !== void 0) throw refuse(`is compressed with ${filterName(missing)}, which is not read; store it with gzip or lzf`);
	if (metadata.chunks === null) return;
	const bytes = sizeOf(metadata.chunks) * metadata.size;
	if (bytes > file.setup.limits.maxChunkBytes || bytes > PLAUSIBLE_BYTES && bytes > file.setup.size * DEFLATE_RATIO) throw failure(file.setup, "LIMIT_EXCEEDED", address, `has chunks of ${bytes} bytes; raise maxChunkBytes if you trust it`);
}
//#endregion
//#region src/workers/h5wasm/links.ts
const MOST_LINKS = 16;
function join(address, name) {
	return address === "/" ? `/${name}` : `${address}/${name}`;
}
function findMember(file, address, name) {
	return find(file, address, name, { left: MOST_LINKS });
}
function find(file, group, name, links) {
	if (!memberNames(file, group).has(name)) return void 0;
	const address = join(group, name);
	if (ask(file, address, (module, id) => module.get_external_link(id, address)).filename !== void 0) throw failure(file.setup, "UNSAFE_PATH", address, "is a link into another file, which is never followed");
	const target = ask(file, address, (module, id) => module.get_symbolic_link(id, address));
	if (target === null) return {
		kind: kindOf(file, address),
		address
	};
	links.left -= 1;
	if (links.left < 0) throw failure(file.setup, "LIMIT_EXCEEDED", address, `goes through more than ${MOST_LINKS} soft links`);
	return follow(file, group, target, links);
}
function follow(file, group, target, links) {
	let at = {
		kind: "group",
		address: target.startsWith("/") ? "/" : group
	};
	for (const step of target.split("/")) {
		if (step === "" || step === ".") continue;
		if (at.kind !== "group") return void 0;
		const next = find(file, at.address, step, links);
		if (next === void 0) return void 0;
		at = next;
	}
	return at;
}
function memberNames(file, address) {
	let names = file.names.get(address);
	if (names === void 0) {
		names = new Set(ask(file, address, (module, id) => module.get_names(id, address, false)));
		file.names.set(address, names);
	}
	return names;
}
function kindOf(file, address) {
	const type = ask(file, address, (module, id) => module.get_type(id, address));
	if (type === file.module.H5G_GROUP) return "group";
	if (type === file.module.H5G_DATASET) return "array";
	if (type < 0) throw failure(file.setup, "CORRUPT", address, "is a link to nothing");
	return "other";
}
//#endregion
//#region src/workers/h5wasm/plan.ts
const TARGET_BYTES = 8 * 2 ** 20;
const MOST_BYTES = 256 * 2 ** 20;
const GAP_BYTES = 16 * 1024;
function planRead(shape, chunks, itemBytes, selection) {
	const units = shape.map((extent, axis) => Math.max(1, Math.min(chunks?.[axis] ?? 1, extent)));
	const steps = [...units];
	let bytes = units.reduce((product, unit) => product * unit, itemBytes);
	for (let axis = 0; bytes > MOST_BYTES && axis < steps.length; axis++) {
		const shrunk = Math.max(1, Math.floor(steps[axis] / Math.ceil(bytes / MOST_BYTES)));
		bytes = bytes / steps[axis] * shrunk;
		steps[axis] = shrunk;
	}
	let rowBytes = itemBytes;
	const gaps = shape.map(() => 0);
	for (let axis = shape.length - 1; axis >= 0; axis--) {
		const unit = steps[axis];
		const times = Math.min(Math.floor(TARGET_BYTES / bytes), Math.ceil(spanOf(selection[axis], unit) / unit));
		if (times > 1) {
			steps[axis] = unit * times;
			bytes *= times;
		}
		gaps[axis] = chunks === null ? Math.floor(GAP_BYTES / rowBytes) : 0;
		rowBytes *= steps[axis];
	}
	return shape.map((_, axis) => ({
		selection: selection[axis],
		step: steps[axis],
		unit: units[axis],
		gap: gaps[axis]
	}));
}
function spanOf(selection, unit) {
	if (selection === void 0) return 1;
	if (selection.kind === "range") return Math.max(1, selection.count * Math.abs(selection.step)) + unit;
	return Math.max(1, selection.count * unit);
}
function* segments(plan) {
	const { selection, step, unit, gap } = plan;
	if (selection.kind === "range" && selection.step === 1) {
		const end = selection.start + selection.count;
		for (let start = selection.start; start < end;) {
			const stop = Math.min(end, (Math.floor(start / step) + 1) * step);
			yield {
				start,
				length: stop - start,
				putStart: start - selection.start,
				take: null,
				put: null
			};
			start = stop;
		}
		return;
	}
	const { count } = selection;
	const entry = ascending(selection);
	for (let first = 0; first < count;) {
		const start = entry.position(first);
		const bound = (Math.floor(start / step) + 1) * step;
		let last = start;
		let end = first + 1;
		for (; end < count; end++) {
			const next = entry.position(end);
			const near = Math.floor(next / unit) - Math.floor(last / unit) <= 1 || next - last <= gap;
			if (next >= bound || !near) break;
			last = next;
		}
		const take = new Int32Array(end - first);
		const put = new Float64Array(end - first);
		for (let i = first; i < end; i++) {
			take[i - first] = entry.position(i) - start;
			put[i - first] = entry.index(i);
		}
		yield {
			start,
			length: last - start + 1,
			putStart: 0,
			take,
			put
		};
		first = end;
	}
}
function ascending(selection) {
	const { count } = selection;
	if (selection.kind === "range") {
		const { start, step } = selection;
		const index = step > 0 ? (i) => i : (i) => count - 1 - i;
		return {
			index,
			position: (i) => start + index(i) * step
		};
	}
	const { positions } = selection;
	let sorted = true;
	for (let i = 1; sorted && i < count; i++) sorted = positions[i - 1] <= positions[i];
	if (sorted) return {
		index: (i) => i,
		position: (i) => positions[i]
	};
	const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => positions[a] - positions[b] || a - b);
	return {
		index: (i) => order[i],
		position: (i) => positions[order[i]]
	};
}
//#endregion
//#region src/workers/h5wasm/blocks.ts
function readBlocks(file, dataset, plans, turn, use) {
	const most = plans.reduce((product, plan) => product * Math.min(plan.step, longest(plan)), dataset.metadata.size);
	withHeap(file, dataset.address, most, (pointer) => {
		const block = [];
		const visit = (axis) => {
			const plan = plans[axis];
			if (plan === void 0) {
				turn.step();
				readBlock(file, dataset, pointer, block);
				finishBlock(file, dataset, pointer, block, use);
				return;
			}
			for (const segment of segments(plan)) {
				block[axis] = segment;
				visit(axis + 1);
			}
		};
		visit(0);
	});
}
function longest({ selection, step }) {
	return selection.kind === "range" ? Math.max(1, (selection.count - 1) * Math.abs(selection.step) + 1) : step;
}
function readBlock(file, dataset, pointer, block) {
	const { address } = dataset;
	const offset = block.map((segment) => BigInt(segment.start));
	const count = block.map((segment) => BigInt(segment.length));
	const whole = block.length === 0;
	if (ask(file, address, (module, id) => whole ? module.get_dataset_data(id, address, null, null, null, BigInt(pointer)) : module.get_dataset_data(id, address, count, offset, block.map(() => 1n), BigInt(pointer))) < 0) throw failure(file.setup, "CORRUPT", address, "has values that cannot be read");
}
function finishBlock(file, dataset, pointer, block, use) {
	const { address, type } = dataset;
	const variable = type.kind === "text" && type.variable || type.kind === "records" && type.fields.some((field) => field.type.kind === "text" && field.type.variable);
	try {
		use(pointer, block);
	} finally {
		if (variable) {
			const count = block.map((segment) => BigInt(segment.length));
			ask(file, address, (module, id) => count.length === 0 ? module.reclaim_vlen_memory(id, address, "", BigInt(pointer)) : module.reclaim_vlen_memory_count(id, address, "", BigInt(pointer), count));
		}
	}
}
//#endregion
//#region src/workers/h5wasm/scatter.ts
function forEachValue(block, shape, visit) {
	const walk = (axis, source, target) => {
		const segment = block[axis];
		if (segment === void 0) {
			visit(source, target);
			return;
		}
		const { take, put, putStart, length } = segment;
		const count = take === null ? length : take.length;
		const from = source * length;
		const to = target * shape[axis];
		for (let i = 0; i < count; i++) walk(axis + 1, from + (take === null ? i : take[i]), to + (put === null ? putStart + i : put[i]));
	};
	walk(0, 0, 0);
}
function scatter(heap, pointer, size, block, shape, result) {
	let axis = block.length;
	let run = size;
	while (axis > 0 && block[axis - 1]?.take === null && block[axis - 1]?.length === shape[axis - 1]) {
		axis -= 1;
		run *= shape[axis];
	}
	const outer = block.slice(0, axis);
	const tail = outer.at(-1);
	if (tail !== void 0 && tail.take === null) {
		const rows = outer.slice(0, -1);
		const width = shape[axis - 1];
		forEachValue(rows, shape, (source, target) => {
			const from = pointer + source * tail.length * run;
			result.set(heap.subarray(from, from + tail.length * run), (target * width + tail.putStart) * run);
		});
		return;
	}
	forEachValue(outer, shape, (run % 4 === 0 && pointer % 4 === 0 && run <= 16 ? copyWords : copyBytes)(heap, pointer, run, result));
}
function copyBytes(heap, pointer, run, result) {
	if (run > 32) return (source, target) => {
		const from = pointer + source * run;
		result.set(heap.subarray(from, from + run), target * run);
	};
	return (source, target) => {
		for (let i = 0; i < run; i++) result[target * run + i] = heap[pointer + source * run + i];
	};
}
function copyWords(heap, pointer, run, result) {
	const lanes = run / 4;
	const from = new Uint32Array(heap.buffer, pointer);
	const to = new Uint32Array(result.buffer, result.byteOffset, result.byteLength / 4);
	if (lanes === 1) return (source, target) => {
		to[target] = from[source];
	};
	return (source, target) => {
		for (let i = 0; i < lanes; i++) to[target * lanes + i] = from[source * lanes + i];
	};
}
//#endregion
//#region src/workers/h5wasm/records.ts
function readRecords(file, dataset, type, selection, turn) {
	if (selection.length > 1) throw failure(file.setup, "UNSUPPORTED", dataset.address, "holds records in more than one dimension");
	const length = selection[0]?.count ?? 1;
	const columns = type.fields.map((field) => newColumn(file, dataset.address, field, length));
	if (length > 0) readBlocks(file, dataset, planRead(dataset.shape, dataset.metadata.chunks, type.size, selection), turn, (pointer, block) => {
		const heap = file.module.HEAPU8;
		forEachValue(block, [length], (source, target) => {
			for (const column of columns) column.take(heap, pointer + source * type.size, target);
		});
	});
	return {
		kind: "records",
		length,
		fields: type.fields.map((field, i) => ({
			name: field.name,
			value: columns[i].finish()
		}))
	};
}
function newColumn(file, address, field, length) {
	const shape = [length, ...field.shape];
	return field.type.kind === "text" ? textColumn(file, address, field, field.type, shape) : numericColumn(field, field.type, shape);
}
function numericColumn(field, type, shape) {
	const width = type.size * sizeOf(field.shape);
	const bytes = new Uint8Array(sizeOf(shape) * type.size);
	return {
		take(heap, at, target) {
			const from = at + field.offset;
			for (let i = 0; i < width; i++) bytes[target * width + i] = heap[from + i];
		},
		finish() {
			if (type.swap > 0) swapBytes(bytes, type.swap);
			return {
				kind: "numbers",
				dtype: type.dtype,
				shape,
				data: viewAs(type.dtype, bytes.buffer, 0, sizeOf(shape))
			};
		}
	};
}
function textColumn(file, address, field, type, shape) {
	const width = sizeOf(field.shape);
	const sink = new TextSink(sizeOf(shape));
	return {
		take(heap, at, target) {
			for (let i = 0; i < width; i++) sink.add(target * width + i, heap, at + field.offset + i * type.size, type);
		},
		finish: () => sink.finish(file, address, shape)
	};
}
//#endregion
//#region src/workers/h5wasm/read.ts
const VARIABLE_BYTES = 128;
function readSelection(file, request, turn) {
	const dataset = openDataset(file, request.address);
	checkReadable(file, dataset);
	checkBounds(file, dataset, request.selection);
	try {
		const value = readValue(file, dataset, request.selection, turn);
		return new Moved(value, buffersOf(value));
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		throw failure(file.setup, "LIMIT_EXCEEDED", request.address, "would give too much at once; select fewer rows or columns");
	}
}
function readValue(file, dataset, selection, turn) {
	const { type } = dataset;
	const shape = selection.map((axis) => axis.count);
	if (type.kind === "numeric") return readNumbers(file, dataset, type, selection, shape, turn);
	if (type.kind === "text") return readStrings(file, dataset, type, selection, shape, turn);
	if (type.kind === "records") return readRecords(file, dataset, type, selection, turn);
	throw failure(file.setup, "UNSUPPORTED", dataset.address, "holds object references, which are not read");
}
function readNumbers(file, dataset, type, selection, shape, turn) {
	const count = sizeOf(shape);
	const bytes = new Uint8Array(count * type.size);
	if (count > 0) readBlocks(file, dataset, planRead(dataset.shape, dataset.metadata.chunks, type.size, selection), turn, (pointer, block) => scatter(file.module.HEAPU8, pointer, type.size, block, shape, bytes));
	if (type.swap > 0) swapBytes(bytes, type.swap);
	return {
		kind: "numbers",
		dtype: type.dtype,
		shape,
		data: viewAs(type.dtype, bytes.buffer, 0, count)
	};
}
function readStrings(file, dataset, type, selection, shape, turn) {
	const sink = new TextSink(sizeOf(shape));
	if (sizeOf(shape) > 0) {
		const itemBytes = type.variable ? VARIABLE_BYTES : type.size;
		readBlocks(file, dataset, planRead(dataset.shape, dataset.metadata.chunks, itemBytes, selection), turn, (pointer, block) => {
			const heap = file.module.HEAPU8;
			forEachValue(block, shape, (source, target) => sink.add(target, heap, pointer + source * type.size, type));
		});
	}
	return sink.finish(file, dataset.address, shape);
}
function checkBounds(file, { address, shape }, selection) {
	const inside = (axis, extent) => {
		if (axis.count === 0) return true;
		if (axis.kind === "positions") return axis.positions.every((position) => position >= 0 && position < extent);
		const last = axis.start + (axis.count - 1) * axis.step;
		return Math.min(axis.start, last) >= 0 && Math.max(axis.start, last) < extent;
	};
	if (selection.length !== shape.length || !selection.every((axis, i) => inside(axis, shape[i]))) {
		const what = `has shape [${shape.join(", ")}], which the selection does not fit`;
		throw failure(file.setup, "INVALID_ARGUMENT", address, what);
	}
}
function buffersOf(value) {
	if (value.kind === "numbers") return [value.data.buffer];
	if (value.kind === "strings") return [
		value.bytes,
		value.starts,
		value.lengths
	].map((part) => part.buffer);
	return value.fields.flatMap((field) => buffersOf(field.value));
}
//#endregion
//#region src/workers/h5wasm-worker.ts
serve((setup) => {
	let opening;
	const open = () => {
		opening ??= openH5File(setup);
		return opening;
	};
	return {
		root: async () => describe(await open(), {
			kind: "group",
			address: "/"
		}),
		names: async (address) => [...memberNames(await open(), address)],
		child: async ({ address, name }) => {
			const file = await open();
			const member = findMember(file, address, name);
			return member === void 0 ? void 0 : describe(file, member);
		},
		read: async (request, turn) => readSelection(await open(), request, turn)
	};
});
//#endregion
export {};
