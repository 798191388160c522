/**
 * Notebooks of every published kind, each as the text of its file.
 *
 * @module
 */

const code = (fields: Record<string, unknown> = {}) => ({
  cell_type: "code",
  id: "c1",
  metadata: {},
  source: "6 * 7",
  execution_count: 1,
  outputs: [],
  ...fields,
});

const notebook = (cells: unknown[], metadata: unknown = {}, minor = 5) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: minor, metadata, cells });

const widgetView = { version_major: 2, version_minor: 0, model_id: "a1b2" };
const MATPLOTLIB = { "image/png": { width: 300, height: 200 }, needs_background: "light" };

/** The notebooks' texts, by the names of their kinds. */
export const notebookKinds: Readonly<Record<string, string>> = {
  empty: notebook([]),
  "of-4.0": notebook([{ ...code(), id: undefined }, { cell_type: "markdown", metadata: {}, source: "# T" }], {}, 0),
  "of-4.4-with-attachments": notebook(
    [
      {
        cell_type: "markdown",
        metadata: {},
        source: "![a](attachment:a.png)",
        attachments: { "a.png": { "image/png": "iVBORw0KGgo=" } },
      },
    ],
    {},
    4,
  ),
  "of-colab": notebook([
    code({
      metadata: { id: "AbC-12_x", colab: { base_uri: "https://localhost:8080/" }, outputId: "3f-1", cellView: "form" },
    }),
  ], {
    colab: { provenance: [], toc_visible: true },
    accelerator: "GPU",
    kernelspec: { name: "python3", display_name: "Python 3" },
  }),
  "of-vs-code": notebook([code({ metadata: { vscode: { languageId: "python" } } })], {
    language_info: { name: "python", codemirror_mode: { name: "ipython", version: 3 }, version: "3.14.0" },
    orig_nbformat: 4,
  }),
  "of-kaggle": notebook([
    code({
      metadata: {
        _uuid: "8f2839f25d086af736a60e9eeb907d3b93b6e0e5",
        trusted: true,
        execution: {
          "iopub.status.busy": "2026-01-01T00:00:00.000Z",
          "shell.execute_reply": "2026-01-01T00:00:01.000Z",
        },
      },
    }),
  ]),
  "with-widgets": notebook([
    code({
      outputs: [{
        output_type: "display_data",
        metadata: {},
        data: { "application/vnd.jupyter.widget-view+json": widgetView },
      }],
    }),
  ], {
    widgets: {
      "application/vnd.jupyter.widget-state+json": {
        version_major: 2,
        version_minor: 0,
        state: { a1b2: { state: {} } },
      },
    },
  }),
  "with-a-figure": notebook([
    code({
      outputs: [{
        output_type: "display_data",
        metadata: MATPLOTLIB,
        data: { "image/png": "iVBORw0KGgo=\n", "text/plain": ["<Figure>"] },
      }],
    }),
  ]),
  "with-plotly": notebook([
    code({
      outputs: [{
        output_type: "display_data",
        metadata: {},
        data: {
          "application/vnd.plotly.v1+json": { data: [{ y: [1, 2.5] }], config: {} },
          "text/html": ["<div>\n", "</div>"],
        },
      }],
    }),
  ]),
  "with-a-large-output": notebook([
    code({ outputs: [{ output_type: "stream", name: "stdout", text: Array(5_000).fill("a line\n") }] }),
  ]),
  "with-illegal-ids": notebook([
    code({ id: "a b" }),
    code({ id: "" }),
    code({ id: "x".repeat(65) }),
    code({ id: "ok" }),
    code({ id: "ok" }),
  ]),
  "with-nan": notebook([code()], { papermill: { parameters: { ratio: 0 } } }).replace('"ratio":0', '"ratio":NaN'),
  "with-slides": notebook([code({ metadata: { slideshow: { slide_type: "slide" }, tags: ["hide-input"] } })]),
  "with-duplicate-tags": notebook([code({ metadata: { tags: ["a", "a", "b,c"] } })]),
  "with-authors-as-text": notebook([code()], { authors: "Ada", title: ["A", "B"] }),
  "with-odd-outputs": notebook([
    code({
      outputs: [
        { output_type: "display_data", data: { "text/plain": 5 }, metadata: [] },
        { output_type: "error", ename: "E" },
        { output_type: "stream", text: null },
        { output_type: "pyout", text: "42" },
      ],
    }),
    { cell_type: "code", metadata: {}, source: "1" },
  ]),
  "of-nbformat-3": JSON.stringify({
    nbformat: 3,
    nbformat_minor: 0,
    metadata: { name: "Old" },
    worksheets: [{
      cells: [
        { cell_type: "heading", level: 1, source: ["Old"] },
        {
          cell_type: "code",
          input: ["plot()"],
          prompt_number: 2,
          outputs: [{ output_type: "display_data", png: "iVBORw0KGgo=" }, {
            output_type: "pyerr",
            ename: "E",
            evalue: "v",
            traceback: [],
          }],
        },
      ],
    }],
  }),
};
