FROM node:24-slim

WORKDIR /trellis
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && mkdir /data && chown node:node /data
COPY . .
RUN node bin/start.mjs --build-only

# The embedded database, unless DATABASE_URL is set, and the secret.
VOLUME /data
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
ENV NODE_OPTIONS="--max-semi-space-size=8 --max-old-space-size=256"
EXPOSE 4321
USER node
HEALTHCHECK --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 4321}/readyz`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/start.mjs"]
