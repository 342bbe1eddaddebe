import type { z } from 'zod';

import { boolean, integer, ipAddress, nameList, originList, port, url } from './fields.js';

const errorOf = (field: z.ZodType, text: string): string | undefined => field.safeParse(text).error?.issues[0]?.message;

describe('integer', () => {
  const field = integer({ min: 10, max: 999, unit: 'milliseconds' });

  it.each([
    ['10', 10],
    ['999', 999],
  ])('accepts %s', (text, value) => {
    expect(field.parse(text)).toBe(value);
  });

  it.each(['9', '1000', '-10', '1e2', '10.5', ' 10', '٤٠', ''])('rejects "%s"', (text) => {
    expect(errorOf(field, text)).toBe('must be milliseconds from 10 to 999');
  });
});

describe('port', () => {
  it.each(['0', '80', '65535'])('accepts %s', (text) => {
    expect(port().parse(text)).toBe(Number(text));
  });

  it.each(['65536', '99999', '-1', '4001x', '0x10', '1e3', '40 01', ' 4001', '٤٠٠١', '123456'])(
    'rejects %s',
    (text) => {
      expect(errorOf(port(), text)).toBe('must be a port from 0 to 65535');
    },
  );

  it('can exclude 0, which stands for any free port', () => {
    expect(errorOf(port({ min: 1 }), '0')).toBe('must be a port from 1 to 65535');
  });
});

describe('boolean', () => {
  it('accepts true and false', () => {
    expect([boolean().parse('true'), boolean().parse('false')]).toEqual([true, false]);
  });

  it.each(['no', 'TRUE', '1', ''])('rejects "%s"', (text) => {
    expect(errorOf(boolean(), text)).toBe('must be true or false');
  });
});

describe('ipAddress', () => {
  it.each(['127.0.0.1', '::'])('accepts %s', (text) => {
    expect(ipAddress().parse(text)).toBe(text);
  });

  it.each(['everywhere', 'localhost', '1.2.3'])('rejects %s', (text) => {
    expect(errorOf(ipAddress(), text)).toBe('must be an IP address, such as 0.0.0.0 for every network');
  });
});

describe('url', () => {
  it.each(['http://db:5432/denmark', 'HTTPS://example.org', 'http://rødovre.dk/'])('accepts %s', (text) => {
    expect(url('http', 'https').parse(text)).toBe(text);
  });

  it.each(['localhost:5432', 'postgres://db:5432/denmark', 'db', '://', 'http:', 'http:db'])('rejects %s', (text) => {
    expect(errorOf(url('http', 'https'), text)).toBe('must be an address like http://host:port/path');
  });
});

describe('originList', () => {
  it('accepts origins, separated by commas', () => {
    expect(originList().parse('https://one.example, http://localhost:8080')).toEqual([
      'https://one.example',
      'http://localhost:8080',
    ]);
  });

  it.each(['https://one.example/', '*', 'one.example', 'https://a.example,'])('rejects %s', (text) => {
    expect(errorOf(originList(), text)).toBe('must be origins, such as https://example.org, separated by commas');
  });
});

describe('nameList', () => {
  it('accepts some of the names, and no other', () => {
    const field = nameList(['ES256', 'EdDSA']);
    expect(field.parse('EdDSA, ES256')).toEqual(['EdDSA', 'ES256']);
    for (const text of ['none', 'ES256,HS256', ','])
      expect(errorOf(field, text)).toBe('must be some of ES256, EdDSA, separated by commas');
  });
});
