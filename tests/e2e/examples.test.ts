import { readFileSync, writeFileSync } from 'node:fs';

import { projectPath, readProjectFile } from '../../schema/files.js';
import { listAt } from '../../services/catalogue/testing/test-catalogue.js';
import { examples } from './examples.js';
import { type Answer, startWorld, type World } from '../support/test-graph.js';

/** The code blocks of a language in the README. */
const readmeBlocks = (language: string): string[] =>
  [...readProjectFile('README.md').matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );

const bodyOf = ({ data, errors }: Answer): unknown => ({ ...(errors ? { errors } : {}), data });

describe('examples run as written', () => {
  let world: World;
  beforeAll(async () => {
    // Europe follows, so that it is never behind.
    world = await startWorld(1_000);
  }, 120_000);
  afterAll(() => world.stop());

  it('the questions of the README have the answers that stand there', async () => {
    const questions = readmeBlocks('graphql');
    expect(questions).toHaveLength(2);
    for (const [index, question] of questions.entries()) {
      expect(bodyOf(await world.ask(question))).toEqual(JSON.parse(readmeBlocks('json')[index] ?? ''));
    }
  });

  it('so does the line for curl', async () => {
    const [, body = ''] = /-d '(.*)'/.exec(readProjectFile('README.md')) ?? [];
    const { query } = JSON.parse(body) as { query: string };
    const { data, errors } = await world.ask(query);
    expect(errors).toBeUndefined();
    expect(listAt(data, 'solutions', 'nodes').length).toBeGreaterThan(1);
  });

  // Answers stand beside the operations' test. To take over new ones: UPDATE_ANSWERS=1 npx jest tests/e2e/examples, then read them.
  it.each(examples)('the playground’s $name', async ({ name, query, variables }) => {
    const path = projectPath(`tests/e2e/answers/${name}.json`);
    const answer = bodyOf(await world.ask(query, variables));
    if (process.env['UPDATE_ANSWERS'] !== undefined) writeFileSync(path, `${JSON.stringify(answer, null, 2)}\n`);
    expect(answer).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });

  it('is no operation whose answer has an error or is empty', () => {
    for (const { name } of examples) {
      const answer = JSON.parse(readProjectFile(`tests/e2e/answers/${name}.json`)) as Answer;
      expect(answer.errors).toBeUndefined();
      expect(Object.values(answer.data ?? {})).not.toContain(null);
    }
  });
});
