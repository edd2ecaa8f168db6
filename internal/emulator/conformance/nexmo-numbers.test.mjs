// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { setUp, table, undriven } from './nexmo-cli.mjs';
import { newApplication } from './sdk.mjs';

const emulator = await startEmulator();
const shell = await setUp(emulator);
const offer = (country, msisdn, properties) => emulator.put(`inventory/${country}/${msisdn}`, { country, msisdn, ...properties });
const own = (id, properties) => emulator.put(`numbers/${id}`, { country: id.slice(0, 2), type: 'mobile-lvn', features: ['SMS', 'VOICE'], ...properties });
const isMine = async (id) => id in await emulator.get('numbers');

test('owned numbers are listed, with what is set on them', async () => {
  const { id } = await newApplication(emulator);
  await own('SE/46701230001', { voiceCallbackType: 'app', voiceCallbackValue: id, app_id: id });
  await own('SE/46701230002', { features: ['SMS'], moHttpUrl: 'https://example.com/sms' });
  await own('SE/46709990003');

  assert.deepEqual(table(await shell.run("nexmo numbers:list --pattern '467012*' --verbose")), [
    {
      msisdn: '46701230001', country: 'SE', type: 'mobile-lvn', features: 'SMS,VOICE', voiceCallbackType: 'app',
      voiceCallbackValue: id, moHttpUrl: 'undefined', voiceStatusCallbackUrl: 'undefined',
    },
    {
      msisdn: '46701230002', country: 'SE', type: 'mobile-lvn', features: 'SMS', voiceCallbackType: 'undefined',
      voiceCallbackValue: 'undefined', moHttpUrl: 'https://example.com/sms', voiceStatusCallbackUrl: 'undefined',
    },
  ]);
  const listed = async (flags) => (await shell.run(`nexmo numbers:list ${flags}`)).trim().split('\n');
  assert.deepEqual(await listed("--pattern '*0003'"), ['46709990003']);
  assert.deepEqual(await listed('--pattern 0123'), ['46701230001', '46701230002']);
  assert.deepEqual(await listed("--pattern '46*' --size 1 --page 2"), ['46701230002']);
  assert.match(await shell.run("nexmo numbers:list --pattern '999999*' 2>&1"), /No numbers/);
});

test('numbers to rent are found', async () => {
  await offer('NL', '31201230001', { features: ['VOICE'], type: 'landline', cost: '0.80' });
  await offer('NL', '31201230002', { features: ['SMS', 'VOICE'] });
  await offer('NL', '31209990003', { features: ['SMS'] });
  assert.deepEqual(table(await shell.run("nexmo number:search NL --pattern '312012*' --voice --verbose")), [
    { msisdn: '31201230001', country: 'NL', cost: '0.80', type: 'landline', features: 'VOICE' },
    { msisdn: '31201230002', country: 'NL', cost: '1.00', type: 'mobile-lvn', features: 'SMS,VOICE' },
  ]);
  assert.deepEqual((await shell.run('nexmo number:search NL --sms')).trim().split('\n'), ['31201230002', '31209990003']);
  assert.equal((await shell.run("nexmo number:search NL --pattern '*0003'")).trim(), '31209990003');
  assert.match(await shell.run('nexmo number:search FR 2>&1'), /No numbers/);
});

test('a number is bought, by its digits and by a pattern, and cancelled', async () => {
  await offer('FI', '358401230001');
  await offer('FI', '358401230002', { features: ['VOICE'] });
  assert.match(await shell.run('nexmo number:buy +358401230001 --confirm'), /Number purchased: 358401230001/);
  assert.ok(await isMine('FI/358401230001'));
  assert.match(await shell.run("nexmo numbers:buy '3584*' -c FI --confirm"), /Number purchased: 358401230002/);
  assert.ok(await isMine('FI/358401230002'));
  assert.match(await shell.fail('nexmo number:buy 358401230001 -c FI --confirm'), /No numbers match/);

  assert.match(await shell.run('nexmo number:cancel 358401230001 --confirm'), /Number cancelled: 358401230001/);
  assert.ok(!await isMine('FI/358401230001'));
  assert.match(await shell.fail('nexmo number:cancel 358401230001 --confirm -c FI'), /method failed/);
});

test('a purchase is confirmed by hand', async () => {
  await offer('FI', '358401230009');
  await shell.fail('echo no | nexmo number:buy 358401230009');
  assert.ok(!await isMine('FI/358401230009'));
  await shell.run('echo confirm | nexmo number:buy 358401230009');
  assert.ok(await isMine('FI/358401230009'));
});

test('a number is set up', async () => {
  await own('DK/4531230001');
  assert.match(await shell.run('nexmo numbers:update 4531230001 --mo_http_url https://example.com/sms?a=1'
    + ' --voice_callback_type tel --voice_callback_value 4531239999 --voice_status_callback https://example.com/ended'), /Number updated/);
  const { moHttpUrl, voiceCallbackType, voiceCallbackValue, voiceStatusCallback } = await emulator.get('numbers/DK/4531230001');
  assert.deepEqual({ moHttpUrl, voiceCallbackType, voiceCallbackValue, voiceStatusCallback }, {
    moHttpUrl: 'https://example.com/sms?a=1', voiceCallbackType: 'tel', voiceCallbackValue: '4531239999',
    voiceStatusCallback: 'https://example.com/ended',
  });
});

test('links are made and undone, of each kind', async () => {
  const { id } = await newApplication(emulator);
  await own('AT/436601230001');
  const stored = () => emulator.get('numbers/AT/436601230001');
  const forwarding = async () => {
    const { voiceCallbackType, voiceCallbackValue } = await stored();
    return [voiceCallbackType, voiceCallbackValue];
  };

  assert.match(await shell.run(`nexmo link:app 436601230001 ${id}`), /Number updated/);
  assert.equal((await stored()).app_id, id);
  assert.deepEqual((await emulator.lastRequest()).query.voiceCallbackType, ['app']);
  await shell.run('nexmo unlink:app 436601230001');
  assert.equal((await stored()).app_id, undefined);

  await shell.run('nexmo link:sms 436601230001 https://example.com/sms');
  assert.equal((await stored()).moHttpUrl, 'https://example.com/sms');
  await shell.run('nexmo link:tel +436601230001 4369900000 --voice_status_callback https://example.com/ended');
  assert.deepEqual(await forwarding(), ['tel', '4369900000']);
  assert.equal((await stored()).moHttpUrl, 'https://example.com/sms');
  await shell.run("nexmo link:sip 436601230001 'sip:+43@example.com;transport=tls'");
  assert.deepEqual(await forwarding(), ['sip', 'sip:+43@example.com;transport=tls']);
  await shell.run('nexmo link:vxml 436601230001 https://example.com/vxml -c AT');
  assert.deepEqual(await forwarding(), ['vxml', 'https://example.com/vxml']);
  await shell.run('nexmo unlink:sms 436601230001');
  assert.equal((await stored()).moHttpUrl, undefined);
});

// unlink:tel, unlink:sip and unlink:vxml send a type without a value. No source says what the API makes of that today;
// of type app, it is known to fail (CHANGELOG 0.3.16).
test('a forwarding type alone is refused, or ends the forwarding', async () => {
  const lenient = await startEmulator('-variant', '{"callback_type_alone_clears": true}');
  const lenientShell = await setUp(lenient);
  for (const kind of ['tel', 'sip', 'vxml']) {
    const number = { country: 'NO', type: 'mobile-lvn', features: ['VOICE'], voiceCallbackType: kind, voiceCallbackValue: 'x' };
    await emulator.put('numbers/NO/4741230001', number);
    assert.match(await shell.fail(`nexmo unlink:${kind} 4741230001`), /method failed/);
    assert.equal((await emulator.get('numbers/NO/4741230001')).voiceCallbackType, kind);

    await lenient.put('numbers/NO/4741230001', number);
    assert.match(await lenientShell.run(`nexmo unlink:${kind} 4741230001`), /Number updated/);
    assert.equal((await lenient.get('numbers/NO/4741230001')).voiceCallbackType, undefined);
  }
});

test('every command on numbers and links has been driven', async () => {
  assert.deepEqual(await undriven(shell, /^(numbers?:|(un)?link:)/), []);
});
