require("./validate-BoKaHDOS.cjs");
const require_locate = require("./locate-BVUARLbi.cjs");
const require_tensorstore = require("./tensorstore-BtkW7CgH.cjs");
let node_fs = require("node:fs");
let node_path = require("node:path");
//#region src/cli/version.ts
function packageVersion() {
	const text = (0, node_fs.readFileSync)((0, node_path.join)(require_locate.PACKAGE_ROOT, "package.json"), "utf8");
	return JSON.parse(text).version;
}
function versionText() {
	const build = require_tensorstore.buildInfo();
	return [
		`anndata-tensorstore ${packageVersion()}`,
		`tensorstore ${build.tensorstore} (${build.drivers.join(", ")})`,
		`codecs ${build.codecs.join(", ")}`,
		`${process.platform}-${process.arch}, node ${process.versions.node}`,
		""
	].join("\n");
}
//#endregion
exports.versionText = versionText;
