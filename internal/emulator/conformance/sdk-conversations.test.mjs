// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { all, application, newApplication, Operations, refusal } from './sdk.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const credentials = await newApplication(emulator);
const { conversations: client, users } = application(emulator, credentials);
const conversations = operations.watch(client);
const alice = await users.createUser({ name: 'alice', displayName: 'Alice' });
const bob = await users.createUser({ name: 'bob' });
const names = (items) => items.map(({ name }) => name);

test('a conversation is made, read, replaced and deleted', async () => {
  const wanted = {
    name: 'standup', displayName: 'Stand-up', imageUrl: 'https://example.com/standup.png',
    properties: { ttl: 60, customData: { room_number: '7' } },
  };
  const made = await conversations.createConversation({
    ...wanted,
    numbers: [{ type: 'phone', number: '447700900001' }],
    callback: {
      url: 'https://example.com/events', eventMask: 'member:joined', method: 'POST',
      params: { applicationId: credentials.id, nccoUrl: 'https://example.com/ncco' },
    },
  });
  assert.match(made.id, /^CON-[0-9a-f-]{36}$/);
  assert.match(made.timestamp.created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal(made.state, 'ACTIVE');
  assert.equal(made.callback, undefined);
  const { name, displayName, imageUrl, properties } = await conversations.getConversation(made.id);
  assert.deepEqual({ name, displayName, imageUrl, properties }, wanted);
  assert.equal((await emulator.get(`conversations/${made.id}`)).name, 'standup');

  const replaced = await conversations.updateConversation({ id: made.id, name: 'retro', displayName: 'Retro' });
  assert.equal(replaced.name, 'retro');
  assert.equal(replaced.imageUrl, undefined);
  assert.ok(replaced.sequenceNumber > made.sequenceNumber);

  assert.equal(await conversations.deleteConversation(made.id), undefined);
  const refused = await refusal(conversations.getConversation(made.id));
  assert.deepEqual([refused.status, refused.code], [404, 'conversation:error:not-found']);
});

test('a name is taken once', async () => {
  await conversations.createConversation({ name: 'unique' });
  const refused = await refusal(conversations.createConversation({ name: 'unique' }));
  assert.deepEqual([refused.status, refused.code], [409, 'conversation:error:duplicate-name']);
});

test('conversations are listed page by page', async () => {
  for (let i = 0; i < 5; i++) await conversations.createConversation({ name: `listed ${i}` });
  const page = await conversations.getConversationPage({ pageSize: 2 });
  assert.equal(page.pageSize, 2);
  assert.equal(page.conversations.length, 2);
  const listed = names(await all(conversations.listAllConversations({ pageSize: 2 })));
  assert.equal(new Set(listed).size, listed.length);
  assert.deepEqual(listed.filter((name) => name.startsWith('listed')), [0, 1, 2, 3, 4].map((i) => `listed ${i}`));
});

test('members are invited, join and leave', async () => {
  const { id } = await conversations.createConversation({ name: 'members' });
  const channel = { type: 'app' };
  const joined = await conversations.createMember(id, { state: 'joined', user: { id: alice.id }, channel });
  assert.match(joined.id, /^MEM-[0-9a-f-]{36}$/);
  assert.equal(joined.state, 'JOINED');
  assert.equal(joined.conversationId, id);
  assert.deepEqual(joined.user, { id: alice.id, name: 'alice', displayName: 'Alice' });
  assert.equal(joined.channel.type, 'app');
  assert.equal(joined.initiator.joined.isSystem, true);

  const invited = await conversations.createMember(id, {
    state: 'invited', user: { name: 'bob' }, channel: { type: 'phone', to: { type: 'phone', number: '447700900111' } },
    invitedBy: joined.id,
  });
  assert.equal(invited.state, 'INVITED');
  assert.equal(invited.invitedBy, joined.id);
  assert.equal(invited.channel.to.number, '447700900111');

  const listed = await all(conversations.listAllMembers(id, { pageSize: 1 }));
  assert.deepEqual(listed.map(({ id, state, user }) => [id, state, user.name]), [
    [joined.id, 'JOINED', 'alice'], [invited.id, 'INVITED', 'bob'],
  ]);
  assert.equal((await conversations.getMemberPage(id, { pageSize: 1 })).members.length, 1);
  assert.deepEqual(await conversations.getMember(id, joined.id), joined);

  const now = await conversations.updateMember(id, invited.id, { state: 'joined' });
  assert.equal(now.state, 'JOINED');
  assert.ok(now.timestamp.invited && now.timestamp.joined);
  const left = await conversations.updateMember(id, invited.id, { state: 'left', reason: { code: '123', text: 'enough' } });
  assert.equal(left.state, 'LEFT');
  assert.equal((await all(conversations.listAllMembers(id))).length, 2);

  const again = await refusal(conversations.createMember(id, { state: 'joined', user: { id: alice.id }, channel }));
  assert.equal(again.code, 'conversation:error:member-already-joined');
  assert.equal((await refusal(conversations.getMember(id, 'MEM-none'))).status, 404);
});

test('a user asks for their own member', async () => {
  const { id } = await conversations.createConversation({ name: 'me' });
  await conversations.createMember(id, { state: 'joined', user: { id: bob.id }, channel: { type: 'app' } });
  const asBob = application(emulator, credentials, { subject: 'bob', acl: { paths: { '/*/conversations/**': {} } } });
  const me = await operations.watch(asBob.conversations).getMe(id);
  assert.equal(me.user.id, bob.id);
});

test('events are made, listed, read and deleted', async () => {
  const { id } = await conversations.createConversation({ name: 'events' });
  const member = await conversations.createMember(id, { state: 'joined', user: { id: alice.id }, channel: { type: 'app' } });
  const made = await conversations.createEvent(id, {
    type: 'message', from: member.id, body: { messageType: 'text', text: 'hello' },
  });
  assert.equal(typeof made.id, 'number');
  assert.equal(made.type, 'message');
  assert.deepEqual(made.body, { messageType: 'text', text: 'hello' });
  assert.equal(made.fromMember.id, member.id);
  assert.equal(made.fromUser.name, 'alice');
  assert.deepEqual(await conversations.getEvent(id, made.id), made);

  const custom = await conversations.createEvent(id, { type: 'custom:mood', body: { mood: 'good' } });
  const listed = await all(conversations.listAllEvents(id, { pageSize: 1 }));
  assert.deepEqual(listed.map(({ type }) => type), ['member:joined', 'message', 'custom:mood']);
  const page = await conversations.getEventPage(id, { startId: String(custom.id) });
  assert.deepEqual(page.events.map(({ id }) => id), [custom.id]);

  assert.equal(await conversations.deleteEvent(id, made.id), undefined);
  assert.deepEqual((await conversations.getEvent(id, made.id)).body, {});
  assert.equal((await refusal(conversations.deleteEvent(id, listed[0].id))).status, 400);
  assert.equal((await refusal(conversations.getEvent(id, 999))).code, 'event:error:not-found');
});

test("a user's conversations and sessions are listed", async () => {
  const carol = await users.createUser({ name: 'carol' });
  for (const name of ['first', 'second']) {
    const { id } = await conversations.createConversation({ name });
    await conversations.createMember(id, { state: 'joined', user: { id: carol.id }, channel: { type: 'app' } });
  }
  assert.deepEqual(names(await all(conversations.listAllUserConversations(carol.id, { pageSize: 1 }))), ['first', 'second']);
  assert.deepEqual(await all(conversations.listAllUserSessions(carol.id)), []);
  assert.deepEqual((await conversations.getUserSessionsPage(carol.id, { pageSize: 5 })).sessions, []);
});

test('another application sees nothing', async () => {
  const { id } = await conversations.createConversation({ name: 'private' });
  const other = application(emulator, await newApplication(emulator, 'Other')).conversations;
  assert.equal((await refusal(other.getConversation(id))).code, 'conversation:error:not-found');
  assert.deepEqual(await all(other.listAllConversations()), []);
});

test('every operation has been driven', () => assert.deepEqual(operations.missing, []));
