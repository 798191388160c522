import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tokenHash } from "../../stack/sync_server/worker/token_hash.ts";
import { runDeployScript } from "./deploy_task.ts";

const migrations = new URL("../../stack/sync_server/migrations/", import.meta.url);

Deno.test("deno task deploy:token creates a token and inserts only its hash into the database", async () => {
  const name = `Ada "O'Brien"; DROP TABLE tokens`;
  const flags = ["--user-id", "ada", "--email", "ada@example.test", "--name", name, "--dry-run"];
  const { code, stdout } = await runDeployScript("token.ts", ...flags);
  assert.equal(code, 0);
  const [statement, token] = stdout.trimEnd().split("\n");
  assert.match(token, /^aipython_[\w-]{43}$/);
  assert.ok(!statement.includes(token));

  using database = new DatabaseSync(":memory:");
  for await (const { name } of Deno.readDir(migrations)) {
    database.exec(await Deno.readTextFile(new URL(name, migrations)));
  }
  database.exec(statement);
  assert.deepEqual({ ...database.prepare("SELECT * FROM tokens").get() }, {
    token_sha256: await tokenHash(token),
    user_id: "ada",
    email: "ada@example.test",
    name,
  });
});

Deno.test("deno task deploy:token creates a different token each time and requires a user id", async () => {
  const [first, second] = await Promise.all(
    [1, 2].map(() => runDeployScript("token.ts", "--user-id", "a", "--dry-run")),
  );
  assert.notEqual(first.stdout.split("\n")[1], second.stdout.split("\n")[1]);
  const { code, stderr } = await runDeployScript("token.ts", "--dry-run");
  assert.equal(code, 2);
  assert.equal(stderr, "deploy:token: whose token? Give --user-id ID\nSee deno task deploy:token --help.\n");
});
