import assert from "node:assert/strict";
import { dataFolder, kernelsFolders, kernelsOfPrefix, runtimeFolders } from "../../../src/cli/kernel/jupyter_paths.ts";

const HOME = "/home/me";
const APPDATA = "C:\\Users\\me\\AppData\\Roaming";

Deno.test("dataFolder() returns each platform's folder and reads the variables that change it", () => {
  const cases: [Parameters<typeof dataFolder>[0], string | undefined][] = [
    [{ os: "linux", environment: { HOME } }, "/home/me/.local/share/jupyter"],
    [{ os: "linux", environment: { HOME, XDG_DATA_HOME: "/data" } }, "/data/jupyter"],
    [{ os: "linux", environment: { HOME, XDG_DATA_HOME: "" } }, "/home/me/.local/share/jupyter"],
    [{ os: "linux", environment: { HOME, XDG_DATA_HOME: "/data", JUPYTER_DATA_DIR: "/mine" } }, "/mine"],
    [{ os: "linux", environment: {} }, undefined],
    [{ os: "darwin", environment: { HOME: "/Users/me", XDG_DATA_HOME: "/data" } }, "/Users/me/Library/Jupyter"],
    [{ os: "darwin", environment: { HOME: "/Users/me", JUPYTER_DATA_DIR: "/mine" } }, "/mine"],
    [{ os: "windows", environment: { APPDATA } }, `${APPDATA}\\jupyter`],
    [{ os: "windows", environment: { HOME: "/c/Users/me" } }, undefined],
  ];
  for (const [context, expected] of cases) assert.equal(dataFolder(context), expected, JSON.stringify(context));
});

Deno.test("runtimeFolders() returns the folder of jupyter --runtime-dir and the platform's default", () => {
  const own = "/home/me/.local/share/jupyter/runtime";
  assert.deepEqual(runtimeFolders({ os: "linux", environment: { HOME } }), [own]);
  assert.deepEqual(runtimeFolders({ os: "linux", environment: { HOME, JUPYTER_RUNTIME_DIR: "/run/j" } }), [
    "/run/j",
    own,
  ]);
  assert.deepEqual(runtimeFolders({ os: "linux", environment: { HOME, JUPYTER_DATA_DIR: "/mine" } }), [
    "/mine/runtime",
    own,
  ]);
  assert.deepEqual(runtimeFolders({ os: "linux", environment: { HOME, XDG_RUNTIME_DIR: "/run/user/1" } }), [own]);
  assert.deepEqual(runtimeFolders({ os: "darwin", environment: { HOME } }), ["/home/me/Library/Jupyter/runtime"]);
  assert.deepEqual(runtimeFolders({ os: "windows", environment: { APPDATA } }), [`${APPDATA}\\jupyter\\runtime`]);
  assert.deepEqual(runtimeFolders({ os: "linux", environment: {} }), []);
});

Deno.test("kernelsFolders() returns Jupyter's folders in the order in which Jupyter searches them", () => {
  const environment = { HOME, JUPYTER_PATH: "/one:/two/", VIRTUAL_ENV: "/venv", CONDA_PREFIX: "/conda" };
  assert.deepEqual(kernelsFolders({ os: "linux", environment }), [
    "/one/kernels",
    "/two/kernels",
    "/home/me/.local/share/jupyter/kernels",
    "/venv/share/jupyter/kernels",
    "/usr/local/share/jupyter/kernels",
    "/usr/share/jupyter/kernels",
  ]);
  const windows = {
    APPDATA,
    JUPYTER_PATH: "D:\\one;D:\\two",
    CONDA_PREFIX: "C:\\conda",
  };
  assert.deepEqual(kernelsFolders({ os: "windows", environment: windows }), [
    "D:\\one\\kernels",
    "D:\\two\\kernels",
    `${APPDATA}\\jupyter\\kernels`,
    "C:\\conda\\share\\jupyter\\kernels",
  ]);
  assert.equal(kernelsOfPrefix("C:\\venv", { os: "windows" }), "C:\\venv\\share\\jupyter\\kernels");
});
