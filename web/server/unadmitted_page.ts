/**
 * The page for a browser without the cookie. It explains where to find the address with the token.
 *
 * @module
 */

/** The page loads nothing. */
export const unadmittedPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>AIPython: open it with its token</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1rem; }
      code { white-space: nowrap; }
    </style>
  </head>
  <body>
    <main>
      <h1>Open this page with its token</h1>
      <p>
        The notebooks here are for the person who started them. This browser has not shown that it is theirs, or the token in the
        address is wrong.
      </p>
      <p>
        The terminal in which <code>deno task notebook</code> was started shows the address with the token. To see it, run
        the same command again: it finds the notebooks that are being served, prints their address and opens it.
      </p>
    </main>
  </body>
</html>
`;
