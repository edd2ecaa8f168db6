// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { badge, clock, count, duration, field, find, h, path, pretty, render } from './dom.js';
import { about, parameters, place } from './story.js';

// How many entries each log shows.
const most = 100;

// A path of more characters has a line of its own.
const wide = 18;

// Log is a list of requests with their answers, the newest first.
class Log {
  constructor(list, counter, empty) {
    Object.assign(this, { list: find(list), counter, empty, entries: new Map(), fresh: [], draw: () => this.redraw() });
    this.clear();
  }

  clear() {
    this.entries.clear();
    this.fresh = [];
    this.total = 0;
    this.list.replaceChildren(h('li', { class: 'empty' }, this.empty));
    count(this.counter, 0);
  }

  add(number, data) {
    const entry = { data };
    this.entries.set(number, entry);
    this.fresh.push(entry);
    this.total++;
    while (this.entries.size > most) {
      const [oldest, { item }] = this.entries.entries().next().value;
      item?.remove();
      this.entries.get(oldest).gone = true;
      this.entries.delete(oldest);
    }
    render(this.draw);
  }

  // answered adds the answer to what it answers, and returns whether that stands in this log.
  answered(answer) {
    const entry = this.entries.get(answer.to);
    if (!entry) return undefined;
    entry.answer = answer;
    if (entry.item) this.fill(entry);
    return entry;
  }

  redraw() {
    if (this.fresh.length > 0) this.list.querySelector('.empty')?.remove();
    for (const entry of this.fresh) {
      if (entry.gone) continue;
      Object.assign(entry, { head: h('summary'), detail: h('div', { class: 'detail' }) });
      entry.item = h('li', {}, h('details', {}, entry.head, entry.detail));
      this.fill(entry);
      this.list.prepend(entry.item);
    }
    this.fresh = [];
    count(this.counter, this.total, most);
  }

  fill(entry) {
    const { data, answer } = entry;
    const failed = Boolean(answer?.error || answer?.status >= 400 || answer?.fault);
    entry.item.className = failed ? 'bad' : '';
    const [asked, topic] = [this.path(data), this.topic(data)];
    entry.head.className = asked.length > wide ? 'long' : '';
    entry.head.replaceChildren(
      h('span', { class: 'when' }, clock(data.time)), h('span', { class: 'method' }, data.method),
      h('span', { class: 'path' }, path(asked), topic && [' ', h('span', { class: 'more' }, topic)]),
      badge(answer), h('span', { class: 'took' }, answer ? duration(answer.milliseconds) : ''),
      answer?.error || answer?.fault ? h('span', { class: 'reason' }, answer.fault && h('span', { class: 'badge fault' }, `fault: ${answer.fault}`), answer.error) : '');
    entry.detail.replaceChildren(...this.fields(data, answer).map(([name, text]) => field(name, text)).filter(Boolean));
  }
}

export class Webhooks extends Log {
  constructor() {
    super('webhook-list', 'webhooks-count', 'No webhook has been called yet.');
  }

  path(webhook) { return place(webhook.url).pathname; }
  topic(webhook) { return about(webhook); }

  fields(webhook, answer) {
    return [
      ['Why it failed', answer?.error], ['URL', webhook.url], ['Parameters', parameters(webhook)], ['Request', pretty(webhook.body ?? '')],
      ['Your answer', pretty(answer?.body ?? '')],
    ];
  }
}

export class Requests extends Log {
  constructor() {
    super('request-list', 'requests-count', 'No API request yet. Point a client at this address: Terraform, an SDK, curl.');
  }

  path(request) { return request.path; }
  topic() { return ''; }

  fields(request, answer) {
    const lines = (values) => Object.entries(values ?? {}).flatMap(([name, all]) => all.map((value) => `${name}: ${value}`)).join('\n');
    return [
      ['Query', lines(request.query)], ['Headers', lines(request.header)], ['Request', pretty(request.body ?? '')],
      ['Answer', pretty(answer?.body ?? '')],
    ];
  }
}
