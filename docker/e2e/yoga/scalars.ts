import { GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';

import { quoted, refuse } from './refuse.js';

function scalar(name: string, code: string, isValid: (text: string) => boolean, allowed: string) {
  const read = (value: unknown, shown: string): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw refuse(code, `${shown} is no ${name}; it must be ${allowed}.`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    serialize: (value) => value as string,
    parseValue: (value) => read(value, typeof value === 'string' ? quoted(value) : JSON.stringify(value).slice(0, 40)),
    parseLiteral: (node: ValueNode) =>
      node.kind === Kind.STRING ? read(node.value, quoted(node.value)) : read(null, print(node).slice(0, 40)),
  });
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  const isWritten = /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= '0001';
  return isWritten && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(text) &&
  isDay(text.slice(0, 10)) &&
  !Number.isNaN(Date.parse(text));

const isWebAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);

export const scalars = {
  Date: scalar('Date', 'INVALID_DATE', isDay, 'a calendar day such as "2017-08-07"'),
  DateTime: scalar('DateTime', 'INVALID_DATE', isMoment, 'a moment in UTC such as "2026-11-23T09:30:00Z"'),
  URL: scalar('URL', 'INVALID_URL', isWebAddress, 'an http or https address'),
  CountryCode: scalar(
    'CountryCode',
    'INVALID_COUNTRY',
    (text) => /^[A-Z]{2}$/.test(text),
    'two capital letters such as "DK"',
  ),
};
