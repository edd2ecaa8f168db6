// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { control } from './api.js';
import { find } from './dom.js';

const list = (text, separator) => text.split(separator).map((entry) => entry.trim()).filter(Boolean);

// Each form does one thing with its values. It may return what has become of that, if that is bad.
const forms = {
  async place(values) {
    const { status } = await control('POST', 'calls', {
      from: values.get('from'), to: values.get('to'), answered: values.has('answered'),
      digits: list(values.get('digits'), ','), says: list(values.get('says'), '\n'),
    });
    return status === 'failed' && 'The call has failed.';
  },
  fault(values) {
    const fault = { kind: values.get('kind'), method: values.get('method'), path: values.get('path') };
    for (const name of ['status', 'times', 'after']) if (values.get(name)) fault[name] = Number(values.get(name));
    if (values.get('delay')) fault.delay = values.get('delay');
    return control('POST', 'faults', fault);
  },
  reset: () => control('POST', 'reset'),
  number(values) {
    const number = { type: values.get('type'), features: values.getAll('features') };
    if (values.get('where') === 'numbers' && values.get('application')) number.app_id = values.get('application');
    return control('PUT', `${values.get('where')}/${values.get('country')}/${values.get('msisdn')}`, number);
  },
};

// listen makes the forms work: a form is busy while it is carried out, and says how that went.
export function listen() {
  for (const [id, perform] of Object.entries(forms)) {
    const form = find(id);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const [button, outcome] = [form.querySelector('button'), form.querySelector('.outcome')];
      button.disabled = true;
      outcome.className = 'outcome';
      outcome.textContent = '';
      try {
        const failed = await perform(new FormData(form));
        if (typeof failed === 'string') throw new Error(failed);
        outcome.textContent = form.dataset.done;
      } catch (error) {
        outcome.classList.add('bad');
        outcome.textContent = error.message;
      } finally {
        button.disabled = false;
      }
    });
  }
  const where = find('number-where');
  where.addEventListener('change', () => { find('number-application').disabled = where.value !== 'numbers'; });
  find('faults-clear').addEventListener('click', () => control('DELETE', 'faults'));
}
