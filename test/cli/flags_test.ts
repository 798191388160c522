import assert from "node:assert/strict";
import { findCommand } from "../../src/cli/commands.ts";
import { attachCommand } from "../../src/cli/attach/attach_command.ts";
import { runCommand } from "../../src/cli/run/run_command.ts";
import { parseFlags as parse } from "../../src/cli/flags.ts";

const parseFlags = (args: string[]) => parse(args, attachCommand);

/** Returns the messages about a command line. */
function faults(...args: string[]): string[] {
  return parseFlags(args).issues.map(({ message }) => message);
}

Deno.test("parseFlags() reads a value after a space and after an equals sign", () => {
  assert.deepEqual(parseFlags(["--notebook", "n", "--model=a=b", "--auth-token=-t", "--api-key="]), {
    values: { notebookIds: "n", model: "a=b", authToken: "-t", apiKey: "" },
    operands: [],
    issues: [],
  });
});

Deno.test("parseFlags() reads flags without a value, their negations and their short forms", () => {
  assert.deepEqual(parseFlags(["--include-outputs"]).values, { includeOutputs: "true" });
  assert.deepEqual(parseFlags(["--include-outputs", "--no-include-outputs"]).values, { includeOutputs: "false" });
  assert.deepEqual(parseFlags(["-h", "-V"]).values, { help: "true", version: "true" });
  assert.deepEqual(faults("--help=x", "--no-help"), ["--help takes no value", "unknown flag --no-help"]);
});

Deno.test("parseFlags() takes the last value when a flag is repeated", () => {
  assert.deepEqual(parseFlags(["--model", "a", "--model", "b"]).values, { model: "b" });
});

Deno.test("parseFlags() joins the values when a flag for a list is repeated", () => {
  const lists = ["--notebook", "a", "--allow-user=x", "--notebook=b,c", "--allow-user", "y"];
  assert.deepEqual(parseFlags(lists).values, { notebookIds: "a,b,c", allowUsers: "x,y" });
});

Deno.test("parseFlags() never takes a flag as the value of the flag before it", () => {
  const { values, issues } = parseFlags(["--notebook", "--auth-token", "t", "--model"]);
  assert.deepEqual(values, { authToken: "t" });
  assert.deepEqual(issues, [
    {
      option: "notebookIds",
      message: "--notebook needs a value: --notebook ID (or --notebook=ID if it begins with a dash)",
    },
    { option: "model", message: "--model needs a value: --model NAME (or --model=NAME if it begins with a dash)" },
  ]);
});

Deno.test("parseFlags() reads two values of any form for a repeatable flag that takes two", () => {
  const parseRun = (args: string[]) => parse(args, runCommand);
  const given = ["a.py", "-p", "x", "-5", "--parameters", "y", "--z", "-p", "s", "a\nb", "--parameters=n", "-xyz"];
  const { values, operands, issues } = parseRun([...given, "-o", "out.ipynb"]);
  assert.deepEqual(issues, []);
  assert.deepEqual(operands, ["a.py"]);
  assert.equal(values.output, "out.ipynb");
  assert.deepEqual(values.parameters.split("\n").map((line) => JSON.parse(line)), [
    ["x", "-5"],
    ["y", "--z"],
    ["s", "a\nb"],
    ["n", "-xyz"],
  ]);
  for (const args of [["-p"], ["-p", "x"], ["-p", "--quiet"]]) {
    assert.deepEqual(parseRun(["a.py", ...args]).issues.map(({ message }) => message), [
      "--parameters needs two values: --parameters NAME VALUE",
    ]);
  }
});

Deno.test("parseFlags() reads a negative number as a value, so that validation can reject it", () => {
  assert.deepEqual(parseFlags(["--max-history-length", "-5"]), {
    values: { maxHistoryLength: "-5" },
    operands: [],
    issues: [],
  });
  assert.deepEqual(parseFlags(["--stall-timeout", "-0.5"]), {
    values: { stallTimeout: "-0.5" },
    operands: [],
    issues: [],
  });
});

Deno.test("parseFlags() reports unknown flags and unexpected arguments and suggests corrections", () => {
  assert.deepEqual(faults("--modle", "gpt-4", "x", "--verbose", "-notebook", "n", "--token=t", "--", "--model", "-"), [
    "unknown flag --modle: did you mean --model?",
    'unexpected argument "x": the commands are run, repl, check, health, trace, kernel',
    "unknown flag --verbose",
    "unknown flag -notebook: did you mean --notebook?",
    "unknown flag --token: did you mean --auth-token?",
    'unexpected argument "--model": the commands are run, repl, check, health, trace, kernel',
    'unexpected argument "-": the commands are run, repl, check, health, trace, kernel',
  ]);
});

Deno.test("parseFlags() reports a misspelled flag after a flag that lacks its value", () => {
  assert.deepEqual(faults("--notebook", "--zzz").at(-1), "unknown flag --zzz");
  assert.deepEqual(faults("--api-key", "--modle", "m").at(-1), "unknown flag --modle: did you mean --model?");
});

Deno.test("parseFlags() does not repeat values that may be secrets", () => {
  const lines = [["--api-kye", "s3cret"], ["--api-kye=s3cret"], ["--api-key", "--s3cret"], ["--auth-token", "-s3cret"]];
  for (const line of lines) {
    assert.equal(faults(...line).length, 1);
    assert.doesNotMatch(faults(...line).join(), /s3cret/);
  }
});

Deno.test("parseFlags() reads a command's operand and reports a missing or a second operand", () => {
  const command = {
    settings: [],
    flags: { quiet: { flag: "quiet", help: "" } },
    operand: { placeholder: "FILE", help: "a file" },
  };
  assert.deepEqual(parse(["a.py", "--quiet"], command), {
    values: { quiet: "true" },
    operands: ["a.py"],
    issues: [],
  });
  assert.deepEqual(parse(["--quiet", "-"], command).operands, ["-"]);
  assert.deepEqual(parse([], command).issues, [{ message: "missing FILE: a file" }]);
  assert.deepEqual(parse(["a", "b"], command).issues, [{ message: 'unexpected argument "b"' }]);
  const optional = { ...command, operand: { ...command.operand, isOptional: true as const } };
  assert.deepEqual(parse([], optional), { values: {}, operands: [], issues: [] });
  assert.deepEqual(parse(["a"], optional).operands, ["a"]);
});

Deno.test("findCommand() finds commands of one and of two words, and their help", () => {
  const found = (...words: string[]) => {
    const { command: { name }, args } = findCommand(words);
    return [name, ...args];
  };
  assert.deepEqual(found("kernel", "install", "--offline"), ["kernel install", "--offline"]);
  assert.deepEqual(found("kernel", "file.json"), ["kernel", "file.json"]);
  assert.deepEqual(found("help", "kernel", "list"), ["kernel list", "--help"]);
  assert.deepEqual(found("help", "kernel"), ["kernel", "--help"]);
  assert.deepEqual(found("run", "install"), ["run", "install"]);
  assert.deepEqual(found("install"), ["", "install"]);
  assert.deepEqual(found("help"), ["", "--help"]);
});

Deno.test("parseFlags() reports a command that does not come first and corrects a misspelled command", () => {
  assert.deepEqual(faults("repl"), ['unexpected argument "repl": the command must come first: aipython repl ...']);
  assert.deepEqual(faults("chekc"), ['unexpected argument "chekc": did you mean the command check?']);
});
