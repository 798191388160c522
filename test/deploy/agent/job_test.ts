/**
 * The Kubernetes Job, read: its fields are Kubernetes' own, and what it forbids and retries is as the page says.
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

/** Checks objects as literals of a type, so that no field is unknown and none has a wrong type; returns the problems, each with its module. */
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

Deno.test("every field of the Job is one of Kubernetes' own, and has its type", async () => {
  const problems = await check({
    whole: job,
    misspelt: { ...job, spec: { ...job.spec, backOffLimit: 3 } },
    mistyped: { ...job, spec: { ...job.spec, backoffLimit: "3" } },
  });
  assert.doesNotMatch(problems, /whole\.ts/);
  assert.match(problems, /backOffLimit[^]*misspelt\.ts/);
  assert.match(problems, /not assignable to type 'number'[^]*mistyped\.ts/);
});

Deno.test("the Job's pods run without rights, and write nowhere but in their own /tmp", () => {
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

Deno.test("a pod that ended for a reason that stays is not replaced, and one that was moved is, without being counted", () => {
  assert.equal(pod.restartPolicy, "Never");
  assert.deepEqual(spec.podFailurePolicy?.rules, [
    { action: "FailJob", onExitCodes: { containerName: agentContainer.name, operator: "In", values: [2, 3, 4] } },
    { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
  ]);
  assert.ok(spec.backoffLimit! > 0);
});

Deno.test("secrets come from the Secret, everything else is a variable that the command knows, and the probes ask its port", () => {
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
