import { i as prebuiltPath, n as findAddon, r as libc, t as addonCandidates } from "../locate-dv6IJnAM.js";
export { addonCandidates, findAddon, libc, prebuiltPath };
