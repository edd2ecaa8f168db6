// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// h makes an element. Properties are attributes, except "on", which has listeners; texts become text, never markup.
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'on') for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

export const find = (id) => document.getElementById(id);

// when frames are drawn, each render that was asked for since the last one runs once.
const due = new Set();
export function render(view) {
  if (due.size === 0) requestAnimationFrame(() => {
    const views = [...due];
    due.clear();
    for (const each of views) each();
  });
  due.add(view);
}

// pretty lays JSON out; what is not JSON stays as it is.
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export const clock = (time) => new Date(time).toLocaleTimeString(undefined, { hour12: false });

export const duration = (milliseconds) => (milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`);

// count shows how many there are.
export function count(id, number) {
  find(id).textContent = number ? number.toLocaleString() : '';
}

// field is a name and a text below it, for what is long.
export function field(name, text) {
  return text ? h('div', { class: 'field' }, h('h4', {}, name), h('pre', { tabindex: '0' }, text)) : null;
}

// badge shows how an answer turned out.
export function badge(answer) {
  if (!answer) return h('span', { class: 'badge waiting' }, 'waiting');
  const failed = answer.error || answer.status >= 400;
  return h('span', { class: `badge ${failed ? 'bad' : 'good'}` }, answer.status ? String(answer.status) : 'no answer');
}
