// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { flask, startFlask } from './flask.mjs';
import { setUp } from './nexmo-cli.mjs';

// Vonage's tutorial "retrieve conversation details", https://developer.vonage.com/en/use-cases/retrieve-conversation-details,
// with the commands that its first version prints. Replaced are what it says to replace, and the host in the curl line.
async function perform(program) {
  const webhooks = await startFlask(program);
  const emulator = await startEmulator();
  const shell = await setUp(emulator);
  const [number, alice, bob] = ['447700900001', '447700900111', '447700900222'];
  await emulator.put(`numbers/GB/${number}`, { country: 'GB', type: 'mobile-lvn', features: ['SMS', 'VOICE'] });

  const created = await shell.run(`nexmo app:create "Conversation App" ${webhooks.url}/webhooks/answer ${webhooks.url}/webhooks/event --keyfile private.key`);
  const [, application] = created.match(/Application created: (\S+)/);
  await shell.run(`nexmo link:app ${number} ${application}`);
  shell.environment.JWT = (await shell.run(
    `JWT="$(nexmo jwt:generate private.key exp=$(($(date +%s)+86400)) application_id=${application})"; echo $JWT`)).trim();

  const call = await emulator.post('calls', { from: alice, to: number, answered: true });
  const printed = await emulator.eventually(webhooks.printed, (text) => /CON-[0-9a-f-]{36}/.test(text));
  [shell.environment.CONVERSATION_ID] = printed.match(/CON-[0-9a-f-]{36}/);

  const read = async () => JSON.parse(await shell.run(`curl --silent --show-error "${emulator.url}/beta/conversations/$CONVERSATION_ID" \\
    -H 'Authorization: Bearer '$JWT \\
    -H 'Content-Type: application/json'`));
  const conversation = await emulator.eventually(read, ({ members }) => members?.[1]?.state === 'JOINED');
  await emulator.delete(`calls/${call.uuid}`);
  return { printed, conversation, call, gone: await read(), number, alice, bob, id: shell.environment.CONVERSATION_ID };
}

test('the tutorial comes to its end', { skip: flask.missing }, async () => {
  const { printed, conversation, call, gone, number, alice, bob, id } = await perform(
    readFileSync(new URL('tutorial_server.py', import.meta.url), 'utf8'));

  const told = JSON.parse(printed.match(/^{.*}$/m)[0]);
  assert.deepEqual([told.conversation_uuid, told.from, told.to, told.uuid], [id, alice, number, call.uuid]);
  assert.match(told.uuid, /^[0-9a-f]{32}$/);

  assert.equal(conversation.uuid, id);
  assert.match(conversation.name, /^NAM-/);
  assert.match(conversation.timestamp.created, /^\d{4}-\d\d-\d\dT[0-9:.]{12}Z$/);
  assert.equal(typeof conversation.sequence_number, 'number');
  assert.deepEqual(conversation.properties, { ttl: 172800, video: false });
  assert.match(conversation._links.self.href, new RegExp(`/beta/conversations/${id}$`));

  const [caller, callee] = conversation.members;
  assert.equal(conversation.members.length, 2);
  assert.match(caller.member_id, /^MEM-/);
  assert.match(caller.user_id, /^USR-/);
  assert.deepEqual([caller.state, callee.state], ['JOINED', 'JOINED']);
  assert.deepEqual(caller.channel.from, { type: 'phone', number: alice });
  assert.deepEqual(caller.channel.to, { type: 'phone', number });
  assert.deepEqual(caller.channel.leg_ids, [call.uuid]);
  assert.deepEqual(caller.initiator, { joined: { isSystem: true } });
  assert.match(callee.name, /^vapi-user-[0-9a-f]{32}$/);
  assert.deepEqual(callee.channel.to, { type: 'phone', number: bob });
  assert.deepEqual(callee.initiator, { invited: { isSystem: true } });
  assert.ok(callee.timestamp.invited <= callee.timestamp.joined);
  const { cpa, preanswer, ring_timeout: ring, cpa_time: time, max_length: longest } = callee.channel;
  assert.deepEqual([cpa, preanswer, ring, time, longest], [false, false, 60000, 5000, 7200000]);

  assert.equal(gone.code, 'conversation:error:not-found');
});

test('the web server of our own guide does as well', { skip: flask.missing }, async () => {
  const guide = readFileSync(new URL('../../../docs/guides/getting-started.md', import.meta.url), 'utf8');
  const { printed, conversation, id } = await perform(guide.match(/```python\n([^]*?)```/)[1]);
  assert.match(printed, new RegExp(`^conversation_id = ${id}$`, 'm'));
  assert.match(printed, /^region_url      = http:\/\/127\.0\.0\.1:\d+$/m);
  assert.deepEqual(conversation.members.map(({ channel }) => channel.to.number), ['447700900001', '447700900002']);
});
