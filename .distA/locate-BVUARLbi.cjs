require("./validate-BoKaHDOS.cjs");
let node_fs = require("node:fs");
let node_path = require("node:path");
let node_url = require("node:url");
//#region src/package-root.ts
function packageFolder(folder) {
	const parent = (0, node_path.dirname)(folder);
	return parent === folder || (0, node_fs.existsSync)((0, node_path.join)(folder, "package.json")) ? folder : packageFolder(parent);
}
const PACKAGE_ROOT = packageFolder((0, node_path.dirname)((0, node_url.fileURLToPath)(require("url").pathToFileURL(__filename).href)));
//#endregion
//#region src/native/locate.ts
const FILE = "anndata-tensorstore";
function libc() {
	if (process.platform !== "linux") return void 0;
	process.report.excludeNetwork = true;
	return process.report.getReport().header?.glibcVersionRuntime === void 0 ? "musl" : "glibc";
}
function addonCandidates(root = PACKAGE_ROOT) {
	if (process.env.ATS_ADDON) return [process.env.ATS_ADDON];
	return [(0, node_path.join)(root, "out", "release", `${FILE}.node`), prebuiltPath(root)];
}
function prebuiltPath(root = PACKAGE_ROOT) {
	const tag = libc();
	const name = tag === void 0 ? `${FILE}.node` : `${FILE}.${tag}.node`;
	return (0, node_path.join)(root, "prebuilds", `${process.platform}-${process.arch}`, name);
}
function findAddon(root) {
	return addonCandidates(root).find((path) => (0, node_fs.existsSync)(path));
}
//#endregion
Object.defineProperty(exports, "PACKAGE_ROOT", {
	enumerable: true,
	get: function() {
		return PACKAGE_ROOT;
	}
});
Object.defineProperty(exports, "addonCandidates", {
	enumerable: true,
	get: function() {
		return addonCandidates;
	}
});
Object.defineProperty(exports, "findAddon", {
	enumerable: true,
	get: function() {
		return findAddon;
	}
});
Object.defineProperty(exports, "libc", {
	enumerable: true,
	get: function() {
		return libc;
	}
});
Object.defineProperty(exports, "prebuiltPath", {
	enumerable: true,
	get: function() {
		return prebuiltPath;
	}
});
