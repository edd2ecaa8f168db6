// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { once } from 'node:events';
import { createServer } from 'node:http';
import { after } from 'node:test';

// startWebhooks serves /answer, which gives an NCCO, and /events, and remembers what both were told. Other paths may have an
// NCCO of their own, or the HTTP status of a failure, or a promise of either; the returned answers may be changed.
export async function startWebhooks(ncco, others = {}) {
  const answers = { '/answer': ncco, ...others };
  const told = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const { pathname, searchParams } = new URL(request.url, 'http://webhooks');
    told.push({
      path: pathname, method: request.method, authorization: request.headers.authorization, text: body,
      parameters: body ? JSON.parse(body) : Object.fromEntries(searchParams),
    });
    response.setHeader('Content-Type', 'application/json');
    const answer = await answers[pathname];
    if (typeof answer === 'number') response.statusCode = answer;
    response.end(Array.isArray(answer) ? JSON.stringify(answer) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}`, told, answers };
}
