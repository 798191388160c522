/**
 * Reads the Containerfile of `deploy/agent/` into its stages.
 *
 * @module
 */

import { Copy, DockerfileParser, From, type Instruction, JSONInstruction, PropertyInstruction } from "dockerfile-ast";

export const containerfile = new URL("../../../deploy/agent/Containerfile", import.meta.url);

/** An instruction of a stage. */
export interface Step {
  /** In capitals, such as `COPY`. */
  keyword: string;
  /** Its words without flags. For the JSON form, the words in the array. */
  words: string[];
  /** The stage that a `COPY` copies from. Default: the build's context. */
  from?: string;
  /** Whether it has the JSON form, which needs no shell. */
  isJson: boolean;
  /** The variables of an `ENV`. */
  variables: Record<string, string>;
}

/** A stage. */
export interface Stage {
  /** The image that the stage is based on. */
  image: string;
  name?: string;
  steps: Step[];
}

/** Reads the stages in order. The last one is the image. */
export function readStages(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From) {
      stages.push({ image: instruction.getImage() ?? "", name: instruction.getBuildStage() ?? undefined, steps: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`${instruction.getKeyword()} comes before the first FROM`);
      stage.steps.push(readStep(instruction));
    }
  }
  return stages;
}

/** Returns the words of a stage's only instruction with this keyword. */
export function wordsOf({ steps }: Stage, keyword: string): string[] {
  const [step, ...others] = steps.filter((each) => each.keyword === keyword);
  if (step === undefined || others.length > 0) throw new Error(`there must be one ${keyword}`);
  return step.words;
}

/** Returns all variables of a stage. */
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
