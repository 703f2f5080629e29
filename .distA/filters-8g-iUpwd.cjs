const require_matrices = require("./matrices-Bjoei5zu.cjs");
//#region src/elements/half.ts
function float16Value(bits) {
	const sign = bits & 32768 ? -1 : 1;
	const exponent = bits >> 10 & 31;
	const fraction = bits & 1023;
	if (exponent === 0) return sign * fraction * 2 ** -24;
	if (exponent === 31) return fraction ? NaN : sign * Number.POSITIVE_INFINITY;
	return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
function halfToNumber(dtype, data) {
	if (dtype === "bfloat16") {
		const bits = new Uint32Array(data.length);
		for (let i = 0; i < bits.length; i++) bits[i] = data[i] << 16;
		return new Float32Array(bits.buffer);
	}
	if (!(data instanceof Uint16Array)) return Float32Array.from(data);
	const values = new Float32Array(data.length);
	for (let i = 0; i < values.length; i++) values[i] = float16Value(data[i]);
	return values;
}
function numberToFloat16(value) {
	if (Number.isNaN(value)) return 32256;
	const sign = value < 0 || Object.is(value, -0) ? 32768 : 0;
	const magnitude = Math.abs(value);
	if (magnitude >= 65520) return sign | 31744;
	const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)));
	const fraction = magnitude / 2 ** exponent - (exponent === -14 ? 0 : 1);
	const bits = (exponent === -14 ? 0 : (exponent + 15) * 1024) + Math.round(fraction * 1024);
	return sign | (magnitude === 0 ? 0 : bits);
}
//#endregion
//#region src/workers/protocol.ts
function newControl() {
	return new Int32Array(new SharedArrayBuffer(8));
}
function toWire(error, path) {
	if (require_matrices.AtsError.is(error)) return {
		code: error.code,
		message: error.message,
		path: error.path
	};
	return {
		code: "INTERNAL",
		message: error instanceof Error ? error.message : String(error),
		path
	};
}
function fromWire(error) {
	return new require_matrices.AtsError(error.code, error.message, error.path === void 0 ? {} : { path: error.path });
}
//#endregion
//#region src/workers/h5wasm/swap.ts
function swapBytes(bytes, width) {
	const half = width >> 1;
	for (let at = 0; at + width <= bytes.length; at += width) for (let i = 0; i < half; i++) {
		const low = at + i;
		const high = at + width - 1 - i;
		const byte = bytes[low];
		bytes[low] = bytes[high];
		bytes[high] = byte;
	}
}
//#endregion
//#region src/workers/h5wasm/filters.ts
const READABLE_FILTERS = {
	1: "gzip",
	2: "shuffle",
	3: "fletcher32",
	4: "szip",
	5: "nbit",
	6: "scaleoffset",
	32e3: "lzf"
};
function filterName({ id, name }) {
	return name === "" ? `filter ${id}` : name.split(" ", 1)[0];
}
function codecOf(filters) {
	const names = filters.map((filter) => READABLE_FILTERS[filter.id] ?? filterName(filter));
	return names.length > 0 ? names.join("+") : null;
}
//#endregion
Object.defineProperty(exports, "READABLE_FILTERS", {
	enumerable: true,
	get: function() {
		return READABLE_FILTERS;
	}
});
Object.defineProperty(exports, "codecOf", {
	enumerable: true,
	get: function() {
		return codecOf;
	}
});
Object.defineProperty(exports, "filterName", {
	enumerable: true,
	get: function() {
		return filterName;
	}
});
Object.defineProperty(exports, "float16Value", {
	enumerable: true,
	get: function() {
		return float16Value;
	}
});
Object.defineProperty(exports, "fromWire", {
	enumerable: true,
	get: function() {
		return fromWire;
	}
});
Object.defineProperty(exports, "halfToNumber", {
	enumerable: true,
	get: function() {
		return halfToNumber;
	}
});
Object.defineProperty(exports, "newControl", {
	enumerable: true,
	get: function() {
		return newControl;
	}
});
Object.defineProperty(exports, "numberToFloat16", {
	enumerable: true,
	get: function() {
		return numberToFloat16;
	}
});
Object.defineProperty(exports, "swapBytes", {
	enumerable: true,
	get: function() {
		return swapBytes;
	}
});
Object.defineProperty(exports, "toWire", {
	enumerable: true,
	get: function() {
		return toWire;
	}
});
