// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// A call is told as steps between lanes: who calls or is called first, Vonage, your server, and every further leg.
export const [party, vonage, server] = [0, 1, 2];

const ended = new Set(['completed', 'unanswered', 'failed']);

export class Call {
  constructor(leg) {
    Object.assign(this, { id: leg.call, application: leg.application, began: leg.time, steps: [], legs: new Map() });
    this.lanes = [
      leg.direction === 'inbound' ? { role: 'Caller', name: leg.from } : { role: 'Called party', name: leg.to },
      { role: 'Vonage', name: 'emulator' }, { role: 'Your server', name: '' },
    ];
  }

  get first() { return this.legs.get(this.id); }
  get up() { return [...this.legs.values()].filter((leg) => !ended.has(leg.status)); }
  get failed() { return this.steps.some((step) => step.bad || step.answer?.error); }

  add(step) {
    this.steps.push(step);
    return step;
  }

  // leg tells a new status of a leg.
  leg(leg) {
    const known = this.legs.get(leg.uuid);
    let lane = known?.lane ?? party;
    if (!known && leg.uuid !== this.id) {
      lane = this.lanes.push({ role: `Leg ${this.legs.size + 1}`, name: leg.to }) - 1;
    }
    this.legs.set(leg.uuid, { ...leg, lane, status: leg.status === 'transfer' ? known?.status : leg.status });
    const incoming = leg.direction === 'inbound';
    const [there, here] = incoming ? [lane, vonage] : [vonage, lane];
    const told = (from, to, text, more = {}) => this.add({ time: leg.time, from, to, text, ...more });
    switch (leg.status) {
      case 'started': return told(there, here, `calls ${leg.to}`, { strong: true });
      case 'ringing': return incoming ? undefined : told(here, there, 'rings', { faint: true });
      case 'answered': return told(here, there, incoming ? 'picks up' : 'answers', { strong: true });
      case 'transfer': return told(vonage, vonage, `moves the caller to ${leg.conversation}`);
      case 'completed': return leg.disconnected_by === 'user' ? told(lane, vonage, 'hangs up', { strong: true }) : told(vonage, lane, 'ends the call', { strong: true });
      case 'unanswered': return told(vonage, lane, 'ends, unanswered', { strong: true });
      default: return told(vonage, lane, leg.status, { strong: true, bad: true });
    }
  }

  action({ action, time }) {
    this.add({ time, from: vonage, to: vonage, text: action.action, more: describe(action), detail: [['Action', JSON.stringify(action, null, 2)]] });
  }

  input({ digits, says, time }) {
    const did = [];
    if (digits !== undefined) did.push(digits ? `presses ${digits}` : 'presses nothing');
    if (says !== undefined) did.push(says ? `says “${says}”` : 'says nothing');
    this.add({ time, from: party, to: vonage, text: did.join(', '), strong: true });
  }

  problem({ reason, time }) {
    this.add({ time, from: vonage, to: vonage, text: 'gives up', more: reason, bad: true });
  }

  webhook(webhook) {
    const { host, pathname } = place(webhook.url);
    this.lanes[server].name ||= host;
    return this.add({ time: webhook.time, from: vonage, to: server, text: `${webhook.method} ${pathname}`, more: about(webhook), webhook });
  }

  // answered tells what the server said, if that is more than "thank you".
  answered(webhook, answer) {
    const said = ncco(answer.body);
    if (answer.error || said) {
      this.add({
        time: new Date(new Date(webhook.time).getTime() + answer.milliseconds).toISOString(), from: server, to: vonage, dashed: true,
        text: answer.error || `NCCO: ${said}`, bad: Boolean(answer.error),
        detail: [['Your answer', answer.body]],
      });
    }
  }
}

export function place(address) {
  try {
    return new URL(address);
  } catch {
    return { host: '', pathname: address, search: '' };
  }
}

// about says what a webhook is about: the status of an event, the digits of an input.
export function about(webhook) {
  let told = {};
  try {
    told = webhook.body ? JSON.parse(webhook.body) : Object.fromEntries(new URL(webhook.url).searchParams);
  } catch {
    return '';
  }
  if (told.reason) return told.original_request ? `fallback: ${told.reason}` : told.reason;
  if (told.status) return told.status;
  if (told.dtmf || told.speech) return 'input';
  if (told.recording_url) return 'recording';
  if (told.payload) return 'notify';
  return '';
}

// parameters are those of a webhook that has them in its address, one a line.
export function parameters(webhook) {
  return webhook.body ? '' : [...(place(webhook.url).searchParams ?? [])].map(([name, value]) => `${name} = ${value}`).join('\n');
}

// ncco names the actions of an answer that is an NCCO.
function ncco(body) {
  try {
    const actions = JSON.parse(body);
    return Array.isArray(actions) && actions.length > 0 ? actions.map(({ action }) => action).join(', ') : '';
  } catch {
    return '';
  }
}

// describe says in a few words what an action does.
function describe(action) {
  const endpoint = action.endpoint?.[0] ?? {};
  switch (action.action) {
    case 'talk': return `“${action.text}”`;
    case 'connect': return `to ${endpoint.number ?? endpoint.uri ?? endpoint.user ?? endpoint.extension ?? '?'}`;
    case 'conversation': return action.name;
    case 'stream': return String(action.streamUrl ?? '');
    case 'input': return [action.type].flat().join(' or ');
    case 'transfer': return action.conversationId;
    default: return '';
  }
}
