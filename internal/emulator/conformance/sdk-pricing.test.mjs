// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { account, Operations, refusal } from './sdk.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const prices = operations.watch(account(emulator).pricing);

test('the price of a country', async () => {
  await emulator.put('prices/sms/ZM', {
    countryName: 'Zambia', currency: 'EUR', defaultPrice: '0.28725000', dialingPrefix: '260',
    networks: [{ type: 'mobile', price: '0.28725000', currency: 'EUR', mcc: '645', mnc: '02', networkCode: '64502', networkName: 'MTN Zambia' }],
  });
  const zambia = await prices.listCountryPricing('sms', 'ZM');
  assert.equal(zambia.countryCode, 'ZM');
  assert.equal(zambia.defaultPrice, '0.28725000');
  assert.equal(zambia.networks[0].networkCode, '64502');
  assert.deepEqual((await refusal(prices.listCountryPricing('sms', ''))).invalid_parameters, { parameter: 'country', message: 'Is required.' });
});

test('the prices of all countries, and of a prefix', async () => {
  const { count, countries } = await prices.listAllCountriesPricing('sms');
  assert.equal(count, countries.length);
  assert.ok(countries.some(({ countryCode }) => countryCode === 'ZM'));
  assert.deepEqual((await prices.listPrefixPricing('voice', '44')).countries.map(({ countryCode }) => countryCode), ['GB']);
});

test('every operation has been driven', () => assert.deepEqual(operations.missing, []));
