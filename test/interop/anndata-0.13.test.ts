import { describeObjects } from "./anndata-objects.js";

await describeObjects("anndata-0.13");
