// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { Shell } from './cli.mjs';

// setUp gives nexmo-cli the account's credentials the way its own manual does.
export async function setUp(emulator) {
  const shell = new Shell(emulator);
  await shell.run(`nexmo setup ${emulator.apiKey} ${emulator.apiSecret}`);
  return shell;
}

// table reads what "nexmo … --verbose" prints: a heading, a line and the rows, in columns.
export function table(printed) {
  const lines = printed.trim().split('\n');
  const line = lines.findIndex((text) => /^-+$/.test(text));
  const cells = (text) => text.split('|').map((cell) => cell.trim());
  const heading = cells(lines[line - 1]);
  return lines.slice(line + 1).map((text) => Object.fromEntries(cells(text).map((cell, i) => [heading[i], cell])));
}

// undriven are the commands that "nexmo --help" names, of those that match, which the shell was not asked for.
export async function undriven(shell, pattern) {
  const help = await shell.run('nexmo --help');
  const commands = [...help.matchAll(/^  ([a-z]+:?[a-z]*)(\||  | \[| <)/gm)].map(([, command]) => command);
  return commands.filter((command) => pattern.test(command) && !shell.commands.has(`nexmo ${command}`));
}
