// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const missing = findBuildah();

function findBuildah() {
  try {
    execFileSync('buildah', ['--version'], { stdio: 'ignore' });
  } catch {
    if (process.env.CI) throw new Error('there is no buildah');
    return 'there is no buildah here; on Debian: apt-get install buildah';
  }
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
  } catch {
    return 'this machine, itself a container perhaps, lets nobody mount anything'; // also in CI: it is how the machine is set up
  }
  return false;
}

const file = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

// The image is built from what a release archive for Linux has, and runs in a container that shares the network of this
// machine: so it listens on a free port instead of the one that the image says.
test('the container file makes an image that runs', { skip: missing }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'container-'));
  let end = () => {};
  t.after(async () => {
    await end();
    rmSync(directory, { recursive: true, force: true });
  });
  copyFileSync(process.env.VONAGE_EMULATOR, join(directory, 'vonage-emulator'));
  copyFileSync(file('LICENSE'), join(directory, 'LICENSE'));
  copyFileSync(file('internal/cmd/vonage-emulator/Dockerfile'), join(directory, 'Dockerfile'));
  const storage = ['--root', join(directory, 'storage'), '--runroot', join(directory, 'run'), '--storage-driver', 'vfs'];
  const buildah = async (...parameters) => (await promisify(execFile)('buildah', [...storage, ...parameters])).stdout.trim();

  await buildah('build', '--quiet', '--isolation', 'chroot', '--format', 'docker', '-t', 'vonage-emulator', directory);
  const { User: user, Entrypoint: entrypoint, ExposedPorts: ports, Healthcheck: health, Cmd: parameters } =
    JSON.parse(await buildah('inspect', '--type', 'image', 'vonage-emulator')).Docker.config;
  assert.match(user, /^[1-9]\d*:[1-9]\d*$/);
  assert.deepEqual(Object.keys(ports), ['4010/tcp']);
  assert.deepEqual(entrypoint.slice(0, 3), ['/vonage-emulator', '-listen', '0.0.0.0:4010']);
  assert.deepEqual(parameters ?? [], [], 'what follows the name of the image is added to the flags');
  const [kind, ...question] = health.Test;
  assert.equal(kind, 'CMD'); // not CMD-SHELL: there is no shell

  const container = await buildah('from', 'vonage-emulator');
  const running = spawn('buildah', [...storage, 'run', '--isolation', 'chroot', '--env', 'VONAGE_EMULATOR_CONTROL_TOKEN=token', container, '--',
    ...entrypoint, '-listen', '0.0.0.0:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(running, 'exit');
  end = async () => {
    running.kill();
    await ended;
  };
  let log = '';
  running.stderr.on('data', (text) => { log += text; });
  const [line] = await Promise.race([
    once(createInterface({ input: running.stdout }), 'line'),
    ended.then(() => { throw new Error(`the container ended: ${log}`); }),
  ]);
  const { url, api_key: key, api_secret: secret } = JSON.parse(line);

  const ask = (to) => buildah('run', '--isolation', 'chroot', container, '--', ...question.map((word) => (word.startsWith('http') ? to : word)));
  await ask(url);
  await assert.rejects(ask('http://127.0.0.1:9'));
  const status = async (path, headers = {}) => (await fetch(url + path, { headers })).status;
  assert.equal(await status('/emulator/calls'), 401);
  assert.equal(await status('/emulator/calls', { Authorization: 'Bearer token' }), 200);
  assert.equal(await status('/v2/applications', { Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` }), 200);
});
