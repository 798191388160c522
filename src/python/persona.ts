/**
 * The environment that the model imitates.
 *
 * @module
 */

/** The versions that a cell seems to run in. The recordings in `test/golden` were made with these versions. */
export const PERSONA = {
  /** The IPython version whose formats, tracebacks and magics are imitated. */
  ipython: "9.11.0",
  /** The CPython version whose messages are imitated: major and minor. */
  python: "3.14",
  /** The packages that count as installed and whose output formats are recorded, with their versions: major and minor. */
  packages: { numpy: "2.4", pandas: "2.3", matplotlib: "3.10" },
  /** The other packages that count as installed, by their import names. Importing any other package fails. */
  otherPackages: ["scipy", "sklearn", "seaborn", "sympy", "requests", "tqdm"],
} as const;

/** The environment in a few words, for people and models: `IPython 9.11 on CPython 3.14`. */
export const PERSONA_NAME = `IPython ${PERSONA.ipython.replace(/\.\d+$/, "")} on CPython ${PERSONA.python}`;

/** The packages that count as installed, by their import names. */
export const INSTALLED_PACKAGES: readonly string[] = [...Object.keys(PERSONA.packages), ...PERSONA.otherPackages];

/** The same packages, with versions for those whose formats depend on them: `numpy 2.4, pandas 2.3, matplotlib 3.10, scipy, ...`. */
export const PERSONA_PACKAGES = [
  ...Object.entries(PERSONA.packages).map((named) => named.join(" ")),
  ...PERSONA.otherPackages,
].join(", ");
