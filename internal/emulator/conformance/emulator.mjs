// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';
import { createInterface } from 'node:readline';

const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill()));

// startEmulator gives the file that calls it an account of its own, on a free port unless a flag says otherwise, which is gone
// when its tests are.
export async function startEmulator(...flags) {
  const child = spawn(process.env.VONAGE_EMULATOR, ['-listen', '127.0.0.1:0', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  running.add(child);
  after(async () => {
    child.kill();
    await ended;
  });

  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(([code]) => { throw new Error(`the emulator ended with ${code} before it said where it is`); }),
  ]);
  return new Emulator(JSON.parse(line), async () => {
    child.kill('SIGKILL');
    await ended;
  });
}

// Emulator is what started, and its control API.
class Emulator {
  constructor({ url, api_key: apiKey, api_secret: apiSecret, signature_secret: signatureSecret }, crash) {
    Object.assign(this, { url, apiKey, apiSecret, signatureSecret, crash });
  }

  get(path) { return this.control('GET', path); }
  put(path, body) { return this.control('PUT', path, body); }
  post(path, body) { return this.control('POST', path, body); }
  delete(path) { return this.control('DELETE', path); }

  // The last request of the API proper: what the client under test has really sent.
  async lastRequest() {
    return (await this.get('requests')).at(-1);
  }

  // What the emulator does by itself, such as calling a webhook, takes a moment; half a minute is for busy machines.
  async eventually(read, isDone) {
    for (let attempts = 0; ; attempts++) {
      const seen = await read();
      if (isDone(seen)) return seen;
      if (attempts === 1500) throw new Error(`still ${JSON.stringify(seen)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async control(method, path, body) {
    const answer = await fetch(`${this.url}/emulator/${path}`, {
      method,
      headers: body && { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }
}
