"""anndata with zarr-python, whose chunks the codec pipeline of zarrs decodes and encodes."""

import zarr
import zarrs

from anndata_python import operations

zarr.config.set({"codec_pipeline.path": f"{zarrs.ZarrsCodecPipeline.__module__}.ZarrsCodecPipeline"})

__all__ = ["operations"]
