// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { newApplication } from './sdk.mjs';
import { signedIn, table, undriven } from './vonage-cli.mjs';

const emulator = await startEmulator();
const shell = signedIn(emulator);
const offer = (country, msisdn, properties) => emulator.put(`inventory/${country}/${msisdn}`, { country, msisdn, ...properties });
const own = (id, properties) => emulator.put(`numbers/${id}`, { country: id.slice(0, 2), type: 'mobile-lvn', features: ['SMS', 'VOICE'], ...properties });

test('owned numbers are listed', async () => {
  const { id } = await newApplication(emulator);
  await own('SE/46701230001', { features: ['VOICE'] });
  await own('SE/46701230002', { voiceCallbackType: 'app', voiceCallbackValue: id, app_id: id });
  assert.deepEqual(table(await shell.run('vonage numbers')), [
    { Country: 'SE', Number: '46701230001', Type: 'mobile-lvn', Features: 'VOICE', Application: '' },
    { Country: 'SE', Number: '46701230002', Type: 'mobile-lvn', Features: 'SMS,VOICE', Application: id },
  ]);
});

test('numbers to rent are found', async () => {
  await offer('NL', '31201230001', { features: ['VOICE'], type: 'landline', cost: '0.80' });
  await offer('NL', '31201230002', { features: ['SMS', 'VOICE'] });
  await offer('NL', '31209990003', { features: ['SMS', 'MMS', 'VOICE'] });
  const found = async (flags) => table(await shell.run(`vonage numbers:search NL ${flags}`)).map((row) => row.Number);
  assert.deepEqual(table(await shell.run('vonage numbers:search NL --type=landline')), [
    { Country: 'NL', Number: '31201230001', Type: 'landline', Cost: '0.80', Features: 'VOICE' },
  ]);
  assert.deepEqual(await found('--startsWith=312012'), ['31201230001', '31201230002']);
  assert.deepEqual(await found('--endsWith=0003'), ['31209990003']);
  assert.deepEqual(await found('--contains=0123'), ['31201230001', '31201230002']);
  assert.deepEqual(await found('--features=SMS,MMS,VOICE'), ['31209990003']);
  assert.deepEqual(await found('--features=SMS,VOICE'), ['31201230002', '31209990003']);
});

test('a number is bought, unless it needs an address', async () => {
  await offer('FI', '358401230001');
  await offer('DE', '4930123456', { address_required: true });
  assert.match(await shell.run('vonage numbers:buy 358401230001 FI'), /has been purchased/);
  assert.ok(await emulator.get('numbers/FI/358401230001'));
  assert.match(await shell.fail('vonage numbers:buy 358401230001 FI'), /Method Failed/);
  assert.match(await shell.fail('vonage numbers:buy 4930123456 DE'), /Address Validation Required/);
});

test('an SMS webhook is set, and a link undone by the same request', async () => {
  const { id } = await newApplication(emulator);
  await own('DK/4531230001', { voiceCallbackType: 'app', voiceCallbackValue: id, app_id: id });
  assert.match(await shell.run('vonage numbers:update 4531230001 DK --url=https://example.com/sms'), /set for number 4531230001/);
  const { moHttpUrl, app_id: linked } = await emulator.get('numbers/DK/4531230001');
  assert.deepEqual({ moHttpUrl, linked }, { moHttpUrl: 'https://example.com/sms', linked: undefined });
});

// numbers:cancel of this release calls the same operation as numbers:buy, which is refused for a number that one has.
test('the command to cancel a number asks to buy it', async () => {
  await own('AT/436601230001');
  assert.match(await shell.fail('vonage numbers:cancel 436601230001 AT'), /Method Failed/);
  assert.equal((await emulator.lastRequest()).path, '/number/buy');
  assert.ok(await emulator.get('numbers/AT/436601230001'));
});

test('every command on numbers has been driven', () => assert.deepEqual(undriven(shell, 'cli-plugin-numbers'), []));
