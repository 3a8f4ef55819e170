FROM node:22-slim AS web
WORKDIR /build
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

FROM python:3.12-slim
WORKDIR /app
COPY requirements/server.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/server.txt
COPY server server
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e server && python -m compileall -q server/pytake
COPY --from=web /build/dist web/dist
RUN useradd --system --uid 10001 --home-dir /var/lib/pytake --create-home pytake && \
    install -d -o pytake /var/lib/pytake/files
USER pytake
ENV PYTAKE_HOST=0.0.0.0 PYTAKE_LOG_FORMAT=json PYTAKE_DATA_DIR=/var/lib/pytake
EXPOSE 8000
CMD ["pytake", "api"]
