import { generate } from 'selfsigned';

/** A self-signed certificate with its private key, both as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** Creates a certificate for a server at 127.0.0.1, valid for a day and from an hour ago. */
export async function createCertificate(): Promise<Certificate> {
  const now = Date.now();
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'a server for tests' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 3_600_000),
    notAfterDate: new Date(now + 86_400_000),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { certificate: cert, key };
}
