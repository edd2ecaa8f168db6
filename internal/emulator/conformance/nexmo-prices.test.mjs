// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { setUp, undriven } from './nexmo-cli.mjs';

const emulator = await startEmulator();
const shell = await setUp(emulator);
await emulator.put('prices/sms/GB', { defaultPrice: '0.03330000', currency: 'EUR', dialingPrefix: '44' });
await emulator.put('prices/voice/GB', { defaultPrice: '0.01200000', currency: 'EUR', dialingPrefix: '44' });

test('the price of a message and of a call', async () => {
  assert.equal((await shell.run('nexmo price:sms 447700900000')).trim(), '0.03330000 EUR');
  assert.equal((await shell.run('nexmo price:voice 447700900000')).trim(), '0.01200000 EUR');
});

// This release passes the country where its library expects the service.
test('the price of a country is asked for wrongly', async () => {
  await shell.run('nexmo price:country GB || true');
  const { path, status } = await emulator.lastRequest();
  assert.deepEqual([path, status], ['/account/get-pricing/outbound/GB', 400]);
});

test('every command on prices has been driven', async () => {
  assert.deepEqual(await undriven(shell, /^price:/), []);
});
