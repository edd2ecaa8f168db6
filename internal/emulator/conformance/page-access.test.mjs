// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { attacker, browser, openPage, openWindow, screenshot } from './browser.mjs';
import { startEmulator } from './emulator.mjs';
import { startWebhooks } from './webhooks.mjs';

// Who gets to the page in a real browser, and who does not.
const skip = browser.missing;
const [number, caller, agent, token] = ['447700900001', '447700900111', '447700900222', 'for tests & more'];

const directory = mkdtempSync(join(tmpdir(), 'page-access-'));
after(() => rmSync(directory, { recursive: true }));

// startSeeded starts an emulator with a number, which needs no control API.
async function startSeeded(...flags) {
  const { url } = await startWebhooks([{ action: 'connect', endpoint: [{ type: 'phone', number: agent }] }]);
  const seed = join(directory, 'seed.json');
  writeFileSync(seed, JSON.stringify({
    applications: { hotline: { name: 'Hotline', capabilities: { voice: { webhooks: { answer_url: { address: `${url}/answer`, http_method: 'GET' } } } } } },
    numbers: { [`GB/${number}`]: { features: ['VOICE'], app_id: 'hotline' } },
  }));
  return startEmulator('-seed', seed, ...flags);
}

// serve serves pages of another site by their paths, on this machine.
async function serve(pages) {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(pages[new URL(request.url, 'http://site').pathname] ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  return server.address().port;
}

// call places a call through the form and waits for its story.
async function call(page) {
  await page.locator('#connection.good').waitFor();
  await page.waitForFunction((to) => document.getElementById('place-to').value === to, number);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  const story = page.locator('.call').first();
  await story.getByText(`calls ${agent}`).waitFor();
  await story.getByText('answers', { exact: true }).waitFor();
}

for (const tls of [false, true]) {
  test(`behind a control token${tls ? ' and TLS' : ''}, the page asks for it and then works`, { skip }, async () => {
    const emulator = await startSeeded('-control-token', token, ...(tls ? ['-tls-self-signed', join(directory, 'ca.pem')] : []));
    const context = await openWindow({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    assert.equal((await page.goto(emulator.url)).status(), 401);
    await page.getByLabel('Control token').fill('another');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('That is not the token.').waitFor();
    await screenshot(page, `token${tls ? '-tls' : ''}`);
    await page.keyboard.type(token); // the field has the focus
    await page.keyboard.press('Enter');

    await call(page);
    assert.equal(page.url(), `${emulator.url}/`);
    await page.getByRole('button', { name: `Hang up ${caller}` }).click();
    await page.locator('.call .badge', { hasText: 'completed' }).waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByText('All is as it was at the start.').waitFor();
    assert.ok(!(await page.content()).includes(token));

    // The link with the token works again, and the token does not stay in the address.
    await page.goto(`${emulator.url}/?account=${emulator.apiKey}&token=${encodeURIComponent(token)}`);
    await page.locator('#connection.good').waitFor();
    assert.equal(page.url(), `${emulator.url}/?account=${emulator.apiKey}`);

    const [cookie] = await context.cookies();
    assert.deepEqual([cookie.httpOnly, cookie.secure, cookie.sameSite], [true, tls, 'Lax']);
  });
}

test('a link from another site signs in', { skip }, async () => {
  const emulator = await startSeeded('-control-token', token);
  const port = await serve({ '/guide': `<a href="${emulator.url}/?token=${encodeURIComponent(token)}">with</a> <a href="${emulator.url}/">without</a>` });
  const page = await (await openWindow()).newPage();
  for (const link of ['with', 'without']) {
    await page.goto(`http://localhost:${port}/guide`); // another site than 127.0.0.1
    await page.getByText(link, { exact: true }).click();
    await page.locator('#connection.good').waitFor();
  }
});

test('emulators with other tokens, and with and without TLS, do not sign each other out', { skip }, async () => {
  const emulators = [
    [await startSeeded('-control-token', token, '-tls-self-signed', join(directory, 'ca.pem')), token],
    [await startSeeded('-control-token', token), token], [await startSeeded('-control-token', 'another'), 'another'],
  ];
  const context = await openWindow({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  for (const [emulator, shown] of emulators) {
    await page.goto(`${emulator.url}/?token=${encodeURIComponent(shown)}`);
    await page.locator('#connection.good').waitFor();
  }
  for (const [emulator] of emulators) {
    await page.goto(emulator.url);
    await page.locator('#connection.good').waitFor();
  }
});

// What the page of another site tries in the browser of somebody who is signed in.
const attack = (url) => `<script>
  const tried = {};
  const attempt = async (name, what) => { try { tried[name] = await what(); } catch (error) { tried[name] = 'refused'; } };
  const body = '{"kind":"html"}', json = { 'Content-Type': 'application/json' };
  const included = (name, source) => new Promise((resolve) => {
    const element = document.createElement(name);
    element.onload = () => resolve('loaded');
    element.onerror = () => resolve('refused');
    element.src = source;
    document.body.append(element);
  });
  addEventListener('load', async () => {
    await attempt('read', async () => (await fetch('${url}/emulator/accounts', { credentials: 'include' })).text());
    await attempt('json', () => fetch('${url}/emulator/faults', { method: 'POST', headers: json, body, credentials: 'include' }));
    await attempt('text', () => fetch('${url}/emulator/faults', { method: 'POST', mode: 'no-cors', body, credentials: 'include' }));
    await attempt('beacon', () => navigator.sendBeacon('${url}/emulator/reset'));
    await attempt('script', () => included('script', '${url}/emulator/page/app.js'));
    await attempt('image', () => included('img', '${url}/emulator/page/icon.svg'));
    await attempt('events', () => new Promise((resolve) => {
      const source = new EventSource('${url}/emulator/events', { withCredentials: true });
      source.onopen = () => resolve('open');
      source.onerror = () => resolve('refused');
    }));
    await attempt('socket', () => new Promise((resolve) => {
      const socket = new WebSocket('${url.replace('http', 'ws')}/emulator/events');
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    }));
    window.tried = tried;
  });
</script><body><form id="form" method="post" enctype="text/plain" action="${url}/emulator/faults"><input name='{"kind":"html","path":"' value='"}'></form>
<iframe id="frame" src="${url}/"></iframe>`;

test('the page of another site can do nothing', { skip }, async () => {
  const emulator = await startSeeded('-control-token', token);
  const port = await serve({ '/attack': attack(emulator.url) });
  const context = await openWindow();
  const page = await context.newPage();
  await page.goto(`${emulator.url}/?token=${encodeURIComponent(token)}`);
  await call(page);

  for (const host of ['localhost', attacker, '127.0.0.1']) { // the last one is the same site, at another port
    const other = await context.newPage();
    await other.goto(`http://${host}:${port}/attack`);
    const tried = await (await other.waitForFunction(() => window.tried)).jsonValue();
    assert.deepEqual(tried, {
      read: 'refused', json: 'refused', text: 'refused', beacon: true, script: 'refused', image: 'refused', events: 'refused', socket: 'refused',
    }, host);
    assert.ok(!(await other.frameLocator('#frame').locator('body').innerHTML().catch(() => '')).includes('Place a call'), `${host} has the page in a frame`);
    await other.evaluate(() => document.getElementById('form').submit());
    await other.waitForURL(/emulator.faults/);
    assert.match(await other.content(), /only the emulator.s own page writes from a browser|has a control token/);
    await other.close();
  }
  const authorized = { headers: { Authorization: `Bearer ${token}` } };
  assert.deepEqual(await (await fetch(`${emulator.url}/emulator/faults`, authorized)).json(), []);
  assert.equal((await (await fetch(`${emulator.url}/emulator/calls`, authorized)).json()).length, 2, 'nobody has reset the emulator');
});

test('under the name of another site, there is no page', { skip }, async () => {
  const emulator = await startSeeded();
  const page = await (await openWindow()).newPage();
  const rebound = emulator.url.replace('127.0.0.1', attacker);
  for (const path of ['/', '/emulator/requests', '/emulator/events', '/emulator/page/app.js']) {
    const answered = await page.goto(rebound + path);
    assert.equal(answered.status(), 403, path);
    assert.match(await answered.text(), /attacker\.test/);
  }
});

test('a page that is open sees its emulator killed and started again', { skip }, async () => {
  const killed = await startSeeded();
  const { page } = await openPage(killed);
  await call(page);
  await killed.crash();
  await page.locator('#connection', { hasText: 'not connected' }).waitFor();
  const { host } = new URL(killed.url);
  await startSeeded('-listen', host);
  await page.locator('#connection.good').waitFor();
  await page.getByText('No calls yet').waitFor();
  await call(page);
  assert.equal(await page.locator('.call').count(), 1);
});

test('a page that is open says that it is signed out', { skip }, async () => {
  const killed = await startSeeded('-control-token', token);
  const page = await (await openWindow()).newPage();
  await page.goto(`${killed.url}/?token=${encodeURIComponent(token)}`);
  await page.locator('#connection.good').waitFor();
  await killed.crash();
  await startSeeded('-control-token', 'another', '-listen', new URL(killed.url).host);
  await page.locator('#connection', { hasText: 'signed out' }).waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Control token').fill('another');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.locator('#connection.good').waitFor();
});

test('a page whose account is gone says so', { skip }, async () => {
  const emulator = await startSeeded();
  const page = await (await openWindow()).newPage();
  await page.goto(`${emulator.url}/?account=nobody12`);
  await page.getByText('there is no account nobody12').waitFor();
  await page.getByRole('link', { name: 'Show the first account' }).click();
  await page.locator('#connection.good').waitFor();
});

// setHidden makes a page one that nobody looks at, or does again: a browser without a screen shows all of its pages.
const setHidden = (page, hidden) => page.evaluate((value) => {
  Object.defineProperty(document, 'hidden', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, hidden);

// A browser opens six connections to a host at most, of which each page has one for as long as it is looked at.
test('more pages than a browser has connections', { skip }, async () => {
  const emulator = await startSeeded();
  const context = await openWindow();
  const pages = [];
  for (let i = 0; i < 8; i++) {
    const page = await context.newPage();
    await page.goto(emulator.url);
    await page.locator('#connection.good').waitFor();
    pages.push(page);
    if (i > 0) await setHidden(pages[i - 1], true);
    if (i > 4) await pages[i - 1].getByText('paused').waitFor();
  }
  await call(pages.at(-1));
  await setHidden(pages[0], false);
  await pages[0].locator('.call').first().getByText(`calls ${agent}`).waitFor();
  await pages[0].locator('#connection.good').waitFor();
});
