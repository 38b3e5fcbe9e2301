import pg from "pg";
import { describe, expect, test } from "vitest";
import { success } from "@/lib/domain/result";
import { respond } from "@/lib/server/respond";

describe("the answer to a request", () => {
  test("is the value of the use case", async () => {
    const answer = await respond(Promise.resolve(success({ revision: 3 })));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ revision: 3 });
  });

  test("asks to try again while nobody listens where the database was", async () => {
    const client = new pg.Client({ host: "127.0.0.1", port: 1, user: "nobody" });
    const answer = await respond(client.connect().then(() => success(null)));
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("2");
  });

  test("asks to try again when the server ends the connection", async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    client.on("error", () => {});
    await client.connect();
    const suicide = client.query("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)");
    const answer = await respond(suicide.then(() => success(null)));
    expect(answer.status).toBe(503);
    await client.end().catch(() => {});
  });

  test("hides no bug behind a busy database", async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const wrong = client.query("SELECT no_such_column").then(() => success(null));
    await expect(respond(wrong)).rejects.toThrow("no_such_column");
    await client.end();
  });
});
