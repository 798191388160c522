import assert from "node:assert/strict";
import { readsClock } from "../../src/python/reads_clock.ts";

for (
  const code of [
    "datetime.now()",
    "dt.date.today ()",
    "start = time.time()",
    "def log(x):\n    print(datetime.datetime.utcnow(), x)",
    "time.strftime('%Y')",
    "time.localtime()",
    "pd.Timestamp('now')",
    "pd.Timestamp.now(tz='UTC')",
    "np.datetime64('today')",
    "import datetime\n!date -u",
    "%%bash\necho $(date)",
  ]
) {
  Deno.test(`${JSON.stringify(code)} reads the clock`, () => assert.equal(readsClock(code), true));
}

for (
  const code of [
    "datetime(2024, 1, 2)",
    "print('now or never')",
    "date = 3",
    "%time f()",
    "time.sleep(1)",
    "d.strftime('%Y')",
    "update(1)",
    "time.perf_counter()",
  ]
) {
  Deno.test(`${JSON.stringify(code)} does not read the clock`, () => assert.equal(readsClock(code), false));
}
