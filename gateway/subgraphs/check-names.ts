import { badResponse } from './failures.js';

/** So many parts of a response are searched for one name each. */
const samples = 64;
/** So many different ones of them may be other names than the requested ones, which are discarded later. */
const maxUnrequested = 8;
const endOfName = Buffer.from('":');
const [quote, backslash] = [0x22, 0x5c];

/** What may be in a response besides what was requested. */
const ownNames = [
  '__typename',
  'data',
  'errors',
  'message',
  'locations',
  'line',
  'column',
  'path',
  'extensions',
  'code',
];
const variablesOf = '","variables":{';

/**
 * Samples the names in a large response before it is parsed. Objects in which each name is another one are parsed ten times as slowly as
 * rows: the limit of values alone would let 300,000 of them block the event loop for 0.2 seconds.
 *
 * @param request its body, which has the names that were requested.
 * @throws SubgraphError SUBGRAPH_BAD_RESPONSE when it has many names that were not requested.
 */
export function checkNames(response: Buffer, request: string): void {
  const requested = new Set([...ownNames, ...(request.split(variablesOf, 1)[0]?.match(/\w+/g) ?? [])]);
  const length = Math.ceil(response.length / samples);
  const unrequested = new Set<string>();
  for (let from = 0; from < response.length; from += length) {
    const part = response.subarray(from, from + length);
    const name = findName(part);
    if (name !== undefined && !requested.has(name)) unrequested.add(name);
  }
  if (unrequested.size > maxUnrequested) throw badResponse('its response has many fields that were not requested');
}

/** The first name that is whole in a part of a response. */
function findName(part: Buffer): string | undefined {
  let end = part.indexOf(endOfName);
  while (end > 0 && isEscaped(part, end)) end = part.indexOf(endOfName, end + 1);
  let begin = end > 0 ? part.lastIndexOf(quote, end - 1) : -1;
  while (begin > 0 && isEscaped(part, begin)) begin = part.lastIndexOf(quote, begin - 1);
  return begin === -1 ? undefined : part.toString('latin1', begin + 1, end);
}

function isEscaped(part: Buffer, at: number): boolean {
  let begin = at;
  while (part[begin - 1] === backslash) begin -= 1;
  return (at - begin) % 2 === 1;
}
