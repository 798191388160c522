"""A small shell with the parts of bash that notebooks use, on the sandbox's files. It starts no programs."""
