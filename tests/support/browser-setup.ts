import { startServer, temporaryData } from "./server";

/** Starts the product as `npm start` does, on a data folder of its own, with its own demo. */
export default async function setup(): Promise<() => Promise<void>> {
  const { data, remove } = temporaryData();
  const port = process.env.FRAMEMARK_TEST_PORT ?? "";
  const server = await startServer({
    entry: "product",
    data,
    environment: { PORT: port, APP_URL: `http://127.0.0.1:${port}` },
  });
  process.env.FRAMEMARK_TEST_DATABASE = server.databaseUrl;
  process.env.FRAMEMARK_TEST_DATA = data;
  return async () => {
    await server.stop();
    remove();
  };
}
