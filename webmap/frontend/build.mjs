// Bundle the scripts, styles, fonts and icons of the pages into webmap/static/build.
//
// Every file's name carries a hash of its content, so browsers may keep it for good;
// manifest.json tells the templates which name is today's.

import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { compileAsync } from "sass";
import { appIcons } from "./app_icons.mjs";
import { iconSprite } from "./icons.mjs";
import { lookStyles } from "./stages.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, "node_modules");
const target = path.join(here, "..", "static", "build");
const fresh = `${target}.new`;

const hashed = (name, content) => {
  const { name: stem, ext } = path.parse(name);
  return `${stem}-${createHash("sha256").update(content).digest("hex").slice(0, 8)}${ext}`;
};

async function keep(name, content) {
  const file = hashed(name, content);
  await writeFile(path.join(fresh, file), content);
  return file;
}

async function styles(name) {
  const source = path.join(here, "styles", `${name}.scss`);
  const { css } = await compileAsync(source, {
    loadPaths: [path.join(modules, "@uswds", "uswds", "packages")],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "if-function"],
  });
  const result = await esbuild.build({
    stdin: { contents: css + (name === "app" ? lookStyles() : ""), loader: "css", resolveDir: here },
    bundle: true,
    minify: true,
    write: false,
    outdir: fresh,
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file" },
  });
  for (const file of result.outputFiles.filter((each) => !each.path.endsWith(".css"))) {
    await writeFile(file.path, file.contents);
  }
  return keep(`${name}.css`, result.outputFiles.find((each) => each.path.endsWith(".css")).contents);
}

async function scripts(workerFile) {
  const result = await esbuild.build({
    entryPoints: { app: path.join(here, "js", "app.js"), field: path.join(here, "js", "field", "main.js") },
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    metafile: true,
    outdir: fresh,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    define: { WORKER_FILE: JSON.stringify(`./${workerFile}`) },
  });
  const entries = Object.entries(result.metafile.outputs).filter(([, output]) => output.entryPoint);
  return Object.fromEntries(
    entries.map(([file, output]) => [nameOf(output.entryPoint), path.basename(file)]),
  );
}

// An entry is known by its file's name; the field app's modules by their folder too.
function nameOf(entryPoint) {
  const inFolder = path.relative(path.join(here, "js"), path.resolve(entryPoint));
  return inFolder === path.join("field", "main.js") ? "field.js" : inFolder;
}

// The field app's worker keeps all files for use without a signal; a change in any makes it another.
async function fieldWorker() {
  const source = path.join(here, "js", "field", "worker.js");
  const files = (await readdir(fresh)).filter((file) => file !== "manifest.json").sort();
  const version = createHash("sha256").update(files.join()).update(await readFile(source)).digest("hex").slice(0, 8);
  const name = `field-worker-${version}.js`; // the page tells its release by this name
  await esbuild.build({
    entryPoints: [source],
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    outfile: path.join(fresh, name),
    define: { SHELL_FILES: JSON.stringify(files), SHELL_VERSION: JSON.stringify(version) },
  });
  return name;
}

async function fieldIcons() {
  const icons = await appIcons(path.join(target, "..", "mark.svg"), [180, 192, 512]);
  return Object.fromEntries(
    await Promise.all(icons.map(async ([size, png]) => [`app-${size}.png`, await keep(`app-${size}.png`, png)])),
  );
}

// The worker is copied, not bundled: a bundler drops the code it does not see being called.
async function mapWorker() {
  const file = path.join(modules, "maplibre-gl", "dist", "maplibre-gl-worker.mjs");
  return (await readFile(file, "utf8")).replace(/^\/\/# sourceMappingURL=.*$/m, "");
}

// The reports write maps that open from a file with no network: Leaflet goes inside them.
async function leafletForReports() {
  const vendor = path.join(here, "..", "..", "data", "vendor", "leaflet");
  const dist = path.join(modules, "leaflet", "dist");
  await rm(vendor, { recursive: true, force: true });
  await mkdir(vendor, { recursive: true });
  for (const name of ["leaflet.js", "leaflet.css", "images", path.join("..", "LICENSE")]) {
    await cp(path.join(dist, name), path.join(vendor, path.basename(name)), { recursive: true });
  }
}

await leafletForReports();
await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
const worker = await mapWorker();
const [app, map, field, pngs, icons, js] = await Promise.all([
  styles("app"),
  styles("map"),
  styles("field"),
  fieldIcons(),
  iconSprite(modules).then((sprite) => keep("icons.svg", sprite)),
  keep("map-worker.js", worker).then(scripts),
]);
const manifest = {
  "app.css": app, "map.css": map, "field.css": field, "icons.svg": icons, ...pngs, ...js,
  "field-worker.js": await fieldWorker(),
};
await writeFile(path.join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
