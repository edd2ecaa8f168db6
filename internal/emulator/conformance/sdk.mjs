// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

import { Auth } from '@vonage/auth';
import { Vonage } from '@vonage/server-sdk';
import { SubAccounts } from '@vonage/subaccounts';

// account is the SDK with an account's key and secret, pointed at an emulator by the SDK's own host options.
export function account(emulator) {
  return new Vonage(new Auth({ apiKey: emulator.apiKey, apiSecret: emulator.apiSecret }), hosts(emulator));
}

// subaccounts is the SDK's client for the subaccounts of an account, which has a package of its own.
export function subaccounts(emulator) {
  return new SubAccounts(new Auth({ apiKey: emulator.apiKey, apiSecret: emulator.apiSecret }), hosts(emulator));
}

// application is the SDK with tokens of an application; claims are those that the token has besides the usual ones.
export function application(emulator, { id, privateKey }, claims) {
  return new Vonage(new Auth({ applicationId: id, privateKey, jwtOptions: claims }), hosts(emulator));
}

const hosts = ({ url }) => ({ apiHost: url, restHost: url });

// newApplication makes an application the SDK's way; the emulator makes its keys.
export async function newApplication(emulator, name = 'Conformance', capabilities = {}) {
  const { id, keys } = await account(emulator).applications.createApplication({ name, capabilities });
  return { id, privateKey: keys.privateKey, publicKey: keys.publicKey };
}

export async function all(pages) {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
}

// refusal is the HTTP status and the decoded body of the error that a call of the SDK ends with.
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    if (!error.response) throw error;
    return { status: error.response.status, ...JSON.parse(await error.response.text()) };
  }
  throw new Error('not refused');
}

// Operations remembers which methods of a client were called, so that a test can ask which were not.
export class Operations {
  #called = new Set();
  #offered = new Set();

  watch(client) {
    const prototype = Object.getPrototypeOf(client);
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (name !== 'constructor') this.#offered.add(name);
    }
    return new Proxy(client, {
      get: (target, name, receiver) => {
        if (this.#offered.has(name)) this.#called.add(name);
        return Reflect.get(target, name, receiver);
      },
    });
  }

  get missing() {
    return [...this.#offered].filter((name) => !this.#called.has(name)).sort();
  }
}
