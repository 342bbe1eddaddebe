import { parseUrl } from './parse-url.js';

it('parseUrl parses an address, however often it is called', () => {
  for (let turn = 0; turn < 20_000; turn += 1) {
    if (parseUrl('https://bücher.example/ä')?.host !== 'xn--bcher-kva.example')
      throw new Error(`failed at turn ${turn}`);
  }
  expect(parseUrl('https://bücher.example/ä')?.pathname).toBe('/%C3%A4');
});

it.each(['', 'example.org', '//example.org', 'https://', 'https://exa mple.org'])(
  'parseUrl returns null for %j',
  (text) => {
    expect(parseUrl(text)).toBeNull();
  },
);
