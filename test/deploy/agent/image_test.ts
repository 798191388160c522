/**
 * The image and the Job, started: what they start serves a notebook, as a user without rights, in a root that it cannot write to.
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

/** A lock, as far as it is compared. */
interface Lock {
  npm: Record<string, { integrity: string }>;
}

async function readLock(path: string | URL): Promise<Lock> {
  return JSON.parse(await Deno.readTextFile(path));
}

/** A port that nobody listens on. */
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
  name: "the image, as root can lay it out without an engine",
  ignore: !hasRoot,
  async fn(t) {
    await using tree = await buildImageTree();
    const entrypoint = wordsOf(tree.image, "ENTRYPOINT");

    await t.step("has the command's packages as the lock has them, and no others", async () => {
      const own = Object.entries((await readLock(join(tree.root, "app/deno.lock"))).npm);
      const known = Object.values((await readLock(new URL("../../../deno.lock", import.meta.url))).npm);
      assert.ok(own.length > 20);
      for (const [name, { integrity }] of own) {
        assert.ok(known.some((each) => each.integrity === integrity), `${name} is not in deno.lock`);
      }
      assert.ok(!own.some(([name]) => name.startsWith("miniflare@")));
    });

    await t.step("cannot write to its root", async () => {
      const script =
        "try { Deno.writeTextFileSync('/tmp/a', 'a') } catch (e) { Deno.exit(/Read-only file system/.test(e.message) ? 7 : 1) }";
      assert.equal(await runToEnd(tree.inside(["deno", "eval", script])), 7);
    });

    await t.step("serves a notebook, says in its health check that it does, and ends at its signal", async () => {
      const port = freePort();
      const check = tree.inside([`AIPYTHON_HEALTH_PORT=${port}`, ...wordsOf(tree.image, "HEALTHCHECK")]);
      assert.equal(await runToEnd(check), 1, "nothing answers yet");
      const signal = wordsOf(tree.image, "STOPSIGNAL")[0] as Deno.Signal;
      const code = await serveOneCell(signal, (surroundings) => ({
        words: tree.inside([`AIPYTHON_HEALTH_PORT=${port}`, ...entrypoint]),
        environment: { ...surroundings },
      }), async () => assert.equal(await runToEnd(check), 0));
      assert.equal(code, 143);
    });

    await t.step("serves one as the Job starts it, which is asked for its health as the Job's probes ask", async () => {
      const port = freePort();
      const code = await serveOneCell("SIGTERM", (surroundings) => {
        const { LIVESTORE_SYNC_URL, OPENAI_BASE_URL, AIPYTHON_MODEL, NOTEBOOK_ID, ...secrets } = surroundings;
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
