/**
 * Checks the text of the Containerfile. The tools that build it are not available everywhere.
 *
 * @module
 */

import assert from "node:assert/strict";
import { validate, ValidationSeverity } from "dockerfile-utils";
import { containerfile, readStages, variablesOf, wordsOf } from "./containerfile.ts";

const text = await Deno.readTextFile(containerfile);
const stages = readStages(text);
const image = stages.at(-1)!;
const steps = stages.flatMap((stage) => stage.steps);

const problems = (file: string) =>
  validate(file, {
    deprecatedMaintainer: ValidationSeverity.ERROR,
    instructionJSONInSingleQuotes: ValidationSeverity.ERROR,
  })
    .map(({ message, range }) => `${range.start.line + 1}: ${message}`);

Deno.test("the Containerfile has no syntax error", () => {
  assert.deepEqual(problems(text), []);
  assert.equal(problems(text.replace("WORKDIR", "WORKDIRECTORY")).length, 1);
});

Deno.test("every base image is pinned to a version", () => {
  assert.ok(stages.length > 1);
  for (const { image } of stages) assert.match(image, /^[\w/]+:[\w-]*\d+\.\d+[\w.-]*$/);
  const [, deno] = /bin-([\d.]+)$/.exec(stages[0].image) ?? [];
  assert.equal(deno, Deno.version.deno, "the Deno that the tests run on");
});

Deno.test("the image runs as an unprivileged user with a numeric id, which runAsNonRoot requires", () => {
  assert.deepEqual(wordsOf(image, "USER"), ["65532:65532"]);
});

Deno.test("the image needs no shell, stops at SIGTERM, and has a health check", () => {
  for (const { keyword, isJson } of steps) {
    if (["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"].includes(keyword)) assert.ok(isJson, keyword);
  }
  assert.deepEqual(wordsOf(image, "STOPSIGNAL"), ["SIGTERM"]);
  assert.equal(wordsOf(image, "HEALTHCHECK").at(-1), "health");
  assert.deepEqual(wordsOf(image, "EXPOSE"), [variablesOf(image).AIPYTHON_HEALTH_PORT]);
});

Deno.test("the image contains no secrets", async () => {
  assert.deepEqual(steps.filter(({ keyword }) => keyword === "ARG" || keyword === "ADD"), []);
  for (const name of Object.keys(Object.assign({}, ...stages.map(variablesOf)))) {
    assert.doesNotMatch(name, /KEY|TOKEN|SECRET|AUTH/);
  }
  const ignored = (await Deno.readTextFile(new URL("../../../.dockerignore", import.meta.url))).split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  assert.equal(ignored[0], "*");
  const allowed = ignored.slice(1).map((line) => line.replace("!", "")).toSorted();
  const copied = steps.filter(({ keyword, from }) => keyword === "COPY" && from === undefined)
    .flatMap(({ words }) => words.slice(0, -1)).toSorted();
  assert.deepEqual(copied, allowed, "the build context allows exactly the copied files");
});
