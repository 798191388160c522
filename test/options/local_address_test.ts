import assert from "node:assert/strict";
import { isLocalAddress } from "../../src/options/local_address.ts";

for (
  const host of [
    "localhost",
    "127.0.0.1",
    "[::1]",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.178.20",
    "169.254.1.1",
    "100.64.0.7",
    "[fd12:3456::1]",
    "[fe80::1]",
    "ollama",
    "my_gpu-box",
    "gpu.local",
    "gpu.lan",
    "host.docker.internal",
    "server.home.arpa",
  ]
) {
  Deno.test(`isLocalAddress() returns true for ${host}`, () => assert.ok(isLocalAddress(`http://${host}:11434/v1`)));
}

for (
  const host of [
    "api.openai.com",
    "11.1.2.3",
    "172.15.0.1",
    "172.32.0.1",
    "192.169.1.1",
    "100.63.0.1",
    "100.128.0.1",
    "[2001:db8::1]",
    "internal.example.com",
    "local.example",
    "10.example.com",
  ]
) {
  Deno.test(`isLocalAddress() returns false for ${host}`, () => assert.ok(!isLocalAddress(`https://${host}/v1`)));
}
