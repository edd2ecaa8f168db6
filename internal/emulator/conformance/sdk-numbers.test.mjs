// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { account, newApplication, Operations, refusal } from './sdk.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const numbers = operations.watch(account(emulator).numbers);
const success = { errorCode: '200', errorCodeLabel: 'success' };

// offer puts a number into the inventory, own among those of the account.
const offer = (country, msisdn, properties = {}) => emulator.put(`inventory/${country}/${msisdn}`, { country, msisdn, ...properties });
const own = (country, msisdn, properties = {}) => emulator.put(
  `numbers/${country}/${msisdn}`, { country, msisdn, type: 'mobile-lvn', features: ['SMS', 'VOICE'], ...properties });

test('a search finds what can be rented', async () => {
  await offer('GB', '447700900101', { features: ['SMS', 'VOICE'], cost: '1.25', initialPrice: '0.50' });
  await offer('GB', '447700900102', { features: ['VOICE'], type: 'landline' });
  await offer('GB', '447700900201', { features: ['SMS', 'MMS', 'VOICE'] });
  await offer('US', '15550100101');

  const found = async (filter) => (await numbers.getAvailableNumbers(filter)).numbers?.map(({ msisdn }) => msisdn);
  const { count, numbers: [first] } = await numbers.getAvailableNumbers({ country: 'GB', size: 1 });
  assert.equal(count, 3);
  assert.deepEqual(first, {
    country: 'GB', msisdn: '447700900101', type: 'mobile-lvn', features: ['SMS', 'VOICE'], cost: '1.25', initialPrice: '0.50',
  });
  assert.deepEqual(await found({ country: 'GB', size: 1, index: 3 }), ['447700900201']);
  assert.equal(await found({ country: 'GB', size: 1, index: 4 }), undefined);
  assert.deepEqual(await found({ country: 'GB', startsWith: '4477009002' }), ['447700900201']);
  assert.deepEqual(await found({ country: 'GB', endsWith: '102' }), ['447700900102']);
  assert.deepEqual(await found({ country: 'GB', contains: '9001' }), ['447700900101', '447700900102']);
  assert.deepEqual(await found({ country: 'GB', pattern: '01', searchPattern: 2 }), ['447700900101', '447700900201']);
  assert.deepEqual(await found({ country: 'GB', type: 'landline' }), ['447700900102']);
  // The SDK puts the features into the one order that the API takes.
  assert.deepEqual(await found({ country: 'GB', features: ['VOICE', 'SMS'] }), ['447700900101', '447700900201']);
  assert.deepEqual(await found({ country: 'GB', features: ['VOICE', 'MMS', 'SMS'] }), ['447700900201']);
  assert.equal(await found({ country: 'FR' }), undefined);
});

test('a number is bought once', async () => {
  await offer('NL', '31201234567', { cost: '2.00', initialPrice: '1.00' });
  const { balance } = await emulator.get('account');
  assert.deepEqual(await numbers.buyNumber({ country: 'NL', msisdn: '31201234567' }), success);
  assert.equal(Number(balance) - Number((await emulator.get('account')).balance), 3);
  assert.ok((await emulator.get('numbers'))['NL/31201234567']);

  const again = await refusal(numbers.buyNumber({ country: 'NL', msisdn: '31201234567' }));
  assert.deepEqual(again, { status: 420, 'error-code': '420', 'error-code-label': 'method failed' });
});

test('a number that needs an address is not sold', async () => {
  await offer('DE', '4930123456', { address_required: true });
  const refused = await refusal(numbers.buyNumber({ country: 'DE', msisdn: '4930123456' }));
  assert.equal(refused.status, 420);
  assert.match(refused['error-code-label'], /valid local address/);
});

test('a number is cancelled once', async () => {
  await own('SE', '46701234567');
  assert.deepEqual(await numbers.cancelNumber({ country: 'SE', msisdn: '46701234567' }), success);
  assert.equal((await emulator.get('numbers'))['SE/46701234567'], undefined);
  assert.equal((await refusal(numbers.cancelNumber({ country: 'SE', msisdn: '46701234567' })))['error-code'], '420');
});

test('a number is bought and cancelled for a subaccount', async () => {
  await offer('FI', '358401234567');
  await emulator.post('seed', {
    subaccounts: [{ account: { api_key: 'ffff0000', api_secret: 'Below0Secret' } }],
  });
  const forSubaccount = { country: 'FI', msisdn: '358401234567', targetApiKey: 'ffff0000' };
  assert.deepEqual(await numbers.buyNumber(forSubaccount), success);
  assert.match((await emulator.lastRequest()).body, /target_api_key=ffff0000/);
  assert.equal((await emulator.get('numbers'))['FI/358401234567'], undefined);
  assert.ok('FI/358401234567' in await emulator.get('accounts/ffff0000/numbers'));
  assert.deepEqual(await numbers.cancelNumber(forSubaccount), success);
});

test('owned numbers are listed and filtered', async () => {
  const { id } = await newApplication(emulator);
  await own('AT', '436601234567', { app_id: id, voiceCallbackType: 'app', voiceCallbackValue: id });
  await own('AT', '436601234568', { features: ['SMS'], moHttpUrl: 'https://example.com/sms' });

  const { count, numbers: listed } = await numbers.getOwnedNumbers({ country: 'AT' });
  assert.equal(count, 2);
  assert.deepEqual(listed, [
    {
      country: 'AT', msisdn: '436601234567', type: 'mobile-lvn', features: ['SMS', 'VOICE'],
      voiceCallbackType: 'app', voiceCallbackValue: id, app_id: id,
    },
    { country: 'AT', msisdn: '436601234568', type: 'mobile-lvn', features: ['SMS'], moHttpUrl: 'https://example.com/sms' },
  ]);

  const found = async (filter) => (await numbers.getOwnedNumbers(filter)).numbers?.map(({ msisdn }) => msisdn);
  assert.deepEqual(await found({ applicationId: id }), ['436601234567']);
  assert.deepEqual(await found({ country: 'AT', hasApplication: false }), ['436601234568']);
  assert.deepEqual(await found({ country: 'AT', hasApplication: true }), ['436601234567']);
  assert.deepEqual(await found({ pattern: '68', searchPattern: 2 }), ['436601234568']);
  assert.deepEqual(await found({ pattern: '43660', searchPattern: 0, size: 1, index: 2 }), ['436601234568']);
  assert.deepEqual(await numbers.getOwnedNumbers({ country: 'IS' }), {});
});

test('an update links, forwards and unlinks', async () => {
  const { id } = await newApplication(emulator);
  const key = { country: 'DK', msisdn: '4531234567' };
  await own(key.country, key.msisdn);
  const stored = () => emulator.get('numbers/DK/4531234567');

  assert.deepEqual(await numbers.updateNumber({ ...key, applicationId: id, moHttpUrl: 'https://example.com/sms?a=1&b=2' }), success);
  const linked = await stored();
  assert.equal(linked.app_id, id);
  assert.equal(linked.voiceCallbackType, 'app');
  assert.equal(linked.voiceCallbackValue, id);
  assert.equal(linked.moHttpUrl, 'https://example.com/sms?a=1&b=2');

  await numbers.updateNumber({
    ...key, voiceCallbackType: 'sip', voiceCallbackValue: 'sip:+4531@example.com;transport=tls',
    voiceStatusCallback: 'https://example.com/ended', moSmppSysType: 'inbound',
  });
  const forwarded = await stored();
  assert.equal(forwarded.app_id, undefined);
  assert.equal(forwarded.voiceCallbackType, 'sip');
  assert.equal(forwarded.voiceCallbackValue, 'sip:+4531@example.com;transport=tls');
  assert.equal(forwarded.voiceStatusCallback, 'https://example.com/ended');
  assert.equal(forwarded.moSmppSysType, 'inbound');
  assert.equal(forwarded.moHttpUrl, 'https://example.com/sms?a=1&b=2');

  await numbers.updateNumber({ ...key, moHttpUrl: '' });
  const bare = await stored();
  assert.equal(bare.voiceCallbackType, undefined);
  assert.equal(bare.moHttpUrl, undefined);

  // The older way to link.
  await numbers.updateNumber({ ...key, voiceCallbackType: 'app', voiceCallbackValue: id });
  assert.equal((await stored()).app_id, id);
});

test('updates of what is not there, or is not right, are refused', async () => {
  await own('NO', '4741234567');
  const refusals = [
    { country: 'NO', msisdn: '4700000000' },
    { country: 'SE', msisdn: '4741234567' },
    { country: 'NO', msisdn: '4741234567', applicationId: '00000000-0000-4000-8000-000000000000' },
  ];
  for (const update of refusals) {
    assert.deepEqual(await refusal(numbers.updateNumber(update)), { status: 420, 'error-code': '420', 'error-code-label': 'method failed' });
  }
  const stranger = account({ ...emulator, apiSecret: 'Wrong0Secret' }).numbers;
  assert.deepEqual(await refusal(stranger.getOwnedNumbers()), {
    status: 401, 'error-code': '401', 'error-code-label': 'authentication failed',
  });
});

test('every operation has been driven', () => assert.deepEqual(operations.missing, []));
