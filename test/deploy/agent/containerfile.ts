/**
 * Reads the Containerfile of `deploy/agent/` into its stages.
 *
 * @module
 */

import { Copy, DockerfileParser, From, type Instruction, JSONInstruction, PropertyInstruction } from "dockerfile-ast";

/** The file. */
export const containerfile = new URL("../../../deploy/agent/Containerfile", import.meta.url);

/** A step of a stage. */
export interface Step {
  /** In capitals: `COPY`. */
  keyword: string;
  /** Its words, without flags; those of the JSON form where it has one. */
  words: string[];
  /** The stage that a `COPY` is from. Default: the build's context. */
  from?: string;
  /** Whether its words are those of the JSON form, for which no shell is needed. */
  isJson: boolean;
  /** What an `ENV` sets. */
  variables: Record<string, string>;
}

/** A stage. */
export interface Stage {
  /** The image that it begins with. */
  image: string;
  name?: string;
  steps: Step[];
}

/** Reads the stages, in order; the last one is the image. */
export function readStages(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From) {
      stages.push({ image: instruction.getImage() ?? "", name: instruction.getBuildStage() ?? undefined, steps: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`${instruction.getKeyword()} stands before the first FROM`);
      stage.steps.push(readStep(instruction));
    }
  }
  return stages;
}

/** The words of a step of a stage that stands there once. */
export function wordsOf({ steps }: Stage, keyword: string): string[] {
  const [step, ...others] = steps.filter((each) => each.keyword === keyword);
  if (step === undefined || others.length > 0) throw new Error(`there must be one ${keyword}`);
  return step.words;
}

/** All variables of a stage. */
export function variablesOf({ steps }: Stage): Record<string, string> {
  return Object.assign({}, ...steps.map(({ variables }) => variables));
}

function readStep(instruction: Instruction): Step {
  const content = instruction.getArgumentsContent() ?? "";
  const json = /\[[^]*\]$/.exec(content)?.[0];
  const isJson = instruction instanceof JSONInstruction && instruction.getOpeningBracket() !== null ||
    (instruction.getKeyword() === "HEALTHCHECK" && json !== undefined);
  const variables = instruction instanceof PropertyInstruction && instruction.getKeyword() === "ENV"
    ? Object.fromEntries(instruction.getProperties().map((each) => [each.getName(), each.getValue() ?? ""]))
    : {};
  return {
    keyword: instruction.getKeyword(),
    words: isJson && json !== undefined
      ? JSON.parse(json)
      : instruction.getArguments().map((each) => each.getValue()).filter((word) => !word.startsWith("--")),
    ...(instruction instanceof Copy && { from: instruction.getFromFlag()?.getValue() ?? undefined }),
    isJson,
    variables,
  };
}
