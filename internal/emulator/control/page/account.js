// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { chosen, control } from './api.js';
import { count, find, h } from './dom.js';

// show shows the account at a glance.
export function show(state) {
  accounts(state);
  find('balance').textContent = balance(state);
  applications(state.applications);
  numbers(state.numbers, state.applications.documents);
  inventory(state.inventory);
  faults(state.faults);
}

// balance is what the account can spend: its own money, or that of its primary.
function balance({ api_key: key, accounts: all, record }) {
  const find = (wanted) => all.find((account) => account.api_key === wanted);
  const primary = record.use_primary_account_balance && find(find(key)?.primary_account_api_key);
  return `€ ${Number((primary || { record }).record.balance).toFixed(2)}${primary ? ` of ${primary.api_key}` : ''}`;
}

function accounts({ api_key: key, accounts: all }) {
  const select = find('account');
  options(select, all.map((account) => [account.api_key, account.api_key + (account.primary_account_api_key ? ' (subaccount)' : '')]), key);
  select.onchange = () => {
    const target = new URL(location.href);
    target.searchParams.set('account', select.value);
    location.assign(target);
  };
  document.title = chosen ? `${key} · Vonage emulator` : 'Vonage emulator';
}

// options replaces the options of a select if they have changed, and keeps what is chosen.
function options(select, wanted, value = select.value) {
  const text = JSON.stringify(wanted);
  if (select.dataset.options !== text) {
    select.dataset.options = text;
    select.replaceChildren(...wanted.map(([id, name]) => h('option', { value: id }, name)));
  }
  select.value = value;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

// fill shows the documents of a kind, and draws again only what has changed. Documents are whatever somebody has seeded: one that
// cannot be drawn does not take the others with it.
function fill(id, { total, documents }, draw, empty) {
  const list = find(`${id}-list`);
  const entries = Object.entries(documents);
  count(`${id === 'inventory' ? id : `${id}s`}-count`, total);
  if (entries.length === 0) {
    list.replaceChildren(h('li', { class: 'empty' }, empty));
    return;
  }
  const before = new Map([...list.children].map((item) => [item.dataset.id, item]));
  const items = entries.map(([key, value]) => {
    const text = JSON.stringify([key, value]);
    const known = before.get(key);
    if (known?.dataset.text === text) return known;
    let item;
    try {
      item = draw(key, value);
    } catch {
      item = h('li', {}, h('code', { class: 'id' }, key), h('pre', { tabindex: '0' }, JSON.stringify(value, null, 2)));
    }
    Object.assign(item.dataset, { id: key, text });
    return item;
  });
  if (total > entries.length) {
    items.push(h('li', { class: 'empty' }, `${(total - entries.length).toLocaleString()} more; the control API has them all.`));
  }
  if (items.length !== list.children.length || items.some((item, i) => item !== list.children[i])) {
    const focused = document.activeElement?.closest('li')?.dataset.id;
    list.replaceChildren(...items);
    if (focused) items.find((item) => item.dataset.id === focused)?.querySelector('button')?.focus();
  }
}

function applications(all) {
  fill('application', all, (id, application) => h('li', {},
    h('div', { class: 'head' }, h('strong', {}, application.name ?? 'no name')),
    h('code', { class: 'id' }, id),
    ...Object.entries(application.capabilities ?? {}).map(([name, capability]) => h('dl', { class: 'capability' },
      h('dt', { class: 'chip' }, name),
      ...Object.entries(capability?.webhooks ?? {}).map(([hook, webhook]) => h('dd', {},
        h('span', { class: 'name' }, hook), webhook?.http_method && h('span', { class: 'method' }, webhook.http_method),
        h('code', {}, webhook?.address || 'none')))))),
  'None. A client creates them: Terraform, the Application API, or a seed.');
  options(find('number-application'), [['', 'no application'], ...Object.entries(all.documents).map(([id, { name }]) => [id, name ?? id])]);
}

function numbers(all, named) {
  const linked = (number) => number.app_id ?? (number.voiceCallbackType === 'app' ? number.voiceCallbackValue : undefined);
  const shown = { total: all.total, documents: Object.fromEntries(Object.entries(all.documents).map(([id, number]) => {
    const application = linked(number);
    return [id, { ...number, application: application && (named[application]?.name ?? application) }];
  })) };
  fill('number', shown, (id, number) => h('li', {},
    h('div', { class: 'head' }, h('strong', {}, number.msisdn), h('span', { class: 'chip' }, number.country), features(number)),
    h('p', {}, number.voiceCallbackType && number.voiceCallbackType !== 'app'
      ? ['voice goes to ', h('code', {}, `${number.voiceCallbackType} ${number.voiceCallbackValue ?? ''}`)]
      : number.application ? [h('span', { class: 'heard' }, 'linked to '), h('span', { class: 'to', 'aria-hidden': 'true' }, '→ '), number.application] : h('span', { class: 'hint' }, 'not linked')),
    act('Remove', `Remove ${number.msisdn}`, 'DELETE', `numbers/${id}`)),
  'None. Rent one below, or add one.');
  find('place-numbers').replaceChildren(...Object.values(all.documents).map(({ msisdn }) => h('option', { value: msisdn })));
  const to = find('place-to');
  const first = Object.values(all.documents).find(linked) ?? Object.values(all.documents)[0];
  if (!to.value && first) to.value = first.msisdn;
}

function inventory(all) {
  fill('inventory', all, (id, number) => h('li', {},
    h('div', { class: 'head' }, h('strong', {}, number.msisdn), h('span', { class: 'chip' }, number.country), features(number)),
    h('p', { class: 'hint' }, `€ ${number.cost} a month`),
    act('Rent', `Rent ${number.msisdn}`, 'POST', `inventory/${id}/rent`)),
  'None. Add one with the form, or with a seed.');
}

const features = (number) => h('span', { class: 'features' }, [number.features ?? []].flat().join(' '));

// act is a button that does something, and says why if it cannot.
function act(text, label, method, path) {
  return h('button', {
    type: 'button', 'aria-label': label,
    on: {
      click: async ({ target }) => {
        target.disabled = true;
        try {
          await control(method, path);
        } catch (error) {
          target.disabled = false;
          target.parentElement.querySelector('.outcome')?.remove();
          target.after(h('span', { class: 'outcome bad', role: 'status' }, error.message));
        }
      },
    },
  }, text);
}

function faults(all) {
  const listed = { total: all.length, documents: Object.fromEntries(all.map((fault, i) => [`fault ${i}`, fault])) };
  fill('fault', listed, (_, fault) => h('li', {},
    h('div', { class: 'head' }, h('span', { class: 'badge fault' }, fault.kind), h('code', {}, `${fault.method || 'any'} ${fault.path || 'any path'}`)),
    h('p', { class: 'hint' }, [
      fault.after ? `after ${fault.after} more requests` : '', fault.times < 0 ? 'always' : `${fault.times ?? 1} more`,
      fault.status ? `HTTP status ${fault.status}` : '', fault.delay ? `delay ${fault.delay}` : '',
    ].filter(Boolean).join(' · '))),
  'None: every request is answered as it should be.');
  find('faults-clear').hidden = all.length === 0;
}
