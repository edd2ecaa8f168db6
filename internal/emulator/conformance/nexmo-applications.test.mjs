// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { setUp, table, undriven } from './nexmo-cli.mjs';
import { application } from './sdk.mjs';

const emulator = await startEmulator();
const shell = await setUp(emulator);
const created = (printed) => printed.match(/Application created: (\S+)/)[1];

test('the account is recognised', async () => {
  assert.match(await shell.run('nexmo account'), new RegExp(`${emulator.apiKey}[^]*${emulator.apiSecret}`));
  assert.equal(await shell.run('nexmo account:key'), `${emulator.apiKey}\n`);
  assert.equal(await shell.run('nexmo account:secret'), `${emulator.apiSecret}\n`);
  await emulator.put('account', { balance: '10.28' });
  assert.equal(await shell.run('nexmo balance'), '10.28 EUR\n');
  assert.match(await shell.fail('nexmo setup abcd1234 Wrong0Secret'), /authentication failed/);
});

test('an application is created, and its key file opens the other APIs', async () => {
  const printed = await shell.run('nexmo app:create "Key file" http://example.com/answer http://example.com/event --keyfile private.key');
  assert.match(printed, /Private Key saved to: private.key/);
  const id = created(printed);
  const stored = await emulator.get(`applications/${id}`);
  assert.equal(stored.name, 'Key file');
  const { webhooks } = stored.capabilities.voice;
  assert.deepEqual(webhooks.answer_url, {
    address: 'http://example.com/answer', http_method: 'GET', connect_timeout: 1000, socket_timeout: 5000,
  });
  assert.deepEqual(webhooks.event_url, {
    address: 'http://example.com/event', http_method: 'POST', connect_timeout: 1000, socket_timeout: 10000,
  });

  const privateKey = readFileSync(join(shell.directory, 'private.key'), 'utf8');
  assert.match(privateKey, /^-----BEGIN PRIVATE KEY-----/);
  await application(emulator, { id, privateKey }).users.createUser({ name: 'alice' });
});

test('without a key file, the key is printed', async () => {
  const printed = await shell.run('nexmo app:create Printed http://example.com/answer http://example.com/event');
  assert.match(printed, /-----BEGIN PRIVATE KEY-----\n[^]*-----END PRIVATE KEY-----/);
});

test('applications are listed and shown', async () => {
  const id = created(await shell.run('nexmo app:create Shown http://example.com/a http://example.com/e --keyfile shown.key'));
  const stored = Object.entries(await emulator.get('applications'));
  assert.deepEqual(
    table(await shell.run('nexmo apps:list --verbose')).sort(byId), stored.map(([id, { name }]) => ({ id, name })).sort(byId));
  assert.match(await shell.run('nexmo apps:list --size 1'), /^[0-9a-f-]{36} \| .*\n$/);

  const shown = await shell.run(`nexmo app:show ${id} --verbose`);
  for (const text of [id, 'Shown', 'http://example.com/a', 'http://example.com/e']) assert.ok(shown.includes(text), text);
  assert.ok(!shown.includes('private_key'));
});

test('an update renames, moves the webhooks and keeps the key', async () => {
  const id = created(await shell.run('nexmo app:create Old http://example.com/a http://example.com/e --keyfile old.key'));
  const before = await emulator.get(`applications/${id}`);
  assert.match(await shell.run(`nexmo app:update ${id} New http://example.com/answer http://example.com/event`), new RegExp(`updated: ${id}`));
  const after = await emulator.get(`applications/${id}`);
  assert.equal(after.name, 'New');
  assert.equal(after.capabilities.voice.webhooks.answer_url.address, 'http://example.com/answer');
  assert.equal(after.capabilities.voice.webhooks.event_url.address, 'http://example.com/event');
  assert.deepEqual(after.keys, before.keys);
});

test("an application's numbers are listed", async () => {
  const id = created(await shell.run('nexmo app:create Numbered http://example.com/a http://example.com/e --keyfile numbered.key'));
  const number = { country: 'GB', type: 'mobile-lvn', features: ['VOICE'] };
  await emulator.put('numbers/GB/447700900001', number);
  await emulator.put('numbers/GB/447700900002', { ...number, app_id: id, voiceCallbackType: 'app', voiceCallbackValue: id });
  assert.equal((await shell.run(`nexmo app:numbers ${id}`)).trim(), '447700900002');
});

test('a deleted application is gone', async () => {
  const id = created(await shell.run('nexmo app:create Gone http://example.com/a http://example.com/e --keyfile gone.key'));
  assert.match(await shell.run(`nexmo app:delete ${id} --confirm`), /Application deleted/);
  assert.equal((await emulator.get('applications'))[id], undefined);
  await shell.fail(`nexmo app:show ${id}`);
  assert.equal((await emulator.lastRequest()).status, 404);
});

test('a token is accepted, with what it claims', async () => {
  const id = created(await shell.run('nexmo app:create Tokens http://example.com/a http://example.com/e --keyfile tokens.key'));
  const privateKey = readFileSync(join(shell.directory, 'tokens.key'), 'utf8');
  await application(emulator, { id, privateKey }).users.createUser({ name: 'alice' });
  const usersWith = async (claims) => {
    const token = (await shell.run(`nexmo jwt:generate tokens.key application_id=${id} ${claims}`)).trim();
    const answer = await fetch(`${emulator.url}/v1/users`, { headers: { Authorization: `Bearer ${token}` } });
    const { code, _embedded: embedded } = await answer.json();
    return code ?? embedded.users.map(({ name }) => name);
  };
  assert.deepEqual(await usersWith(''), ['alice']);
  assert.deepEqual(await usersWith('exp=$(($(date +%s)+86400))'), ['alice']);
  assert.deepEqual(await usersWith(`sub=alice acl='{"paths":{"/*/users/**":{}}}'`), ['alice']);
  assert.equal(await usersWith(`sub=alice acl='{"paths":{"/*/conversations/**":{}}}'`), 'system:error:permission');
  assert.equal(await usersWith('exp=$(($(date +%s)-60))'), 'system:error:invalid-token');
});

test('every command on the account, applications and tokens has been driven', async () => {
  assert.deepEqual(await undriven(shell, /^(setup|account.*|balance|apps?|apps?:.*|jwt:.*)$/), []);
});

const byId = (a, b) => (a.id < b.id ? -1 : 1);
