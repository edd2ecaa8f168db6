// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { tokenGenerate, validateOptions, verifySignature } from '@vonage/jwt';
import { startEmulator } from './emulator.mjs';
import { newApplication } from './sdk.mjs';
import { startWebhooks } from './webhooks.mjs';

const emulator = await startEmulator();
const { id, privateKey, publicKey } = await newApplication(emulator);
const stranger = await newApplication(emulator, 'Stranger');
const now = () => Math.floor(Date.now() / 1000);
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

// answerTo is what the Users API says to a token: a status, and the code when it refuses.
async function answerTo(token, path = '/v1/users') {
  const answer = await fetch(emulator.url + path, { headers: { Authorization: `Bearer ${token}` } });
  const { code } = await answer.json();
  return code ?? answer.status;
}

test('a token of the SDK is accepted, and checks with the public key', async () => {
  const token = tokenGenerate(id, privateKey);
  assert.equal(await answerTo(token), 200);
  assert.equal(verifySignature(token, publicKey), true);
  assert.equal(verifySignature(token, stranger.publicKey), false);
  const { application_id: applicationId, jti, iat, exp } = claimsOf(token);
  assert.equal(applicationId, id);
  assert.match(jti, /^[0-9a-f-]{36}$/);
  assert.equal(exp - iat, 900);
});

test("another application's key does not do", async () => {
  assert.equal(await answerTo(tokenGenerate(id, stranger.privateKey)), 'system:error:invalid-token');
});

test('lifetimes are kept to', async () => {
  assert.equal(await answerTo(tokenGenerate(id, privateKey, { ttl: 60 })), 200);
  assert.equal(await answerTo(tokenGenerate(id, privateKey, { exp: now() + 86400 })), 200);
  assert.equal(await answerTo(tokenGenerate(id, privateKey, { ttl: 10 })), 'system:error:invalid-token');
  // A day after iat it is over, whatever exp says.
  assert.equal(await answerTo(tokenGenerate(id, privateKey, { issued_at: now() - 86000, exp: now() + 86400 })), 200);
  assert.equal(await answerTo(tokenGenerate(id, privateKey, { issued_at: now() - 87000, exp: now() + 86400 })), 'system:error:expired-token');
  // The SDK puts off an end that is past by 15 minutes.
  assert.equal(validateOptions({ exp: 1 }).exp - now() >= 899, true);
});

test('an acl limits paths and methods', async () => {
  const allowing = (paths) => tokenGenerate(id, privateKey, { subject: 'alice', acl: { paths } });
  assert.equal(await answerTo(allowing({ '/*/users/**': {} })), 200);
  assert.equal(await answerTo(allowing({ '/*/users/**': { methods: ['GET'] } })), 200);
  assert.equal(await answerTo(allowing({ '/*/users/**': { methods: ['POST'] } })), 'system:error:permission');
  assert.equal(await answerTo(allowing({ '/*/conversations/**': {} })), 'system:error:permission');
});

test('a webhook is signed so that the SDK can tell', async () => {
  const { url, told } = await startWebhooks([{ action: 'talk', text: 'hello' }]);
  const signed = await newApplication(emulator, 'Signed', {
    voice: {
      webhooks: {
        answerUrl: { address: `${url}/answer`, httpMethod: 'POST' }, eventUrl: { address: `${url}/events`, httpMethod: 'POST' },
      },
      signedCallbacks: true,
    },
  });
  await emulator.put('numbers/GB/447700900001', { country: 'GB', type: 'mobile-lvn', features: ['VOICE'], app_id: signed.id });
  await emulator.post('calls', { from: '447700900111', to: '447700900001' });
  await emulator.eventually(async () => told, (seen) => seen.some(({ parameters }) => parameters.status === 'completed'));

  for (const { authorization, text } of told) {
    const token = authorization.replace(/^Bearer /, '');
    assert.equal(verifySignature(token, emulator.signatureSecret), true);
    assert.equal(verifySignature(token, 'another secret'), false);
    const claims = claimsOf(token);
    assert.equal(claims.iss, 'Vonage');
    assert.equal(claims.api_key, emulator.apiKey);
    assert.equal(claims.application_id, signed.id);
    assert.equal(claims.payload_hash, createHash('sha256').update(text).digest('hex'));
  }
});
