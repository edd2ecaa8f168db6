// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmulator } from './emulator.mjs';

const recipes = fileURLToPath(new URL('../../../examples/emulator/', import.meta.url));
const guide = readFileSync(new URL('../../../docs/guides/testing-modules.md', import.meta.url), 'utf8');

// python is the first that has a module: Debian's, to which apt installs it, or the one on PATH.
function python(module) {
  const found = ['/usr/bin/python3', 'python3'].find((program) => {
    try {
      execFileSync(program, ['-c', `import ${module}`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (!found && process.env.CI) throw new Error(`no Python 3 has ${module}`);
  return found;
}

// The programs of the guide, as they stand there, start an emulator for themselves and are content with it.
for (const [language, file, program, ...parameters] of [
  ['python', 'python/test_hotline.py', python('pytest'), '-B', '-m', 'pytest', '-p', 'no:cacheprovider'],
  ['javascript', 'node/hotline.test.mjs', process.execPath, '--test'],
  ['go', 'go/hotline_test.go', 'go', 'test', '-count=1'],
]) {
  test(`the guide's test in ${language}`, { skip: program ? false : 'this program is not here' }, async () => {
    assert.ok(guide.includes(`\`\`\`${language}\n${readFileSync(recipes + file, 'utf8')}`), 'the guide shows another text');
    const [directory, name] = file.split('/');
    const environment = { ...process.env, GOWORK: 'off', GOFLAGS: '' };
    delete environment.NODE_TEST_CONTEXT; // it would make the inner test runner talk to the outer one
    const { stdout } = await promisify(execFile)(program, [...parameters, language === 'go' ? '.' : name], { cwd: recipes + directory, env: environment });
    assert.match(stdout, /^(1 passed|# pass 1$|ok )|\b1 passed/m);
  });
}

// serve gives a directory to a web server, as the guide does, on a free port.
async function serve(t, directory, [, ...parameters]) {
  assert.equal(parameters.pop(), '3000');
  const child = spawn(python('http.server'), ['-u', ...parameters, '0', '--bind', '127.0.0.1'], { cwd: directory, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill();
    await ended;
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return line.match(/port (\d+)/)[1];
}

// Whoever follows "Your first call" sees the call whose story the section tells. The ports are free ones.
test("the guide's first call", { skip: python('http.server') ? false : 'there is no Python 3' }, async (t) => {
  const [, section] = guide.match(/\n## Your first call\n([^]*?)\n## /);
  const directory = mkdtempSync(join(tmpdir(), 'first-call-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const files = Object.fromEntries([...section.matchAll(/`(\w+\.json)`[^`]*\n\n```json\n([^]*?)```/g)].map(([, name, text]) => [name, text]));
  assert.deepEqual(Object.keys(files), ['hotline.json', 'answer.json', 'call.json']);
  for (const [name, text] of Object.entries(files)) assert.equal(text, readFileSync(join(recipes, 'first-call', name), 'utf8'));
  for (const name of ['answer.json', 'call.json']) writeFileSync(join(directory, name), files[name]);

  const [[web], [started], [call, webhooks]] = [...section.matchAll(/```shell\n([^]*?)```/g)].map(([, text]) => text.trim().split('\n'));
  const port = await serve(t, directory, web.split(' '));
  writeFileSync(join(directory, 'hotline.json'), files['hotline.json'].replace('127.0.0.1:3000', `127.0.0.1:${port}`));
  const [, ...flags] = started.split(' ');
  const emulator = await startEmulator(...flags.map((flag) => (flag === 'hotline.json' ? join(directory, flag) : flag)));
  const run = async (line) => {
    const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('http://127.0.0.1:4010', emulator.url)], { cwd: directory });
    return JSON.parse(stdout);
  };

  assert.equal((await run(call)).status, 'answered');
  const [delivery] = await run(webhooks);
  assert.equal(delivery.status, 200);
  assert.deepEqual(JSON.parse(delivery.answer), JSON.parse(files['answer.json']));
  assert.deepEqual((await emulator.get('calls')).map(({ status }) => status), ['answered', 'answered']);
});
