import { getNamedType, isAbstractType, isCompositeType, isObjectType } from 'graphql';

import type { OperationMemory } from '../../services/kit/graphql/operation-memory.js';
import { collectFields, type OperationContext } from '../../services/kit/graphql/selection.js';
import type { Fetch } from './fetch.js';
import { findRequiredTypes, type PlanStep } from './plan.js';
import type { ResponseNames } from './response-names.js';
import { isWithin, type Path } from './result-tree.js';
import { toSets } from '../raw/compile-raw.js';
import { type ClientPosition, compileScanner, type FetchScanner } from '../raw/fetch-scanner.js';

/** Returns the scanner of a fetch. Null: its responses are parsed. */
export type FindScanner = (fetch: Fetch) => FetchScanner | null;

interface ScannersOptions {
  readonly names: Pick<ResponseNames, 'toFetched'>;
  readonly memory: OperationMemory;
}

/** After so many responses that had to be parsed, most are parsed at once: a subgraph may write them in another way than usual. */
const maxFailures = 5;
const retryEvery = 100;

/** Creates the scanners of the fetches of a plan. Each is compiled when its first response comes. */
export function createScanners(
  plan: PlanStep,
  client: OperationContext,
  { names, memory }: ScannersOptions,
): FindScanner {
  const fetches = listFetches(plan);
  const scanners = new Map<Fetch, FetchScanner | null>();
  const positions = new Map<string, ClientPosition | null>();
  const positionOf = (path: Path): ClientPosition | null => {
    const key = path.join('.');
    const known = positions.get(key);
    if (known !== undefined) return known;
    const found = findPosition(client, names, path);
    positions.set(key, found);
    return found;
  };
  const compile = (fetch: Fetch): FetchScanner | null => {
    const path = toFieldPath(fetch);
    const position = positionOf(path);
    const isRewritten = fetch.inputRewrites.length > 0 || fetch.outputRewrites.length > 0;
    if (!position || isRewritten || (!fetch.requires && path.length > 0)) return null;
    const others = fetches.filter((other) => other !== fetch);
    const scanner = compileScanner({
      context: { ...fetch.validation.getContext(), client, names, memory },
      client: position,
      isExclusive: (below) => others.every((other) => !concerns(client, other, fetch, [...path, ...below])),
    });
    let failures = 0;
    return {
      read: (...read) => {
        const isTried = failures < maxFailures || failures % retryEvery === 0;
        const isRead = isTried && scanner.read(...read);
        failures = isRead ? 0 : failures + 1;
        return isRead;
      },
    };
  };
  return (fetch) => {
    let scanner = scanners.get(fetch);
    if (scanner === undefined) {
      scanner = compile(fetch);
      scanners.set(fetch, scanner);
    }
    return scanner;
  };
}

function listFetches(step: PlanStep): readonly Fetch[] {
  switch (step.kind) {
    case 'fetch':
      return [step.fetch];
    case 'batch':
      return step.batch.fetches;
    case 'byType':
      return step.byType.fetches.map(({ fetch }) => fetch);
    case 'sequence':
    case 'parallel':
      return step.steps.flatMap(listFetches);
  }
}

const toFieldPath = ({ path }: Fetch): Path => path.filter((step) => step !== '@');

/** Whether a fetch requests, requires or completes what another one has at a path. */
function concerns(client: OperationContext, fetch: Fetch, of: Fetch, path: Path): boolean {
  const own = toFieldPath(fetch);
  if (isWithin(own, path)) return true;
  if (!isWithin(path, own)) return false;
  const rest = path.slice(own.length);
  if (rest.length === 1 && requiresField(fetch, String(rest[0]))) return true;
  if (own.length === toFieldPath(of).length && areDisjoint(client, fetch, of)) return false;
  const selected = fetch.requires ? ['_entities', ...rest] : rest;
  return fetch.validation.restrictPath(selected).length === selected.length;
}

const requiresField = ({ requires }: Fetch, name: string): boolean => {
  const isRequired = (selections: NonNullable<Fetch['requires']>): boolean =>
    selections.some((selection) =>
      selection.kind === 'Field' ? (selection.alias ?? selection.name) === name : isRequired(selection.selections),
    );
  return isRequired(requires ?? []);
};

/** Whether two fetches complete objects of different types. */
function areDisjoint({ schema }: OperationContext, one: Fetch, other: Fetch): boolean {
  const [types, others] = [findRequiredTypes(one), findRequiredTypes(other)];
  if (!types || !others || !one.requires || !other.requires) return false;
  return (
    [...types, ...others].every((type) => isObjectType(schema.getType(type))) &&
    !types.some((type) => others.includes(type))
  );
}

/** What the client selects at a path. Null: that depends on the types of the objects on the way. */
function findPosition(client: OperationContext, names: ScannersOptions['names'], path: Path): ClientPosition | null {
  const root = client.schema.getQueryType();
  let position: ClientPosition | null = root ? { type: root, sets: [client.operation.selectionSet] } : null;
  for (const step of path) position = position && findBelow(client, names, position, step);
  return position;
}

function findBelow(
  client: OperationContext,
  names: ScannersOptions['names'],
  { type, sets }: ClientPosition,
  step: Path[number],
): ClientPosition | null {
  let found: ClientPosition | null = null;
  for (const possible of isAbstractType(type) ? client.schema.getPossibleTypes(type) : [type])
    for (const nodes of isObjectType(possible) ? collectFields(client, possible, sets).values() : []) {
      if (names.toFetched(nodes[0]) !== step || !isObjectType(possible)) continue;
      const field = possible.getFields()[nodes[0].name.value];
      const named = field && getNamedType(field.type);
      if (!isCompositeType(named)) return null;
      const below = { type: named, sets: toSets(nodes) };
      if (found && !isSame(found, below)) return null;
      found = below;
    }
  return found;
}

const isSame = (one: ClientPosition, other: ClientPosition): boolean =>
  one.type === other.type &&
  one.sets.length === other.sets.length &&
  one.sets.every((set, index) => set === other.sets[index]);
