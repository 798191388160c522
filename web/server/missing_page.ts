/**
 * The pages for an unknown address, and for a notebook that is not on the list.
 *
 * @module
 */

/** The page loads nothing. */
export const missingPage = pageOf(
  "There is no page here",
  "The address leads to nothing on this server. It may have been mistyped, or copied without its end.",
);

/** The page loads nothing. */
export const missingNotebookPage = pageOf(
  "There is no such notebook",
  "No notebook on the list has this address. It may have been deleted, or the address belongs to notebooks that are kept in " +
    "another folder: <code>deno task notebook --data-dir</code> names the folder.",
);

function pageOf(heading: string, explanation: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>AIPython: ${heading.toLowerCase()}</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1rem; }
    </style>
  </head>
  <body>
    <main>
      <h1>${heading}</h1>
      <p>${explanation}</p>
      <p><a href="/">All notebooks</a></p>
    </main>
  </body>
</html>
`;
}
