import assert from "node:assert/strict";
import { stateFolder } from "../../src/repl/state_folder.ts";

Deno.test("stateFolder() returns each platform's folder for state", () => {
  const HOME = "/home/me";
  const LOCALAPPDATA = "C:\\Users\\me\\AppData\\Local";
  assert.equal(stateFolder({ os: "linux", environment: { HOME } }), "/home/me/.local/state/aipython");
  assert.equal(stateFolder({ os: "linux", environment: { HOME, XDG_STATE_HOME: "/state" } }), "/state/aipython");
  assert.equal(
    stateFolder({ os: "linux", environment: { HOME, XDG_STATE_HOME: "state" } }),
    "/home/me/.local/state/aipython",
  );
  assert.equal(
    stateFolder({ os: "darwin", environment: { HOME } }),
    "/home/me/Library/Application Support/aipython",
  );
  assert.equal(
    stateFolder({ os: "windows", environment: { LOCALAPPDATA } }),
    "C:\\Users\\me\\AppData\\Local\\aipython",
  );
  assert.equal(stateFolder({ os: "linux", environment: {} }), undefined);
});
