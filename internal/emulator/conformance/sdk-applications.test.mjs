// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { account, all, application, Operations, refusal } from './sdk.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const applications = operations.watch(account(emulator).applications);

const everything = {
  voice: {
    webhooks: {
      answerUrl: { address: 'https://example.com/answer', httpMethod: 'GET', connectTimeout: 500, socketTimeout: 3000 },
      fallbackAnswerUrl: { address: 'https://example.com/fallback', httpMethod: 'POST', connectTimeout: 600, socketTimeout: 4000 },
      eventUrl: { address: 'https://example.com/events', httpMethod: 'POST', connectTimeout: 700, socketTimeout: 9000 },
    },
    signedCallbacks: false,
    conversationsTtl: 12,
    legPersistenceTime: 3,
    region: 'eu-west',
  },
  messages: {
    webhooks: {
      inboundUrl: { address: 'https://example.com/inbound', httpMethod: 'POST' },
      statusUrl: { address: 'https://example.com/status', httpMethod: 'POST' },
    },
    version: 'v1',
    authenticateInboundMedia: true,
  },
  rtc: { webhooks: { eventUrl: { address: 'https://example.com/rtc', httpMethod: 'POST' } }, signedCallbacks: true },
  verify: { webhooks: { statusUrl: { address: 'https://example.com/verify', httpMethod: 'POST' } }, version: 'v2' },
  vbc: {},
};

test('an application with everything comes back as it was sent', async () => {
  const made = await applications.createApplication({ name: 'Everything', capabilities: everything, privacy: { improveAi: true } });
  assert.equal(made.name, 'Everything');
  assert.match(made.keys.privateKey, /^-----BEGIN PRIVATE KEY-----\n/);
  assert.match(made.keys.publicKey, /^-----BEGIN PUBLIC KEY-----\n[^]*-----END PUBLIC KEY-----\n$/);

  const got = await applications.getApplication(made.id);
  assert.equal(got.id, made.id);
  assert.equal(got.privacy.improveAi, true);
  assert.equal(got.keys.publicKey, made.keys.publicKey);
  assert.equal(got.keys.privateKey, undefined);
  assertContains(got.capabilities, everything);

  const stored = await emulator.get(`applications/${made.id}`);
  assert.equal(stored.capabilities.voice.webhooks.answer_url.connect_timeout, 500);
  assert.equal(stored.capabilities.voice.conversations_ttl, 12);
  assert.equal(stored.capabilities.messages.authenticate_inbound_media, true);
});

test('what is left out is filled in', async () => {
  const { id } = await applications.createApplication({
    name: 'Defaults',
    capabilities: { voice: { webhooks: { answerUrl: { address: 'https://example.com/answer', httpMethod: 'GET' } } } },
  });
  const { capabilities: { voice }, privacy } = await applications.getApplication(id);
  assert.equal(voice.webhooks.answerUrl.connectTimeout, 1000);
  assert.equal(voice.webhooks.answerUrl.socketTimeout, 5000);
  assert.equal(voice.signedCallbacks, true);
  assert.equal(voice.conversationsTtl, 48);
  assert.equal(privacy.improveAi, false);
});

test('an update replaces everything but the keys', async () => {
  const { id, keys } = await applications.createApplication({ name: 'Before', capabilities: everything });
  const updated = await applications.updateApplication({ id, name: 'After', capabilities: { vbc: {} } });
  assert.equal(updated.name, 'After');
  assert.deepEqual(updated.capabilities, { vbc: {} });
  assert.equal(updated.keys.publicKey, keys.publicKey);
  assert.equal((await emulator.get(`applications/${id}`)).name, 'After');
});

test('what was read can be sent back', async () => {
  const made = await applications.createApplication({ name: 'Round', capabilities: everything });
  const got = await applications.getApplication(made.id);
  const { id, name, capabilities, keys, privacy } = got;
  // The SDK keeps each value under both spellings; its own type has the camel-case one.
  await applications.updateApplication({ id, name: `${name} trip`, capabilities, keys: { publicKey: keys.publicKey }, privacy });
  const stored = await emulator.get(`applications/${id}`);
  assert.equal(stored.name, 'Round trip');
  assert.deepEqual(Object.keys(stored.capabilities).sort(), ['messages', 'rtc', 'vbc', 'verify', 'voice']);
  assert.equal(stored.keys.public_key, made.keys.publicKey);
});

test('a public key of our own is taken, and another one takes its place', async () => {
  const pairs = [1, 2].map(() => generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }));
  const made = await applications.createApplication({ name: 'Own key', capabilities: {}, keys: { publicKey: pairs[0].publicKey } });
  assert.equal(made.keys.publicKey, pairs[0].publicKey);
  assert.equal(made.keys.privateKey, undefined);

  const users = (pair) => all(application(emulator, { id: made.id, privateKey: pair.privateKey }).users.listAllUsers());
  assert.deepEqual(await users(pairs[0]), []);
  await applications.updateApplication({ id: made.id, name: 'Own key', capabilities: {}, keys: { publicKey: pairs[1].publicKey } });
  assert.deepEqual(await users(pairs[1]), []);
  assert.equal((await refusal(users(pairs[0]))).code, 'system:error:invalid-token');
});

test('lists are paged', async () => {
  for (let i = 0; i < 5; i++) await applications.createApplication({ name: `Page ${i}`, capabilities: {} });
  const stored = Object.keys(await emulator.get('applications'));

  const page = await applications.listApplications({ pageSize: 2, page: 2 });
  assert.equal(page.totalItems, stored.length);
  assert.equal(page.totalPages, Math.ceil(stored.length / 2));
  assert.equal(page.pageSize, 2);
  assert.equal(page.page, 2);
  assert.equal(page._embedded.applications.length, 2);

  const listed = await all(applications.listAllApplications({ pageSize: 2 }));
  assert.deepEqual(listed.map(({ id }) => id).sort(), stored.sort());
  assert.ok(listed.every(({ keys }) => keys.publicKey && !keys.privateKey));
});

test('a deleted application is gone', async () => {
  const { id } = await applications.createApplication({ name: 'Gone', capabilities: {} });
  assert.equal(await applications.deleteApplication(id), undefined);
  assert.equal((await emulator.get('applications'))[id], undefined);
  // One after the other: a refusal that nobody awaits yet would end the test.
  for (const call of [() => applications.getApplication(id), () => applications.deleteApplication(id)]) {
    const { status, title, detail } = await refusal(call());
    assert.deepEqual({ status, title, detail }, {
      status: 404, title: 'Not Found', detail: `ID '${id}' does not exist, or you do not have access`,
    });
  }
});

test('mistakes are refused, and the error can be read', async () => {
  const wrong = {
    name: 'Wrong', capabilities: { messages: { webhooks: { inboundUrl: { address: 'https://example.com', httpMethod: 'GET' } } } },
  };
  const { status, type, invalid_parameters: invalid } = await refusal(applications.createApplication(wrong));
  assert.equal(status, 400);
  assert.match(type, /#payload-validation$/);
  assert.deepEqual(invalid, [{ name: 'capabilities.messages.webhooks.inbound_url.http_method', reason: 'must be one of: POST' }]);

  const stranger = account({ ...emulator, apiSecret: 'Wrong0Secret' }).applications;
  const refused = await refusal(stranger.listApplications({}));
  assert.equal(refused.status, 401);
  assert.match(refused.type, /#unauthorized$/);
});

test('every operation has been driven', () => assert.deepEqual(operations.missing, []));

// assertContains ignores what the API adds to what was sent.
function assertContains(got, want) {
  for (const [name, value] of Object.entries(want)) {
    assert.ok(name in got, name);
    if (value !== null && typeof value === 'object') assertContains(got[name], value);
    else assert.equal(got[name], value, name);
  }
}
