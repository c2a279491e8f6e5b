// Builds the loader and the panel into app/channels/widget/static, the same bytes every time.
//
//   node build.mjs            write
//   node build.mjs --check    build aside, and fail unless the committed files are exactly that
//
// Fails when a type is wrong, a translation is missing, or a budget is exceeded.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const HERE = dirname(fileURLToPath(import.meta.url));
const STATIC = join(HERE, '../app/channels/widget/static');
const KIB = 1024;
/** Bytes after gzip. The panel's includes the page, the styles and everything that is fetched later. */
const BUDGETS = { loader: 4 * KIB, panel: 35 * KIB };

const EMOJI =
  '😀😃😄😁😅😂🙂😉😊😍😘😎🤔😮😢😭😡😴🤗🙄😬🤩🥳😇🙃😌😋🤝👍👎👌👋🙏👏💪🤞👀🙌🤷🙋💡❤🧡💛💚💙💜💔✨⭐🔥🎉🎁🏆💯✅❌❗❓⏰📅📞📱💻📧📷📍🗺🏠🏢🔑🚗🚙🚚🚐🏎🛻🏍🚲⛽🔧🛞🚦🛣✈💰💳💵🧾📄📝📎🔒☀🌧⛅🌙☕🍕🍰🐶🐱';

const options = {
  root: HERE,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  envDir: false,
};

async function main() {
  const check = process.argv.includes('--check');
  if (check) checkFormat();
  writeEmoji(check);
  typecheck();
  const out = mkdtempSync(join(tmpdir(), 'talia-widget-'));
  try {
    await buildLoader(out);
    await buildPanel(out);
    const files = Object.fromEntries(
      readdirSync(out)
        .sort()
        .map((name) => [name, readFileSync(join(out, name))]),
    );
    keepBudgets(files);
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
    fail('the format is wrong; run npx prettier --write . in widget/');
  }
}

function typecheck() {
  try {
    execFileSync(process.execPath, [join(HERE, 'node_modules/typescript/bin/tsc'), '-p', HERE], {
      stdio: 'inherit',
    });
  } catch {
    fail('the types are wrong (a translation that is missing in one language is such an error)');
  }
  const [first, ...others] = ['es', 'en', 'pt'].map((l) => [
    l,
    Object.entries(readJson(`locales/${l}.json`)),
  ]);
  for (const [locale, entries] of others) {
    const slots = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
    const wanted = new Map(first[1]);
    const wrong = entries.filter(
      ([key, text]) => !text.trim() || !wanted.has(key) || slots(text) !== slots(wanted.get(key)),
    );
    const missing = first[1].filter(([key]) => !entries.some(([k]) => k === key));
    if (wrong.length || missing.length) {
      fail(
        `locales/${locale}.json does not match es.json: ${[...wrong, ...missing].map(([k]) => k).join(', ')}`,
      );
    }
  }
}

/** Names come from Unicode's own translations (emojibase), for the emoji above and no others. */
function writeEmoji(check) {
  const plain = (text) => text.replace(/\uFE0F/g, '');
  const wanted = [...new Intl.Segmenter('en').segment(EMOJI)].map((s) => plain(s.segment));
  let emoji = [];
  const names = {};
  for (const locale of ['es', 'en', 'pt']) {
    const known = new Map(
      readJson(`node_modules/emojibase-data/${locale}/compact.json`).map((e) => [plain(e.unicode), e]),
    );
    const found = wanted.map((c) => known.get(c) ?? fail(`emojibase does not know ${c}`));
    emoji = found.map((e) => e.unicode);
    names[locale] = found.map((e) => e.label);
  }
  const path = join(HERE, 'src/generated/emoji.json');
  const text = JSON.stringify({ emoji, names }, null, 1) + '\n';
  if (check && readFileSync(path, 'utf8') !== text)
    fail('src/generated/emoji.json is not current; run scripts/widget build');
  writeFileSync(path, text);
}

async function buildLoader(out) {
  await build({
    ...options,
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      reportCompressedSize: false,
      lib: {
        entry: join(HERE, 'src/loader/main.ts'),
        formats: ['iife'],
        name: 'taliaLoader',
        fileName: () => 'widget.js',
      },
    },
  });
}

async function buildPanel(out) {
  const result = await build({
    ...options,
    base: '/widget/',
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      cssMinify: true,
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rollupOptions: {
        input: join(HERE, 'src/panel/main.tsx'),
        output: {
          entryFileNames: 'panel-[hash].js',
          chunkFileNames: 'panel-[name]-[hash].js',
          assetFileNames: 'panel-[hash][extname]',
        },
      },
    },
  });
  const names = result.output.map((o) => o.fileName);
  const entry = result.output.find((o) => o.isEntry).fileName;
  const style = names.find((n) => n.endsWith('.css'));
  const page = `<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="talia-site-key" content="{{site_key}}">
<title>Chat</title>
<link rel="stylesheet" href="/widget/${basename(style)}">
<script type="module" src="/widget/${basename(entry)}"></script>
</head>
<body></body>
</html>
`;
  writeFileSync(join(out, 'panel.html'), page);
}

function keepBudgets(files) {
  const sizes = { loader: 0, panel: 0 };
  for (const [name, bytes] of Object.entries(files)) {
    sizes[name === 'widget.js' ? 'loader' : 'panel'] += gzipSync(bytes, { level: 9 }).length;
  }
  for (const [part, size] of Object.entries(sizes)) {
    console.log(`${part}: ${size} bytes after gzip, of ${BUDGETS[part]}`);
    if (size > BUDGETS[part]) fail(`the ${part} is ${size - BUDGETS[part]} bytes over its budget`);
  }
}

function compare(files) {
  const committed = readdirSync(STATIC).sort();
  const same =
    committed.join() === Object.keys(files).join() &&
    committed.every((name) => readFileSync(join(STATIC, name)).equals(files[name]));
  if (!same)
    fail('app/channels/widget/static is not what widget/ builds to; run scripts/widget build and commit it');
}

function write(files) {
  mkdirSync(STATIC, { recursive: true });
  for (const name of readdirSync(STATIC)) if (!(name in files)) rmSync(join(STATIC, name));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(STATIC, name), bytes);
}

function readJson(path) {
  return JSON.parse(readFileSync(join(HERE, path), 'utf8'));
}

function fail(message) {
  console.error('widget: ' + message);
  process.exit(1);
}

await main();
