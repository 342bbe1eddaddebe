import { parseUrl } from './parse-url.js';

it('takes an address apart, however often it is asked', () => {
  for (let turn = 0; turn < 20_000; turn += 1) {
    if (parseUrl('https://bücher.example/ä')?.host !== 'xn--bcher-kva.example')
      throw new Error(`failed at turn ${turn}`);
  }
  expect(parseUrl('https://bücher.example/ä')?.pathname).toBe('/%C3%A4');
});

it.each(['', 'example.org', '//example.org', 'https://', 'https://exa mple.org'])('takes %j for no address', (text) => {
  expect(parseUrl(text)).toBeNull();
});
