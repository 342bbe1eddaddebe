import { Parser, Store } from 'n3';
import Validator from 'rdf-validate-shacl';

import { readProjectFile } from '../../../schema/files.js';

const folder = 'services/portal/linked-data/testing';

/** The shapes of SEMIC for DCAT-AP 3.0.1. */
const shapes = new Store(
  ['dcat-ap-3.0.1', 'dcat-ap-3.0.1-ranges'].flatMap((name) =>
    new Parser().parse(readProjectFile(`${folder}/${name}.ttl`)),
  ),
);

/** What SEMIC's shapes find wrong with a graph; empty if it is valid. */
export async function findDcatProblems(graph: Store): Promise<string[]> {
  const report = await new Validator(shapes).validate(graph);
  return report.results.map(({ focusNode, path, message, value }) =>
    [
      focusNode.value,
      (path as { value?: string } | undefined)?.value,
      message.map((text) => text.value).join(),
      (value as { value?: string } | undefined)?.value,
    ].join(' '),
  );
}
