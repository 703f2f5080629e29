import { A as AtsError, i as fromParts, n as CsrMatrix, r as DenseArray, t as CscMatrix } from "./matrices-CrVrzZ_-.js";
import { $ as Scalar, A as ATS_FILE_NAME, B as appendRows, C as writeContext, D as AwkwardArray, E as columnFrame, F as readManifest, G as columnFrom, H as readAlike, I as isMissing, J as frameToArrow, K as memberFrom, L as saveError, N as fileError, O as lazyDict, P as saveDirectory, R as checkAligned, S as directorySink, T as openAts, U as concatValues, V as appended, W as AnnData, X as lazyFromValue, Z as Tuple, _ as openAnnDataGroup, a as open, at as Frame, b as atsSession, c as toPath, ct as Predicate, d as writeTree, dt as names, et as takeValue, f as zipSink, g as saveFile, h as openHdf5Writer, i as write, it as ArrowColumn, j as openZarrStorage, k as defineEncoding, l as parseExpression, lt as where, m as COMPAT_LEVELS, mt as sortPositions, n as diff, nt as AxisView, o as read, p as writeAnnDataGroup, q as arrowToFrame, r as convert, rt as NullableArray, st as Categorical, t as validate, tt as RecordArray, u as openAnnData, ut as Names, v as openH5wasm, x as checkKeys, y as AtsWriter, z as numericDType } from "./validate-Crl23BFk.js";
import { m as StringArray } from "./open-Cw1OVGbP.js";
import { dirname, join } from "node:path";
import { constants, copyFile, link, lstat, mkdir, readdir, stat } from "node:fs/promises";
//#region src/encodings/appended-pairs.ts
function appendPairs(first, second) {
	const { path } = first.info;
	const square = ({ shape }) => shape.length === 2 && shape[0] === shape[1];
	if (numericDType(first) === void 0 || first.dtype !== second.dtype || !square(first) || !square(second)) {
		const facts = ({ dtype, shape }) => `${String(dtype)} of shape [${shape}]`;
		throw new AtsError("INVALID_ARGUMENT", `${path} is ${facts(first)}, that of the new rows ${facts(second)}; make them square and alike.`, { path });
	}
	const [before, more] = [first.shape[0], second.shape[0]];
	const total = before + more;
	const axis = first.sparse === "csc" ? 1 : 0;
	const own = widened(first, first, 0, total);
	const added = widened(second, first, before, total);
	const shape = axis === 0 ? [more, total] : [total, more];
	return appended({
		first,
		second: {
			kind: "lazy-array",
			info: {
				...second.info,
				shape,
				nnz: second.sparse === first.sparse ? second.info.nnz : null
			},
			shape,
			dtype: second.dtype,
			sparse: first.sparse,
			read: (selection = [], options = {}) => added(selection, options),
			storedBytes: async () => void 0
		},
		axis
	}, [total, total], own);
}
function widened(source, like, offset, total) {
	const axis = like.sparse === "csc" ? 1 : 0;
	return async (selection, options) => {
		const along = axis === 0 ? [selection[0]] : [void 0, selection[1]];
		const value = await readAlike({
			first: like,
			second: source
		}, along, options);
		return takeValue(value.kind === "dense" ? widenDense(value, offset, total) : widenSparse(value, offset, total), axis === 0 ? [void 0, selection[1]] : [selection[0]], options);
	};
}
function widenDense({ dtype, shape, data }, offset, total) {
	const [rows = 0, columns = 0] = shape;
	const wide = DenseArray.zeros(dtype, [rows, total]);
	const width = rows * columns === 0 ? 0 : data.length / rows;
	const lanes = columns === 0 ? 0 : width / columns;
	for (let row = 0; row < rows; row++) wide.data.set(data.subarray(row * width, (row + 1) * width), (row * total + offset) * lanes);
	return wide;
}
function widenSparse(matrix, offset, total) {
	const { kind, dtype, shape, data, indptr } = matrix;
	const indices = offset === 0 ? matrix.indices : moved(matrix.indices, offset, total);
	return fromParts({
		kind,
		dtype,
		shape: kind === "csr" ? [shape[0], total] : [total, shape[1]],
		data,
		indices,
		indptr
	});
}
function moved(indices, offset, total) {
	const numbers = indices;
	if (total <= 2 ** 31) return Int32Array.from(numbers, (index) => Number(index) + offset);
	return BigInt64Array.from(numbers, (index) => BigInt(index) + BigInt(offset));
}
//#endregion
//#region src/durability/update.ts
const NO_LINKS = new Set([
	"EXDEV",
	"EPERM",
	"EMLINK",
	"ENOTSUP",
	"EOPNOTSUPP",
	"ENOSYS"
]);
const MAX_MANIFEST_BYTES = 2 ** 30;
async function updateDirectory(path, format, options, write) {
	await lstat(path).catch((cause) => {
		throw saveError(cause, path);
	});
	const kept = new Set();
	let known;
	const seal = {
		wanted: () => known !== void 0,
		entry: (file) => kept.has(file) ? known?.get(file) : void 0
	};
	await saveDirectory(path, {
		...options,
		format,
		overwrite: true,
		seal
	}, async (staging) => {
		const manifest = await readManifest(path, MAX_MANIFEST_BYTES);
		known = manifest && new Map(manifest.files.map((file) => [file.path, file]));
		await write(staging, { keep: (source, target = source) => keep(path, source, staging, target, kept) });
	});
}
async function keep(from, source, to, target, kept) {
	const stats = await lstat(join(from, source)).catch((cause) => {
		if (isMissing(cause)) return void 0;
		throw saveError(cause, join(from, source));
	});
	if (stats === void 0) return false;
	if (stats.isDirectory()) {
		await mkdir(join(to, target), { recursive: true });
		for (const name of await readdir(join(from, source))) await keep(from, `${source}/${name}`, to, `${target}/${name}`, kept);
	} else if (stats.isFile()) {
		await mkdir(dirname(join(to, target)), { recursive: true });
		await linkFile(join(from, source), join(to, target));
		if (source === target) kept.add(target);
	} else {
		const at = join(from, source);
		throw new AtsError("UNSAFE_PATH", `${at} is neither a file nor a directory; remove it from the store.`, { path: at });
	}
	return true;
}
async function linkFile(from, to) {
	try {
		await link(from, to);
	} catch (cause) {
		if (!NO_LINKS.has(cause.code ?? "")) throw saveError(cause, to);
		await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL).catch((error) => {
			throw saveError(error, to);
		});
	}
}
//#endregion
//#region src/formats/ats-update.ts
async function updateAts(path, edit, options) {
	const { durability, limits, signal } = options;
	const session = atsSession(options);
	await updateDirectory(path, "ats", {
		durability,
		signal
	}, async (staging, old) => {
		const store = await openAts(path, {
			...limits && { limits },
			signal
		});
		try {
			const { elements, changed } = await edit(store.elements);
			await checkKeys(elements);
			const keep = async (element, files) => {
				if (changed.has(element)) return false;
				return (await Promise.all(files.map((file) => old.keep(file)))).includes(true);
			};
			await new AtsWriter(staging, session(staging, old.keep), options, keep).write(elements);
		} finally {
			await store.close();
		}
	});
}
//#endregion
//#region src/formats/rewrite-root.ts
const MEMBERS = new Set([
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
async function editRoot(root, path, edit, options) {
	if (root.attributes["encoding-type"] !== "anndata") throw new AtsError("UNSUPPORTED", `${path} was written before anndata 0.8 and is not edited; convert it first (ats convert).`, { path });
	return edit((await openAnnDataGroup(root, path, options)).elements);
}
async function copyOthers(root, writer, { signal }) {
	for (const name of await root.keys()) {
		const node = MEMBERS.has(name) ? void 0 : await root.get(name);
		if (node === void 0 || await writer.copy?.(name, node, { signal })) continue;
		throw new AtsError("UNSUPPORTED", `${name} cannot be taken over into the edited store; remove it first.`, { path: name });
	}
}
//#endregion
//#region src/formats/h5ad-rewrite.ts
async function rewriteH5ad(path, edit, options) {
	const { durability, signal, threads, limits, codec } = options;
	await saveFile(path, {
		overwrite: true,
		durability,
		signal
	}, async (file) => {
		const storage = await openH5wasm(path, {
			threads,
			limits,
			signal
		});
		try {
			const { elements } = await editRoot(storage.root, path, edit, options);
			const writer = await openHdf5Writer(file, {
				codec,
				threads,
				signal
			});
			try {
				await writer.copyAttributes(storage.root);
				await writeAnnDataGroup(writer.root, elements, {
					...options,
					asStored: true,
					compat: "latest"
				});
				await copyOthers(storage.root, writer.root, options);
				await writer.close();
			} finally {
				await writer.abandon();
			}
		} finally {
			await storage.close();
		}
	});
}
//#endregion
//#region src/formats/zarr-rewrite.ts
async function rewriteZarr(path, edit, options) {
	const { durability, signal, threads } = options;
	const context = writeContext(threads);
	if (await stat(path).then((stats) => stats.isDirectory(), (cause) => {
		throw fileError(cause, path);
	})) {
		await updateDirectory(path, "zarr", {
			durability,
			signal
		}, (staging, old) => {
			return rewrite(path, edit, {
				...directorySink(staging),
				keep: (source, target) => old.keep(source, target)
			}, context, options);
		});
		return;
	}
	await saveFile(path, {
		overwrite: true,
		durability,
		signal
	}, async (file) => {
		const sink = await zipSink(file, context);
		try {
			await rewrite(path, edit, sink, context, options);
			await sink.end();
		} finally {
			await sink.abandon();
		}
	});
}
async function rewrite(path, edit, sink, context, options) {
	const storage = await openZarrStorage(path, {
		...options.limits,
		threads: options.threads
	});
	try {
		const { root, zarrFormat } = storage;
		const { elements } = await editRoot(root, path, edit, options);
		await writeTree(elements, sink, context, {
			...options,
			zarrFormat,
			asStored: true,
			compat: "latest"
		}, root.attributes, (writer) => copyOthers(root, writer, options));
	} finally {
		await storage.close();
	}
}
//#endregion
//#region src/formats/edit.ts
const REWRITES = {
	ats: updateAts,
	zarr: rewriteZarr,
	h5ad: rewriteH5ad
};
async function editAnnData(path, edit, options = {}) {
	const { limits, encodings, signal } = options;
	const store = await openAnnData(path, {
		...limits && { limits },
		...encodings && { encodings },
		signal
	});
	await store.close();
	const rewrite = REWRITES[store.format];
	if (rewrite === void 0) throw new AtsError("UNSUPPORTED", `${path} is ${store.format}, which cannot be edited; convert it first.`, { path });
	const checked = async (stored) => {
		const edited = await edit(stored);
		try {
			checkAligned(edited.elements, path);
		} catch (cause) {
			const { message, path: at } = cause;
			throw new AtsError("INVALID_ARGUMENT", message, {
				path: at ?? path,
				cause
			});
		}
		return edited;
	};
	await rewrite(path, checked, options);
}
//#endregion
//#region src/anndata/append.ts
async function append(path, rows, options = {}) {
	const target = toPath(path);
	const edit = async (stored) => {
		const elements = await appendElements(stored, await alignedTo(stored, rows, options), options);
		const members = [
			"layers",
			"obsm",
			"obsp"
		].flatMap((name) => [...elements[name].keys()].map((key) => `${name}/${key}`));
		return {
			elements,
			changed: new Set([
				"obs",
				"X",
				"raw",
				...members
			])
		};
	};
	await editAnnData(target, edit, options);
}
async function alignedTo(stored, rows, options) {
	await rows.resolve(options);
	const own = await indexOf(stored.var, options);
	const other = await indexOf(rows.elements.var, options);
	const view = own.length === other.length && own.every((name, i) => name === other[i]) ? rows : rows.select({ var: names(own) });
	await view.resolve(options);
	return view.elements;
}
async function indexOf(frame, options) {
	const { index } = await frame.readFrame([], void 0, options);
	if (index.kind === "strings") return index.values.map(String);
	throw new AtsError("UNSUPPORTED", `${frame.info.path} has an index of other things than names.`, { path: frame.info.path });
}
async function appendElements(stored, more, options) {
	const obsp = appendObsp(stored.obsp, more.obsp, options);
	const layers = await appendMap("layers", stored.layers, more.layers);
	const obsm = await appendMap("obsm", stored.obsm, more.obsm);
	const obs = await Promise.all([stored.obs, more.obs].map((frame) => frame.readFrame(void 0, void 0, options)));
	return {
		...stored,
		shape: [stored.shape[0] + more.shape[0], stored.shape[1]],
		obs: lazyFromValue(concatValues("obs", ...obs), "obs"),
		X: appendX("X", stored.X, more.X),
		layers,
		obsm,
		obsp,
		raw: stored.raw && appendRaw(stored.raw, more.raw)
	};
}
function appendObsp(stored, more, { pairwise, onWarning }) {
	const [first] = stored.keys();
	if (first === void 0 && !pairwise) return stored;
	if (pairwise === void 0) {
		const path = `obsp/${first}`;
		throw new AtsError("UNSUPPORTED", `${path} has no values for new observations; append with pairwise: true, which takes those pairs as zero, or with pairwise: false, which leaves obsp out.`, { path });
	}
	if (!pairwise) {
		onWarning?.(`obsp is left out (${[...stored.keys()].join(", ")}): it has no values for new observations.`);
		return new Map();
	}
	return new Map(pairsOf("obsp", stored, more).map(([key, own, other]) => [key, appendPairs(own, other)]));
}
function appendX(path, stored, more) {
	if (stored === null && more === null) return null;
	if (stored === null || more === null) throw onlyOne(path, stored === null);
	return appendRows(stored, more);
}
function appendRaw(stored, more) {
	if (more === null || more.var.length !== stored.var.length) throw onlyOne("raw", false);
	return {
		...stored,
		X: appendX("raw/X", stored.X, more.X)
	};
}
async function appendMap(name, stored, more) {
	const appended = new Map();
	for (const [key, element, other] of pairsOf(name, stored, more)) {
		const path = `${name}/${key}`;
		if (element.kind === "lazy-array" && other.kind === "lazy-array") appended.set(key, appendRows(element, other));
		else {
			const values = await Promise.all([element.read(), other.read()]);
			appended.set(key, lazyFromValue(concatValues(path, ...values), path));
		}
	}
	return appended;
}
function pairsOf(name, stored, more) {
	for (const key of more.keys()) if (!stored.has(key)) throw onlyOne(`${name}/${key}`, true);
	return [...stored].map(([key, element]) => {
		const other = more.get(key);
		if (other === void 0) throw onlyOne(`${name}/${key}`, false);
		return [
			key,
			element,
			other
		];
	});
}
function onlyOne(path, inRows) {
	return new AtsError("INVALID_ARGUMENT", `${path} is in ${inRows ? "the new rows, but not in the store" : "the store, but not (or with other variables) in the new rows"}; give both the same elements.`, { path });
}
//#endregion
//#region src/formats/edit-elements.ts
const MAPS = [
	"layers",
	"obsm",
	"varm",
	"obsp",
	"varp"
];
async function replaceElement(elements, path, replacement) {
	const slash = path.indexOf("/");
	const [part, rest] = slash < 0 ? [path, ""] : [path.slice(0, slash), path.slice(slash + 1)];
	if (part === "X" && rest === "") return {
		...elements,
		X: replaceX(elements, replacement)
	};
	if (part === "obs" || part === "var") return {
		...elements,
		[part]: await replaceInFrame(elements[part], rest, replacement, path)
	};
	if (rest !== "" && MAPS.includes(part)) {
		const name = part;
		return {
			...elements,
			[name]: replaceInMap(elements[name], rest, replacement, path)
		};
	}
	if (part === "uns" && rest !== "") return {
		...elements,
		uns: await replaceInDict(elements.uns, rest, replacement, path)
	};
	throw new AtsError("INVALID_ARGUMENT", `${path} cannot be edited; name X, obs/<column>, var/<column>, uns/<key>, or a key of ${MAPS.join(", ")}.`, { path });
}
function replaceX(elements, replacement) {
	if (replacement === void 0) {
		if (elements.X === null) throw missing("X");
		return null;
	}
	if (replacement.kind === "lazy-array" && replacement.shape.length === 2) return replacement;
	throw new AtsError("INVALID_ARGUMENT", "X must be a matrix.", { path: "X" });
}
function replaceInMap(map, key, replacement, path) {
	const edited = new Map(map);
	if (replacement !== void 0) edited.set(key, replacement);
	else if (!edited.delete(key)) throw missing(path);
	return edited;
}
async function replaceInFrame(frame, column, replacement, path) {
	if (column === "") {
		if (replacement?.kind === "lazy-frame") return replacement;
		throw new AtsError("INVALID_ARGUMENT", `${path} must be a data frame.`, { path });
	}
	if (replacement !== void 0 && (replacement.kind !== "lazy-array" || replacement.shape.length !== 1)) throw new AtsError("INVALID_ARGUMENT", `${path} must be a column: an array of one dimension.`, { path });
	if (replacement !== void 0 && replacement.shape[0] !== frame.length) throw new AtsError("INVALID_ARGUMENT", `${path} has ${`${replacement.shape[0]} values for ${frame.length} rows`}.`, { path });
	if (replacement === void 0 && !frame.columnNames.includes(column)) throw missing(path);
	const others = frame.columnNames.filter((name) => name !== column || replacement !== void 0);
	return editedFrame(frame, replacement === void 0 || others.includes(column) ? others : [...others, column], column, replacement);
}
async function editedFrame(frame, columnNames, edited, replacement) {
	const { path } = frame.info;
	const kept = columnNames.filter((name) => name !== edited || replacement === void 0);
	const source = frame.column !== void 0 && frame.index !== void 0 ? frame : lazyFromValue(await frame.readFrame(kept), path);
	return columnFrame({
		info: {
			...frame.info,
			shape: [frame.length, columnNames.length]
		},
		columnNames,
		index: await source.index(),
		indexName: frame.indexName,
		column: async (name) => name === edited && replacement !== void 0 ? replacement : source.column(name)
	});
}
async function replaceInDict(dict, key, replacement, path) {
	const keys = await dict.keys();
	const [first, rest] = splitKey(key, keys);
	const inner = rest === "" ? void 0 : await dict.get(first);
	if (rest !== "" && inner?.kind !== "lazy-dict") throw missing(path);
	const entry = inner?.kind === "lazy-dict" ? await replaceInDict(inner, rest, replacement, path) : replacement;
	if (entry === void 0 && !keys.includes(first)) throw missing(path);
	const others = keys.filter((name) => name !== first || entry !== void 0);
	const names = entry === void 0 || others.includes(first) ? others : [...others, first];
	return lazyDict({
		info: dict.info,
		keys: async () => names,
		get: async (name) => name === first ? entry : dict.get(name),
		storedBytes: (options) => dict.storedBytes(options)
	});
}
function splitKey(path, keys) {
	const first = keys.filter((key) => path === key || path.startsWith(`${key}/`)).sort((a, b) => b.length - a.length)[0] ?? path.split("/")[0] ?? path;
	return [first, path.slice(first.length + 1)];
}
function missing(path) {
	return new AtsError("NOT_FOUND", `There is no ${path} to edit; ats info lists what there is.`, { path });
}
//#endregion
//#region src/anndata/edit.ts
async function edit(path, edits, options = {}) {
	const { set = {}, remove = [] } = edits;
	const replacements = Object.entries(set).map(([at, input]) => [at, elementFrom(at, input)]);
	const changed = new Set([...Object.keys(set), ...remove].flatMap(prefixes));
	await editAnnData(toPath(path), async (stored) => {
		let elements = stored;
		for (const at of remove) elements = await replaceElement(elements, at, void 0);
		for (const [at, element] of replacements) elements = await replaceElement(elements, at, element);
		return {
			elements,
			changed
		};
	}, options);
}
function elementFrom(path, input) {
	return lazyFromValue(/^(obs|var)\//.test(path) ? columnFrom(path, input) : memberFrom(path, input), path);
}
function prefixes(path) {
	const parts = path.split("/");
	return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
//#endregion
//#region src/anndata/python-api.ts
function saveAnnDataToTensorstore(adata, path, options = {}) {
	return write(adata, path, {
		...options,
		format: "ats"
	});
}
async function loadAnnDataFromTensorstore(path, options = {}) {
	const adata = await open(path, options);
	try {
		const obs = await axisSelector(adata, "obs", options.obsIndices, options.obsNames, options.obsSelection, options);
		const variables = await axisSelector(adata, "var", options.varIndices, options.varNames, options.varSelection, options);
		const loaded = await adata.select({
			obs,
			var: variables
		}).load({ signal: options.signal });
		return options.asSparse ? await withSparseX(loaded, options) : loaded;
	} finally {
		await adata.close();
	}
}
async function axisSelector(adata, axis, indices, names, conditions, options) {
	const given = [
		indices,
		names,
		conditions
	].filter((selector) => selector !== void 0);
	if (given.length > 1) throw new AtsError("INVALID_ARGUMENT", `${axis} is selected in ${given.length} ways; pass one of ${axis}Indices, ${axis}Names and ${axis}Selection.`, { path: axis });
	if (names !== void 0) return positionsOf(adata, axis, names, options);
	return conditions === void 0 ? indices : conditionsToPredicate(conditions, options.combine ?? "and");
}
async function positionsOf(adata, axis, names$1, options) {
	const selector = names(names$1, {
		missing: options.missing,
		duplicates: "all"
	});
	const found = await AxisView.whole(axis, adata.elements[axis]).select(selector).resolve({ signal: options.signal });
	return BigInt64Array.from(sortPositions(found).sorted, BigInt);
}
function conditionsToPredicate(conditions, combine) {
	const [first, ...others] = conditions.map(([column, value]) => Array.isArray(value) ? where(column).in(value) : where(column).eq(value));
	return others.reduce((all, term) => all?.[combine](term), first);
}
async function withSparseX(adata, { signal }) {
	if (!adata.hasX) return adata;
	const X = await adata.X.read({ signal });
	return AnnData.fromElements({
		...adata.elements,
		X: lazyFromValue(await X.toCsr({ signal }), "X")
	});
}
async function previewAnnDataFromTensorstore(path, options = {}) {
	const adata = await open(path, options);
	try {
		const { shape } = adata;
		const [obs, variables] = [adata.obs.columnNames, adata.var.columnNames];
		const text = `AnnData object with n_obs × n_vars = ${shape.join(" × ")}\n    obs: ${obs.join(", ")}\n    var: ${variables.join(", ")}\n`;
		return {
			shape,
			obs,
			var: variables,
			toString: () => text
		};
	} finally {
		await adata.close();
	}
}
//#endregion
export { ATS_FILE_NAME, AnnData, ArrowColumn, AtsError, AwkwardArray, COMPAT_LEVELS, Categorical, CscMatrix, CsrMatrix, DenseArray, Frame, Names, NullableArray, Predicate, RecordArray, Scalar, StringArray, Tuple, append, arrowToFrame, convert, defineEncoding, diff, edit, frameToArrow, loadAnnDataFromTensorstore, names, open, parseExpression, previewAnnDataFromTensorstore, read, saveAnnDataToTensorstore, validate, where, write };
