import assert from "node:assert/strict";
import { isExposedAddress } from "../../src/options/exposed_address.ts";
import { collectSettings } from "../../src/options/resolve_settings.ts";
import { AIPythonAgent, ConfigurationError } from "../../mod.ts";

const required = { notebookId: "notebook", authToken: "token", apiKey: "key" };
const { notebookId: notebookIds, ...others } = required;
const requiredOfCommand = { ...others, notebookIds };

Deno.test("isExposedAddress() returns false for unencrypted addresses on this machine", () => {
  const names = ["localhost", "LOCALHOST:3000", "notebook.localhost", "localhost.", "127.0.0.1:8080", "127.1.2.3"];
  for (const host of [...names, "127.1", "2130706433", "[::1]:11434", "[::ffff:127.0.0.1]", "user:pass@localhost"]) {
    for (const scheme of ["http", "ws"]) assert.equal(isExposedAddress(`${scheme}://${host}/v1`), false, host);
  }
});

Deno.test("isExposedAddress() returns true for unencrypted addresses on other machines", () => {
  const names = ["192.168.1.5:11434", "10.0.0.1", "0.0.0.0", "example.com", "localhost.example.com", "notlocalhost"];
  const tricks = ["127.0.0.1.example.com", "128.0.0.1", "[::2]", "[::ffff:10.0.0.1]", "localhost@example.com"];
  for (const host of [...names, ...tricks, "example.com#.localhost", "example.com\\@localhost", ".localhost"]) {
    for (const scheme of ["http", "ws"]) assert.equal(isExposedAddress(`${scheme}://${host}`), true, host);
  }
});

Deno.test("isExposedAddress() returns false for encrypted addresses", () => {
  for (const address of ["https://example.com", "wss://10.0.0.1"]) assert.equal(isExposedAddress(address), false);
});

Deno.test("collectSettings() reports and drops an unencrypted address on another machine", () => {
  const given = { ...requiredOfCommand, baseUrl: "http://192.168.1.5:11434/v1" };
  const { settings, issues } = collectSettings(given, {}, "command");
  assert.deepEqual(issues, [{
    option: "baseUrl",
    message:
      "insecure base URL http://192.168.1.5:11434: others on the network can read the secrets that are sent there, " +
      "because http:// does not encrypt; give one that begins with https://, or --insecure (AIPYTHON_INSECURE=true) " +
      "for a server in a network that you trust, such as your own",
  }]);
  assert.equal(settings.baseUrl, undefined);
});

Deno.test("collectSettings() accepts an unencrypted address if the environment allows insecure addresses", () => {
  const environment = { LIVESTORE_SYNC_URL: "ws://10.0.0.1/livestore", AIPYTHON_INSECURE: "yes" };
  const { settings, issues } = collectSettings(requiredOfCommand, { environment }, "command");
  assert.deepEqual([settings.syncUrl, issues], [environment.LIVESTORE_SYNC_URL, []]);
});

Deno.test("a message about an insecure address does not show its secrets", () => {
  const given = { ...requiredOfCommand, syncUrl: "ws://me:pass@10.0.0.1/livestore?key=hush" };
  const [{ message }] = collectSettings(given, {}, "command").issues;
  assert.doesNotMatch(message, /pass|hush/);
});

Deno.test("AIPythonAgent rejects an unencrypted address on another machine unless insecure is set", () => {
  const options = { ...required, syncUrl: "ws://10.0.0.1/livestore" };
  assert.throws(() => new AIPythonAgent(options), (error) => {
    assert(error instanceof ConfigurationError);
    assert.match(error.message, /insecure sync URL ws:\/\/10\.0\.0\.1.*wss:\/\/, or insecure: true/);
    return true;
  });
  assert.equal(new AIPythonAgent({ ...options, insecure: true }).settings.insecure, true);
});

Deno.test("allowUsers is given as a list or as text with commas", () => {
  const read = (allowUsers: unknown) => collectSettings({ ...required, allowUsers }, {}, "library").settings.allowUsers;
  assert.deepEqual(read("ada, grace"), ["ada", "grace"]);
  assert.deepEqual(read(["ada"]), ["ada"]);
  for (const wrong of ["ada,,grace", "", [""], [7], 7]) assert.equal(read(wrong), undefined, JSON.stringify(wrong));
});
