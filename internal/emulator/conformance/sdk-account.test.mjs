// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { account, Operations, refusal } from './sdk.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const { accounts, secrets } = account(emulator);
const balance = operations.watch(accounts);
const rotation = operations.watch(secrets);

test('the balance is a number, and grows', async () => {
  await emulator.put('account', { balance: '10.28' });
  assert.deepEqual(await balance.getBalance(), { value: 10.28, autoReload: false });
  assert.equal((await refusal(balance.topUpBalance('00X123456Y7890123Z')))['error-code-label'], 'not auto-reload enabled');
  await emulator.put('account', { auto_reload: true });
  assert.deepEqual(await balance.topUpBalance('00X123456Y7890123Z'), { 'error-code': '200', 'error-code-label': 'success' });
  assert.equal((await balance.getBalance()).value, 20.28);
});

test('callbacks are set and given back', async () => {
  const set = await balance.updateAccountCallbacks({
    moCallBackUrl: 'https://example.com/inbound?a=1', drCallBackUrl: 'https://example.com/receipt',
  });
  assert.equal(set['mo-callback-url'], 'https://example.com/inbound?a=1');
  assert.equal(set['dr-callback-url'], 'https://example.com/receipt');
  assert.equal(typeof set['max-calls-per-second'], 'number');
  assert.equal((await balance.updateAccountCallbacks({}))['mo-callback-url'], 'https://example.com/inbound?a=1');
});

test('a secret is rotated', async () => {
  const { _embedded: { secrets: [old] } } = await rotation.listSecrets(emulator.apiKey);
  const made = await rotation.createSecret(emulator.apiKey, 'Rotated0Secret');
  assert.match(made.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.deepEqual((await rotation.getSecret(emulator.apiKey, made.id)).id, made.id);
  assert.equal((await rotation.listSecrets(emulator.apiKey))._embedded.secrets.length, 2);
  assert.equal((await refusal(rotation.createSecret(emulator.apiKey, 'Third0Secret'))).status, 403);

  assert.equal(await rotation.deleteSecret(emulator.apiKey, old.id), undefined);
  assert.equal((await refusal(balance.getBalance()))['error-code'], '401');
  const rotated = account({ ...emulator, apiSecret: 'Rotated0Secret' });
  assert.equal((await rotated.accounts.getBalance()).autoReload, true);
  const last = await refusal(rotated.secrets.deleteSecret(emulator.apiKey, made.id));
  assert.match(last.type, /#delete-last-secret$/);
  const weak = await refusal(rotated.secrets.createSecret(emulator.apiKey, 'weak'));
  assert.deepEqual(weak.invalid_parameters, [{ name: 'secret', reason: 'Does not meet complexity requirements' }]);
});

test('every operation has been driven', () => assert.deepEqual(operations.missing, []));
