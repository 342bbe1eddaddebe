import SequencerModule from '@jest/test-sequencer';

/** Node gives the class itself, while the package's types describe a CommonJS module that holds it. */
const Sequencer = SequencerModule as unknown as typeof SequencerModule.default;

/**
 * The test files that take longest, the longest first. Without an order of its own a fresh checkout, which has no earlier run to
 * learn from, would start some of them last, and one worker would finish long after the others. Two of those that need the
 * same filled databases do not follow each other at the beginning: the second would wait while the first fills them.
 */
const longestFirst = [
  // Not long, but they collect garbage often, which takes several times as long in a worker that has run other files.
  'gateway/planning/planner.test.ts',
  'services/kit/graphql/compact-document.test.ts',
  'services/kit/http/schema-executor.test.ts',

  'tests/e2e/benchmarks.test.ts',
  'schema/compose/compatibility.test.ts',
  'tests/e2e/walk-through.test.ts',
  'tests/e2e/examples.test.ts',
  'cli/conformance/examine.test.ts',
  'tests/e2e/equivalence.test.ts',
  'tests/abuse/abuse.test.ts',
  'tests/soak/fault-scenario.test.ts',
  'cli/new-country/country-command.test.ts',
  'tests/e2e/import.test.ts',
  'tests/e2e/graph.test.ts',
  'tests/browser/pages.test.ts',
  'tests/e2e/own-tables.test.ts',
  'services/catalogue/import/tables/import-tables.test.ts',
  'cli/conformance/yoga/join.test.ts',
  'services/europe/harvest/invalid-contents.test.ts',
  'services/europe/pages.test.ts',
  'cli/database/roles.test.ts',
  'cli/generate.test.ts',
  'tests/e2e/faults.test.ts',
  'cli/conformance/conformance.test.ts',
  'tests/e2e/other-runtime.test.ts',
  'tests/e2e/changing-graph.test.ts',
  'services/europe/harvest/histories.test.ts',
  'cli/compose/compose.test.ts',
  'cli/quality.test.ts',
  'cli/rebuild.test.ts',
];

type Tests = Parameters<InstanceType<typeof Sequencer>['sort']>[0];

export default class LongestFirst extends Sequencer {
  /** The others keep Jest's order: by their durations in the last run, or by size. */
  override sort(tests: Tests): Tests {
    const rank = ({ path }: Tests[number]): number => {
      const index = longestFirst.findIndex((file) => path.endsWith(file));
      return index === -1 ? longestFirst.length : index;
    };
    return [...(super.sort(tests) as Tests)].sort((one, other) => rank(one) - rank(other));
  }
}
