"""Run notebook cells as IPython does, and report their outputs: the Python half of the offline model."""
