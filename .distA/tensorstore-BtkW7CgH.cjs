const require_open = require("./open-CfifhyGl.cjs");
//#region src/tensorstore/batch.ts
var Batch = class {
	handle = require_open.native().batch();
	submit() {
		this.handle.submit();
	}
	get submitted() {
		return this.handle.submitted();
	}
	[Symbol.dispose]() {
		this.submit();
	}
};
//#endregion
//#region src/tensorstore/combine.ts
function concat(layers, dimension, options = {}) {
	return new require_open.TensorStore(require_open.native().concat(handles(layers), dimension, contextOf(options), options.transaction?.handle));
}
function stack(layers, dimension = 0, options = {}) {
	return new require_open.TensorStore(require_open.native().stack(handles(layers), dimension, contextOf(options), options.transaction?.handle));
}
function overlay(layers, options = {}) {
	return new require_open.TensorStore(require_open.native().overlay(handles(layers), contextOf(options), options.transaction?.handle));
}
function handles(layers) {
	return layers.map((layer) => layer.handle);
}
function contextOf(options) {
	return (options.context ?? require_open.Context.default()).handle;
}
//#endregion
//#region src/tensorstore/metrics.ts
function metrics(prefix = "") {
	const result = {};
	for (const { name, values } of JSON.parse(require_open.native().metrics(prefix))) for (const value of values) result[name + fieldsOf(value)] = numberOf(value);
	return result;
}
const NO_FIELDS = /^(value|max_value|count|mean|sum_of_squared_deviation|bucket_.*|[-\d].*|inf)$/i;
function fieldsOf(value) {
	const fields = Object.entries(value).filter(([key]) => !NO_FIELDS.test(key));
	return fields.length === 0 ? "" : `{${fields.map(([key, text]) => `${key}=${text}`).join(",")}}`;
}
function numberOf(value) {
	if ("count" in value) return {
		count: Number(value.count),
		mean: Number(value.mean ?? 0)
	};
	return value.value ?? value.max_value ?? 0;
}
const FILE_DRIVERS = ["file", "ats"];
function fileBytesRead() {
	return FILE_DRIVERS.reduce((total, driver) => {
		const name = `/tensorstore/kvstore/${driver}/bytes_read`;
		const bytes = metrics(name)[name];
		return total + (typeof bytes === "number" ? bytes : 0);
	}, 0);
}
function buildInfo() {
	const versions = require_open.native().versions();
	return {
		version: versions.package,
		tensorstore: versions.tensorstore,
		drivers: [
			"array",
			"auto",
			"cast",
			"downsample",
			"json",
			"n5",
			"stack",
			"zarr",
			"zarr3"
		],
		kvstores: [
			"ats_directory",
			"ats_zip",
			"file",
			"kvstack",
			"memory",
			"zarr3_sharding_indexed",
			"zip"
		],
		codecs: [
			"blosc",
			"bytes",
			"bz2",
			"crc32c",
			"gzip",
			"sharding_indexed",
			"transpose",
			"xz",
			"zlib",
			"zstd"
		]
	};
}
//#endregion
//#region src/tensorstore/transaction.ts
var Transaction = class {
	handle;
	constructor(options = {}) {
		this.handle = require_open.native().transaction(options.atomic ?? false, options.repeatableRead ?? false);
	}
	commit(options = {}) {
		return require_open.cancellable(options.signal, (token) => this.handle.commit(token));
	}
	abort() {
		this.handle.abort();
	}
	get state() {
		const { aborted, commitStarted, settled } = this.handle.state();
		if (aborted) return "aborted";
		if (!commitStarted) return "open";
		return settled ? "settled" : "committing";
	}
	get open() {
		return this.state === "open";
	}
	get bytes() {
		return this.handle.state().bytes;
	}
};
//#endregion
Object.defineProperty(exports, "Batch", {
	enumerable: true,
	get: function() {
		return Batch;
	}
});
Object.defineProperty(exports, "Transaction", {
	enumerable: true,
	get: function() {
		return Transaction;
	}
});
Object.defineProperty(exports, "buildInfo", {
	enumerable: true,
	get: function() {
		return buildInfo;
	}
});
Object.defineProperty(exports, "concat", {
	enumerable: true,
	get: function() {
		return concat;
	}
});
Object.defineProperty(exports, "fileBytesRead", {
	enumerable: true,
	get: function() {
		return fileBytesRead;
	}
});
Object.defineProperty(exports, "metrics", {
	enumerable: true,
	get: function() {
		return metrics;
	}
});
Object.defineProperty(exports, "overlay", {
	enumerable: true,
	get: function() {
		return overlay;
	}
});
Object.defineProperty(exports, "stack", {
	enumerable: true,
	get: function() {
		return stack;
	}
});
