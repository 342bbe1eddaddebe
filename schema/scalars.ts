import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';

type Fail = (message: string) => Error;

/**
 * The scalars of the contract, whose input is checked. Output passes as it is: it is the catalogue's own.
 *
 * @param fail makes the error for an input that is refused, by its message.
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
  const check = (value: unknown): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw fail(`${shown(value)} is no ${name}; it must be ${allowed}.`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    serialize: (value) => value as string,
    parseValue: check,
    parseLiteral: (node: ValueNode) => check(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : 'This value';

/** Whether a text is a day that the calendar has: not 2023-02-29. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0001') return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const isMoment = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(value) &&
  isDay(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value));

const isWebAddress = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
