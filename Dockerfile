# Built in one stage, run from another without compilers and without root.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ./
COPY src ./src
# The image brings Node itself; the optional packages that bring it elsewhere stay behind.
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    POSTOLKA_DATA_DIRECTORY=/var/lib/postolka
WORKDIR /opt/postolka
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
RUN install -d -o node -g node -m 0700 /var/lib/postolka
USER node
VOLUME /var/lib/postolka
EXPOSE 995 110 465 587 80 443
HEALTHCHECK --interval=30s --timeout=10s --start-period=10s \
    CMD ["node", "dist/main.js", "health"]
ENTRYPOINT ["node", "--max-semi-space-size=2", "--enable-source-maps", "dist/main.js"]
CMD ["serve"]
