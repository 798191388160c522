/**
 * Calls whose arguments cannot be read, and the messages to the model about them.
 *
 * @module
 */

/** A call that is rejected. */
interface UnreadableCase {
  name: string;
  args: string;
  /** Matches the message to the model. */
  problem: RegExp;
}

const refused = (name: string, args: string, problem: RegExp): UnreadableCase => ({ name, args, problem });
const BREAKS_OFF = /breaks off: its arguments are not complete/;
const NOT_JSON = /was called with arguments that are not valid JSON \(.+\)/;

/** Arguments that are ambiguous. */
export const UNREADABLE_CASES: readonly UnreadableCase[] = [
  ...["", "{", '{"text"', '{"text":"a', '{"text":"a\\', '{"text":"a\\u00', '{"text":"a"', '{"arguments":{"text":"a"}']
    .map((args) => refused("stdout", args, BREAKS_OFF)),
  refused("stdout", '"{\\"text\\":\\"a', BREAKS_OFF),
  refused("stdout", '"{\\"text\\":\\"a\\""', BREAKS_OFF),
  refused("display", '{"data":{"text/plain":"5"}', BREAKS_OFF),
  ...[
    "[]",
    "null",
    "5",
    '" "',
    "hello",
    '{"text":"a","text":"b"}',
    '{"text":"a" "b"}',
    '{"text":"a","b" "c"}',
    '{"text":"x = ["a", "b"]"}',
  ]
    .map(
      (args) => refused("stdout", args, NOT_JSON),
    ),
  ...["", "\n", ", ", ";"].map((between) =>
    refused("stdout", `{"text":"a\\n"}${between}{"text":"b\\n"}`, /A call came without the name of its tool/)
  ),
  refused("error", '"ValueError: bad"', NOT_JSON),
  ...["{}", '{"text":null}', '{"text":{"a":1}}', '{"text":[]}', '{"text":["a",1]}', '{"code":"print(1)"}'].map((args) =>
    refused("stdout", args, /for its argument text; expected was a string/)
  ),
  refused("stdout", '{"content":"a","encoding":"b"}', /with nothing for its argument text/),
  refused("execute_result", '{"code":"2+3"}', /with nothing for its argument data/),
  refused("execute_result", '{"data":{}}', /with \{\} for its argument data/),
  refused("error", '{"evalue":"v"}', /with nothing for its argument ename/),
  refused("error", '{"ename":"E"}', /with nothing for its argument evalue/),
  refused("error", '{"ename":"E","evalue":"v","traceback":[1]}', /with \[1\] for its argument traceback/),
  refused("print", '{"text":"a"}', /There is no tool "print"/),
  refused("get_weather", '{"text":"a"}', /There is no tool "get_weather"/),
];
