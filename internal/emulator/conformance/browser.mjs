// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

// browser is the Chromium of this machine, as Debian and others install it. Without one, "missing" says why the tests that need
// it are skipped; in CI they are not.
export const browser = findBrowser();

function findBrowser() {
  const path = (process.env.PATH ?? '').split(':').flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
    .find((candidate) => existsSync(candidate));
  if (path) return { path };
  const missing = 'there is no Chromium here; on Debian: apt-get install chromium';
  if (process.env.CI) throw new Error(missing);
  return { missing };
}

// attacker is a name that its owner lets point to this machine.
export const attacker = 'attacker.test';

const launched = browser.path && await chromium.launch({
  executablePath: browser.path, args: ['--no-sandbox', '--disable-dev-shm-usage', `--host-resolver-rules=MAP ${attacker} 127.0.0.1`],
});
if (launched) after(() => launched.close());

// openWindow opens a browser window that shares nothing with any other.
export async function openWindow(options = {}) {
  const context = await launched.newContext({ viewport: { width: 1360, height: 820 }, locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(30000);
  return context;
}

// openPage opens the emulator's page in a window of its own. faults are what went wrong in it: errors on the console, and
// requests to any other host.
export async function openPage(emulator, options = {}) {
  const page = await (await openWindow(options)).newPage();
  const faults = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => { if (new URL(request.url()).origin !== emulator.url) faults.push(`request to ${request.url()}`); });
  await page.goto(emulator.url);
  await page.locator('#connection.good').waitFor();
  return { page, faults };
}

// screenshot writes a picture of a page, or of a part of it, into the folder VONAGE_SCREENSHOTS, if there is one: those in
// ../images are made that way, on a machine with the fonts Inter and JetBrains Mono (on Debian: fonts-inter,
// fonts-jetbrains-mono), and then made small with pngquant.
export async function screenshot(shown, name) {
  const folder = process.env.VONAGE_SCREENSHOTS;
  if (folder) await shown.screenshot({ path: join(folder, `${name}.png`) });
}
