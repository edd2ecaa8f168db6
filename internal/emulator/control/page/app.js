// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { show } from './account.js';
import { address, control } from './api.js';
import { Calls } from './calls.js';
import { find } from './dom.js';
import { listen } from './forms.js';
import { Requests, Webhooks } from './logs.js';

// announce tells people who listen to the page what has just happened; what happened before the page was opened is not news.
let live = false;
const announce = (text) => { if (live) find('news').textContent = text; };

const calls = new Calls(announce);
const webhooks = new Webhooks();
const requests = new Requests();

// refresh reads the account again, soon, and once for many changes.
let waiting;
function refresh() {
  waiting ??= setTimeout(async () => {
    waiting = undefined;
    try {
      const state = await control('GET', 'state');
      show(state);
      calls.name(state.applications.documents);
      for (const leg of state.legs) calls.leg(leg, false);
    } catch {
      // The stream says that the emulator is gone, and refreshes when it is back.
    }
    live = true;
  }, 120);
}

const handlers = {
  begin() {
    for (const view of [calls, webhooks, requests]) view.clear();
    live = false;
    refresh();
  },
  leg: (_, leg) => calls.leg(leg),
  action: (_, action) => calls.tell('action', action),
  input: (_, input) => calls.tell('input', input),
  problem(_, problem) {
    calls.tell('problem', problem);
    announce(`The call cannot go on: ${problem.reason}`);
  },
  webhook(number, webhook) {
    webhooks.add(number, webhook);
    calls.webhook(number, webhook);
  },
  request(number, request) { requests.add(number, request); },
  answer(_, answer) {
    const webhook = webhooks.answered(answer);
    if (webhook) {
      calls.answered(answer);
      if (answer.error) announce(`The webhook ${webhook.data.method} ${webhook.data.url} failed: ${answer.error}`);
    }
    const request = requests.answered(answer);
    if (request && (request.data.method !== 'GET' || answer.fault)) refresh();
  },
  changed: refresh,
};

function connect() {
  const [source, connection] = [new EventSource(address('events')), find('connection')];
  const say = (text, kind) => {
    connection.textContent = text;
    connection.className = `connection ${kind}`;
  };
  source.addEventListener('open', () => {
    say('live', 'good');
    refresh();
  });
  source.addEventListener('error', () => {
    say('not connected', 'bad');
    if (source.readyState === EventSource.CLOSED) {
      source.close();
      setTimeout(connect, 2000);
    }
  });
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handle(Number(event.lastEventId.split('-')[1]), JSON.parse(event.data)));
  }
}

find('origin').textContent = location.origin;
listen();
connect();
