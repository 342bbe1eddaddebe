import { GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';

import { parseUrl } from './parse-url.js';

type Fail = (message: string) => Error;

/**
 * The scalars of the contract, whose input is checked. Output passes as it is: it is the catalogue's own.
 *
 * @param fail creates the error for rejected input, by its code and message. A GraphQLError: to others graphql adds the
 * whole value.
 */
export const createScalars = (
  fail: (code: string) => Fail,
): Record<'Date' | 'DateTime' | 'URL' | 'CountryCode', GraphQLScalarType> => ({
  Date: scalar('Date', isDay, 'a calendar day such as "2017-08-07"', fail('INVALID_DATE')),
  DateTime: scalar('DateTime', isMoment, 'a moment in UTC such as "2026-11-23T09:30:00Z"', fail('INVALID_DATE')),
  URL: scalar('URL', isWebAddress, 'an http or https address', fail('INVALID_URL')),
  CountryCode: scalar(
    'CountryCode',
    (value) => /^[A-Z]{2}$/.test(value),
    'two capital letters such as "DK"',
    fail('INVALID_COUNTRY'),
  ),
});

function scalar(
  name: string,
  isValid: (value: string) => boolean,
  allowed: string,
  fail: Fail,
): GraphQLScalarType<string, string> {
  const rejected = (value: string): Error => fail(`${value} is not a valid ${name}; it must be ${allowed}.`);
  return new GraphQLScalarType<string, string>({
    name,
    serialize: (value) => value as string,
    parseValue: (value) => {
      if (typeof value === 'string' && isValid(value)) return value;
      throw rejected(shown(value));
    },
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING && isValid(node.value)) return node.value;
      throw rejected(node.kind === Kind.STRING ? shown(node.value) : shortened(print(node)));
    },
  });
}

/** A message contains the value, but not whole pages of it. */
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(shortened(value)) : shortened(JSON.stringify(value));

/** Whether a text is a day that the calendar has: not 2023-02-29. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0001') return false;
  const [month, day] = [Number(value.slice(5, 7)), Number(value.slice(8))];
  const date = new Date(Date.UTC(Number(value.slice(0, 4)), month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Whether a text is a moment in UTC that the calendar has. */
export const isMoment = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(value) &&
  isDay(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value));

// The slashes and the absence of spaces, because URL itself repairs `https:example.org` and ` https://example.org`.
const isWebAddress = (value: string): boolean => /^https?:\/\/\S+$/i.test(value) && parseUrl(value) !== null;
