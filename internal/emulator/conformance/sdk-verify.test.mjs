// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.mjs';
import { all, application, newApplication, Operations, refusal } from './sdk.mjs';

const emulator = await startEmulator();
const operations = new Operations();
const verify = operations.watch(application(emulator, await newApplication(emulator)).verify2); // the SDK signs in with a token only

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const text = 'Your ${brand} code is ${code}, for ${time-limit} ${time-limit-unit}';

// fields is what the SDK makes of an answer, without the links, which it converts in more than one way.
const fields = ({ links, Links, _links, ...rest }) => rest;

test('a template is made, renamed and made the default', async () => {
  const made = await verify.createTemplate({ name: 'orders' });
  assert.match(made.templateId, uuid);
  assert.equal(made.name, 'orders');
  assert.deepEqual(fields(await verify.getTemplate(made.templateId)), fields(made));
  const updated = await verify.updateTemplate({ templateId: made.templateId, name: 'orders_2', isDefault: true });
  assert.deepEqual(fields(updated), { templateId: made.templateId, name: 'orders_2', isDefault: true });
  // The SDK sends false where its caller says nothing.
  assert.equal((await verify.updateTemplate({ templateId: made.templateId, name: 'orders_2' })).isDefault, false);
});

test('a name is taken once', async () => {
  await verify.createTemplate({ name: 'taken' });
  const refused = await refusal(verify.createTemplate({ name: 'taken' }));
  assert.deepEqual([refused.status, refused.type.split('#')[1]], [409, 'template-exists']);
  assert.equal((await refusal(verify.createTemplate({ name: 'no blanks' }))).status, 422);
});

test('templates and fragments are listed page by page', async () => {
  const { templateId } = await verify.createTemplate({ name: 'listed' });
  const locales = ['de-de', 'en-gb', 'en-us', 'es-es', 'fr-fr'];
  for (const locale of locales) await verify.createTemplateFragment(templateId, { channel: 'sms', locale, text });
  const page = await verify.getTemplateFragmentPage({ templateId, pageSize: 2 });
  assert.deepEqual([page.page, page.pageSize, page.totalPages, page.totalItems], [1, 2, 3, 5]);
  const fragments = await all(verify.listAllTemplateFragments({ templateId, pageSize: 2 }));
  assert.deepEqual(fragments.map(({ locale }) => locale).sort(), locales);
  const names = (await all(verify.listAllTemplates({ pageSize: 1 }))).map(({ name }) => name);
  assert.ok(names.includes('listed') && new Set(names).size === names.length, names);
  assert.equal((await verify.getTemplatePage({ pageSize: 1 })).totalItems, names.length);
});

test('a fragment is made, changed and deleted', async () => {
  const { templateId } = await verify.createTemplate({ name: 'fragments' });
  const made = await verify.createTemplateFragment(templateId, { channel: 'voice', locale: 'en-us', text });
  assert.match(made.templateFragmentId, uuid);
  assert.deepEqual([made.channel, made.locale, made.text], ['voice', 'en-us', text]);
  assert.ok(Date.parse(made.dateCreated) && Date.parse(made.dateUpdated));
  const again = await refusal(verify.createTemplateFragment(templateId, { channel: 'voice', locale: 'en-us', text }));
  assert.deepEqual([again.status, again.type.split('#')[1]], [409, 'fragment-exists']);
  const updated = await verify.updateTemplateFragment(templateId, { templateFragmentId: made.templateFragmentId, text: 'Code: ${code}' });
  assert.equal(updated.text, 'Code: ${code}');
  assert.equal((await verify.getTemplateFragment(templateId, made.templateFragmentId)).text, 'Code: ${code}');
  assert.equal((await refusal(verify.updateTemplateFragment(templateId, { templateFragmentId: made.templateFragmentId, text: 'no code' }))).status, 422);

  const kept = await refusal(verify.deleteTemplate(templateId));
  assert.deepEqual([kept.status, kept.type.split('#')[1]], [409, 'not-empty-template']);
  assert.equal(await verify.deleteTemplateFragment(templateId, made.templateFragmentId), true);
  assert.equal((await refusal(verify.getTemplateFragment(templateId, made.templateFragmentId))).status, 404);
  assert.equal(await verify.deleteTemplate(templateId), true);
  assert.equal((await refusal(verify.getTemplate(templateId))).status, 404);
});

test('templates belong to the account, not to the application', async () => {
  const other = application(emulator, await newApplication(emulator, 'Other')).verify2;
  assert.deepEqual(await all(other.listAllTemplates()), await all(verify.listAllTemplates()));
});

// The emulator sends no codes.
test('every operation on templates has been driven', () =>
  assert.deepEqual(operations.missing, ['cancel', 'checkCode', 'newRequest', 'nextWorkflow']));
