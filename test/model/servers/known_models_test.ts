import assert from "node:assert/strict";
import { describeForm } from "../../../src/model/request_form.ts";
import { isWholeService, knownForm } from "../../../src/model/servers/known_models.ts";

const TEXT = "calls=text";
const ONE = "parallelCalls=false callsPerTurn=one";

const models: [name: string, form: string | undefined][] = [
  ["HuggingFaceTB/SmolLM3-3B", TEXT],
  ["LiquidAI/LFM2-8B-A1B", TEXT],
  ["lfm2.5-1.2b-instruct", TEXT],
  ["granite3.3:8b", TEXT],
  ["ibm-granite/granite-3.3-8b-instruct", TEXT],
  ["deepseek-ai/DeepSeek-R1-Distill-Llama-8B", TEXT],
  ["granite4:tiny-h", undefined],
  ["llama3:latest", ONE],
  ["llama3.2", ONE],
  ["meta-llama/Meta-Llama-3-8B-Instruct", ONE],
  ["Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", ONE],
  ["openai/gpt-oss-120b", ONE],
  ["ai-sage/GigaChat3-10B-A1.8B", ONE],
  ["NousResearch/Hermes-3-Llama-3.1-8B", undefined],
  ["meta-llama/Llama-4-Scout-17B-16E-Instruct", undefined],
  ["Qwen/Qwen3-0.6B", undefined],
  ["gpt-4o-mini", undefined],
  ["llama-30b", undefined],
];

for (const [name, expected] of models) {
  Deno.test(`knownForm() returns ${expected ?? "undefined"} for ${name}`, () => {
    const form = knownForm([name]);
    assert.equal(form && describeForm(form), expected);
  });
}

Deno.test("isWholeService() recognizes services by their domain", () => {
  for (
    const address of [
      "https://api.openai.com/v1",
      "https://mine.openai.azure.com/openai/v1",
      "https://generativelanguage.googleapis.com/v1beta/openai",
      "https://api.groq.com/openai/v1",
      "https://openrouter.ai/api/v1",
    ]
  ) assert.ok(isWholeService(address), address);
  for (const address of ["http://127.0.0.1:8000/v1", "https://notopenai.com/v1", "https://openai.com.example/v1"]) {
    assert.ok(!isWholeService(address), address);
  }
});
