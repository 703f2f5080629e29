import { a as PACKAGE_ROOT } from "./locate-dv6IJnAM.js";
import { n as buildInfo } from "./tensorstore-DXsDt8_h.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
//#region src/cli/version.ts
function packageVersion() {
	const text = readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8");
	return JSON.parse(text).version;
}
function versionText() {
	const build = buildInfo();
	return [
		`anndata-tensorstore ${packageVersion()}`,
		`tensorstore ${build.tensorstore} (${build.drivers.join(", ")})`,
		`codecs ${build.codecs.join(", ")}`,
		`${process.platform}-${process.arch}, node ${process.versions.node}`,
		""
	].join("\n");
}
//#endregion
export { versionText };
