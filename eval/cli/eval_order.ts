/**
 * The parameters of a run: the checked command line and settings.
 *
 * @module
 */

import { readCommandSettings } from "../../src/cli/command_settings.ts";
import type { ShellSettingName } from "../../src/cli/shell/shell_settings.ts";
import { ConfigurationError, type ConfigurationIssue } from "../../src/errors.ts";
import type { Price } from "../../src/execution/price.ts";
import { priceOf } from "../../src/options/model_prices.ts";
import { optionTable } from "../../src/options/option_table.ts";
import type { CommandSettings } from "../../src/options/settings.ts";
import { readFile } from "../files.ts";
import { builtInPrompt, type EvalPrompt } from "../prompt/eval_prompt.ts";
import { fillPrompt } from "../prompt/prompt_file.ts";
import { evalFlags, type EvalNumbers, evalSettings, type EvalWords, readNumbers } from "./eval_flags.ts";
import type { EvalHost } from "./eval_host.ts";

export interface AskedModel {
  name: string;
  /** Default: unknown. */
  price?: Price;
}

/** The name of the offline model in results. */
const OFFLINE_MODEL = "offline-python";

export interface EvalOrder {
  /** The name of a built-in set, or a path. */
  set: string;
  /** The models to ask, one after the other; with `--offline` only the offline model. */
  models: readonly [AskedModel, ...AskedModel[]];
  /** The given flags, by name. */
  flags: Readonly<Partial<Record<keyof typeof evalFlags, string>>>;
  numbers: EvalNumbers;
  /** The two system prompts to compare; empty for a run with the built-in one only. */
  prompts: readonly EvalPrompt[];
  /** The settings; those of the model server are absent with `--offline`. */
  settings: Pick<CommandSettings, ShellSettingName>;
}

/**
 * @param host environment and files
 * @throws {ConfigurationError} naming all missing and wrong values
 */
export function readOrder(words: EvalWords, host: EvalHost): EvalOrder {
  const { values, operands, issues, promptFiles } = words;
  const wrong: ConfigurationIssue[] = [...issues];
  const [set = "golden", unexpected] = operands;
  if (unexpected !== undefined) {
    wrong.push({ message: `unexpected argument ${JSON.stringify(unexpected)}: expected one SET (or --compare)` });
  }
  if (values.all !== undefined && values.offline === undefined) {
    wrong.push({ message: "--all works only with --offline: another model is asked for all cells anyway" });
  }
  const numbers = readNumbers(values, wrong);
  if (values.seed !== undefined && values.sample === undefined) {
    wrong.push({ message: "--seed chooses a sample: give --sample N, too" });
  }
  if (promptFiles.length > 0 && values.minExact !== undefined) {
    wrong.push({
      message: "--min-exact cannot be combined with --prompt, which compares two runs: leave one of them out",
    });
  }
  if (promptFiles.length > 0 && numbers.repeat > 1) {
    wrong.push({
      message: "--repeat cannot be combined with --prompt, whose tests need one answer a cell: leave one of them out",
    });
  }
  wrong.push(...modelIssues(words));
  const prompts = readPrompts(promptFiles, wrong, host);
  const command = { settings: evalSettings, flags: evalFlags };
  const { flags, settings } = readCommandSettings({ values, operands, issues: wrong }, command, host);
  const order = { set, flags, numbers, prompts, settings: settings as CommandSettings };
  return { ...order, models: askedModels(words, order) };
}

/** Checks a combination of several models and prices. Returns the problems. */
function modelIssues({ models, prices, promptFiles }: EvalWords): ConfigurationIssue[] {
  const wrong: ConfigurationIssue[] = [];
  const twice = models.find((model, index) => models.indexOf(model) !== index);
  if (twice !== undefined) wrong.push({ message: `--model ${JSON.stringify(twice)} was given twice: give it once` });
  const joined = models.find((model) => model.includes(","));
  if (joined !== undefined) {
    const separate = joined.split(",").map((model) => `--model ${model.trim()}`).join(" ");
    wrong.push({ message: `--model ${JSON.stringify(joined)} names several models: give ${separate}` });
  }
  if (models.length > 1 && promptFiles.length > 0) {
    wrong.push({ message: "--prompt compares two prompts on one model: give one --model" });
  }
  if (prices.length > 0 && prices.length !== Math.max(1, models.length)) {
    const given = prices.length === 1 ? "once" : `${prices.length} times`;
    const asked = models.length < 2 ? "one model" : `${models.length} models`;
    wrong.push({
      message: `--price was given ${given} for ${asked}: give it for each --model, in their order, or not at all`,
    });
  }
  for (const price of prices.slice(1)) {
    const { kind, flag } = optionTable.price;
    if (kind.read(price) !== undefined) continue;
    wrong.push({ message: `wrong --${flag} ${JSON.stringify(price)}: expected ${kind.expected}` });
  }
  return wrong;
}

/** Lists the models with the prices of their tokens. */
function askedModels(
  { models, prices }: EvalWords,
  { flags, settings }: Omit<EvalOrder, "models">,
): EvalOrder["models"] {
  if (flags.offline !== undefined) return [{ name: OFFLINE_MODEL, price: settings.price }];
  const { baseUrl } = settings;
  if (models.length < 2) return [{ name: settings.model, price: priceOf(settings) }];
  const priced = (name: string, index: number): AskedModel => {
    const price = prices.length === 0 ? undefined : optionTable.price.kind.read(prices[index]);
    return { name, price: priceOf({ price, model: name, baseUrl }) };
  };
  const [first, ...others] = models.map(priced);
  return [first, ...others];
}

/** Reads the prompts to compare. Adds problems to the issues. */
function readPrompts(files: readonly string[], issues: ConfigurationIssue[], host: EvalHost): EvalPrompt[] {
  if (files.length > 2) {
    issues.push({
      message: `--prompt compares two prompts and was given ${files.length} times: give it once or twice`,
    });
    return [];
  }
  const prompts = files.flatMap((path): EvalPrompt[] => {
    try {
      return [{ name: path, systemPrompt: fillPrompt(readFile(path, host), path) }];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  return files.length === 1 ? [builtInPrompt, ...prompts] : prompts;
}
