"""Turn structured inspection results into official papers (党政机关公文)."""

__version__ = "0.1.0"
