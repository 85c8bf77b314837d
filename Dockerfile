# The backend alone: no app, no simulator, no sandbox, no embedded PostgreSQL. Build and run: backend/operations.md.
# Kept correct by scripts/checks/deployment.ts.
FROM node:22.23.3-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY backend/package.json ./backend/
COPY simulator/package.json ./simulator/
# scripts of packages are not run: nothing here needs one
RUN npm ci --omit=dev --workspace backend --ignore-scripts && mkdir -p backend/node_modules

# the backend as JavaScript: what runs loads no TypeScript (backend/build.mjs)
FROM node:22.23.3-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY backend/package.json ./backend/
COPY simulator/package.json ./simulator/
RUN npm ci --ignore-scripts
COPY backend ./backend
COPY miniprogram/shared ./miniprogram/shared
COPY miniprogram/packages/merchant/shared ./miniprogram/packages/merchant/shared
COPY miniprogram/packages/manage/shared ./miniprogram/packages/manage/shared
COPY miniprogram/packages/system/shared ./miniprogram/packages/system/shared
RUN ["node", "backend/build.mjs"]

FROM node:22.23.3-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PHOTO_DIR=/data/photos \
    NODE_OPTIONS=--import=/app/backend/deploy/secret-files.mjs
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=dependencies /app/backend/node_modules ./backend/node_modules
COPY package.json ./
COPY --from=build /app/backend/dist ./backend/dist
COPY backend/package.json backend/run.mjs ./backend/
COPY backend/deploy ./backend/deploy
RUN mkdir -p /data/photos && chown node:node /data/photos
USER node
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:8787/readyz').then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "backend/run.mjs", "backend"]
