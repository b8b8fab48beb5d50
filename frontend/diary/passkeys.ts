import { bodyOf } from '../shared/api/client';
import { api } from './api';

/** A passkey of the account, as the server lists it. */
export interface KnownPasskey {
  name: string;
  /** RFC 3339. */
  lastuse: string;
}

/** The person closed the phone's own window, or took too long. */
export class PasskeyNotGiven extends Error {
  override name = 'PasskeyNotGiven';
}

/** Signs in with a passkey that this phone knows; an API call as `signInBy` wants it. */
export async function enterWithPasskey(): Promise<void> {
  const { credential_options: options, wan_state: token } = (await bodyOf(api.POST('/api/auth/wan-signin', { body: {} })))!.response!;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  const credential = await answered(navigator.credentials.get({ publicKey }));
  await api.POST('/api/auth/wan-signin/{token}', { params: { path: { token } }, body: { credential } });
}

/** Makes a passkey on this phone. */
export async function makePasskey(name: string, password: string): Promise<void> {
  const { credential_options: options, wan_state: token } = (await bodyOf(api.POST('/api/auth/wan-register', { body: { name, password } })))!.response!;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  const credential = await answered(navigator.credentials.create({ publicKey }));
  await api.POST('/api/auth/wan-register/{token}', { params: { path: { token } }, body: { credential, password } });
}

export async function listPasskeys(): Promise<KnownPasskey[]> {
  return (await bodyOf(api.GET('/api/auth/wan-register')))!.response!.registered_credentials;
}

export async function removePasskey(name: string, password: string): Promise<void> {
  await api.POST('/api/auth/wan-delete', { body: { name, password } });
}

async function answered(asked: Promise<Credential | null>): Promise<string> {
  const credential = await asked.catch((cause: unknown) => {
    throw new PasskeyNotGiven('the phone gave no passkey', { cause });
  });
  if (!(credential instanceof PublicKeyCredential)) throw new PasskeyNotGiven('the phone gave no passkey');
  return JSON.stringify(credential.toJSON());
}
