import assert from "node:assert/strict";
import { cellSettingNames, pickCellSettings } from "../../src/execution/cell_settings.ts";
import { optionTable } from "../../src/options/option_table.ts";

Deno.test("pickCellSettings() picks every cell setting and nothing else", () => {
  const settings = {
    maxHistoryLength: 3,
    historyTokens: 5_000,
    includeOutputs: false,
    reasoning: "full",
    toolMode: "sequential",
    maxOutputPerCell: 9,
  } as const;
  assert.deepEqual(pickCellSettings({ ...settings, apiKey: "secret" } as typeof settings), settings);
  assert.deepEqual(cellSettingNames.toSorted(), Object.keys(settings).toSorted());
});

Deno.test("every cell setting is an option", () => {
  for (const name of cellSettingNames) assert.ok(name in optionTable, name);
});
