// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { readFileSync } from 'node:fs';
import { Shell } from './cli.mjs';

// signedIn is a shell whose environment has the account's credentials, which is where @vonage/cli looks first.
export const signedIn = (emulator) => new Shell(emulator, { VONAGE_API_KEY: emulator.apiKey, VONAGE_API_SECRET: emulator.apiSecret });

// table reads what "vonage …" lists: a heading, a line and the rows, in columns whose widths the line shows.
export function table(printed) {
  const lines = printed.split('\n').filter((text) => text.trim());
  const line = lines.findIndex((text) => text.includes('─'));
  const columns = [...lines[line].matchAll(/─+/g)].map(({ index, 0: dashes }) => [index, index + dashes.length]);
  const cells = (text) => columns.map(([from, to]) => text.slice(from, to).trim());
  const heading = cells(lines[line - 1]);
  return lines.slice(line + 1).map((text) => Object.fromEntries(cells(text).map((cell, i) => [heading[i], cell])));
}

// undriven are the commands of some of the plugins of @vonage/cli which the shell was not asked for.
export function undriven(shell, ...plugins) {
  return plugins.flatMap((plugin) => {
    const manifest = new URL(`node_modules/@vonage/${plugin}/oclif.manifest.json`, import.meta.url);
    return Object.keys(JSON.parse(readFileSync(manifest, 'utf8')).commands);
  }).filter((command) => !shell.commands.has(`vonage ${command}`));
}
