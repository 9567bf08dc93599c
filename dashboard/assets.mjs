// Puts the pages' static files into a folder: named by content hash (so that they may be cached for ever), with Brotli and
// gzip copies beside them, and a manifest that maps "app.css" to "app.1a2b3c4d.css" and its Subresource Integrity hash.
// usage: node assets.mjs TARGET-FOLDER   (Maven: target/classes/static)
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync, constants } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, 'target/classes/static');
const ours = (name) => readFileSync(join(here, 'src/main/assets', name));
const theirs = (name) => readFileSync(join(here, 'node_modules', name));

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const manifest = [];

function put(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const hashed = name.replace(/(\.[a-z0-9]+)$/, `.${hash}$1`);
  writeFileSync(join(target, hashed), bytes);
  if (!name.endsWith('.woff2')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(join(target, `${hashed}.br`), brotliCompressSync(bytes, { params }));
    writeFileSync(join(target, `${hashed}.gz`), gzipSync(bytes, { level: 9 }));
  }
  const integrity = 'sha384-' + createHash('sha384').update(bytes).digest('base64');
  manifest.push(`${name}=${hashed} ${integrity}`);
  return hashed;
}

// Comments and indentation say something to people, not to browsers.
const lean = (css) => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n').replace(/^\n/, '');

const font = put('inter.woff2', theirs('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'));
put('favicon.svg', ours('favicon.svg'));
const css = ['tokens.css', 'base.css', 'layout.css', 'parts.css', 'tables.css', 'charts.css'].map((name) => ours(name).toString('utf8')).join('\n');
put('app.css', Buffer.from(lean(css).replaceAll('inter.woff2', font)));
put('htmx.js', theirs('htmx.org/dist/htmx.min.js'));
put('app.js', ours('app.js'));
writeFileSync(join(target, 'manifest.properties'), manifest.join('\n') + '\n');
