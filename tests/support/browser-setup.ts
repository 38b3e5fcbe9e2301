import { startScaledSite } from "../scale-out/site";
import { startServer, temporaryData } from "./server";

/**
 * Starts the product as `npm start` does, on a data folder of its own, with its own demo; or, where
 * FRAMEMARK_TEST_SCALED asks for it, as a site of several processes.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const port = process.env.FRAMEMARK_TEST_PORT ?? "";
  const scaled = process.env.FRAMEMARK_TEST_SCALED;
  const site =
    scaled === undefined
      ? await startAlone(port)
      : await startScaledSite(port, { kills: scaled === "killed now and then" });
  process.env.FRAMEMARK_TEST_DATABASE = site.databaseUrl;
  process.env.FRAMEMARK_TEST_DATA = site.data;
  return site.stop;
}

async function startAlone(port: string) {
  const { data, remove } = temporaryData();
  const server = await startServer({
    entry: "product",
    data,
    environment: { PORT: port, APP_URL: `http://127.0.0.1:${port}` },
  });
  return {
    databaseUrl: server.databaseUrl,
    data,
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}
