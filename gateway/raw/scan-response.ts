import type { SubgraphResponse } from '../subgraphs/subgraph.js';
import type { FetchScanner } from './fetch-scanner.js';
import { JsonCursor } from './json-cursor.js';
import { toLiteral } from '../../services/kit/byte-literal.js';

type Data = Record<string, unknown>;

/** The part of a response that belongs to one fetch. */
export interface ScannedPart {
  readonly scanner: FetchScanner;
  /** Before the names of its root fields. */
  readonly prefix: string;
  /** By which it requested entities. Null: it selects root fields. */
  readonly representations: readonly Data[] | null;
}

const begin = toLiteral('{"data":{');
const [separator, end, lineEnd] = [toLiteral(','), toLiteral('}}'), toLiteral('\n')];

/** Reads a response as it usually is: complete and without errors. Undefined: it is another, and has to be parsed. */
export function scanResponse(body: Buffer, parts: readonly ScannedPart[]): SubgraphResponse | undefined {
  const cursor = JsonCursor.open(body);
  if (!cursor?.expect(begin)) return undefined;
  const data: Data = {};
  for (const [index, { scanner, prefix, representations }] of parts.entries()) {
    if (index > 0 && !cursor.expect(separator)) return undefined;
    if (!scanner.read(cursor, prefix, representations, data)) return undefined;
  }
  if (!cursor.expect(end)) return undefined;
  cursor.expect(lineEnd);
  return cursor.at === body.length ? { data, errors: [], isValidated: true } : undefined;
}
