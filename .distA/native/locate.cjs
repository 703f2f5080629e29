Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const require_locate = require("../locate-BVUARLbi.cjs");
exports.addonCandidates = require_locate.addonCandidates;
exports.findAddon = require_locate.findAddon;
exports.libc = require_locate.libc;
exports.prebuiltPath = require_locate.prebuiltPath;
