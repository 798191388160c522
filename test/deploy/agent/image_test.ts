/**
 * Starts the image and the Job, and checks that they serve a notebook as an unprivileged user with a read-only root.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { wordsOf } from "./containerfile.ts";
import { buildImageTree, canChangeRoot } from "./image_tree.ts";
import { agentContainer, environmentOf } from "./job.ts";
import { serveOneCell } from "./serve_one_cell.ts";

const hasRoot = await canChangeRoot();

/** The part of a lock file that is compared. */
interface Lock {
  npm: Record<string, { integrity: string }>;
}

async function readLock(path: string | URL): Promise<Lock> {
  return JSON.parse(await Deno.readTextFile(path));
}

/** Returns a port on which nothing listens. */
function freePort(): string {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return String(listener.addr.port);
}

async function runToEnd(words: readonly string[], environment: Record<string, string> = {}): Promise<number> {
  const [program, ...args] = words;
  const { code } = await new Deno.Command(program, { args, env: environment, clearEnv: true, stdin: "null" }).output();
  return code;
}

Deno.test({
  name: "the image, built without a container engine, works if the test runs as root",
  ignore: !hasRoot,
  async fn(t) {
    await using tree = await buildImageTree();
    const entrypoint = wordsOf(tree.image, "ENTRYPOINT");

    await t.step("the image has only packages from deno.lock and none of the local stack", async () => {
      const own = Object.entries((await readLock(join(tree.root, "app/deno.lock"))).npm);
      const known = Object.values((await readLock(new URL("../../../deno.lock", import.meta.url))).npm);
      assert.ok(own.length > 20);
      for (const [name, { integrity }] of own) {
        assert.ok(known.some((each) => each.integrity === integrity), `${name} is not in deno.lock`);
      }
      assert.ok(!own.some(([name]) => name.startsWith("miniflare@")));
    });

    await t.step("the image cannot write to its root", async () => {
      const script =
        "try { Deno.writeTextFileSync('/tmp/a', 'a') } catch (e) { Deno.exit(/Read-only file system/.test(e.message) ? 7 : 1) }";
      assert.equal(await runToEnd(tree.inside(["deno", "eval", script])), 7);
    });

    await t.step("the image serves a notebook, reports its health, and stops at its signal", async () => {
      const port = freePort();
      const check = tree.inside([`AIPYTHON_HEALTH_PORT=${port}`, ...wordsOf(tree.image, "HEALTHCHECK")]);
      assert.equal(await runToEnd(check), 1, "the agent has not started");
      const signal = wordsOf(tree.image, "STOPSIGNAL")[0] as Deno.Signal;
      const code = await serveOneCell(signal, (given) => ({
        words: tree.inside([`AIPYTHON_HEALTH_PORT=${port}`, ...entrypoint]),
        environment: { ...given },
      }), async () => assert.equal(await runToEnd(check), 0));
      assert.equal(code, 143);
    });

    await t.step("the image serves a notebook as the Job starts it, and answers the Job's probes", async () => {
      const port = freePort();
      const code = await serveOneCell("SIGTERM", (given) => {
        const { LIVESTORE_SYNC_URL, OPENAI_BASE_URL, AIPYTHON_MODEL, NOTEBOOK_ID, ...secrets } = given;
        const own = { ...environmentOf({ ...secrets }), NOTEBOOK_ID, AIPYTHON_HEALTH_PORT: port };
        const variables = Object.entries(own).map(([name, value]) => `${name}=${value}`);
        return {
          words: tree.inside([...variables, ...entrypoint, ...agentContainer.args ?? []], { tmp: true }),
          environment: { LIVESTORE_SYNC_URL, OPENAI_BASE_URL, AIPYTHON_MODEL },
        };
      }, async () => {
        for (const probe of [agentContainer.readinessProbe, agentContainer.livenessProbe]) {
          const response = await fetch(`http://127.0.0.1:${port}${probe?.httpGet?.path}`);
          await response.body?.cancel();
          assert.equal(response.status, 200);
        }
      });
      assert.equal(code, 143);
    });
  },
});
