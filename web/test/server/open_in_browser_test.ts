/**
 * Which command opens the page in a browser, and what others can see of it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { browserCommand } from "../../server/open_in_browser.ts";

Deno.test("each system has its own command", () => {
  assert.deepEqual(browserCommand("linux", { DISPLAY: ":0" }), ["xdg-open"]);
  assert.deepEqual(browserCommand("linux", { WAYLAND_DISPLAY: "wayland-0" }), ["xdg-open"]);
  assert.deepEqual(browserCommand("darwin", {}), ["open"]);
  assert.deepEqual(browserCommand("windows", {}), ["rundll32", "url.dll,FileProtocolHandler"]);
});

Deno.test("nothing is opened where nobody sits before a screen", () => {
  assert.equal(browserCommand("linux", {}), undefined);
  assert.equal(browserCommand("darwin", { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" }), undefined);
});

Deno.test({
  name: "the command is given a file that leads to the address, not the token",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "open-in-browser-" });
    try {
      const told = join(folder, "told");
      // It is renamed when it is whole.
      const opener = `#!/bin/sh\nprintf '%s\\n' "$@" > ${told}.new\nmv ${told}.new ${told}\n`;
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
           for await (const { paths } of watcher) if (paths.includes("${told}")) break;`,
        ],
        env: { PATH: `${folder}:${Deno.env.get("PATH")}` },
      }).output();
      assert.ok(success);
      assert.equal(await Deno.readTextFile(told), `${join(folder, "open.html")}\n`);
      assert.ok((await Deno.readTextFile(join(folder, "open.html"))).includes(`url=${address}"`));
      assert.equal((await Deno.stat(join(folder, "open.html"))).mode! & 0o777, 0o600);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
