// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connect } from '@vonage/voice';
import { startEmulator } from './emulator.mjs';
import { all, application, newApplication, Operations, refusal } from './sdk.mjs';
import { startWebhooks } from './webhooks.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const callee = '447700900111';
const { url, told } = await startWebhooks([{ action: 'talk', text: 'hello', loop: 0 }]);
const credentials = await newApplication(emulator, 'Voice', {
  voice: {
    webhooks: {
      answerUrl: { address: `${url}/answer`, httpMethod: 'GET' }, eventUrl: { address: `${url}/events`, httpMethod: 'POST' },
    },
  },
});
const voice = operations.watch(application(emulator, credentials).voice);

// The line stays up until the test hangs up. (The class of the SDK has no way to say loop: 0.)
const holding = [{ action: 'talk', text: 'please hold', loop: 0 }];
const toPhone = { to: [{ type: 'phone', number: callee }], from: { type: 'phone', number: '447700900001' } };
const held = () => voice.createOutboundCall({ ...toPhone, ncco: holding });
const statusOf = (uuid) => async () => (await voice.getCall(uuid)).status;
const events = (uuid) => told.filter(({ path, parameters }) => path === '/events' && parameters.uuid === uuid);
const statuses = (uuid) => events(uuid).map(({ parameters }) => parameters.status);

test('a call with an NCCO is placed, answered, read and hung up', async () => {
  const placed = await held();
  assert.match(placed.uuid, /^[0-9a-f-]{32,36}$/);
  assert.match(placed.conversationUUID, /^CON-[0-9a-f-]{36}$/);
  assert.equal(placed.status, 'started');
  assert.equal(placed.direction, 'outbound');

  await emulator.eventually(statusOf(placed.uuid), (status) => status === 'answered');
  const call = await voice.getCall(placed.uuid);
  assert.equal(call.uuid, placed.uuid);
  assert.equal(call.conversationUUID, placed.conversationUUID);
  assert.equal(call.to.number, callee);
  assert.equal(call.from.number, '447700900001');
  assert.ok(await emulator.get(`conversations/${placed.conversationUUID}`));

  assert.equal(await voice.hangupCall(placed.uuid), undefined);
  await emulator.eventually(statusOf(placed.uuid), (status) => status === 'completed');
  const over = await voice.getCall(placed.uuid);
  assert.ok(new Date(over.endTime) >= new Date(over.startTime));
  await emulator.eventually(async () => statuses(placed.uuid), (seen) => seen.includes('completed'));
  assert.deepEqual(statuses(placed.uuid), ['started', 'ringing', 'answered', 'completed']);
  assert.equal((await refusal(voice.hangupCall(placed.uuid))).status, 404);
});

test('a call asks its answer URL what to do', async () => {
  const { uuid, conversationUUID } = await voice.createOutboundCall({
    ...toPhone, answerUrl: [`${url}/answer`], answerMethod: 'POST', lengthTimer: 60, ringingTimer: 30,
  });
  const [asked] = await emulator.eventually(async () => told.filter(({ path }) => path === '/answer'), ({ length }) => length === 1);
  assert.equal(asked.method, 'POST');
  assert.equal(asked.parameters.uuid, uuid);
  assert.equal(asked.parameters.conversation_uuid, conversationUUID);
  await voice.hangupCall(uuid);
});

test('calls are listed page by page, and found', async () => {
  const other = application(emulator, await newApplication(emulator, 'Other', {
    voice: { webhooks: { answerUrl: { address: `${url}/answer`, httpMethod: 'GET' }, eventUrl: { address: `${url}/events`, httpMethod: 'POST' } } },
  })).voice;
  const placed = [];
  for (let i = 0; i < 5; i++) placed.push(await other.createOutboundCall({ ...toPhone, ncco: holding }));
  const uuids = placed.map(({ uuid }) => uuid);

  const page = await other.search({ pageSize: 2, recordIndex: 2 });
  assert.equal(page.count, 5);
  assert.equal(page.page_size, 2);
  assert.equal(page.record_index, 2);
  assert.deepEqual(page._embedded.calls.map(({ uuid }) => uuid), uuids.slice(2, 4));

  assert.deepEqual((await all(other.getAllCalls({ pageSize: 2 }))).map(({ uuid }) => uuid), uuids);
  const one = await other.getCallsPage({ conversationUuid: placed[3].conversationUUID });
  assert.deepEqual(one._embedded.calls.map(({ uuid }) => uuid), [uuids[3]]);
  assert.deepEqual(await all(voice.getAllCalls({ conversationUuid: placed[3].conversationUUID })), []);
  assert.equal((await voice.search({ status: 'rejected' })).count, 0);
});

test('a leg is talked to, played to, muted and sent digits', async () => {
  const { uuid } = await held();
  await emulator.eventually(statusOf(uuid), (status) => status === 'answered');
  for (const [call, message] of [
    [voice.playTTS(uuid, { text: 'hello', loop: 1, level: 0.5, language: 'en-GB', style: 1, premium: false }), 'Talk started'],
    [voice.stopTTS(uuid), 'Talk stopped'],
    [voice.streamAudio(uuid, 'https://example.com/music.mp3', 2, 0.5), 'Stream started'],
    [voice.stopStreamAudio(uuid), 'Stream stopped'],
    [voice.playDTMF(uuid, '1p2#'), 'DTMF sent'],
  ]) {
    assert.deepEqual(await call, { message, uuid });
  }
  for (const action of ['muteCall', 'unmuteCall', 'earmuffCall', 'unearmuffCall']) {
    assert.equal(await voice[action](uuid), undefined, action);
  }
  assert.equal(await voice.subscribeDTMF(uuid, `${url}/digits`), undefined);
  assert.equal(await voice.unsubscribeDTMF(uuid), undefined);
  await voice.hangupCall(uuid);
});

test('a call is transferred to other NCCOs', async () => {
  const { uuid, conversationUUID } = await held();
  await emulator.eventually(statusOf(uuid), (status) => status === 'answered');
  assert.equal(await voice.transferCallWithNCCO(uuid, [
    new Connect({ type: 'phone', number: '447700900222' }, '447700900001'), ...holding,
  ]), undefined);
  const legs = () => voice.search({ conversationUuid: conversationUUID });
  const { _embedded: { calls } } = await emulator.eventually(legs, ({ count }) => count === 2);
  assert.deepEqual(calls.map(({ to }) => to.number), [callee, '447700900222']);
  await voice.hangupCall(uuid);

  const second = await held();
  await emulator.eventually(statusOf(second.uuid), (status) => status === 'answered');
  assert.equal(await voice.transferCallWithURL(second.uuid, `${url}/answer`), undefined);
  await emulator.eventually(async () => told, (seen) => seen.some(({ path, method, parameters }) =>
    path === '/answer' && method === 'GET' && parameters.uuid === second.uuid));
  await voice.hangupCall(second.uuid);
});

test('what makes no sense is refused', async () => {
  assert.equal((await refusal(voice.createOutboundCall({ to: toPhone.to, ncco: holding }))).status, 400);
  assert.equal((await refusal(voice.createOutboundCall(toPhone))).status, 400);
  assert.equal((await refusal(voice.getCall('00000000-0000-4000-8000-000000000000'))).status, 404);
});

// Recordings and their transcriptions are of sounds, of which the emulator has none.
test('every operation has been driven', () => {
  assert.deepEqual(operations.missing, ['downloadRecording', 'downloadTranscription']);
});
