/**
 * Answers a `kernel_info_request`.
 *
 * @module
 */

import { PERSONA, PERSONA_NAME } from "../../python/persona.ts";
import { type JsonObject, PROTOCOL_VERSION } from "../message.ts";

/**
 * Describes the kernel.
 *
 * @param introduction a line that names the model and says that no code is executed
 */
export function kernelInfo(version: string, introduction: string): JsonObject {
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "aipython",
    implementation_version: version,
    language_info: {
      name: "python",
      version: PERSONA.python,
      mimetype: "text/x-python",
      file_extension: ".py",
      pygments_lexer: "ipython3",
      codemirror_mode: { name: "ipython", version: 3 },
      nbconvert_exporter: "python",
    },
    banner: `AIPython ${version}, as ${PERSONA_NAME}\n${introduction}\n`,
    help_links: [
      { text: "Python", url: `https://docs.python.org/${PERSONA.python}` },
      { text: "IPython", url: "https://ipython.org/documentation.html" },
      { text: "NumPy", url: "https://numpy.org/doc/stable/" },
      { text: "pandas", url: "https://pandas.pydata.org/docs/" },
      { text: "Matplotlib", url: "https://matplotlib.org/stable/" },
    ],
    debugger: false,
    supported_features: [],
  };
}
