import assert from "node:assert/strict";
import { runToEnd } from "../command_process.ts";
import { runPermissions } from "./run_process.ts";

/** Starts a package server that has no packages, and records the requested paths. */
function serveNothing() {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    asked.push(new URL(url).pathname);
    return new Response(null, { status: 404 });
  });
  return { asked, port: server.addr.port, [Symbol.asyncDispose]: () => server.shutdown() };
}

const run = (flags: string[], denoFlags: string[] = []) =>
  runToEnd(["run", "-", ...flags], { permissions: runPermissions, denoFlags, input: "print(1)\nimport numpy" });

Deno.test("aipython run --offline fetches an imported package and reports that on stderr", async () => {
  await using server = serveNothing();
  const { code, stdout, stderr } = await run(["--offline", "--packages-url", `http://127.0.0.1:${server.port}/full`]);
  assert.deepEqual([code, stdout], [1, "1\n"], stderr);
  assert.match(stderr, /info {2}fetching what the import of numpy needs from 127\.0\.0\.1:\d+: numpy 2\.4\.\d+\n/);
  assert.match(
    stderr,
    /ModuleNotFoundError: No module named 'numpy' \(.*could not be fetched, because 127\.0\.0\.1:\d+ answers 404 for numpy/,
  );
  assert.match(server.asked.join(), /^\/full\/numpy-2\.4\.\d+-cp314-cp314-\w+\.whl$/);
});

Deno.test("aipython run --offline --no-packages fetches nothing", async () => {
  const { code, stderr } = await run(["--offline", "--no-packages"]);
  assert.equal(code, 1);
  assert.match(stderr, /ModuleNotFoundError: .* as it was started with --no-packages\. Start it without that flag/);
});

Deno.test("aipython run --offline names the permission that it needs to fetch packages", async () => {
  await using server = serveNothing();
  const host = `localhost:${server.port}`;
  const { stderr } = await run(["--offline", "--packages-url", `http://${host}/`], [`--deny-net=${host}`]);
  assert.ok(
    stderr.includes(`because this program may not reach ${host}. Start it with --allow-net=${host} besides`),
    stderr,
  );
  assert.deepEqual(server.asked, []);
});

Deno.test("aipython run exits with 2 for invalid combinations of package flags", async (t) => {
  const REFUSALS: [string[], RegExp][] = [
    [["--no-packages"], /--no-packages needs --offline: /],
    [["--packages-url", "http://localhost/"], /--packages-url needs --offline: /],
    [
      ["--offline", "--no-packages", "--packages-url", "http://localhost/"],
      /give --no-packages or --packages-url, not both/,
    ],
    [
      ["--offline", "--packages-url", "file:///tmp"],
      /wrong address "file:\/\/\/tmp": --packages-url needs one like http/,
    ],
  ];
  for (const [flags, message] of REFUSALS) {
    await t.step(`aipython run exits with 2 for ${flags.join(" ")}`, async () => {
      const environment = { OPENAI_API_KEY: "unused-key" };
      const { code, stderr } = await runToEnd(["run", "-", ...flags], {
        permissions: runPermissions,
        environment,
        input: "1",
      });
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }
});
