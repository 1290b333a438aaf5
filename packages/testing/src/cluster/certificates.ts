import { generateKeyPairSync, randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { X509Certificate } from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const { subtle } = webcrypto;
const crypto = webcrypto as unknown as Crypto;

/** Seconds by which a certificate is older than it is: clocks of one machine agree, and Go compares whole seconds. */
const backdated = 60;

/** Seconds that a certificate lasts where nothing else is said: longer than any test run. */
const lasts = 24 * 60 * 60;

/** A certificate and its private key, as PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Whom the API server takes the bearer of a client certificate for. */
export interface ClientIdentity {
  readonly name: string;
  readonly groups?: readonly string[];
  /** From now; a number below zero makes one that has expired. Default: a day. */
  readonly expiresInSeconds?: number;
}

/** A certificate authority of one test cluster. */
export interface TestAuthority {
  /** Its own certificate, as PEM. */
  readonly cert: string;
  /** A certificate for a server that answers by these names and addresses. */
  serving(names: readonly string[]): Promise<KeyPair>;
  client(identity: ClientIdentity): Promise<KeyPair>;
}

/** Makes an authority with a new key, which never leaves this process. */
export async function makeAuthority(name: string): Promise<TestAuthority> {
  const keys = await makeKeys();
  const subject = toSubject({ name });
  const own = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: subject,
      keys,
      signingAlgorithm: algorithm,
      ...validity(lasts),
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(
          KeyUsageFlags.keyCertSign + KeyUsageFlags.digitalSignature,
          true,
        ),
        await SubjectKeyIdentifierExtension.create(
          keys.publicKey,
          false,
          crypto,
        ),
      ],
    },
    crypto,
  );
  const issue = (
    to: Parameters<typeof sign>[2],
    seconds: number,
  ): Promise<KeyPair> => sign(own, keys.privateKey, to, seconds);
  return {
    cert: own.toString('pem'),
    serving: names =>
      issue(
        {
          subject: toSubject({ name: names[0] }),
          usage: ExtendedKeyUsage.serverAuth,
          names,
        },
        lasts,
      ),
    client: ({ name: user, groups = [], expiresInSeconds = lasts }) =>
      issue(
        {
          subject: toSubject({ name: user, groups }),
          usage: ExtendedKeyUsage.clientAuth,
        },
        expiresInSeconds,
      ),
  };
}

async function sign(
  authority: X509Certificate,
  signingKey: CryptoKey,
  to: {
    readonly subject: Name;
    readonly usage: string;
    readonly names?: readonly string[];
  },
  seconds: number,
): Promise<KeyPair> {
  const keys = await makeKeys();
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: to.subject,
      issuer: authority.subjectName,
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: algorithm,
      ...validity(seconds),
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([to.usage]),
        await AuthorityKeyIdentifierExtension.create(authority, false, crypto),
        ...(to.names
          ? [new SubjectAlternativeNameExtension(to.names.map(toName))]
          : []),
      ],
    },
    crypto,
  );
  return {
    cert: certificate.toString('pem'),
    key: await toPem(keys.privateKey),
  };
}

/** A new private key for the tokens of service accounts, in the one form of PEM in which the API server reads it. */
export function makeSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString();
}

async function makeKeys(): Promise<CryptoKeyPair> {
  return (await subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
}

async function toPem(key: CryptoKey): Promise<string> {
  const bytes = await subtle.exportKey(
    'pkcs8',
    key as Parameters<typeof subtle.exportKey>[1],
  );
  return PemConverter.encode(bytes as ArrayBuffer, 'PRIVATE KEY');
}

function validity(seconds: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  const age = backdated + Math.max(0, -seconds);
  return {
    notBefore: new Date(now - age * 1000),
    notAfter: new Date(now + seconds * 1000),
  };
}

/** As the API server reads it: the user is the common name, each organization a group. Source: Kubernetes, "X.509 client certificates". */
function toSubject({ name, groups = [] }: ClientIdentity): Name {
  // A bare string would be read for quotes and escapes.
  const toAttribute = (utf8String: string) => [{ utf8String }];
  return new Name([
    { CN: toAttribute(name) },
    ...groups.map(group => ({ O: toAttribute(group) })),
  ]);
}

function serialNumber(): string {
  // The first bit of a positive number is 0.
  return `01${randomBytes(8).toString('hex')}`;
}

function toName(name: string): { type: 'dns' | 'ip'; value: string } {
  return { type: /^[\d.]+$|:/.test(name) ? 'ip' : 'dns', value: name };
}
