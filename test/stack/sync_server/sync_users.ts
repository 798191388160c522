/**
 * Users of the local sync server.
 *
 * @module
 */

export const users = {
  "token-a": { id: "user-a", email: "a@example.test", name: "A" },
  "token-b": { id: "user-b", email: "b@example.test", name: "B" },
};
