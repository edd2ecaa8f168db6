// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// h makes an element. Properties are attributes, except "on", which has listeners; texts become text, never markup. What a
// document has instead of a text is shown as it is.
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'on') for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false)
    .map((child) => (typeof child === 'object' && !(child instanceof Node) ? JSON.stringify(child) : child)));
  return element;
}

// path is the text of a path, which breaks after its slashes if it has to.
export const path = (text) => text.split(/(?<=\/)/).flatMap((part, i) => (i > 0 ? [h('wbr'), part] : [part]));

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

export function duration(milliseconds) {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes < 60 ? `${minutes} min ${Math.floor(milliseconds / 1000) % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

// count shows how many there are, and that it is the latest of them that are shown if that is not all.
export function count(id, number, shown = number) {
  find(id).textContent = number ? number.toLocaleString() + (shown < number ? `, the latest ${shown} are shown` : '') : '';
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
