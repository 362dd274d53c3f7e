// Bundle the widget into one script: node build.mjs [file]
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ours = fileURLToPath(new URL("src/constructs.ts", import.meta.url));
const fewerConstructs = {
  name: "fewer-constructs",
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\/constructs\.js$/ }, (found) =>
      found.importer.includes("micromark") ? { path: ours } : undefined,
    );
  },
};

await build({
  entryPoints: ["src/index.ts"],
  outfile: process.argv[2] ?? "dist/widget.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2021"],
  charset: "utf8",
  loader: { ".css": "text" },
  plugins: [fewerConstructs],
  banner: { js: "/* eTwinning yardım asistanı (MIT); içinde micromark ve unified paketleri (MIT) */" },
});
