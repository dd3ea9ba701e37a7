// Builds the look: style sheet, scripts, icon sprite, fonts. Everything lands in portal/ui/static/ui/build (git-ignored).
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const modules = join(root, 'node_modules');
const out = join(root, 'portal/ui/static/ui/build');
const searched = ['portal', 'tenants', 'registry', 'best_practices', 'config'];
// Mentioned only through variables (kinds of notices, of files); everything else is found by name in the sources.
const ICON = /[a-z][a-z0-9]*(?:-[a-z0-9]+)*/g;

function files(folder, wanted) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'static', '__pycache__', 'migrations'].includes(entry.name) ? [] : files(path, wanted);
    return wanted.test(entry.name) ? [path] : [];
  });
}

// An icon is used where its name stands in quotes: icon="people", {% icon "people" %}, MenuItem("Пары", url, "people").
function usedIcons() {
  const known = new Set(readdirSync(join(modules, 'bootstrap-icons/icons')).map((name) => basename(name, '.svg')));
  const used = new Set();
  for (const path of searched.flatMap((folder) => files(join(root, folder), /\.(py|html|txt)$/))) {
    for (const [, quoted] of readFileSync(path, 'utf8').matchAll(/["']([a-z0-9-]+)["']/g)) {
      for (const name of quoted.match(ICON) ?? []) if (name === quoted && known.has(name)) used.add(name);
    }
  }
  return [...used].sort();
}

function buildSprite() {
  const symbols = usedIcons().map((name) => {
    const svg = readFileSync(join(modules, `bootstrap-icons/icons/${name}.svg`), 'utf8');
    const view = svg.match(/viewBox="([^"]+)"/)[1];
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\n\s*/g, '');
    return `<symbol id="${name}" viewBox="${view}">${body}</symbol>`;
  });
  writeFileSync(join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
  return symbols.length;
}

function buildStyles() {
  const made = sass.compile(join(here, 'sass/app.scss'), { style: 'compressed', loadPaths: [modules], quietDeps: true, silenceDeprecations: ['import'] });
  writeFileSync(join(out, 'app.css'), made.css);
}

async function buildScripts() {
  await esbuild.build({
    entryPoints: [join(here, 'js/app.js'), join(here, 'js/charts.js')],
    bundle: true, minify: true, format: 'iife', target: ['chrome109', 'firefox115', 'safari16.4'], outdir: out, nodePaths: [modules], legalComments: 'none', logLevel: 'warning',
  });
}

function buildFonts() {
  mkdirSync(join(out, 'fonts'), { recursive: true });
  for (const set of ['cyrillic', 'latin', 'latin-ext']) {
    const name = `golos-text-${set}-wght-normal.woff2`;
    cpSync(join(modules, '@fontsource-variable/golos-text/files', name), join(out, 'fonts', name));
  }
  const python = process.env.PYTHON ?? 'python3'; // the environment's own: deploy/local/front.py says which
  execFileSync(python, [join(here, 'fonts.py'), join(modules, '@fontsource/golos-text/files'), join(out, 'fonts')], { stdio: 'inherit' });
}

const started = Date.now();
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
buildStyles();
await buildScripts();
const icons = buildSprite();
buildFonts();
cpSync(join(here, 'icon.svg'), join(out, 'icon.svg'));
const kilobytes = (name) => Math.round(statSync(join(out, name)).size / 1024);
console.log(`Front end built in ${((Date.now() - started) / 1000).toFixed(1)} s: app.css ${kilobytes('app.css')} KB, app.js ${kilobytes('app.js')} KB, charts.js ${kilobytes('charts.js')} KB, ${icons} icons.`);
