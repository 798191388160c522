/**
 * The command that opens the page in a browser, and the arguments that other users can see.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { browserCommand } from "../../server/open_in_browser.ts";

Deno.test("each operating system has its own command", () => {
  assert.deepEqual(browserCommand("linux", { DISPLAY: ":0" }), ["xdg-open"]);
  assert.deepEqual(browserCommand("linux", { WAYLAND_DISPLAY: "wayland-0" }), ["xdg-open"]);
  assert.deepEqual(browserCommand("darwin", {}), ["open"]);
  assert.deepEqual(browserCommand("windows", {}), ["rundll32", "url.dll,FileProtocolHandler"]);
});

Deno.test("browserCommand() returns undefined without a local screen", () => {
  assert.equal(browserCommand("linux", {}), undefined);
  assert.equal(browserCommand("darwin", { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" }), undefined);
});

Deno.test({
  name: "the command's argument is a private file that redirects to the address",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "open-in-browser-" });
    try {
      const opened = join(folder, "opened");
      // The file is renamed when it is complete.
      const opener = `#!/bin/sh\nprintf '%s\\n' "$@" > ${opened}.new\nmv ${opened}.new ${opened}\n`;
      await Deno.writeTextFile(join(folder, "xdg-open"), opener, { mode: 0o755 });
      const module = import.meta.resolve("../../server/open_in_browser.ts");
      const address = "http://localhost:8765/?token=secret";
      const { success } = await new Deno.Command(Deno.execPath(), {
        args: [
          "eval",
          "--no-check",
          `import { openInBrowser } from "${module}";
           const watcher = Deno.watchFs("${folder}");
           openInBrowser("${address}", "${folder}", "linux", { DISPLAY: ":0" });
           for await (const { paths } of watcher) if (paths.includes("${opened}")) break;`,
        ],
        env: { PATH: `${folder}:${Deno.env.get("PATH")}` },
      }).output();
      assert.ok(success);
      assert.equal(await Deno.readTextFile(opened), `${join(folder, "open.html")}\n`);
      assert.ok((await Deno.readTextFile(join(folder, "open.html"))).includes(`url=${address}"`));
      assert.equal((await Deno.stat(join(folder, "open.html"))).mode! & 0o777, 0o600);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
