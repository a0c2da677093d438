"""Write finished papers: one module per format, none imports another (html → pdf excepted)."""
