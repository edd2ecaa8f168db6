// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Loaded into a client that has no option for its hosts (node --require): what it sends to Vonage goes to the emulator at
// VONAGE_EMULATOR_URL, and what it sends anywhere else fails. The client itself stays as it was published.
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const { urlToHttpOptions } = require('node:url');

const emulator = new URL(process.env.VONAGE_EMULATOR_URL);
const vonage = new Set(['api.nexmo.com', 'rest.nexmo.com']);

// The arguments are those of https.request: a URL, options, or both, then a callback.
https.request = (...given) => {
  const callback = typeof given.at(-1) === 'function' ? given.pop() : undefined;
  const parts = given.map((part) => (typeof part === 'string' || part instanceof URL ? urlToHttpOptions(new URL(part)) : part));
  const options = Object.assign({}, ...parts);
  const host = options.hostname || options.host;
  if (!vonage.has(host)) throw new Error(`a request to ${host}, which is not Vonage`);
  return http.request({
    ...options, protocol: 'http:', host: emulator.hostname, hostname: emulator.hostname, port: emulator.port, agent: undefined,
  }, callback);
};
https.get = (...given) => https.request(...given).end();
syncBuiltinESMExports();
