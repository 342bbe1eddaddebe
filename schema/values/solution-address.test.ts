import { readProjectFile } from '../files.js';
import { addressErrors, maxAddressLength, parseSolutionAddress, toSolutionAddress } from './solution-address.js';

/** The result that every implementation must have for these texts. */
const vectors = JSON.parse(readProjectFile('schema/values/solution-address.vectors.json')) as readonly {
  readonly input: string;
  readonly address?: string;
  readonly fault?: string;
}[];

describe('the test vectors of addresses', () => {
  it.each(vectors.map((vector) => [vector.input.slice(0, 70), vector] as const))(
    'give the expected result for %j',
    (_input, vector) => {
      const { address = null, fault = null } = vector;
      expect(parseSolutionAddress(vector.input)).toEqual({ address, fault });
    },
  );

  it('contain each error', () => {
    expect(new Set(vectors.flatMap(({ fault }) => fault ?? []))).toEqual(new Set(Object.keys(addressErrors)));
  });
});

describe('a canonical address', () => {
  /** The same numbers at every run. */
  const random = ((seed: number) => (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  })(20_261_123);
  const starts = ['', 'https://', 'ssh://git@', 'git@', 'https://www.', 'urn:dk:solution:'];
  const hosts = ['', 'github.com', 'gitlab.com', 'codeberg.org', 'bitbucket.org', 'git.example.org', 'ærø.example.dk'];
  const pieces = [
    ...['/', '/', '/', '//', '/-/tree/', '/tree/main', '/src/branch/', '.git', ':', ':8443', ':22', '@', '..', '.'],
    ...['a', 'B', 'c', 'İ', 'ß', 'é', 'e\u0301', '\ud800', '\u{1F600}', '%', '%2F', '%2e', '~', '+', '-', '_', "'"],
    ...['?q', '#f', ' ', '\\', '\0', '['],
  ];
  const oneOf = (from: readonly string[]): string => from[random(from.length)] ?? '';
  const texts = Array.from(
    { length: 20_000 },
    () => oneOf(starts) + oneOf(hosts) + Array.from({ length: 1 + random(9) }, () => oneOf(pieces)).join(''),
  );
  const addresses = texts.flatMap((text) => toSolutionAddress(text) ?? []);

  it('consists of visible ASCII characters and is not too long, whatever the input', () => {
    expect(addresses.length).toBeGreaterThan(2000);
    expect(addresses.filter((address) => !/^[!-~]+$/.test(address) || address.length > maxAddressLength)).toEqual([]);
  });

  it('stays the same when it is parsed again', () => {
    expect(addresses.filter((address) => toSolutionAddress(address) !== address)).toEqual([]);
    expect(
      addresses.filter((address) => toSolutionAddress(`https://${address}`) !== address && !address.startsWith('urn:')),
    ).toEqual([]);
  });

  it('is found in time that does not grow with the square of the input', () => {
    // Long enough for a busy machine; work that grows with the square takes minutes.
    const hangMs = 30_000;
    const started = Date.now();
    for (const piece of pieces) parseSolutionAddress(piece.repeat(100_000));
    for (const piece of pieces) parseSolutionAddress(`https://git.example.org/${piece.repeat(300)}`);
    expect(Date.now() - started).toBeLessThan(hangMs);
  });
});
