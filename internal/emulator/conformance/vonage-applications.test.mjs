// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { application, newApplication } from './sdk.mjs';
import { signedIn, table, undriven } from './vonage-cli.mjs';

const emulator = await startEmulator();
const shell = signedIn(emulator);
const file = (name) => readFileSync(join(shell.directory, name), 'utf8');

test('an application with every capability is created', async () => {
  const printed = await shell.run('vonage apps:create "Every Capability" --voice_answer_url=https://example.com/answer'
    + ' --voice_answer_http=POST --voice_event_url=https://example.com/event --voice_event_http=GET'
    + ' --messages_inbound_url=https://example.com/inbound --messages_inbound_http=POST'
    + ' --messages_status_url=https://example.com/status --messages_status_http=POST'
    + ' --rtc_event_url=https://example.com/rtc --rtc_event_http=POST --vbc --improve_ai');
  const { application_id: id, private_key: privateKey } = JSON.parse(file('vonage_app.json'));
  assert.equal(file('every_capability.key'), privateKey);
  assert.match(printed, new RegExp(`Application ID: ${id}`));
  assert.match(printed, /Improve AI: true/);

  const { name, capabilities, privacy } = await emulator.get(`applications/${id}`);
  assert.equal(name, 'Every Capability');
  assert.deepEqual(privacy, { improve_ai: true });
  assert.deepEqual(Object.keys(capabilities).sort(), ['messages', 'rtc', 'vbc', 'voice']);
  const hook = ({ address, http_method: method }) => [address, method];
  assert.deepEqual(hook(capabilities.voice.webhooks.answer_url), ['https://example.com/answer', 'POST']);
  assert.deepEqual(hook(capabilities.voice.webhooks.event_url), ['https://example.com/event', 'GET']);
  assert.deepEqual(hook(capabilities.messages.webhooks.inbound_url), ['https://example.com/inbound', 'POST']);
  assert.deepEqual(hook(capabilities.messages.webhooks.status_url), ['https://example.com/status', 'POST']);
  assert.deepEqual(hook(capabilities.rtc.webhooks.event_url), ['https://example.com/rtc', 'POST']);
  assert.deepEqual(await application(emulator, { id, privateKey }).users.getUserPage().then(({ _embedded }) => _embedded.users), []);
});

test('an application without capabilities keeps its data to itself', async () => {
  assert.match(await shell.run('vonage apps:create Bare'), /Improve AI: false/);
  const { application_id: id } = JSON.parse(file('vonage_app.json'));
  const { capabilities, privacy } = await emulator.get(`applications/${id}`);
  assert.deepEqual({ capabilities, privacy }, { capabilities: {}, privacy: { improve_ai: false } });
});

test('applications are listed and shown', async () => {
  const { id, publicKey } = await newApplication(emulator, 'Shown', {
    voice: {
      webhooks: {
        answerUrl: { address: 'https://example.com/a', httpMethod: 'GET' }, eventUrl: { address: 'https://example.com/e', httpMethod: 'POST' },
      },
    },
    vbc: {},
  });
  const listed = table(await shell.run('vonage apps'));
  const stored = Object.entries(await emulator.get('applications')).map(([id, { name, capabilities }]) => ({
    Name: name, Id: id, Capabilities: Object.keys(capabilities).sort().join(),
  }));
  assert.deepEqual(listed.map((row) => ({ ...row, Capabilities: row.Capabilities.split(',').sort().join() })).sort(byId), stored.sort(byId));
  assert.equal(JSON.parse(await shell.run('vonage apps --output=json')).find((row) => row.id === id).name, 'Shown');

  const shown = await shell.run(`vonage apps:show ${id}`);
  assert.match(shown, /Application Name: Shown/);
  assert.match(shown, /Event Webhook:\s+Address: https:\/\/example.com\/e\s+HTTP Method: POST/);
  assert.match(shown, /Answer Webhook:\s+Address: https:\/\/example.com\/a\s+HTTP Method: GET/);
  assert.match(shown, /VBC Settings\s+Enabled/);
  assert.ok(shown.includes(publicKey));
  await shell.fail('vonage apps:show 00000000-0000-4000-8000-000000000000');
  assert.equal((await emulator.lastRequest()).status, 404);
});

test('an update sends back what was read, with the changes', async () => {
  const { id, publicKey } = await newApplication(emulator, 'Updated', {
    voice: {
      webhooks: {
        answerUrl: { address: 'https://example.com/a', httpMethod: 'GET', connectTimeout: 400 },
        eventUrl: { address: 'https://example.com/e', httpMethod: 'POST' },
      },
      conversationsTtl: 5,
    },
  });
  await shell.run(`vonage apps:update ${id} --voice_answer_url=https://example.com/new --messages_inbound_url=https://example.com/inbound`
    + ' --messages_status_url=https://example.com/status --rtc_event_url=https://example.com/rtc --voice_event_http=GET');
  const { name, keys, capabilities } = await emulator.get(`applications/${id}`);
  assert.equal(name, 'Updated');
  assert.equal(keys.public_key, publicKey);
  assert.equal(capabilities.voice.webhooks.answer_url.address, 'https://example.com/new');
  assert.equal(capabilities.voice.webhooks.answer_url.connect_timeout, 400);
  assert.equal(capabilities.voice.webhooks.event_url.http_method, 'GET');
  assert.equal(capabilities.voice.conversations_ttl, 5);
  assert.equal(capabilities.messages.webhooks.inbound_url.address, 'https://example.com/inbound');
  assert.equal(capabilities.rtc.webhooks.event_url.address, 'https://example.com/rtc');
});

test('numbers are linked and unlinked', async () => {
  const { id } = await newApplication(emulator, 'Linked');
  await emulator.put('numbers/GB/447700900001', { country: 'GB', type: 'mobile-lvn', features: ['VOICE'] });
  const linked = async () => (await emulator.get('numbers/GB/447700900001')).app_id;

  assert.match(await shell.run(`vonage apps:link ${id} --number=447700900001`), /is assigned to application/);
  assert.equal(await linked(), id);
  assert.deepEqual((await emulator.lastRequest()).query.app_id, [id]);
  assert.match(await shell.run('vonage apps:unlink --number=447700900001'), /has been unassigned/);
  assert.equal(await linked(), undefined);
  assert.deepEqual((await emulator.lastRequest()).query.app_id, ['']);
  assert.match(await shell.fail('vonage apps:link 00000000-0000-4000-8000-000000000000 --number=447700900001'), /Method Failed/);
});

test('a deleted application is gone', async () => {
  const { id } = await newApplication(emulator, 'Gone');
  assert.match(await shell.run(`vonage apps:delete ${id}`), /deleted/);
  assert.equal((await emulator.get('applications'))[id], undefined);
});

test('wrong credentials are recognised as such', async () => {
  assert.match(await shell.fail('vonage apps --apiKey=abcd1234 --apiSecret=Wrong0Secret'), /Authentication Failure/);
});

test('every command on applications has been driven', () => assert.deepEqual(undriven(shell, 'cli-plugin-applications'), []));

const byId = (a, b) => (a.Id < b.Id ? -1 : 1);
