// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// The account that the page shows: the first one, or the one that the address names.
export const chosen = new URLSearchParams(location.search).get('account');
const base = chosen ? `/emulator/accounts/${encodeURIComponent(chosen)}` : '/emulator';

// Faults, and the state to go back to, are those of all accounts.
const shared = ['faults', 'reset'];

export const address = (path) => `${shared.includes(path) ? '/emulator' : base}/${path}`;

// control asks the control API; an error has its reason as message.
export async function control(method, path, body) {
  const options = { method, headers: { Accept: 'application/json' } };
  if (method !== 'GET') {
    options.headers['Content-Type'] = 'application/json';
    if (body !== undefined) options.body = JSON.stringify(body);
  }
  const answer = await fetch(address(path), options);
  const text = await answer.text();
  let said = {};
  try {
    if (text) said = JSON.parse(text);
  } catch {
    said = { error: text };
  }
  if (!answer.ok) throw Object.assign(new Error(said.error || `HTTP status ${answer.status}`), { status: answer.status });
  return said;
}
