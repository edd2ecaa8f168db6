// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

// Shell runs command lines as a user types them: in a directory of its own, with Vonage's command line tools on PATH and
// the emulator in Vonage's place.
export class Shell {
  // What was typed so far, without arguments.
  commands = new Set();

  constructor(emulator, environment = {}) {
    this.directory = mkdtempSync(join(tmpdir(), 'conformance-'));
    after(() => rmSync(this.directory, { recursive: true }));
    this.environment = {
      PATH: [join(here, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: this.directory,
      XDG_CONFIG_HOME: this.directory,
      TERM: 'dumb',
      NODE_OPTIONS: `--require=${JSON.stringify(join(here, 'preload.cjs'))}`,
      VONAGE_EMULATOR_URL: emulator.url,
      ...environment,
    };
  }

  // run gives what a command line that succeeds prints.
  async run(line) {
    const { code, stdout, stderr } = await this.#execute(line);
    if (code !== 0) throw new Error(`${line}: exit status ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  // fail gives what a command line that fails prints, wherever it does.
  async fail(line) {
    const { code, stdout, stderr } = await this.#execute(line);
    if (code === 0) throw new Error(`${line}: succeeded\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  #execute(line) {
    const [tool, command] = line.split(' ');
    this.commands.add(`${tool} ${command}`);
    const options = { cwd: this.directory, env: this.environment, timeout: 60_000 };
    return new Promise((resolve) => {
      execFile('sh', ['-c', line], options, (error, stdout, stderr) => {
        resolve({ code: error ? error.code ?? error.signal : 0, stdout, stderr });
      });
    });
  }
}
