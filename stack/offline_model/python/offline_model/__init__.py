"""The Python half of the offline model: runs notebook cells as IPython does and reports what they write."""
