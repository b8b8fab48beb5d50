/** Whether this browser can keep passkeys and read the server's options. */
export const passkeysWork = (): boolean => typeof PublicKeyCredential === 'function' && 'parseCreationOptionsFromJSON' in PublicKeyCredential;
