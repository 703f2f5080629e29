/** The `.ats` format: directories that the Python package anndata-tensorstore reads and writes too. */
export { ATS_FILE_NAME } from "./ats-layout.js";
export { openAts } from "./ats-open.js";
export { writeAts } from "./ats-write.js";
