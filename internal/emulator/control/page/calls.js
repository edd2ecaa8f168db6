// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { control } from './api.js';
import { badge, clock, duration, field, find, h, path, pretty, render } from './dom.js';
import { Call, parameters } from './story.js';

// How many calls are shown.
const most = 30;

// Calls are the calls and their view, which grows with them: nothing that is shown is drawn again, so that focus and what has
// been opened stay.
export class Calls {
  constructor(announce) {
    Object.assign(this, { announce, calls: new Map(), webhooks: new Map(), names: new Map(), draw: () => this.redraw() });
    this.clear();
  }

  clear() {
    this.calls.clear();
    this.webhooks.clear();
    find('call-list').replaceChildren(h('p', { class: 'empty' },
      'No calls yet. Place one with the form, or with the Voice API: what happens then is told here, step by step.'));
    render(this.draw);
  }

  // leg tells a status of a leg; history is false for one that was in progress before the page knew of it.
  leg(leg, history = true) {
    let call = this.calls.get(leg.call);
    if (!call && leg.uuid !== leg.call) return; // the rest of a call whose beginning is no longer kept
    if (!call) {
      call = new Call(leg);
      this.calls.set(leg.call, call);
      while (this.calls.size > most) this.forget(this.calls.keys().next().value);
    }
    if (!history && call.legs.has(leg.uuid)) return;
    call.leg(leg);
    if (history && leg.status !== 'ringing') this.announce(`Call from ${leg.from} to ${leg.to}: ${leg.status}`);
    render(this.draw);
  }

  forget(id) {
    this.calls.get(id).view?.article.remove();
    this.calls.delete(id);
  }

  tell(kind, data) {
    this.calls.get(data.call)?.[kind](data);
    render(this.draw);
  }

  webhook(number, webhook) {
    const call = this.calls.get(webhook.call);
    if (!call) return;
    this.webhooks.set(number, { call, step: call.webhook(webhook) });
    render(this.draw);
  }

  answered(answer) {
    const asked = this.webhooks.get(answer.to);
    if (!asked) return;
    this.webhooks.delete(answer.to);
    asked.step.answer = answer;
    asked.step.update?.();
    asked.call.answered(asked.step.webhook, answer);
    render(this.draw);
  }

  // name tells what the applications are called.
  name(applications) {
    this.names = new Map(Object.entries(applications).map(([id, { name }]) => [id, name]));
    render(this.draw);
  }

  redraw() {
    const list = find('call-list');
    for (const call of this.calls.values()) {
      if (!call.view) {
        list.querySelector('.empty')?.remove();
        for (const other of this.calls.values()) if (other.view && other.up.length === 0) other.view.open(false);
        call.view = new CallView(call);
        list.prepend(call.view.article);
      }
      call.view.update(this.names.get(call.application));
    }
    const up = [...this.calls.values()].filter((call) => call.up.length > 0).length;
    find('calls-count').textContent = up ? `${up} in progress` : '';
  }
}

class CallView {
  constructor(call) {
    const id = `call-${call.id}`;
    Object.assign(this, {
      call, drawn: 0, lanes: 0,
      status: h('span', { class: 'badge' }), application: h('span', { class: 'application' }),
      buttons: h('div', { class: 'buttons' }), heads: h('div', { class: 'heads', 'aria-hidden': 'true' }),
      steps: h('ol', { class: 'steps', 'aria-label': 'What happened' }),
    });
    const leg = call.first ?? [...call.legs.values()][0];
    this.toggle = h('button', { type: 'button', class: 'toggle', 'aria-expanded': 'true', 'aria-controls': id, on: { click: () => this.open(this.body.hidden) } },
      h('span', { class: 'parties' }, leg.from, h('span', { class: 'heard' }, ' to '), h('span', { class: 'to', 'aria-hidden': 'true' }, '→'), leg.to));
    this.body = h('div', { class: 'diagram', id }, this.heads, this.steps);
    this.article = h('article', { class: 'call' },
      h('header', {}, h('h3', {}, this.toggle), this.status, this.application, h('time', { datetime: call.began }, clock(call.began)), this.buttons),
      this.body);
  }

  open(yes) {
    this.body.hidden = !yes;
    this.toggle.setAttribute('aria-expanded', String(yes));
  }

  update(application) {
    const { call } = this;
    const status = call.first?.status ?? 'in progress';
    this.status.textContent = status;
    this.status.className = `badge ${call.up.length > 0 ? 'live' : ''} ${call.failed ? 'bad' : ''}`;
    this.application.textContent = application ?? '';
    this.article.classList.toggle('up', call.up.length > 0);
    if (this.lanes !== call.lanes.length || this.named !== call.lanes[2].name) this.drawLanes();
    for (; this.drawn < call.steps.length; this.drawn++) this.steps.append(this.draw(call.steps[this.drawn]));
    const wanted = call.up.map((leg) => `${leg.uuid} ${leg.status}`).join();
    if (wanted !== this.offered) this.offer(wanted);
  }

  drawLanes() {
    const { lanes } = this.call;
    [this.lanes, this.named] = [lanes.length, lanes[2].name];
    this.body.style.setProperty('--lanes', lanes.length);
    this.heads.replaceChildren(...lanes.map(({ role, name }) => h('div', { class: 'lane' }, h('strong', {}, role), h('span', {}, name))));
  }

  // offer shows a button for whatever can be done with the legs in progress.
  offer(wanted) {
    const focused = this.buttons.contains(document.activeElement);
    this.offered = wanted;
    const act = (text, method, path) => h('button', {
      type: 'button',
      on: {
        click: async (event) => {
          event.target.disabled = true;
          try {
            await control(method, path);
          } catch (error) {
            event.target.replaceWith(h('span', { class: 'outcome bad', role: 'status' }, error.message));
          }
        },
      },
    }, text);
    const several = this.call.up.length > 1;
    this.buttons.replaceChildren(...this.call.up.flatMap((leg) => {
      const who = leg.lane === 0 && leg.direction === 'inbound' ? leg.from : leg.to;
      const rings = ['started', 'ringing'].includes(leg.status);
      return [
        rings && act(several ? `Answer ${who}` : 'Answer', 'POST', `calls/${leg.uuid}/answer`),
        act(several ? `Hang up ${who}` : 'Hang up', 'DELETE', `calls/${leg.uuid}`),
      ].filter(Boolean);
    }));
    if (focused) (this.buttons.querySelector('button') ?? this.toggle).focus();
  }

  draw(step) {
    const { lanes } = this.call;
    const [left, right] = [Math.min(step.from, step.to), Math.max(step.from, step.to)];
    const kinds = ['step', step.from === step.to ? 'own' : step.from < step.to ? 'rightward' : 'leftward'];
    for (const kind of ['strong', 'faint', 'dashed', 'bad']) if (step[kind]) kinds.push(kind);
    const since = new Date(step.time) - new Date(this.call.began);
    const heard = step.from === step.to ? `${lanes[step.from].role}: ` : `${lanes[step.from].role} to ${lanes[step.to].role}: `;
    const outcome = h('span', { class: 'answer' });
    const line = h('div', { class: 'line' },
      h('span', { class: 'since' }, since > 0 ? `+${duration(since)}` : '0'),
      h('div', { class: 'track' },
        h('div', { class: 'label' }, h('span', { class: 'heard' }, heard), h('span', { class: 'text' }, path(step.text)),
          step.more && h('span', { class: 'more' }, step.more), outcome),
        step.from !== step.to && h('div', { class: 'arrow' })));
    line.style.setProperty('--left', left + 1);
    line.style.setProperty('--right', right + 2);
    line.style.setProperty('--span', right - left + 1);
    const item = h('li', { class: kinds.join(' ') });
    const detail = h('div', { class: 'detail' });
    const fill = () => {
      const { webhook, answer } = step;
      const parts = webhook
        ? [
            ['Request', `${webhook.method} ${webhook.url}`], ['Parameters', parameters(webhook)], ['Body', pretty(webhook.body ?? '')],
            ['Your answer', answer && `${outcomeOf(answer)}\n${pretty(answer.body ?? '')}`.trim()],
          ]
        : (step.detail ?? []).map(([name, text]) => [name, pretty(text ?? '')]);
      detail.replaceChildren(...parts.map(([name, text]) => field(name, text)).filter(Boolean));
      return detail.childElementCount > 0;
    };
    step.update = () => {
      if (step.webhook) outcome.replaceChildren(badge(step.answer), step.answer ? ` ${duration(step.answer.milliseconds)}` : '');
      if (step.answer?.error) item.classList.add('bad');
      fill();
    };
    step.update();
    item.append(fill() ? h('details', {}, h('summary', {}, line), detail) : line);
    return item;
  }
}

const outcomeOf = (answer) => [answer.status ? `HTTP status ${answer.status}` : 'no answer', `after ${duration(answer.milliseconds)}`].join(' ');

