import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { kernelPermissions } from "../../../src/cli/kernel/kernel_permissions.ts";
import { findProgram } from "../../../src/cli/kernel/program.ts";
import { permissionSets } from "../permissions/clone.ts";

Deno.test({
  name: "findProgram() runs a clone with its own configuration",
  ignore: Deno.build.os === "windows", // The path is not absolute on Windows.
  fn() {
    const moduleUrl = "file:///home/me/my%20clone/src/cli/kernel/program.ts";
    assert.deepEqual(findProgram({ moduleUrl, deno: "/usr/bin/deno" }), {
      deno: "/usr/bin/deno",
      flags: ["--config", "/home/me/my clone/deno.json"],
      entry: "/home/me/my clone/bin/aipython.ts",
      folders: ["/home/me/my clone/node_modules", "/home/me/my clone/src"],
      clone: "/home/me/my clone",
    });
  },
});

Deno.test({
  name: "findProgram() runs a JSR package in its own version without the working directory's configuration",
  ignore: Deno.build.os === "windows",
  fn() {
    const moduleUrl = `https://registry.example/${config.name}/${config.version}/src/cli/kernel/program.ts`;
    const packageFile = "file:///cache/deno/npm/registry.example/@resvg/resvg-wasm/2.6.2/index_bg.wasm";
    assert.deepEqual(findProgram({ moduleUrl, deno: "/usr/bin/deno", packageFile }), {
      deno: "/usr/bin/deno",
      flags: ["--no-config", "--no-lock", "--node-modules-dir=none"],
      entry: `jsr:${config.name}@${config.version}/bin/aipython`,
      folders: ["/cache/deno/npm/registry.example"],
    });
  },
});

const program = { deno: "/deno", flags: [], entry: "/clone/bin/aipython.ts", folders: ["/clone/node_modules"] };

Deno.test("kernelPermissions() allows only the host and port of the model server", () => {
  const hosts: [string, string][] = [
    ["https://api.openai.com/v1", "api.openai.com:443"],
    ["http://gateway.example/v1", "gateway.example:80"],
    ["https://me:word@gateway.example:8443/v1?key=x", "gateway.example:8443"],
    ["http://[::1]:11434/v1", "[::1]:11434"],
    ["http://localhost:11434/v1", "localhost:11434"],
  ];
  for (const [baseUrl, host] of hosts) {
    const flags = kernelPermissions({ program, baseUrl, connectionFolders: ["/run"] });
    assert.deepEqual(flags.slice(0, 2), [`--allow-net=127.0.0.1,${host}`, "--allow-read=/run,/clone/node_modules"]);
    assert.equal(flags.some((flag) => /^--allow-(?:write|run|ffi|sys)/.test(flag)), false);
  }
});

Deno.test("kernelPermissions() allows the variables of the permission set named kernel", () => {
  const flags = kernelPermissions({ program, baseUrl: "https://host/v1", connectionFolders: [] });
  const names = flags.find((flag) => flag.startsWith("--allow-env="))!.slice("--allow-env=".length).split(",");
  assert.deepEqual(names.toSorted(), permissionSets.kernel.env!.allow!.toSorted());
  assert.equal(permissionSets.kernel.env!.ignore, true);
  assert.ok(flags.includes("--ignore-env"));
});
