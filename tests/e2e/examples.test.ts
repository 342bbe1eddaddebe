import { readFileSync, writeFileSync } from 'node:fs';

import { projectPath, readProjectFile } from '../../schema/files.js';
import { listAt } from '../../services/catalogue/testing/test-catalogue.js';
import { examples } from './examples.js';
import { type Answer, startTestGraph, type TestGraph } from '../support/test-graph.js';

/** The code blocks of a language on a page. */
const blocksOf = (page: string, language: string): string[] =>
  [...readProjectFile(page).matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );

const bodyOf = ({ data, errors }: Answer): unknown => ({ ...(errors ? { errors } : {}), data });

describe('examples run as written', () => {
  let world: TestGraph;
  beforeAll(async () => {
    // Europe follows, so that it is never behind.
    world = await startTestGraph(1_000);
  }, 120_000);
  afterAll(() => world.stop());

  it.each(['README.md', 'docs/queries.md'])('the query in %s returns the result printed below it', async (page) => {
    const queries = blocksOf(page, 'graphql');
    expect(queries).toHaveLength(1);
    const [result = ''] = blocksOf(page, 'json');
    expect(bodyOf(await world.ask(queries[0] ?? ''))).toEqual(JSON.parse(result));
  });

  it('the curl command in README.md returns solutions', async () => {
    const [, body = ''] = /-d '(.*)'/.exec(readProjectFile('README.md')) ?? [];
    const { query } = JSON.parse(body) as { query: string };
    const { data, errors } = await world.ask(query);
    expect(errors).toBeUndefined();
    expect(listAt(data, 'solutions', 'nodes').length).toBeGreaterThan(1);
  });

  // Answers stand beside the operations' test. To take over new ones: UPDATE_EXPECTED=1 npx jest tests/e2e/examples, then read them.
  it.each(examples)('the playground’s $name', async ({ name, query, variables }) => {
    const path = projectPath(`tests/e2e/expected/${name}.json`);
    const answer = bodyOf(await world.ask(query, variables));
    if (process.env['UPDATE_EXPECTED'] !== undefined) writeFileSync(path, `${JSON.stringify(answer, null, 2)}\n`);
    expect(answer).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });

  it('is no operation whose answer has an error or is empty', () => {
    for (const { name } of examples) {
      const answer = JSON.parse(readProjectFile(`tests/e2e/expected/${name}.json`)) as Answer;
      expect(answer.errors).toBeUndefined();
      expect(Object.values(answer.data ?? {})).not.toContain(null);
    }
  });
});
