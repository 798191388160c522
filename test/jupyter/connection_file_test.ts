import assert from "node:assert/strict";
import { type ConnectionFile, readConnectionFile } from "../../src/jupyter/connection_file.ts";
import { ConfigurationError } from "../../src/errors.ts";

const SECRET = "9e4c1d-secret";

const good = {
  shell_port: 53_001,
  iopub_port: 53_002,
  stdin_port: 53_003,
  control_port: 53_004,
  hb_port: 53_005,
  ip: "127.0.0.1",
  key: SECRET,
  transport: "tcp",
  signature_scheme: "hmac-sha256",
  kernel_name: "aipython",
};

/** Writes a file into a separate folder and reads it as a connection file. */
async function read(text: string | Uint8Array, mode = 0o600): Promise<ConnectionFile> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/kernel.json`;
    if (typeof text === "string") await Deno.writeTextFile(path, text);
    else await Deno.writeFile(path, text);
    await Deno.chmod(path, mode);
    return await readConnectionFile(path);
  } catch (error) {
    if (error instanceof Error) error.message = error.message.replaceAll(folder, "/run");
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Returns the message of the error with which reading fails. */
async function problem(text: string | Uint8Array, mode?: number): Promise<string> {
  const error = await read(text, mode).then(() => assert.fail("the file was accepted"), (error) => error);
  assert.ok(error instanceof ConfigurationError, error);
  assert.doesNotMatch(error.message, new RegExp(SECRET));
  return error.message;
}

const changed = (changes: Record<string, unknown>) => JSON.stringify({ ...good, ...changes });

Deno.test("readConnectionFile() reads a file that Jupyter writes", async () => {
  const expected = {
    ip: "127.0.0.1",
    ports: { shell: 53_001, iopub: 53_002, stdin: 53_003, control: 53_004, hb: 53_005 },
    key: SECRET,
    warnings: [],
  };
  assert.deepEqual(await read(JSON.stringify(good)), expected);
  assert.deepEqual(
    await read(changed({ transport: undefined, signature_scheme: undefined, kernel_name: undefined })),
    expected,
  );
  const free = { shell_port: 0, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 };
  assert.deepEqual((await read(changed(free))).ports, { shell: 0, iopub: 0, stdin: 0, control: 0, hb: 0 });
});

const faults: [text: string | Uint8Array, problem: string][] = [
  ["", "is not a JSON object; Jupyter writes one for each kernel it starts"],
  [`["${SECRET}"]`, "is not a JSON object; Jupyter writes one for each kernel it starts"],
  [Uint8Array.of(0xff, 0xfe, 0), "cannot be read: it is text in UTF-16, not in UTF-8; save it as UTF-8"],
  [
    changed({ transport: "ipc" }),
    `: "transport" is "ipc", which needs a file that this kernel is not permitted to write; start it with "tcp"`,
  ],
  [changed({ transport: "udp" }), `: "transport" is not "tcp", the only one that this kernel supports`],
  [changed({ ip: "" }), `: "ip" is not an address, such as "127.0.0.1"`],
  [changed({ ip: undefined }), `: "ip" is not an address, such as "127.0.0.1"`],
  [changed({ hb_port: undefined }), `: "hb_port" is not a port: a whole number from 0 to 65535`],
  [changed({ hb_port: "53005" }), `: "hb_port" is not a port: a whole number from 0 to 65535`],
  [changed({ shell_port: 65_536 }), `: "shell_port" is not a port: a whole number from 0 to 65535`],
  [changed({ shell_port: 53_002 }), ": two channels have the same port; each needs a different one"],
  [
    changed({ signature_scheme: "hmac-md5" }),
    `: "signature_scheme" is not "hmac-sha256", the only one that this kernel supports`,
  ],
  [changed({ key: "" }), `: "key" is missing or empty; without one, every program on this machine could run cells`],
  [changed({ key: 7 }), `: "key" is missing or empty; without one, every program on this machine could run cells`],
  [" ".repeat(65_537), "has 65537 bytes; Jupyter's have about 300, and the limit is 65536"],
];

Deno.test("readConnectionFile() reports what is wrong without the key", async () => {
  for (const [text, expected] of faults) {
    const message = await problem(text);
    const full = `the connection file "/run/kernel.json"${expected.startsWith(":") ? "" : " "}${expected}`;
    // The message for another encoding has further advice.
    assert.ok(
      message === full || (typeof text !== "string" && message.startsWith(full.split(";")[0])),
      `${message}\n${full}`,
    );
  }
});

Deno.test("readConnectionFile() reports all problems at once", async () => {
  const message = await problem(`{"key": "${SECRET}", "transport": "ipc"}`);
  assert.equal(message.split("\n").length, 7);
});

Deno.test("readConnectionFile() rejects a file that other users may change, and warns if they may read it", async () => {
  for (const mode of [0o622, 0o620, 0o602, 0o666]) {
    assert.equal(
      await problem(JSON.stringify(good), mode),
      'the connection file "/run/kernel.json" can be changed by other users; restrict it to yourself: chmod 600 /run/kernel.json'
        .replaceAll("/run/kernel.json", "/run/kernel.json"),
    );
  }
  for (const mode of [0o644, 0o640, 0o604]) {
    const { warnings } = await read(JSON.stringify(good), mode);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0],
      /can be read by other users, who could run cells with its key; restrict it to yourself: chmod 600 /,
    );
  }
  assert.deepEqual((await read(JSON.stringify(good), 0o400)).warnings, []);
});

Deno.test("readConnectionFile() reports why the file cannot be read", async () => {
  const folder = await Deno.makeTempDir();
  const reading = (path: string) => readConnectionFile(path).then(() => "read", ({ message }) => message);
  assert.equal(
    await reading(`${folder}/none`),
    `the connection file "${folder}/none" cannot be read: there is no such file`,
  );
  assert.equal(await reading(folder), `the connection file "${folder}" is not a file`);
  const stat = () => Promise.reject(new Deno.errors.NotCapable("no"));
  const readFile = () => Promise.resolve(new Uint8Array());
  await assert.rejects(
    readConnectionFile("k.json", { stat, readFile }),
    /was not given the permission to; add the folder/,
  );
  await Deno.remove(folder);
});

Deno.test("readConnectionFile() accepts a file on a system without file modes", async () => {
  const bytes = new TextEncoder().encode(JSON.stringify(good));
  const stat = () => Promise.resolve({ size: bytes.length, mode: null, isFile: true });
  const { warnings } = await readConnectionFile("k.json", { stat, readFile: () => Promise.resolve(bytes) });
  assert.deepEqual(warnings, []);
});
