"""A small shell: what notebooks ask of bash, on the sandbox's own files. It starts no programs."""
