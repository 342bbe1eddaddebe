import { type FakeGateway, startFakeGateway } from '../../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../../testing/start-test-portal.js';
import { administration, need, recordsRoot } from '../testing/records.js';

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  gateway = await startFakeGateway();
  portal = await startTestPortal(gateway.url);
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});
beforeEach(() => {
  gateway.received.length = 0;
  gateway.catalogues = [];
  gateway.root = recordsRoot;
});

/** A page, and its words without markup: between two elements is one space. */
const get = async (path: string) => {
  const response = await portal.fetch(path);
  const html = await response.text();
  const main = /<main[^]*<\/main>/.exec(html)?.[0] ?? html;
  const words = main
    .replace(/<!-- -->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
  return { status: response.status, html, words };
};

describe('the page of an administration', () => {
  const path = '/en/administrations/dk:administration:0820';

  it('shows its codes, names, history, memberships and solutions, with what is not known', async () => {
    const { status, words, html } = await get(path);
    expect(status).toBe(200);
    for (const expected of [
      'DK_KOMMUNE 0820',
      '36,001 (sum of what was merged) dst.dk/kommuner',
      'Formed from Aalestrup ( 2015 to 31 December 2006 )',
      'OS2 Founder since 2015 dst.dk/kommuner (seen on 1 March 2024 )',
      'Solution 0 In production start unknown',
      '25 solutions',
      'The catalogue does not know everything that it uses',
      'The catalogue states no need of it.',
      'Comune 0 Italy 36,001 90 of 100 (same kind, similar size)',
      '5 administrations are left out',
    ])
      expect(words).toContain(expected);
    expect(html).not.toContain('href="javascript:');
  });

  it('lists what similar administrations use without what it uses itself', async () => {
    const { words } = await get(path);
    expect(words).toContain('New 4 : Comune 1 , … 7 EUPL-1.2');
    expect(words).not.toContain('Own');
    expect(words).toContain('1 solution of this page is left out');
    const variables = gateway.received.map((operation) => operation.variables as { population?: unknown });
    expect(variables.find(({ population }) => population)).toMatchObject({
      kind: 'MUNICIPALITY',
      population: { min: 18_001, max: 72_002 },
    });
  });

  it('lists page by page, each list with a cursor of its own, and links to the whole list as a file', async () => {
    const { html } = await get(`${path}?asOf=2020-01-01`);
    expect(html).toContain(`href="${path}?asOf=2020-01-01&amp;adoptionsAfter=19"`);
    expect(html).toContain(`href="${path}?asOf=2020-01-01&amp;peersAfter=9"`);
    const files = [...html.matchAll(/href="(\/export\/[^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
    for (const link of files) expect((await portal.fetch(link)).status).toBe(200);
    expect(files.map((link) => link.replace(/\?.*/, ''))).toContain('/export/memberships.jsonl');
    await get(`${path}?peersAtHome=1`);
    expect(gateway.received.at(-2)?.variables).toMatchObject({ peersIn: ['DK'] });
    const next = await get(`${path}?adoptionsAfter=19`);
    expect(next.words).toContain('Solution 20');
    expect(next.words).not.toContain('Solution 19 ');
  });

  it('is a page of its own for consortia, and not found for others', async () => {
    expect((await get('/en/administrations/dk:consortium:os2')).status).toBe(404);
    expect((await get('/en/administrations/dk:administration:1')).status).toBe(404);
  });
});

describe('the page of a need', () => {
  it('shows who has it, by state, with amounts to the cent', async () => {
    const { status, words, html } = await get('/it/needs/it:need:pnrr-1-4-1');
    expect(status).toBe(200);
    expect(words).toContain('1.234.567.890.123,45 €');
    for (const expected of [
      'Roma',
      'Un comune',
      'Ogni amministrazione del tipo Comune in Nord-Ovest ITC',
      'github.com/italia/sito',
    ])
      expect(words).toContain(expected);
    expect(words).toContain('Secondo 1 organizzazione');
    expect(html).toContain('?state=MET#holders"');
    const met = await get('/it/needs/it:need:pnrr-1-4-1?state=MET');
    expect(met.words).not.toContain('Roma');
    expect((await get('/it/needs/it:need:other')).status).toBe(404);
  });

  it('shows what meets it, for an administration with whether it may join, and why', async () => {
    const { words } = await get('/en/needs/it:need:pnrr-1-4-1?for=dk:administration:0820');
    expect(words).toContain(
      'Yes. The published rules admit this kind of administration and its area. Consorzio X consorzio.example/statuto (seen on 2 January 2024 )',
    );
    expect(words).toContain('3 of 120 similar administrations. In all: no user is named');
    expect(gateway.received.at(-1)?.variables).toMatchObject({ need: need.id, for: administration.id });
  });
});

describe('the reuse check', () => {
  it('is a form that browsers send without scripts, and checks nothing before', async () => {
    const { words, html } = await get('/da/check');
    expect(html).toMatch(/<form[^>]*method="get"/);
    expect(words).not.toContain('Journal');
    expect(gateway.received).toEqual([]);
  });

  it('shows what was understood, the candidates with reasons and sources, and the catalogues', async () => {
    const { words, html } = await get('/en/check?text=Dagsordener&administration=dk:administration:0820');
    for (const expected of [
      'For Vesthimmerlands Kommune (Denmark, dk:administration:0820 )',
      'Time 1 March 2026 at 08:30 UTC',
      'meeting management (guessed from words: dagsordener )',
      'has a code of the need, open licence',
      'Sito Yes. 0, of which 3 similar EUPL-1.2 Italy',
      'no published fee is known',
      'Belgium It does not respond at present. Considered as of 28 February 2026',
      'Denmark Current data was considered. f1',
    ])
      expect(words).toContain(expected);
    expect(html).toContain('href="/en/check?record=c.abc"');
  });

  it('lets the reader choose if words fit several administrations, and checks nothing before', async () => {
    const { words, html } = await get('/en/check?text=Dagsordener&administration=Namur');
    expect(words).toContain('Which administration is meant by “ Namur ”?');
    expect(html).toContain('href="/en/check?text=Dagsordener&amp;for=be%3Aadministration%3An2"');
    expect(words).not.toContain('Candidates');
    expect((await get('/en/check?text=Dagsordener&administration=0820')).words).toContain(
      'For Vesthimmerlands Kommune',
    );
  });

  it('takes the one municipality with exactly this name, which the reader can change', async () => {
    const { words, html } = await get(
      '/en/check?text=Dagsordener&administration=vésthimmerland&for=it:administration:1',
    );
    expect(words).toContain('For Vesthimmerlands Kommune');
    expect(words).toContain('“ vésthimmerland ” was taken for a municipality. Did you mean another administration?');
    expect(html).toContain('href="/en/check?text=Dagsordener&amp;for=dk%3Aadministration%3Aprovince"');
  });

  it('repeats a check by its record, with what may differ from its day', async () => {
    const { words, html } = await get('/en/check?record=c.abc');
    for (const expected of [
      'Record of a reuse check',
      'Dagsordener',
      'For Vesthimmerlands Kommune',
      'These catalogues have changed since: Italy.',
      'Names, descriptions, licences and maintenance are those of today.',
      'Id of the record: c.abc',
    ])
      expect(words).toContain(expected);
    expect(html).not.toContain('<form');
  });
});

describe('the page of suppliers', () => {
  it('lists what they do for whom, and what is not known of it', async () => {
    const { words, html } = await get('/en/suppliers?q=acme');
    expect(gateway.received.at(-1)?.variables).toMatchObject({ search: 'acme' });
    expect(words).toContain('Acme Sito unknown since 2015 dst.dk/kommuner (seen on 1 March 2024 )');
    expect(html).toContain('href="/export/suppliers.csv?variables=%7B%22search%22%3A%22acme%22%7D"');
  });
});

describe('the health of catalogues', () => {
  it('is listed for all of them', async () => {
    const { words } = await get('/en/catalogues');
    expect(words).toContain('Belgium ○ Not responding 1 March 2026 at 08:00 UTC 12,345 1 2 1 0');
    expect(words).toContain('Italy Catalogo ● Up to date');
  });

  it('is shown for one: rejected entries, users that are open, unconfirmed statements, quality', async () => {
    const { words, html } = await get('/en/catalogues/it');
    for (const expected of [
      'RECORD be:record:&lt;x&gt; too large',
      '3 users are named without being identified. 1 of these were matched to administrations of other countries, 2 are open.',
      'Bruxelles Vesthimmerlands Kommune (Denmark) This could not be read at present.',
      'be:adoption:1 dk:administration:0820',
      '2 users that no administration could be identified for',
      'Bruxelles-Ville Sito dst.dk/kommuner',
      '60 records in all. On this page: 50, of which 1 with deviations',
      'Error: description.it (line 3) is missing',
      'Licensed for reuse 49 1 0 Regularly maintained by its owner 0 0 50',
      'Languages Italian and German',
    ])
      expect(words).toContain(expected);
    expect(html).toContain('href="/en/catalogues/it?after=49"');
  });

  it('is shown for a country that is down, as far as the index knows it, and for no other', async () => {
    const { status: code, words } = await get('/en/catalogues/be');
    expect([code, words.includes('Not responding'), words.includes('This could not be read')]).toEqual([
      200,
      true,
      true,
    ]);
    expect((await get('/en/catalogues/xx')).status).toBeGreaterThanOrEqual(400);
  });
});
