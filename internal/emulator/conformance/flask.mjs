// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';

// flask is a Python that has Flask: Debian's, to which apt installs it, or the first on PATH. Without one, "missing" says
// why the tests that need it are skipped; in CI they are not.
export const flask = findFlask();

function findFlask() {
  for (const python of ['/usr/bin/python3', 'python3']) {
    try {
      execFileSync(python, ['-c', 'import flask'], { stdio: 'ignore' });
      return { python };
    } catch {
      // the next one
    }
  }
  const missing = 'no Python 3 has Flask here; on Debian: apt-get install python3-flask';
  if (process.env.CI) throw new Error(missing);
  return { missing };
}

// startFlask runs a program that ends in "run(port=3000)", on a free port instead. printed() is what it has printed.
export async function startFlask(program) {
  const child = spawn(flask.python, ['-u', '-c', program.replace('run(port=3000)', 'run(port=0)')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const stop = () => child.kill();
  process.once('exit', stop);
  after(async () => {
    stop();
    await ended;
  });

  let [printed, log] = ['', ''];
  child.stdout.on('data', (text) => { printed += text; });
  const url = await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => {
      log += text;
      const running = log.match(/Running on (http:\/\/[0-9.:]+)/);
      if (running) resolve(running[1]);
    });
    ended.then(() => reject(new Error(`the web server ended: ${log}`)));
  });
  return { url, printed: () => printed };
}
