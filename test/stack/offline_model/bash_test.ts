/**
 * Shell commands: the output of bash 5.3 and of Debian's programs on a terminal, as ipykernel shows it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type Call, result, written } from "./support.ts";

const FILES = [
  "%%writefile a.py\nprint(1)\nprint('x y')",
  "%%writefile b.txt\nbeta 2\nalpha 10\nbeta 2\ngamma 1",
];

/** Commands that run one after the other in one folder, and their output. The expected lines end in `\r\n`. */
const COMMANDS: [string, string][] = [
  ["echo out; echo err 1>&2; exit 3", "out\nerr\n"],
  ["ls", "a.py  b.txt\n"],
  ["ls -1", "a.py\nb.txt\n"],
  ["ls | cat", "a.py\nb.txt\n"],
  ["mkdir sub && touch sub/x", ""],
  ["ls sub a.py", "a.py\n\nsub:\nx\n"],
  ["ls nosuch a.py", "ls: cannot access 'nosuch': No such file or directory\na.py\n"],
  ["nosuchcommand_x", "/bin/bash: line 1: nosuchcommand_x: command not found\n"],
  [
    "python3 -c 'print(1/0)'",
    'Traceback (most recent call last):\n  File \u001b[35m"<string>"\u001b[0m, line \u001b[35m1\u001b[0m, in \u001b[35m<module>\u001b[0m\n    print(\u001b[31m1\u001b[0m\u001b[1;31m/\u001b[0m\u001b[31m0\u001b[0m)\n          \u001b[31m~\u001b[0m\u001b[1;31m^\u001b[0m\u001b[31m~\u001b[0m\n\u001b[1;35mZeroDivisionError\u001b[0m: \u001b[35mdivision by zero\u001b[0m\n',
  ],
  ["python3 a.py", "1\nx y\n"],
  ['echo "from: $((6 * 7))" && ls *.py', "from: 42\na.py\n"],
  ["cat b.txt", "beta 2\nalpha 10\nbeta 2\ngamma 1\n"],
  ["cat -n b.txt", "     1\tbeta 2\n     2\talpha 10\n     3\tbeta 2\n     4\tgamma 1\n"],
  ["cat nosuch b.txt", "cat: nosuch: No such file or directory\nbeta 2\nalpha 10\nbeta 2\ngamma 1\n"],
  ["sort b.txt", "alpha 10\nbeta 2\nbeta 2\ngamma 1\n"],
  ["sort -u b.txt | wc -l", "3\n"],
  ["sort b.txt | uniq -c", "      1 alpha 10\n      2 beta 2\n      1 gamma 1\n"],
  ["sort -k2 -n b.txt", "gamma 1\nbeta 2\nbeta 2\nalpha 10\n"],
  ["grep beta b.txt", "beta 2\nbeta 2\n"],
  ["grep -c beta b.txt", "2\n"],
  ["grep -n a b.txt a.py", "b.txt:1:beta 2\nb.txt:2:alpha 10\nb.txt:3:beta 2\nb.txt:4:gamma 1\n"],
  ["grep zzz b.txt", ""],
  ["grep -v beta b.txt", "alpha 10\ngamma 1\n"],
  ["head -2 b.txt", "beta 2\nalpha 10\n"],
  ["tail -n 1 b.txt", "gamma 1\n"],
  ["head -n 1 b.txt a.py", "==> b.txt <==\nbeta 2\n\n==> a.py <==\nprint(1)\n"],
  ["wc b.txt", " 4  8 31 b.txt\n"],
  ["wc -l b.txt a.py", " 4 b.txt\n 2 a.py\n 6 total\n"],
  ["wc -w < b.txt", "8\n"],
  ["cut -d' ' -f1 b.txt", "beta\nalpha\nbeta\ngamma\n"],
  ["tr a-z A-Z < b.txt", "BETA 2\nALPHA 10\nBETA 2\nGAMMA 1\n"],
  ["sed 's/beta/BETA/' b.txt", "BETA 2\nalpha 10\nBETA 2\ngamma 1\n"],
  ["sed 's/a/A/g' b.txt", "betA 2\nAlphA 10\nbetA 2\ngAmmA 1\n"],
  ["seq 1 3", "1\n2\n3\n"],
  ["seq 3 -1 1", "3\n2\n1\n"],
  ["echo {a,b}.txt {1..4} *.txt", "a.txt b.txt 1 2 3 4 b.txt\n"],
  ["echo 'single $HOME' \"double $((1+2))\"", "single $HOME double 3\n"],
  ['x=5; echo $x; echo "${x}y"', "5\n5y\n"],
  ["for i in 1 2 3; do echo $i; done", "1\n2\n3\n"],
  ["if [ -f b.txt ]; then echo yes; else echo no; fi", "yes\n"],
  ["test -d sub && echo dir || echo nodir", "dir\n"],
  ["true && echo a || echo b", "a\n"],
  ["false || echo c", "c\n"],
  ["(cd sub; pwd); pwd", "/home/user/sub\n/home/user\n"],
  ["echo a > o.txt; echo b >> o.txt; cat o.txt", "a\nb\n"],
  ["echo -n no newline", "no newline"],
  ["echo -e 'a\\tb'", "a\tb\n"],
  ["printf '%s %d\\n' a 1 b 2", "a 1\nb 2\n"],
  ["basename /x/y.txt .txt; dirname /x/y.txt", "y\n/x\n"],
  ["find . -name '*.py'", "./a.py\n"],
  ["find . -type d", ".\n./sub\n"],
  ["rm nosuch", "rm: cannot remove 'nosuch': No such file or directory\n"],
  ["rm sub", "rm: cannot remove 'sub': Is a directory\n"],
  ["rmdir sub", "rmdir: failed to remove 'sub': Directory not empty\n"],
  ["rm -r sub; ls", "a.py  b.txt  o.txt\n"],
  ["cp b.txt c.txt && mv c.txt d.txt && ls", "a.py  b.txt  d.txt  o.txt\n"],
  ["cp nosuch x", "cp: cannot stat 'nosuch': No such file or directory\n"],
  ["mkdir a.py", "mkdir: cannot create directory ‘a.py’: File exists\n"],
  ["cd nosuch", "/bin/bash: line 1: cd: nosuch: No such file or directory\n"],
  ["cat < nosuch", "/bin/bash: line 1: nosuch: No such file or directory\n"],
  ["echo 'unclosed", "/bin/bash: -c: line 1: unexpected EOF while looking for matching `''\n"],
  ["echo )", "/bin/bash: -c: line 1: syntax error near unexpected token `)'\n/bin/bash: -c: line 1: `echo )'\n"],
  ["for", "/bin/bash: -c: line 1: syntax error: unexpected end of file\n"],
  ["exit 2", ""],
  ["echo hi | tee t.txt; cat t.txt", "hi\nhi\n"],
];

Deno.test("a shell command has the output that it has in bash", async (t) => {
  await using model = await startOfflineModel();
  for (const file of FILES) await ask(model, [file]);
  for (const [command, text] of COMMANDS) {
    await t.step(`!${command} has bash's output`, async () => {
      const calls = await ask(model, [`!${command}`]);
      const expected = text.replaceAll("\n", "\r\n");
      assert.deepEqual(calls.map(({ arguments: { text } }) => text).join(""), expected);
    });
  }
});

/** Commands with wrong arguments. The message is the offline model's own. */
const MISUSES = [
  "head -n",
  "head -n x b.txt",
  "grep",
  "grep -E '(' b.txt",
  "seq",
  "seq a",
  "tr a",
  "sleep x",
  "exit x",
];

Deno.test("a shell command with wrong arguments writes a message and raises no exception", async (t) => {
  await using model = await startOfflineModel();
  for (const command of MISUSES) {
    await t.step(`!${command} writes a message`, async () => {
      const [program] = command.split(" ");
      const message = `${program}: the offline model does not support these arguments\r\n`;
      assert.deepEqual(await ask(model, [FILES[1], `!${command}`]), [written("stdout", message)]);
    });
  }
});

const failed = (command: string): Call => ({
  name: "error",
  arguments: { ename: "CalledProcessError", evalue: command },
});

/** Cells that run commands in other ways, and the calls that describe their outputs. */
const CELLS: [string, string, Call[]][] = [
  ["a variable keeps the output lines of !command", "r = !echo a b && echo c >&2\nr, r.s, r.fields(0)", [
    result("(['a b', 'c'], 'a b c', ['a', 'c'])"),
  ]],
  ["!!command returns the output lines", "!!echo x", [result("['x']")]],
  ["_exit_code is the exit status of the last command", "!exit 4\n_exit_code", [result("4")]],
  ["a command contains the values of {name} and $name", "name = 'b'\n!echo {name}.txt $name $$OTHER", [
    written("stdout", "b.txt b\r\n"),
  ]],
  ["a command with an undefined name in braces stays as it is", "!echo {nosuch} $$", [
    written("stdout", "{nosuch} 42\r\n"),
  ]],
  ["%%bash keeps stdout and stderr separate", "%%bash\necho hi\necho err >&2", [
    written("stdout", "hi\n"),
    written("stderr", "err\n"),
  ]],
  [
    "%%bash with set -e raises an error at the first failing command",
    "%%bash\nset -e\necho one\nfalse\necho two",
    [
      written("stdout", "one\n"),
      failed("Command 'b'set -e\\necho one\\nfalse\\necho two\\n'' returned non-zero exit status 1."),
    ],
  ],
  [
    "%%bash supports functions, loops and here documents",
    '%%bash\nf() { echo "f $1"; }\nfor i in {1..2}; do f $i; done\nwhile [ $i -lt 4 ]; do i=$((i+1)); done\ncat <<E\ni is $i\nE',
    [written("stdout", "f 1\nf 2\ni is 4\n")],
  ],
  ["%%bash --out shows no output", "%%bash --out kept\necho a", []],
  ["%%script reports a program that it cannot find", "%%script nosuch\nx", [
    written("stdout", "Couldn't find program: 'nosuch'\n"),
  ]],
  ["%ls colours folders", "!mkdir -p folder\n%ls", [written("stdout", "\x1b[0m\x1b[01;34mfolder\x1b[0m/\r\n")]],
  ["%alias gives a command a name", "%alias hi echo hello\n%hi you", [written("stdout", "hello you\r\n")]],
  [
    "subprocess.run() runs a command",
    "import subprocess\nsubprocess.run(['echo', 'sub'])",
    [written("stdout", "sub\n"), result("CompletedProcess(args=['echo', 'sub'], returncode=0)")],
  ],
  [
    "subprocess.run() captures the output of a command",
    "import subprocess\nsubprocess.run('echo $((2 * 3)) | cat', shell=True, capture_output=True, text=True)",
    [result("CompletedProcess(args='echo $((2 * 3)) | cat', returncode=0, stdout='6\\n', stderr='')")],
  ],
  [
    "Popen.communicate() sends input to a command",
    "from subprocess import PIPE, Popen\np = Popen(['cat'], stdin=PIPE, stdout=PIPE, text=True)\np.communicate('hello'), p",
    [result("(('hello', None), <Popen: returncode: 0 args: ['cat']>)")],
  ],
  [
    "os.popen() reads the output of a command, and os.system() returns its status",
    "import os\nos.popen('echo b').read(), os.system('exit 2')",
    [result("('b\\n', 512)")],
  ],
  ["sys.executable runs Python code", "import sys\n!{sys.executable} -c 'print(6 * 7)'", [written("stdout", "42\r\n")]],
];

Deno.test("a cell runs commands as in IPython", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, calls] of CELLS) {
    await t.step(name, async () => {
      const actual = await ask(model, [code]);
      for (const call of actual) delete call.arguments.traceback;
      assert.deepEqual(actual, calls);
    });
  }
});
