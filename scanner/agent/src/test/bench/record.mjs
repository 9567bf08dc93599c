// Records pages as a plain puppeteer script would. Started by org.tagwarden.agent.bench.CaptureBench, which
// writes one line of JSON per round to standard input and reads "done" when the round's records are written.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const settings = JSON.parse(process.argv[2]);
const NAVIGATION_MS = 30_000;
const SCRIPTS = new Set(['script', 'other']);
const profiles = mkdtempSync(join(tmpdir(), 'bench-puppeteer-'));
let launched = 0;

function launch() {
  return puppeteer.launch({
    executablePath: settings.chromium,
    headless: true,
    userDataDir: join(profiles, String(launched++)),
    defaultViewport: { width: 1366, height: 768 },
    args: [
      `--host-resolver-rules=MAP *.invalid ~NOTFOUND, MAP *:80 127.0.0.1:${settings.httpPort}, MAP *:443 127.0.0.1:${settings.httpsPort}`,
      `--ignore-certificate-errors-spki-list=${settings.spki.join(',')}`,
      '--disable-quic',
      '--disable-gpu',
      '--disable-features=HttpsUpgrades,LocalNetworkAccessChecks',
      ...(settings.noSandbox ? ['--no-sandbox'] : []),
    ],
  });
}

/** Everything that one page and its workers ask for, as far as puppeteer tells of it. */
class Recording {
  requests = [];
  pending = [];

  follow(page) {
    page.on('request', (request) => {
      if (request.url().startsWith('data:')) return;
      const initiator = request.initiator() ?? {};
      const record = this.add(request.method(), request.url(), request.isNavigationRequest() || known(initiator));
      record.initiator = asker(initiator);
      request.record = record;
    });
    page.on('response', (response) => {
      const request = response.request();
      if (request.record) request.record.status = response.status();
      if (request.record && SCRIPTS.has(request.resourceType()) && response.ok()) this.pending.push(this.hash(request, response));
    });
    page.on('requestfailed', (request) => {
      if (request.record) request.record.failure = request.failure()?.errorText;
    });
  }

  /** WebSockets, and what workers with targets of their own ask for. */
  async followRaw(session, wholeTraffic) {
    session.on('Network.webSocketCreated', (event) => this.add('GET', event.url, known(event.initiator ?? {})));
    const bodies = new Map();
    if (wholeTraffic) {
      session.on('Network.requestWillBeSent', (event) => {
        const record = this.add(event.request.method, event.request.url, known(event.initiator ?? {}));
        record.initiator = asker(event.initiator ?? {});
        bodies.set(event.requestId, record);
      });
      session.on('Network.loadingFinished', (event) => {
        const record = bodies.get(event.requestId);
        if (record?.url.match(/\.m?js(\?|$)/)) this.pending.push(hashRaw(session, event.requestId, record));
      });
    }
    await session.send('Network.enable').catch(() => {});
  }

  add(method, url, isKnown) {
    const record = { method, url, known: isKnown };
    this.requests.push(record);
    return record;
  }

  async hash(request, response) {
    try {
      request.record.sha256 = sha256(await response.buffer());
    } catch {
      // the page left before its body could be read
    }
  }
}

async function hashRaw(session, requestId, record) {
  try {
    const { body, base64Encoded } = await session.send('Network.getResponseBody', { requestId });
    record.sha256 = sha256(base64Encoded ? Buffer.from(body, 'base64') : body);
  } catch {
    // the worker is gone
  }
}

const sha256 = (body) => createHash('sha256').update(body).digest('hex');
const known = (initiator) => Boolean(initiator.url || initiator.stack || initiator.requestId);

function asker(initiator) {
  for (let stack = initiator.stack; stack; stack = stack.parent)
    for (const frame of stack.callFrames) if (frame.url) return frame.url;
  return initiator.url ?? null;
}

async function visit(browser, url, dwellMs) {
  const started = performance.now();
  const recording = new Recording();
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    context.on('targetcreated', async (target) => {
      if (target.type() !== 'service_worker' && target.type() !== 'shared_worker') return;
      try {
        await recording.followRaw(await target.createCDPSession(), true);
      } catch {
        // it ended before it could be followed
      }
    });
    page.on('dialog', (dialog) => dialog.dismiss().catch(() => {}));
    recording.follow(page);
    await recording.followRaw(await page.createCDPSession(), false);
    try {
      await page.goto(url, { waitUntil: 'load', timeout: NAVIGATION_MS });
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    } catch {
      // a page that fails or never loads: what it asked for is recorded all the same
    }
    await new Promise((resolve) => setTimeout(resolve, dwellMs));
    await within(5_000, Promise.all(recording.pending));
    await within(5_000, page.close());
  } finally {
    await within(5_000, context.close());
  }
  return { url, wallMs: performance.now() - started, requests: recording.requests };
}

/** A page that spins answers nothing. */
function within(ms, promise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  return Promise.race([promise.catch(() => {}), late]).finally(() => clearTimeout(timer));
}

async function alone(url, dwellMs) {
  const browser = await launch();
  try {
    return await visit(browser, url, dwellMs);
  } finally {
    await browser.close();
  }
}

async function round({ urls, together, dwellMs, folder, name }) {
  const queue = urls.map((url, i) => ({ url, i }));
  const walk = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const record = settings.reuse
        ? await visit(await shared(), next.url, dwellMs).catch((e) => lost(next.url, e))
        : await alone(next.url, dwellMs).catch((e) => lost(next.url, e));
      writeFileSync(join(folder, `${name}-${next.i}.json`), JSON.stringify(record));
    }
  };
  await Promise.all(Array.from({ length: together }, walk));
}

/** The reused browser, and another one when a page has taken it down. */
let current = null;
function shared() {
  current ??= launch();
  return current.then((browser) => (browser.connected ? browser : (current = launch())));
}

function lost(url, error) {
  console.error(`${url} could not be recorded: ${error.message}`);
  return { url, wallMs: 0, requests: [] };
}

for await (const line of createInterface({ input: process.stdin })) {
  await round(JSON.parse(line));
  console.log('done');
}
if (current) await (await current).close();
rmSync(profiles, { recursive: true, force: true });
process.exit(0);
