// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { account, Operations, refusal, subaccounts } from './sdk.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const client = operations.watch(subaccounts(emulator));
const since = '2020-01-01T00:00:00Z';

test('a subaccount is made, signs in, and is changed', async () => {
  const made = await client.createSubAccount({ name: 'Team A', secret: 'Chosen0Secret', usePrimaryAccountBalance: false });
  assert.equal(made.name, 'Team A');
  assert.equal(made.primaryAccountApiKey, emulator.apiKey);
  assert.equal(made.secret, 'Chosen0Secret');
  assert.equal(made.usePrimaryAccountBalance, false);
  assert.deepEqual([made.balance, made.creditLimit], [0, 0]);
  const own = account({ ...emulator, apiKey: made.apiKey, apiSecret: 'Chosen0Secret' });
  assert.equal((await own.accounts.getBalance()).value, 0);
  assert.equal((await own.secrets.listSecrets(made.apiKey))._embedded.secrets.length, 1);

  assert.equal((await client.getSubAccount(made.apiKey)).secret, undefined);
  const changed = await client.updateSubAccount(made.apiKey, { name: 'Team B', suspended: true });
  assert.deepEqual([changed.name, changed.suspended], ['Team B', true]);
  assert.equal((await refusal(own.accounts.getBalance()))['error-code'], '401');
  await client.updateSubAccount(made.apiKey, { suspended: false });
  await own.accounts.getBalance();
  assert.deepEqual((await client.listSubAccounts()).map(({ apiKey }) => apiKey), [made.apiKey]);
});

test('a secret is generated', async () => {
  const made = await client.createSubAccount({ name: 'Generated' });
  assert.equal(made.usePrimaryAccountBalance, true);
  assert.equal(made.balance, null);
  const own = account({ ...emulator, apiKey: made.apiKey, apiSecret: made.secret });
  assert.equal((await own.accounts.getBalance()).value, 1000);
});

test('the primary account is listed', async () => {
  const primary = await client.getPrimaryAccount();
  assert.equal(primary.apiKey, emulator.apiKey);
  assert.equal(primary.balance, 1000);
  assert.equal((await client.getSubAccountPage()).total_balance, 1000);
});

test('money is transferred, and the transfers are listed', async () => {
  await emulator.put('account', { balance: '1000', credit_limit: '-100' });
  const { apiKey } = await client.createSubAccount({ name: 'Funded', usePrimaryAccountBalance: false });
  const order = { from: emulator.apiKey, to: apiKey, amount: 123.45, reference: 'first' };
  const paid = await client.transferBalance(order);
  assert.deepEqual(fieldsOf(paid), order);
  assert.ok(paid.id && paid.createdAt);
  const lent = await client.transferCredit({ ...order, amount: 50 });
  assert.deepEqual(fieldsOf(lent), { ...order, amount: 50 });
  const funded = await client.getSubAccount(apiKey);
  assert.deepEqual([funded.balance, funded.creditLimit], [123.45, -50]);

  assert.deepEqual((await client.listBalanceTransfers({ startDate: since })).map(fieldsOf), [order]);
  assert.deepEqual((await client.listCreditTransfers({ startDate: since, subaccount: apiKey })).map(({ id }) => id), [lent.id]);
  const refused = await refusal(client.transferBalance({ ...order, amount: 10_000 }));
  assert.equal(refused.status, 422);
  assert.match(refused.type, /#invalid-transfers$/);
});

test('a number is transferred', async () => {
  const { apiKey } = await client.createSubAccount({ name: 'Called' });
  await emulator.put('numbers/GB/447700900000', { type: 'mobile-lvn', features: ['SMS'] });
  const order = { from: emulator.apiKey, to: apiKey, number: '447700900000', country: 'GB' };
  assert.deepEqual(await client.transferNumber(order), order);
  assert.ok('GB/447700900000' in await emulator.get(`accounts/${apiKey}/numbers`));
  assert.match((await refusal(client.transferNumber(order))).type, /#transfer-conflict$/);
});

test('every operation has been driven', () => assert.deepEqual(operations.missing, []));

const fieldsOf = ({ from, to, amount, reference }) => ({ from, to, amount, reference });
