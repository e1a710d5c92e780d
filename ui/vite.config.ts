// Builds into the Python package. The server serves the folder as /static and index.html for every page of ours.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const server = process.env.TRADEWIND_URL ?? "http://127.0.0.1:8080";

export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/" : "/",
  plugins: [react()],
  resolve: { alias: { "~": path("./src") } },
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: path("../src/tradewind/api/static"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    // A few files that browsers keep from page to page, instead of forty small ones at the first visit.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack[\\/](react-)?(router|query|history|store))/,
            },
            {
              name: "controls",
              test: /node_modules[\\/](@mantine|@floating-ui|react-remove-scroll|@tanstack[\\/](react-)?(table|virtual))/,
            },
            { name: "own", test: /src[\\/](api|components|shell|theme|time|router)[\\/]/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": server, "/auth": server } },
}));
