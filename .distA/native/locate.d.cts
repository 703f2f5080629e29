//#region src/native/locate.d.ts
/** Which C library the process runs on; prebuilt binaries of Linux carry it in their names. */
declare function libc(): "glibc" | "musl" | undefined;
/**
 * Where the addon may be, best first: the file that `ATS_ADDON` names (and then no other), a build from source, the
 * prebuilt binary of this platform. A build from source comes first because nobody has one beside a fitting prebuilt
 * binary but who works on the addon.
 */
declare function addonCandidates(root?: string): readonly string[];
/** Path of this platform's prebuilt binary, there or not, in prebuildify's layout. */
declare function prebuiltPath(root?: string): string;
/** The addon to load, or undefined when this package has none for the platform and none was built. */
declare function findAddon(root?: string): string | undefined;
//#endregion
export { addonCandidates, findAddon, libc, prebuiltPath };