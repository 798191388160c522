import assert from "node:assert/strict";
import { collectSettings } from "../../src/options/resolve_settings.ts";
import { headerLines } from "../../src/options/header_lines.ts";

Deno.test("headerLines reads one header per line and trims names and values", () => {
  assert.deepEqual(headerLines.read("X-Team: blue"), { "X-Team": "blue" });
  assert.deepEqual(headerLines.read("\n X-Team :blue\r\n\nAuthorization: Bearer a:b=\n"), {
    "X-Team": "blue",
    Authorization: "Bearer a:b=",
  });
  assert.deepEqual(headerLines.read({ "X-Team": " blue " }), { "X-Team": "blue" });
});

Deno.test("headerLines rejects headers that cannot be sent or would break requests", () => {
  const wrong = [
    "",
    "X-Team",
    ": blue",
    "X-Team:",
    "X Team: blue",
    "X-Team: bl\u00fce",
    "X-Team: a\x00b",
    "X-Team: a\nx-team: b",
    "Content-Length: 3",
    "host: elsewhere",
    { "X-Team": 7 },
    { "X-Team": "a\nX-Other: b" },
    new Headers({ "x-team": "blue" }),
    ["X-Team: blue"],
    7,
  ];
  for (const value of wrong) assert.equal(headerLines.read(value), undefined, JSON.stringify(value));
});

Deno.test("a wrong header is reported without its value", () => {
  const { issues } = collectSettings({ headers: "X-Team hush-hush" }, {}, "command", ["headers"]);
  assert.equal(issues.length, 1);
  assert.match(issues[0].message, /^wrong HTTP headers \(from --header\): expected headers such as 'X-Team: blue'/);
  assert.match(issues[0].message, /give --header HEADER or set AIPYTHON_HEADERS$/);
  assert.doesNotMatch(issues[0].message, /hush/);
});
