// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, openPage, screenshot } from './browser.mjs';
import { startEmulator } from './emulator.mjs';
import { startWebhooks } from './webhooks.mjs';

const [number, offered, unanswered, caller, agent] = ['447700900001', '447700900002', '447700900003', '447700900111', '447700900222'];
const skip = browser.missing;
const [hotline, night] = ['1b1b1b1b-0000-4000-8000-000000000001', '1b1b1b1b-0000-4000-8000-000000000002'];

// startHotline starts an emulator whose account has a hotline, which asks its callers for a choice and connects them, and another
// application with a webhook that fails.
async function startHotline(...flags) {
  const emulator = await startEmulator(...flags);
  const webhooks = await startWebhooks([], {
    '/choice': [{ action: 'talk', text: 'One moment please.' }, { action: 'connect', endpoint: [{ type: 'phone', number: agent }] }],
    '/night': 503,
  });
  webhooks.answers['/answer'] = [
    { action: 'talk', text: 'For sales, press 1.' }, { action: 'input', type: ['dtmf'], eventUrl: [`${webhooks.url}/choice`], eventMethod: 'POST' },
  ];
  const application = (name, answer) => ({ name, capabilities: { voice: { webhooks: {
    answer_url: { address: `${webhooks.url}${answer}`, http_method: 'GET' },
    event_url: { address: `${webhooks.url}/events?token=Hush0Hush0Hush`, http_method: 'POST' },
  } } } });
  await emulator.put(`applications/${hotline}`, application('Hotline', '/answer'));
  await emulator.put(`applications/${night}`, application('Night service', '/night'));
  const features = ['VOICE', 'SMS'];
  await emulator.put(`numbers/GB/${number}`, { type: 'mobile-lvn', features, app_id: hotline });
  await emulator.put(`numbers/GB/${unanswered}`, { type: 'mobile-lvn', features, app_id: night });
  await emulator.put(`inventory/GB/${offered}`, { type: 'mobile-lvn', features, cost: '1.25' });
  return { emulator, webhooks };
}

// steps are those of the newest call, in words.
const steps = (page) => page.locator('.call').first().locator('.step .text').allTextContents();
const told = (all) => all.filter((text) => text !== 'POST /events'); // events are sent on the side
const step = (page, text) => page.locator('.call').first().locator('.step', { has: page.getByText(text, { exact: true }) });

// ask sends a request of the API, as a client does.
const ask = (emulator, method, path, body) => fetch(`${emulator.url}${path}`, {
  method, body: body && JSON.stringify(body),
  headers: { 'Content-Type': 'application/json', Authorization: `Basic ${btoa(`${emulator.apiKey}:${emulator.apiSecret}`)}` },
});

test('a call is placed through the form, and its story appears step by step', { skip }, async () => {
  const { emulator, webhooks } = await startHotline();
  await ask(emulator, 'GET', '/v2/applications');
  await ask(emulator, 'GET', '/account/numbers');
  const { page, faults } = await openPage(emulator);
  const ncco = webhooks.answers['/answer'];
  let answer;
  webhooks.answers['/answer'] = new Promise((resolve) => { answer = resolve; });

  await page.getByText('No calls yet').waitFor();
  await page.waitForFunction((to) => document.getElementById('place-to').value === to, number); // one that is linked is suggested
  await page.getByLabel('Caller presses').fill('1');
  await page.getByLabel('Whoever is called answers').uncheck();
  await page.getByRole('button', { name: 'Call', exact: true }).click();

  await step(page, 'GET /answer').getByText('waiting').waitFor();
  assert.deepEqual(told(await steps(page)), [`calls ${number}`, 'GET /answer']);
  answer(ncco);

  await page.getByRole('button', { name: `Answer ${agent}` }).waitFor();
  await page.getByText('The call was placed.').waitFor();
  assert.deepEqual(told(await steps(page)), [
    `calls ${number}`, 'GET /answer', 'NCCO: talk, input', 'talk', 'picks up', 'input', 'presses 1', 'POST /choice', 'NCCO: talk, connect',
    'talk', 'connect', `calls ${agent}`, 'rings',
  ]);
  await page.getByRole('button', { name: `Answer ${agent}` }).click();
  await step(page, 'answers').waitFor();
  assert.deepEqual(await page.locator('.lane strong').allTextContents(), ['Caller', 'Vonage', 'Your server', 'Leg 2']);
  await emulator.eventually(() => page.locator('.step .badge.waiting').count(), (left) => left === 0);
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    await screenshot(page, `call-${colorScheme}`);
  }

  // What was sent and answered stands behind each step.
  await step(page, 'NCCO: talk, connect').locator('summary').click();
  await step(page, 'NCCO: talk, connect').locator('pre', { hasText: '"One moment please."' }).waitFor();

  await page.getByRole('button', { name: `Hang up ${caller}` }).click();
  await step(page, 'hangs up').waitFor();
  await page.locator('.call .badge', { hasText: 'completed' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /Hang up/ }).count(), 0);
  assert.deepEqual(faults, []);
});

test('a webhook that fails shows the reason, and no secret', { skip }, async () => {
  const { emulator } = await startHotline();
  const { page, faults } = await openPage(emulator);
  await page.getByLabel('To', { exact: true }).fill(unanswered);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await step(page, 'gives up').waitFor();
  await page.locator('#place .outcome.bad', { hasText: 'The call has failed.' }).waitFor();
  await step(page, 'HTTP status 503').first().waitFor();
  const log = page.locator('#webhook-list > li.bad', { hasText: '/night' });
  await log.first().locator('.reason', { hasText: 'HTTP status 503' }).waitFor();
  assert.equal(await log.count(), 2, 'a 503 is tried again');
  await log.first().locator('summary').click();
  await log.first().getByText(`to = ${unanswered}`).waitFor();
  assert.match(await page.locator('#news').textContent(), /failed|cannot go on|Call from/);
  await emulator.eventually(() => page.locator('.badge.waiting').count(), (left) => left === 0);
  await screenshot(page.locator('.call').first(), 'failure');

  // The page and what it is sent have no secret, also not those within URLs.
  await ask(emulator, 'POST', '/v2/applications', { name: 'Third' });
  await page.locator('#request-list li', { hasText: '/v2/applications' }).waitFor();
  const everything = await page.evaluate(() => document.documentElement.outerHTML);
  for (const secret of ['Hush0Hush0Hush', emulator.apiSecret, emulator.signatureSecret, 'PRIVATE KEY', btoa(`${emulator.apiKey}:${emulator.apiSecret}`)]) {
    assert.ok(!everything.includes(secret), secret);
  }
  assert.ok(everything.includes('Basic (hidden)'));

  // A call that nobody takes is refused with the reason, which the browser reports as well.
  await page.getByLabel('To', { exact: true }).fill('447700900999');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('the account has no number 447700900999').waitFor();
  assert.deepEqual(faults.filter((text) => !text.includes('409')), []);
});

test('a fault is injected, and seen where it strikes', { skip }, async () => {
  const { emulator } = await startHotline();
  const { page, faults } = await openPage(emulator);
  await page.getByText('Inject a fault').click();
  await page.getByLabel('What happens').selectOption('status');
  await page.getByLabel('Method').selectOption('GET');
  await page.getByLabel('Path').fill('/v2/applications/*');
  await page.getByLabel('Status').fill('503');
  await page.getByLabel('Times').fill('2');
  await page.getByRole('button', { name: 'Inject' }).click();
  await page.getByText('The fault is in place.').waitFor();
  await page.locator('#fault-list', { hasText: '2 more · HTTP status 503' }).waitFor();

  assert.equal((await ask(emulator, 'GET', `/v2/applications/${hotline}`)).status, 503);
  const entry = page.locator('#request-list > li', { hasText: hotline });
  await entry.getByText('fault: status').waitFor();
  await entry.getByText('503').waitFor();
  await page.locator('#fault-list', { hasText: '1 more' }).waitFor();
  await page.getByRole('button', { name: 'Remove all faults' }).click();
  await page.getByText('every request is answered as it should be').waitFor();
  assert.equal((await ask(emulator, 'GET', `/v2/applications/${hotline}`)).status, 200);
  assert.deepEqual(faults, []);
});

test('numbers are rented, added and removed', { skip }, async () => {
  const { emulator } = await startHotline('-account', 'other123:Other0Secret');
  const { page, faults } = await openPage(emulator);
  await page.getByRole('button', { name: `Rent ${offered}` }).click();
  await page.locator('#number-list li', { hasText: offered }).getByText('not linked').waitFor();
  await page.getByText('€ 998.75').waitFor();
  assert.deepEqual((await emulator.get(`numbers/GB/${offered}`)).features, ['VOICE', 'SMS']);

  await page.getByText('Add a number').click();
  await page.getByLabel('Number', { exact: true }).fill('447700900004');
  await page.getByLabel('Linked to').selectOption({ label: 'Hotline' });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.locator('#number-list li', { hasText: '447700900004' }).getByText('Hotline').waitFor();
  assert.equal((await emulator.get('numbers/GB/447700900004')).app_id, hotline);
  await page.getByRole('button', { name: 'Remove 447700900004' }).click();
  await page.locator('#number-list li', { hasText: '447700900004' }).waitFor({ state: 'detached' });

  await page.getByLabel('Account', { exact: true }).selectOption('other123');
  await page.waitForURL(/account=other123/);
  await page.locator('#connection.good').waitFor();
  await page.getByText('None. Rent one below, or add one.').waitFor();
  await page.getByText('Inject a fault').click();
  await page.getByRole('button', { name: 'Inject', exact: true }).click();
  await page.locator('#fault-list', { hasText: '1 more' }).waitFor();
  assert.equal((await emulator.get('faults')).length, 1);
  assert.deepEqual(faults, []);
});

test('a page that is opened later tells what has happened', { skip }, async () => {
  const { emulator } = await startHotline();
  for (const from of [caller, agent]) await emulator.post('calls', { from, to: number, digits: ['1'], answered: true });
  const { page, faults } = await openPage(emulator);
  await page.locator('.call').nth(1).waitFor();
  assert.equal(await page.getByText('No calls yet').count(), 0);
  assert.deepEqual(faults, []);
});

test('a reset leads back to the start', { skip }, async () => {
  const { emulator } = await startHotline();
  const { page, faults } = await openPage(emulator);
  await emulator.post('calls', { from: caller, to: number, digits: ['1'], answered: true });
  await emulator.post('faults', { kind: 'html' });
  await step(page, `calls ${agent}`).waitFor();
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByText('All is as it was at the start.').waitFor();
  await page.getByText('No calls yet').waitFor();
  await page.getByText('None. Rent one below, or add one.').waitFor();
  await page.getByText('every request is answered as it should be').waitFor();
  assert.deepEqual(await emulator.get('calls'), []);
  assert.deepEqual(faults, []);
});

// tabTo presses Tab until the focus is on an element, which has to show it.
async function tabTo(page, element) {
  for (let pressed = 0; pressed < 80; pressed++) {
    if (await element.evaluate((wanted) => wanted === document.activeElement)) {
      assert.notEqual(await element.evaluate((focused) => getComputedStyle(focused).outlineStyle), 'none', 'the focus cannot be seen');
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail('the keyboard does not lead there');
}

test('the keyboard is enough', { skip }, async () => {
  const { emulator } = await startHotline();
  const { page, faults } = await openPage(emulator);
  await page.locator('#number-list li').first().waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the calls');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'calls');

  await page.reload();
  await page.locator('#number-list li').first().waitFor();
  await tabTo(page, page.getByLabel('Caller presses'));
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  const hangUp = page.getByRole('button', { name: `Hang up ${agent}` });
  await hangUp.waitFor();
  await tabTo(page, step(page, 'GET /answer').locator('summary'));
  await page.keyboard.press('Enter');
  await step(page, 'GET /answer').getByText('HTTP status 200').waitFor();
  await page.locator('#place-from').focus();
  await tabTo(page, hangUp);
  await page.keyboard.press('Enter');
  await page.locator('.call .badge', { hasText: 'completed' }).waitFor();

  // Every field has a name, and every button says what it does.
  const nameless = await page.evaluate(() => [...document.querySelectorAll('input, select, textarea, button')]
    .filter((field) => !(field.labels?.length || field.textContent.trim() || field.getAttribute('aria-label'))).map((field) => field.outerHTML));
  assert.deepEqual(nameless, []);
  assert.deepEqual(faults, []);
});

// faint returns the texts that stand out too little from what is behind them: WCAG 2.2, 1.4.3.
const faint = (page) => page.evaluate(() => {
  const parse = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent.trim()).join('');
    if (!text || element.closest('.heard, :disabled, noscript, script') || element.getClientRects().length === 0) continue;
    const [one, other] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) found.push(`${text}: ${contrast.toFixed(2)}`);
  }
  return found;
});

for (const colorScheme of ['light', 'dark']) {
  test(`a phone shows all of it, ${colorScheme}`, { skip }, async () => {
    const { emulator } = await startHotline();
    const { page, faults } = await openPage(emulator, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme });
    for (const to of [unanswered, number]) {
      await emulator.post('calls', { from: caller, to, digits: ['1'], answered: true }).catch(() => {});
    }
    await step(page, 'answers').waitFor();
    await emulator.eventually(() => page.locator('.badge.waiting').count(), (left) => left === 0);
    for (const heading of ['Place a call', 'Calls', 'Webhooks', 'API requests', 'Applications', 'Numbers', 'Faults']) {
      await page.getByRole('heading', { name: heading }).first().scrollIntoViewIfNeeded();
    }
    const [wide, width] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.ok(wide <= width, `${wide} pixels on a phone of ${width}`);
    const [label] = await page.locator('.call').first().locator('.label').evaluateAll((labels) => labels.map((each) => each.clientHeight).sort((a, b) => b - a));
    assert.ok(label < 60, `a label of a step is ${label} pixels high`);
    assert.deepEqual(await faint(page), []);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(paper, colorScheme === 'dark' ? 'rgb(19, 18, 27)' : 'rgb(245, 245, 248)');
    await page.locator('#calls-title').evaluate((heading) => heading.scrollIntoView());
    await screenshot(page, `phone-${colorScheme}`);
    assert.deepEqual(faults, []);
  });
}

// What happens while the page is not connected is told when it is again.
test('the page comes back with its emulator', { skip }, async () => {
  const { emulator } = await startHotline();
  const { page } = await openPage(emulator);
  await page.context().setOffline(true);
  await emulator.post('calls', { from: caller, to: number, digits: ['1'], answered: true });
  await page.context().setOffline(false);
  await step(page, `calls ${agent}`).waitFor();
});
