// Builds the console into app/channels/console/static, the same bytes every time.
//
//   scripts/openapi_schema.py | node build.mjs            write
//   scripts/openapi_schema.py | node build.mjs --check    build aside, and fail unless the committed files are that
//
// Fails when a type is wrong, a translation is missing, or the budget of the first load is exceeded.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import openapiTS, { astToString } from 'openapi-typescript';
import { build } from 'vite';

const HERE = dirname(fileURLToPath(import.meta.url));
const STATIC = join(HERE, '../app/channels/console/static');
const KIB = 1024;
/** Bytes after gzip until a signed-in seller has the inbox: page, scripts, styles, and one language. */
const FIRST_LOAD = 220 * KIB;
const LANGUAGES = ['es', 'en', 'pt'];
/** Whose words are one catalog, fetched at first; those of the other files go with their screens (src/i18n/screen.ts). */
const TOGETHER = ['inbox.json', 'shell.json'];

async function main() {
  const check = process.argv.includes('--check');
  if (check) checkFormat();
  await writeApi(check);
  checkWords();
  typecheck();
  const out = mkdtempSync(join(tmpdir(), 'talia-console-'));
  try {
    const result = await buildApp(out);
    keepBudget(out, result.output);
    const files = Object.fromEntries(listed(out).map((name) => [name, readFileSync(join(out, name))]));
    if (check) compare(files);
    else write(files);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function checkFormat() {
  const prettier = join(HERE, 'node_modules/prettier/bin/prettier.cjs');
  try {
    execFileSync(process.execPath, [prettier, '--check', '--log-level', 'warn', '.'], {
      cwd: HERE,
      stdio: 'inherit',
    });
  } catch {
    fail('the format is wrong; run npx prettier --write . in console/');
  }
}

async function writeApi(check) {
  const schema = JSON.parse(await text(process.stdin));
  const types =
    '// Generated from the OpenAPI schema by console/build.mjs. Do not edit.\n' +
    astToString(await openapiTS(schema, { defaultNonNullable: false }));
  const path = join(HERE, 'src/generated/api.ts');
  const before = readOr(path, '');
  if (check && before !== types) fail('src/generated/api.ts is not current; run scripts/console build');
  if (before !== types) writeFileSync(path, types);
}

/** What every language must have: the same files, keys, and slots in each text. */
function checkWords() {
  const folder = (language) => join(HERE, 'locales', language);
  const files = readdirSync(folder('es')).sort();
  for (const language of LANGUAGES.slice(1)) {
    if (readdirSync(folder(language)).sort().join() !== files.join())
      fail(`locales/${language} does not have the files of locales/es`);
  }
  const seen = new Map();
  for (const file of files) {
    const [first, ...others] = LANGUAGES.map((l) => readJson(join(folder(l), file)));
    for (const key of TOGETHER.includes(file) ? Object.keys(first) : []) {
      if (seen.has(key)) fail(`the key ${key} is in ${seen.get(key)} and in ${file}`);
      seen.set(key, file);
    }
    others.forEach((other, i) => {
      const wrong = [...new Set([...Object.keys(first), ...Object.keys(other)])].filter(
        (key) => !first[key]?.trim() || !other[key]?.trim() || slots(first[key]) !== slots(other[key]),
      );
      if (wrong.length) fail(`locales/${LANGUAGES[i + 1]}/${file} does not match es: ${wrong.join(', ')}`);
    });
  }
}

const slots = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();

function typecheck() {
  try {
    execFileSync(process.execPath, [join(HERE, 'node_modules/typescript/bin/tsc'), '-p', HERE], {
      stdio: 'inherit',
    });
  } catch {
    fail('the types are wrong (a text that nobody translated is such an error)');
  }
}

function buildApp(out) {
  return build({
    root: HERE,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    envDir: false,
    base: '/console/',
    plugins: [react()],
    css: {
      modules: {
        // From the path below console/, so that the names are the same on every machine.
        generateScopedName: (name, file) =>
          `${name}_${createHash('sha256')
            .update(relative(HERE, file.split('?')[0]))
            .digest('hex')
            .slice(0, 5)}`,
      },
    },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      cssMinify: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
      rollupOptions: {
        input: {
          index: join(HERE, 'index.html'),
          preview: join(HERE, 'preview.html'),
          sw: join(HERE, 'src/worker/sw.ts'),
        },
        output: {
          // A browser knows a worker by its address, which must stay the same.
          entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
          // What changes with a library's version is cached apart from what changes every week.
          codeSplitting: {
            groups: [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// }],
          },
        },
      },
    },
  });
}

function keepBudget(out, output) {
  const size = (name) => gzipSync(readFileSync(join(out, name)), { level: 9 }).length;
  const chunks = new Map(output.filter((o) => o.type === 'chunk').map((o) => [o.fileName, o]));
  const first = new Set(['index.html']);
  const take = (name) => {
    if (first.has(name)) return;
    first.add(name);
    const chunk = chunks.get(name);
    chunk?.imports.forEach(take);
    chunk?.viteMetadata?.importedCss.forEach((css) => first.add(css));
  };
  for (const chunk of chunks.values()) {
    const parts = chunk.moduleIds ?? [];
    if (
      (chunk.fileName.startsWith('assets/index-') && chunk.isEntry) ||
      parts.some((id) => /src\/(screens\/inbox\/index\.tsx|i18n\/es\.ts)$/.test(id))
    )
      take(chunk.fileName);
  }
  const total = [...first].reduce((sum, name) => sum + size(name), 0);
  console.log(`console, first load: ${total} bytes after gzip, of ${FIRST_LOAD}`);
  if (process.env.SIZES) for (const name of [...first].sort()) console.log(`  ${size(name)} ${name}`);
  if (total > FIRST_LOAD) fail(`the first load is ${total - FIRST_LOAD} bytes over its budget`);
}

function compare(files) {
  const committed = listed(STATIC);
  const same =
    committed.join() === Object.keys(files).join() &&
    committed.every((name) => readFileSync(join(STATIC, name)).equals(files[name]));
  if (!same)
    fail(
      'app/channels/console/static is not what console/ builds to; run scripts/console build and commit it',
    );
}

function write(files) {
  mkdirSync(STATIC, { recursive: true });
  for (const name of listed(STATIC)) if (!(name in files)) rmSync(join(STATIC, name));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(STATIC, name)), { recursive: true });
    writeFileSync(join(STATIC, name), bytes);
  }
}

/** Names of the files below a folder, with slashes, in order. */
function listed(folder) {
  try {
    return readdirSync(folder, { recursive: true })
      .map((name) => String(name).replaceAll('\\', '/'))
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort();
  } catch {
    return [];
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

function fail(message) {
  console.error('console: ' + message);
  process.exit(1);
}

await main();
