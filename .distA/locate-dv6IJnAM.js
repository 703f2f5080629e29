import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
//#region src/package-root.ts
function packageFolder(folder) {
	const parent = dirname(folder);
	return parent === folder || existsSync(join(folder, "package.json")) ? folder : packageFolder(parent);
}
const PACKAGE_ROOT = packageFolder(dirname(fileURLToPath(import.meta.url)));
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
	return [join(root, "out", "release", `${FILE}.node`), prebuiltPath(root)];
}
function prebuiltPath(root = PACKAGE_ROOT) {
	const tag = libc();
	const name = tag === void 0 ? `${FILE}.node` : `${FILE}.${tag}.node`;
	return join(root, "prebuilds", `${process.platform}-${process.arch}`, name);
}
function findAddon(root) {
	return addonCandidates(root).find((path) => existsSync(path));
}
//#endregion
export { PACKAGE_ROOT as a, prebuiltPath as i, findAddon as n, libc as r, addonCandidates as t };
