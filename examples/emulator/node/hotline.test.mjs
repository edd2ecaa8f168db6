import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

// An account of its own for each test, on a free port. It takes a fraction of a second.
async function startVonage(t) {
  const program = spawn(process.env.VONAGE_EMULATOR ?? 'vonage-emulator', ['-listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => program.kill());
  const [line] = await once(createInterface({ input: program.stdout }), 'line');
  const { url } = JSON.parse(line);

  return async function control(method, path, body) {
    const answer = await fetch(`${url}/emulator/${path}`, {
      method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, text);
    return text && JSON.parse(text);
  };
}

// Stands for your own webhook server.
async function startHotline(t) {
  const ncco = [{ action: 'connect', endpoint: [{ type: 'phone', number: '447700900222' }] }];
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(ncco));
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${server.address().port}/answer`;
}

test('the caller is connected', async (t) => {
  const [vonage, hotline] = [await startVonage(t), await startHotline(t)];
  const webhooks = { answer_url: { address: hotline, http_method: 'GET' } };
  await vonage('POST', 'seed', {
    applications: { hotline: { capabilities: { voice: { webhooks } } } },
    numbers: { 'GB/447700900001': { features: ['VOICE'], app_id: 'hotline' } },
  });

  await vonage('POST', 'calls', { from: '447700900111', to: '447700900001', answered: true });

  assert.deepEqual((await vonage('GET', 'webhooks')).map(({ status }) => status), [200]);
  assert.deepEqual((await vonage('GET', 'calls')).map(({ status }) => status), ['answered', 'answered']);
});
