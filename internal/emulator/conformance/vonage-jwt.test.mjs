// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { application, newApplication } from './sdk.mjs';
import { signedIn } from './vonage-cli.mjs';

const emulator = await startEmulator();
const shell = signedIn(emulator);
const credentials = await newApplication(emulator);
writeFileSync(join(shell.directory, 'private.key'), credentials.privateKey);
await application(emulator, credentials).users.createUser({ name: 'alice' });

async function usersWith(flags = '') {
  const token = (await shell.run(`vonage jwt --key_file=./private.key --app_id=${credentials.id} ${flags}`)).trim();
  const answer = await fetch(`${emulator.url}/v1/users`, { headers: { Authorization: `Bearer ${token}` } });
  const { code, _embedded: embedded } = await answer.json();
  return code ?? embedded.users.map(({ name }) => name);
}

// Without --exp, this release adds seconds to milliseconds: the token would be good for ages, of which Vonage grants a day.
test('a token is accepted', async () => assert.deepEqual(await usersWith(), ['alice']));

test('a token for a user is limited by its acl', async () => {
  assert.deepEqual(await usersWith(`--subject=alice --acl='{"paths":{"/*/users/**":{}}}'`), ['alice']);
  assert.equal(await usersWith(`--subject=alice --acl='{"paths":{"/*/conversations/**":{}}}'`), 'system:error:permission');
});

test('an account has a balance', async () => {
  await emulator.put('account', { balance: '10.28' });
  assert.equal(await shell.run('vonage balance'), 'Current balance: 10.28 EUR\n');
});
