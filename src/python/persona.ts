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
  /** The packages that are as good as installed, whose formats the recordings show: major and minor. */
  packages: { numpy: "2.4", pandas: "2.3", matplotlib: "3.10" },
  /** Those that are, too, by the names that they are imported by. Whatever else is imported is missing. */
  otherPackages: ["scipy", "sklearn", "seaborn", "sympy", "requests", "tqdm"],
} as const;

/** The persona in a few words for people and models: `IPython 9.11 on CPython 3.14`. */
export const PERSONA_NAME = `IPython ${PERSONA.ipython.replace(/\.\d+$/, "")} on CPython ${PERSONA.python}`;

/** The packages that are as good as installed, by the names that they are imported by. */
export const INSTALLED_PACKAGES: readonly string[] = [...Object.keys(PERSONA.packages), ...PERSONA.otherPackages];

/** The same with the versions that decide formats: `numpy 2.4, pandas 2.3, matplotlib 3.10, scipy, ...`. */
export const PERSONA_PACKAGES = [
  ...Object.entries(PERSONA.packages).map((named) => named.join(" ")),
  ...PERSONA.otherPackages,
].join(", ");
