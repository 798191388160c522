/**
 * The page for browsers. The hosted app answers every path outside its API with its page, the socket's own path too.
 *
 * @module
 */

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Notebook server</title>
  </head>
  <body>
    <p>This is a sync server for notebooks. Attach to it with an agent.</p>
  </body>
</html>
`;

const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

export function page(): Response {
  return new Response(html, { headers });
}
