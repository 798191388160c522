"""Imitate the parts of bash that notebooks use, on the sandbox's files. It starts no processes."""
