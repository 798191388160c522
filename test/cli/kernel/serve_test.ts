import assert from "node:assert/strict";
import { answer, gate, result, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { jupyterTest } from "../../jupyter/jupyter_python.ts";
import { connectionFile, KernelProcess, temporaryFolder } from "./kernel_process.ts";

const kernelTest = (name: string, fn: (python: string) => Promise<void>) =>
  jupyterTest(["jupyter_client", "zmq"], `aipython kernel ${name}`, fn);

const { shell_port: _, ...withoutShell } = connectionFile;

const faultyFiles: [problem: string, file: unknown, mode: number, message: RegExp][] = [
  ["that is not JSON", "{", 0o600, /is not a JSON object; Jupyter writes one/],
  ["for unix sockets", { ...connectionFile, transport: "ipc" }, 0o600, /"transport" is "ipc", .* start it with "tcp"/],
  [
    "with another signature scheme",
    { ...connectionFile, signature_scheme: "hmac-md5" },
    0o600,
    /"signature_scheme" is not/,
  ],
  ["without a key", { ...connectionFile, key: "" }, 0o600, /"key" is missing or empty/],
  ["without a port", withoutShell, 0o600, /"shell_port" is not a port: a whole number from 0 to 65535/],
  [
    "that others can read",
    connectionFile,
    0o644,
    /can be read by other users, .* chmod 600 .* JUPYTER_ALLOW_INSECURE_WRITES=1/,
  ],
  [
    "that others can change",
    connectionFile,
    0o622,
    /can be changed by other users; restrict it to yourself: chmod 600/,
  ],
  [
    "for an address that is not permitted",
    { ...connectionFile, ip: "127.0.0.2" },
    0o600,
    /Cannot listen on 127\.0\.0\.2:0: .*--allow-net/,
  ],
];

for (const [problem, file, mode, message] of faultyFiles) {
  Deno.test(`aipython kernel exits with 2 and names the problem of a connection file ${problem}`, async () => {
    await using temporary = await temporaryFolder();
    await using server = await startScriptedModel([]);
    await using kernel = await KernelProcess.start({ server, folder: temporary.folder, file, mode });
    const { code, written } = await kernel.end();
    assert.match(written, message);
    assert.match(written, /^aipython: .*\nTry aipython kernel --help\.\n$/);
    assert.equal(code, 2);
  });
}

kernelTest("accepts a connection file that others can read if JUPYTER_ALLOW_INSECURE_WRITES is set", async (python) => {
  await using temporary = await temporaryFolder();
  await using server = await startScriptedModel(answer(result("6")));
  await using kernel = await KernelProcess.start({
    server,
    folder: temporary.folder,
    mode: 0o644,
    environment: { JUPYTER_ALLOW_INSECURE_WRITES: "1" },
  });
  const client = await kernel.connect(python);
  await client.request("control", "shutdown_request", { restart: false });
  assert.equal((await kernel.end()).code, 0);
});

kernelTest(
  "works with access to only the loopback, the model server and the connection file, and exits with 0",
  async (python) => {
    await using temporary = await temporaryFolder();
    await using server = await startScriptedModel(answer(result("6")));
    await using kernel = await KernelProcess.start({ server, folder: temporary.folder });
    const client = await kernel.connect(python);
    const { reply } = await client.run("2 * 3");
    assert.equal(reply.content.status, "ok");
    assert.equal(reply.metadata.aipython.model, "scripted");
    await client.request("control", "shutdown_request", { restart: true });
    const { code, written } = await kernel.end();
    assert.equal(code, 0, written);
    assert.match(written, /info {2}a cell has ended executionCount=1 status=success requests=1 input=10/);
    assert.doesNotMatch(written, /s3cret-key|k3y/);
  },
);

kernelTest("starts although the model server rejects its key, and reports that in the cell", async (python) => {
  await using temporary = await temporaryFolder();
  const refusal = { status: 401, body: { error: { message: "Incorrect API key provided" } } };
  await using server = await startScriptedModel(refusal, { models: refusal });
  await using kernel = await KernelProcess.start({ server, folder: temporary.folder });
  const client = await kernel.connect(python);
  const { reply } = await client.request("shell", "kernel_info_request");
  assert.match(reply.content.banner, /scripted at 127\.0\.0\.1:\d+ plays IPython: nothing is executed/);
  const refused = await client.run("1");
  assert.equal(refused.reply.content.status, "error");
  assert.match(refused.reply.content.evalue, /does not accept the API key|Incorrect API key/);
});

for (
  const { name, args, advice } of [
    {
      name: "no env file",
      args: [],
      advice: /OPENAI_API_KEY=\.\.\. into a file .* run aipython kernel install again with .* --env-file PATH/,
    },
    {
      name: "an env file without the key",
      args: ["--env-file=my.env"],
      advice: /OPENAI_API_KEY=\.\.\. into \/.*\/my\.env, and restart the kernel/,
    },
  ]
) {
  kernelTest(`starts without an API key and explains in each cell how to set it: ${name}`, async (python) => {
    await using temporary = await temporaryFolder();
    await Deno.writeTextFile(`${temporary.folder}/my.env`, "AIPYTHON_LOG_LEVEL=info\n");
    await using kernel = await KernelProcess.start({
      server: { baseUrl: "https://api.openai.com/v1", host: "127.0.0.1" },
      folder: temporary.folder,
      args,
      environment: { OPENAI_API_KEY: "" },
    });
    const client = await kernel.connect(python);
    for (const code of ["1", "2"]) {
      const { reply } = await client.run(code);
      assert.equal(reply.content.ename, "ConfigurationError");
      assert.match(reply.content.evalue, /^missing API key: /);
      assert.match(reply.content.evalue, advice);
    }
  });
}

kernelTest("interrupts the cell on SIGINT and exits with 143 on SIGTERM", async (python) => {
  await using temporary = await temporaryFolder();
  await using server = await startScriptedModel([...stdout("begun\n"), ...gate("never")]);
  await using kernel = await KernelProcess.start({ server, folder: temporary.folder });
  const client = await kernel.connect(python);
  const cell = await client.sendCell("while True: pass");
  await client.sees(({ type }) => type === "stream");
  kernel.kill("SIGINT");
  assert.equal((await client.answered(cell)).reply.content.ename, "KeyboardInterrupt");
  kernel.kill("SIGTERM");
  assert.equal((await kernel.end()).code, 143);
});

kernelTest("exits with 129 on SIGHUP", async (python) => {
  await using temporary = await temporaryFolder();
  await using server = await startScriptedModel([]);
  await using kernel = await KernelProcess.start({ server, folder: temporary.folder });
  const client = await kernel.connect(python);
  await client.request("shell", "kernel_info_request");
  kernel.kill("SIGHUP");
  assert.equal((await kernel.end()).code, 129);
});

kernelTest("exits when its parent process has ended", async (python) => {
  await using temporary = await temporaryFolder();
  await using server = await startScriptedModel([]);
  await using kernel = await KernelProcess.start({
    server,
    folder: temporary.folder,
    parent: ["sh", "-c", '"$@" & wait', "sh"],
  });
  const client = await kernel.connect(python);
  await client.request("shell", "kernel_info_request");
  kernel.kill("SIGKILL");
  const { written } = await kernel.end();
  assert.match(written, /the kernel ends, because the program that started it has ended/);
});
