import { type FakeGateway, startFakeGateway, toPage } from '../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../testing/start-test-portal.js';
import { languages } from './model/languages.js';

const solution = {
  id: 'github.com/os2mo/os2mo',
  name: '<script>alert(1)</script>\u202E',
  nameLanguage: 'da',
  shortDescription: null,
  publishedIn: ['DK'],
};
const counted = () => toPage([{}, {}, {}], { first: 1 });

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  gateway = await startFakeGateway({
    solutions: ({ search }: { search?: string }) => toPage(search === 'nothing' ? [] : [solution], { first: 20 }),
    administrations: counted,
    consortia: counted,
    needs: counted,
    reuseMatrix: () => [],
    catalogueStatus: () => [],
  });
  portal = await startTestPortal(gateway.url);
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await portal.fetch(path, { headers });
  return { response, status: response.status, text: await response.text() };
};

describe('the pages', () => {
  it('begin in the language of the reader, with a link to the other formats', async () => {
    const { response, status } = await get('/', { 'accept-language': 'nl-BE, fr;q=0.8' });
    expect([status, response.headers.get('location'), response.headers.get('vary')]).toEqual([
      302,
      '/nl/',
      expect.stringContaining('accept-language'),
    ]);
    expect(response.headers.get('link')).toBe('</formats>; rel="service-desc"');
    expect((await get('/', { 'accept-language': 'pl' })).response.headers.get('location')).toBe('/en/');
  });

  it.each(languages)('have the first page in %s, whole without scripts', async (language) => {
    const { status, text } = await get(`/${language}/`);
    expect(status).toBe(200);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toMatch(/<dd>3<\/dd>/);
  });

  it('forbid scripts and styles that are not files of their own, and contain none', async () => {
    const { response, text } = await get('/en/?q=os2mo');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/<script>|<style|\sstyle=|\son[a-z]+=/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});
