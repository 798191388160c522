/**
 * Whom the model plays.
 *
 * @module
 */

/** The versions of everything that a cell seems to run in, as the recordings in `test/golden` were made with them. */
export const PERSONA = {
  /** Whose formats, tracebacks and magics these are. */
  ipython: "9.11.0",
  /** CPython, whose messages these are: major and minor. */
  python: "3.14",
  /** The packages that are as good as installed: major and minor. */
  packages: { numpy: "2.4", pandas: "2.3", matplotlib: "3.10" },
} as const;

/** The persona in a few words for people and models: `IPython 9.11 on CPython 3.14`. */
export const PERSONA_NAME = `IPython ${PERSONA.ipython.replace(/\.\d+$/, "")} on CPython ${PERSONA.python}`;
