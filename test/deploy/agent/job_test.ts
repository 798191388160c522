/**
 * Checks the Kubernetes Job: its fields are valid, and its restrictions and retries are those in the documentation.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { optionTable } from "../../../src/options/option_table.ts";
import { containerfile, readStages, variablesOf } from "./containerfile.ts";
import { agentContainer, job } from "./job.ts";

const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
const { template, ...spec } = job.spec!;
const pod = template.spec!;

/**
 * Checks objects as literals of a type, so that an unknown field or a wrong type is a problem. Returns the compiler's
 * report, which names the modules.
 */
async function check(modules: Record<string, object>): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, value] of Object.entries(modules)) {
      const text = `import type { Job } from "kubernetes-types/batch/v1";\nexport const job: Job = ${
        JSON.stringify(value)
      };\n`;
      await Deno.writeTextFile(join(folder, `${name}.ts`), text);
    }
    const paths = Object.keys(modules).map((name) => join(folder, `${name}.ts`));
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", config, ...paths],
      env: { NO_COLOR: "1" },
    }).output();
    return new TextDecoder().decode(stderr);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("every field of the Job is known to Kubernetes and has the right type", async () => {
  const problems = await check({
    whole: job,
    misspelt: { ...job, spec: { ...job.spec, backOffLimit: 3 } },
    mistyped: { ...job, spec: { ...job.spec, backoffLimit: "3" } },
  });
  assert.doesNotMatch(problems, /whole\.ts/);
  assert.match(problems, /backOffLimit[^]*misspelt\.ts/);
  assert.match(problems, /not assignable to type 'number'[^]*mistyped\.ts/);
});

Deno.test("the Job's pods run without privileges and can write only to their own /tmp", () => {
  assert.deepEqual(pod.securityContext, {
    runAsNonRoot: true,
    runAsUser: 65532,
    runAsGroup: 65532,
    seccompProfile: { type: "RuntimeDefault" },
  });
  assert.deepEqual(agentContainer.securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  assert.deepEqual(agentContainer.volumeMounts, [{ name: "tmp", mountPath: "/tmp" }]);
  assert.deepEqual([pod.automountServiceAccountToken, pod.containers.length], [false, 1]);
});

Deno.test("a pod with a permanent failure is not replaced, and an evicted pod does not count as a failure", () => {
  assert.equal(pod.restartPolicy, "Never");
  assert.deepEqual(spec.podFailurePolicy?.rules, [
    { action: "FailJob", onExitCodes: { containerName: agentContainer.name, operator: "In", values: [2, 3, 4] } },
    { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
  ]);
  assert.ok(spec.backoffLimit! > 0);
});

Deno.test("the Job takes secrets from the Secret, sets known variables only, and probes the agent's health port", () => {
  const env = agentContainer.env ?? [];
  const known = Object.values(optionTable).flatMap(({ environment }) => environment);
  for (const { name } of env) assert.ok(known.includes(name), name);
  const secret = Object.values(optionTable).filter((entry) => entry.secret).flatMap(({ environment }) => environment);
  for (const { name, value } of env.filter(({ name }) => secret.includes(name))) assert.equal(value, undefined, name);
  const [port] = agentContainer.ports ?? [];
  assert.equal(env.find(({ name }) => name === "AIPYTHON_HEALTH_PORT")?.value, String(port.containerPort));
  for (const { httpGet } of [agentContainer.readinessProbe!, agentContainer.livenessProbe!]) {
    assert.equal(httpGet?.port, port.name);
  }
  assert.equal(
    variablesOf(readStages(Deno.readTextFileSync(containerfile)).at(-1)!).AIPYTHON_HEALTH_PORT,
    String(port.containerPort),
  );
});
