import { Parser, Store } from 'n3';
import Validator from 'rdf-validate-shacl';

import { readProjectFile } from '../../../schema/files.js';

const folder = 'services/portal/linked-data/testing';

/** Creates a function that returns what shapes find wrong with a graph; nothing if it is valid. */
function createValidator(...files: readonly string[]): (graph: Store) => Promise<string[]> {
  const shapes = new Store(files.flatMap((name) => new Parser().parse(readProjectFile(`${folder}/${name}.ttl`))));
  return async (graph) => {
    const report = await new Validator(shapes).validate(graph);
    return report.results.map(({ focusNode, path, message, value }) =>
      [
        focusNode.value,
        (path as { value?: string } | undefined)?.value,
        message.map((text) => text.value).join(),
        (value as { value?: string } | undefined)?.value,
      ].join(' '),
    );
  };
}

/** By the shapes of SEMIC for DCAT-AP, the Core Public Organisation Vocabulary, and the Core Criterion and Core Evidence Vocabulary. */
export const findDcatProblems = createValidator('dcat-ap-3.0.1', 'dcat-ap-3.0.1-ranges');
export const findCpovProblems = createValidator('cpov-2.1.2');
export const findCccevProblems = createValidator('cccev-2.1.0');
