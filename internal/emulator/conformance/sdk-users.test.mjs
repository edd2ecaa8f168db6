// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { all, application, newApplication, Operations, refusal } from './sdk.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const credentials = await newApplication(emulator);
const users = operations.watch(application(emulator, credentials).users);

const alice = {
  name: 'alice',
  displayName: 'Alice',
  imageUrl: 'https://example.com/alice.png',
  properties: { customData: { team_name: 'blue' }, ttl: 3600 },
  channels: {
    pstn: [{ number: 447700900111 }],
    sip: [{ uri: 'sip:alice@example.com', username: 'alice', password: 'not-a-secret' }],
    vbc: [{ extension: '403' }],
    websocket: [{ uri: 'wss://example.com/alice', contentType: 'audio/l16;rate=16000', headers: { customer_id: 'ABC' } }],
    sms: [{ number: '447700900111' }],
    messenger: [{ id: '12345abcd' }],
  },
};

test('a user with everything comes back as it was sent', async () => {
  const made = await users.createUser(alice);
  assert.match(made.id, /^USR-[0-9a-f-]{36}$/);
  assert.deepEqual(made, { id: made.id, ...alice });
  assert.deepEqual(await users.getUser(made.id), made);
  assert.deepEqual(await users.getUser('alice'), made);
});

test('a name is made up where none is given, and taken once', async () => {
  assert.match((await users.createUser({})).name, /^NAM-[0-9a-f-]{36}$/);
  const refused = await refusal(users.createUser({ name: 'alice' }));
  assert.deepEqual([refused.status, refused.code], [409, 'user:error:duplicate-name']);
});

test('an update changes what it says, and nothing else', async () => {
  const { id } = await users.createUser({ name: 'bob', displayName: 'Bob', properties: { customData: { a: 'b' } } });
  const updated = await users.updateUser({ id, displayName: 'Robert', channels: { vbc: [{ extension: '404' }] } });
  assert.deepEqual(updated, {
    id, name: 'bob', displayName: 'Robert', properties: { customData: { a: 'b' } }, channels: { vbc: [{ extension: '404' }] },
  });
});

test('users are listed page by page, and by name', async () => {
  for (let i = 0; i < 5; i++) await users.createUser({ name: `listed ${i}` });
  const page = await users.getUserPage({ pageSize: 2 });
  assert.equal(page.page_size, 2);
  assert.equal(page._embedded.users.length, 2);
  const names = (await all(users.listAllUsers({ pageSize: 2 }))).map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(names.filter((name) => name.startsWith('listed')), [0, 1, 2, 3, 4].map((i) => `listed ${i}`));
  assert.deepEqual((await all(users.listAllUsers({ pageSize: 2, order: 'desc' }))).map(({ name }) => name), names.toReversed());
  assert.deepEqual((await users.getUserPage({ name: 'listed 3' }))._embedded.users.map(({ name }) => name), ['listed 3']);
});

test('a deleted user is gone', async () => {
  const { id } = await users.createUser({ name: 'gone' });
  assert.equal(await users.deleteUser(id), undefined);
  const refused = await refusal(users.getUser(id));
  assert.deepEqual([refused.status, refused.code], [404, 'user:error:not-found']);
  assert.equal((await refusal(users.updateUser({ id, displayName: 'Back' }))).status, 404);
});

test('only an admin makes users, and each application has its own', async () => {
  const asAlice = application(emulator, credentials, { subject: 'alice', acl: { paths: { '/*/users/**': {} } } }).users;
  assert.equal((await refusal(asAlice.createUser({ name: 'carol' }))).code, 'system:error:permission');
  const other = application(emulator, await newApplication(emulator, 'Other')).users;
  assert.deepEqual(await all(other.listAllUsers()), []);
  assert.equal((await refusal(other.getUser('alice'))).status, 404);
});

test('every operation has been driven', () => assert.deepEqual(operations.missing, []));
