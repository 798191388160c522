import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask } from "./support.ts";

/** Prepares the files for each attempt: a folder with a file, a file, an unreadable file, and circular links. */
const FILES = `import errno, os, pathlib, shutil, socket
os.makedirs("folder", exist_ok=True)
for name in ("folder/inner", "file", "closed"):
    if not os.path.exists(name): open(name, "w").close()
os.chmod("closed", 0)
for name, target in (("link", "circle"), ("circle", "link")):
    if not os.path.islink(name): os.symlink(target, name)
`;

/** Expressions, each with the exception that it raises on Linux. */
const ATTEMPTS: [string, string, string][] = [
  ["open('nosuch')", "FileNotFoundError", "[Errno 2] No such file or directory: 'nosuch'"],
  ["os.rename('nosuch', 'b')", "FileNotFoundError", "[Errno 2] No such file or directory: 'nosuch' -> 'b'"],
  ["shutil.rmtree('nosuch')", "FileNotFoundError", "[Errno 2] No such file or directory: 'nosuch'"],
  ["open('folder')", "IsADirectoryError", "[Errno 21] Is a directory: 'folder'"],
  ["pathlib.Path('file/x').read_text()", "NotADirectoryError", "[Errno 20] Not a directory: 'file/x'"],
  ["os.mkdir('folder')", "FileExistsError", "[Errno 17] File exists: 'folder'"],
  ["os.makedirs('folder')", "FileExistsError", "[Errno 17] File exists: 'folder'"],
  ["open('closed')", "PermissionError", "[Errno 13] Permission denied: 'closed'"],
  ["os.kill(1, 9)", "PermissionError", "[Errno 1] Operation not permitted"],
  ["os.rmdir('folder')", "OSError", "[Errno 39] Directory not empty: 'folder'"],
  ["open('link')", "OSError", "[Errno 40] Too many levels of symbolic links: 'link'"],
  ["os.read(99, 1)", "OSError", "[Errno 9] Bad file descriptor"],
  ["os.lseek(0, 3, 0)", "OSError", "[Errno 29] Illegal seek"],
  ["os.ttyname(0)", "OSError", "[Errno 25] Inappropriate ioctl for device"],
  ["socket.create_connection(('127.0.0.1', 9))", "OSError", "[Errno 113] No route to host"],
  [
    "raise_(OSError(errno.ENOENT, os.strerror(errno.ENOENT), 'f'))",
    "FileNotFoundError",
    "[Errno 2] No such file or directory: 'f'",
  ],
  ["raise_(OSError(20, 'mine'))", "NotADirectoryError", "[Errno 20] mine"],
  ["raise_(OSError(44, 'mine'))", "OSError", "[Errno 44] mine"],
  ["raise_(Own('f'))", "Own", "[Errno 2] mine: 'f'"],
];

const OWN = `class Own(OSError):
    def __init__(self, path): super().__init__(2, "mine", path)
def raise_(error): raise error
`;

Deno.test("an OSError has Linux's number, text and class when it is shown and when it is caught", async (t) => {
  await using model = await startOfflineModel();
  for (const [expression, ename, evalue] of ATTEMPTS) {
    await t.step(`${expression} raises ${ename}`, async () => {
      const number = evalue.slice("[Errno ".length, evalue.indexOf("]"));
      const caught =
        `try:\n    ${expression}\nexcept OSError as error:\n    print(error.errno, error, error.args[0])\n    raise`;
      const [{ arguments: { text } }, { arguments: error }] = await ask(model, [FILES + OWN + caught]);
      assert.equal(text, `${number} ${evalue} ${number}\n`);
      assert.deepEqual([error.ename, error.evalue], [ename, evalue]);
      assert.equal((error.traceback as string[]).at(-1), `${ename}: ${evalue}`);
    });
  }
});

/** Expressions that are true on Linux. */
const FACTS: string[] = [
  "(errno.EACCES, errno.EEXIST, errno.ENOTEMPTY, errno.ETIMEDOUT) == (13, 17, 39, 110)",
  "errno.errorcode[2] == 'ENOENT' and errno.errorcode[11] == 'EAGAIN' and 44 in errno.errorcode",
  "all(getattr(errno, name) == number for number, name in errno.errorcode.items())",
  "os.strerror(36) == 'File name too long' and os.strerror(999) == 'Unknown error 999'",
  "(select.error, socket.error, os.error, IOError, EnvironmentError) == (OSError,) * 5",
  "OSError(1) .errno is None and OSError(1).args == (1,) and OSError().args == ()",
  "type(OSError(errno.EPIPE, '')) is BrokenPipeError and type(OSError(errno.ECHILD, '')) is ChildProcessError",
  "not pathlib.Path('link').exists() and not pathlib.Path('file/x').exists()",
  "pickle.loads(pickle.dumps(OSError(2, 'x', 'f'))).filename == 'f'",
];

Deno.test("error numbers are Linux's in every module", async (t) => {
  await using model = await startOfflineModel();
  for (const fact of FACTS) {
    await t.step(`${fact} is true`, async () => {
      const calls = await ask(model, [`${FILES}import pickle, select\n${fact}`]);
      assert.deepEqual(calls.map((call) => call.arguments), [{ data: { "text/plain": "True" } }]);
    });
  }
});
