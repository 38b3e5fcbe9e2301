# One image for the web server, the worker and the commands. Built with: docker build -t framemark .
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/prisma-generate.mjs \
    && node --input-type=module -e "import {build} from './scripts/build.mjs'; await build(process.cwd());" \
    && npm prune --omit=dev

FROM node:22-bookworm-slim
WORKDIR /app
COPY --from=build /app /app
# Files beside the database: imports and releases. The program itself writes nowhere else.
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production FRAMEMARK_DATA=/data FRAMEMARK_DEMO=off HOSTNAME=0.0.0.0 PORT=3000
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:3000/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "./scripts/peer-address.mjs", ".next/standalone/server.js"]
