import { createHash } from "node:crypto";
import { constants, brotliCompressSync, gzipSync } from "node:zlib";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { drawIcons } from "./scripts/icons.mjs";

const SERVER = process.env.BASEDMUSIC_DEV_SERVER ?? "http://127.0.0.1:8000";

/** Writes `.br` and `.gz` beside each text asset, so that the server only ever copies bytes. */
function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    writeBundle({ dir }) {
      const assets = join(dir!, "assets");
      for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const bytes = readFileSync(join(assets, name));
        if (bytes.length < 1024) continue;
        writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes, { params }));
      }
    },
  };
}

/** Draws the app's icons into the build, under names that stay: a home screen asks for them again by name. */
function icons(): Plugin {
  return {
    name: "icons",
    apply: "build",
    generateBundle() {
      for (const [name, source] of drawIcons()) this.emitFile({ type: "asset", fileName: `icons/${name}`, source });
    },
  };
}

/** Builds the service worker as one plain script that knows every file of the page and the version they make. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      const files = Object.keys(bundle).filter((name) => name.startsWith("assets/")).sort();
      // Names carry their content's hash; the document around them has none.
      const version = createHash("sha256").update(files.join("\n")).update(readFileSync(join(dir!, "index.html")));
      await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        define: {
          BUILT_FILES: JSON.stringify(files.map((name) => `/${name}`)),
          BUILT_VERSION: JSON.stringify(version.digest("hex").slice(0, 12)),
        },
        build: {
          outDir: dir!,
          emptyOutDir: false,
          lib: { entry: "src/worker/worker.ts", formats: ["iife"], name: "worker", fileName: () => "sw.js" },
        },
      });
    },
  };
}

/** Answers that a browser kept are of use only to a page that knows the API in the same shape. */
const apiShape = createHash("sha256").update(readFileSync("src/api/schema.ts")).digest("hex").slice(0, 12);

export default defineConfig({
  define: { API_SHAPE: JSON.stringify(apiShape) },
  plugins: [react({ compiler: true }), icons(), precompress(), serviceWorker()],
  build: {
    outDir: "../src/basedmusic/static",
    emptyOutDir: true,
    // The server names a page's own files in its head, so that they come together with the app's.
    manifest: "parts.json",
    // The page's CSP has no data: for fonts or scripts; keep every asset a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What most pages share comes as one file: thirty small ones wait for each other on six connections.
          groups: [{ name: "shared", test: /\/src\/(ui|lib|api|features\/track)\/|lucide-react|@tanstack/, minShareCount: 3 }],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(["/api", "/media", "/covers"].map((path) => [path, SERVER])),
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
