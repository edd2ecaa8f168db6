// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { show } from './account.js';
import { address, control } from './api.js';
import { Calls } from './calls.js';
import { find, h } from './dom.js';
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
    let state;
    try {
      state = await control('GET', 'state');
    } catch {
      return; // the stream says that the emulator is gone, and refreshes when it is back
    }
    show(state);
    calls.name(state.applications.documents);
    for (const leg of state.legs) calls.leg(leg, false);
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

// say says whether the page is connected, and what to do if it cannot be. It does not repeat itself, for those who listen to it.
let said;
function say(text, kind, advice) {
  const connection = find('connection');
  if (said === text) return;
  said = text;
  connection.replaceChildren(text, ...(advice ? [' ', advice] : []));
  connection.className = `connection ${kind}`;
}

// explain says why there are no events, as far as the emulator does.
async function explain() {
  let reason = {};
  try {
    await control('GET', 'state');
  } catch (error) {
    reason = error;
  }
  switch (reason.status) {
    case 401: return say('signed out', 'bad', h('a', { href: '/' }, 'Sign in'));
    case 404: return say(reason.message, 'bad', h('a', { href: '/' }, 'Show the first account'));
    default: return say('not connected', 'bad');
  }
}

let source;
let last; // the id of the last event

function connect() {
  const stream = new EventSource(address('events') + (last ? `?after=${last}` : ''));
  source = stream;
  stream.addEventListener('open', () => {
    say('live', 'good');
    refresh();
  });
  stream.addEventListener('error', () => {
    if (stream.readyState !== EventSource.CLOSED) {
      say('not connected', 'bad'); // it tries again by itself
      return;
    }
    explain();
    setTimeout(() => { if (source === stream) connect(); }, 2000);
  });
  for (const [kind, handle] of Object.entries(handlers)) {
    stream.addEventListener(kind, (event) => {
      last = event.lastEventId;
      handle(Number(last.split('-')[1]), JSON.parse(event.data));
    });
  }
}

// A browser opens six connections to a host at most: a page that nobody looks at leaves its own to others, and is told what it
// has missed when somebody does.
let leaving;
function look() {
  clearTimeout(leaving);
  if (!source) connect();
  if (document.hidden) leaving = setTimeout(() => {
    source.close();
    source = undefined;
    live = false;
    say('paused', '');
  }, 2000);
}

document.addEventListener('visibilitychange', () => { if (source || !document.hidden) look(); });
find('origin').textContent = location.origin;
listen();
look();
