// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, openPage, screenshot } from './browser.mjs';
import { startEmulator } from './emulator.mjs';
import { startWebhooks } from './webhooks.mjs';

// The page shows whatever its emulator holds, and however much.
const skip = browser.missing;
const [number, caller] = ['447700900001', '447700900111'];
const markup = '<img src="x" onerror="document.title=1"><script>document.title=1</script>"\'&amp;${1}';

// startLine starts an emulator with a number whose application has a name and answers with an NCCO.
async function startLine(name, ncco) {
  const emulator = await startEmulator();
  const webhooks = await startWebhooks(ncco);
  const hooks = { answer_url: { address: `${webhooks.url}/answer`, http_method: 'GET' }, event_url: { address: `${webhooks.url}/events` } };
  await emulator.put('applications/line', { name, capabilities: { voice: { webhooks: hooks } } });
  await emulator.put(`numbers/GB/${number}`, { features: ['VOICE'], app_id: 'line' });
  return { emulator, webhooks };
}

test('markup in names, numbers and answers is text', { skip }, async () => {
  const { emulator } = await startLine(markup, [{ action: 'talk', text: markup }, { action: 'connect', endpoint: [{ type: 'sip', uri: `sip:${markup}` }] }]);
  await emulator.put('numbers/GB/4412', { features: [markup], voiceCallbackType: markup, voiceCallbackValue: markup, country: 'GB' });
  await emulator.put('inventory/GB/4413', { features: ['VOICE'], cost: '1.00', type: markup });
  await emulator.post('faults', { path: `/${markup.replaceAll('[', '')}`, kind: 'status', status: 500 });
  const { page, faults } = await openPage(emulator);
  await emulator.post('calls', { from: markup, to: number, says: [markup], answered: true });
  await page.locator('.call').first().getByText('answers', { exact: true }).waitFor();
  await page.locator('details').evaluateAll((all) => { for (const each of all) each.open = true; });
  await page.locator('.call pre', { hasText: 'document.title=1' }).first().waitFor();
  await screenshot(page, 'markup');
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  assert.equal(await page.title(), 'Vonage emulator');
  assert.deepEqual(faults, []);
});

test('documents of an unusual form are shown, and hide no others', { skip }, async () => {
  const { emulator } = await startLine('Line', []);
  const odd = {
    'no-hook': { name: 'No hook', capabilities: { voice: { webhooks: { answer_url: null, event_url: 7 } }, rtc: null, vbc: [], messages: 'x' } },
    nameless: { capabilities: null }, 'named-by-object': { name: { en: 'Hello' }, capabilities: [1] }, wide: { name: 'x'.repeat(5000) },
  };
  for (const [id, application] of Object.entries(odd)) await emulator.put(`applications/${id}`, application);
  await emulator.put('numbers/GB/4412', { features: 'VOICE', app_id: { id: 1 } });
  await emulator.put('numbers/GB/4413', { features: null, voiceCallbackType: 5, msisdn: 7 });
  const { page, faults } = await openPage(emulator);
  await page.locator('#number-list li', { hasText: '4413' }).waitFor();
  assert.equal(await page.locator('#application-list > li').count(), 5);
  assert.equal(await page.locator('#number-list > li').count(), 3);
  await page.locator('#application-list', { hasText: '{"en":"Hello"}' }).waitFor();
  await screenshot(page, 'odd');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  assert.deepEqual(faults, []);
});

// beyond returns what reaches over the edges of its panel.
const beyond = (page) => page.evaluate(() => [...document.querySelectorAll('.panel *')].filter((element) => {
  const [inner, outer] = [element, element.closest('.panel')].map((each) => each.getBoundingClientRect());
  return inner.width > 0 && !element.closest('.heard') && (inner.left < outer.left - 1 || inner.right > outer.right + 1);
}).map((element) => `${element.className}: ${element.textContent.slice(0, 100)}`));

for (const width of [1920, 1360, 1024, 800, 390, 320]) {
  test(`nothing reaches over the edges of its panel, ${width} pixels wide`, { skip }, async () => {
    const { emulator } = await startLine('A line with a rather long name for this column', [{ action: 'tlak' }]);
    await emulator.post('faults', { kind: 'status-after', status: 503, times: -1 });
    await fetch(`${emulator.url}/v2/applications/1b1b1b1b-0000-4000-8000-000000000001`);
    const { page, faults } = await openPage(emulator, { viewport: { width, height: 800 }, isMobile: width < 500 });
    await emulator.post('calls', { from: caller, to: number });
    await page.locator('.call').first().locator('.step', { hasText: 'failed' }).first().waitFor();
    await page.locator('#request-list', { hasText: 'fault: status-after' }).waitFor();
    await emulator.eventually(() => page.locator('.badge.waiting').count(), (left) => left === 0);
    for (const form of await page.locator('.more-form summary').all()) await form.click();
    assert.deepEqual(await beyond(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    assert.deepEqual(faults, []);
  });
}

test('thousands of requests and calls', { skip }, async () => {
  const { emulator } = await startLine('Line', [{ action: 'talk', text: 'Thank you.' }]);
  const headers = { Authorization: `Basic ${btoa(`${emulator.apiKey}:${emulator.apiSecret}`)}` };
  const ask = async (count) => {
    for (let i = 0; i < count; i++) await (await fetch(`${emulator.url}/v2/applications?page_size=${1 + i % 100}`, { headers })).text();
  };
  const place = async (count) => {
    for (let i = 0; i < count; i++) await emulator.post('calls', { from: String(447700900200 + i), to: number });
  };
  await ask(1500);
  await place(100);
  const { page, faults } = await openPage(emulator);
  await page.locator('.call', { hasText: '447700900299' }).waitFor();
  await Promise.all([ask(1000), place(100)]);
  await emulator.post('calls', { from: caller, to: number });
  await page.locator('.call', { hasText: caller }).locator('.badge', { hasText: 'completed' }).waitFor();
  await page.locator('#requests-count', { hasText: 'the latest 100 are shown' }).waitFor();
  assert.deepEqual([await page.locator('.call').count(), await page.locator('#request-list > li').count(), await page.locator('#webhook-list > li').count()], [30, 100, 100]);
  const [elements, heap] = await page.evaluate(() => [document.getElementsByTagName('*').length, performance.memory.usedJSHeapSize / 2 ** 20]);
  assert.ok(elements < 15000, `${elements} elements`);
  assert.ok(heap < 100, `${heap} MiB`);
  assert.deepEqual(faults, []);
});
