import { regionNames } from '../model/region-names.js';
import { CountryName } from './country-name.js';
import { Text } from './text.js';

interface AreaNameProps {
  /** The NUTS code of a region, or the code of a country. It may be any text of a catalogue. */
  readonly code: string;
}

/** A region by its name and code. A country is named in the reader's language, and a code without a known name is shown by itself. */
export function AreaName({ code }: AreaNameProps) {
  if (/^[A-Z]{2}$/.test(code)) return <CountryName code={code} />;
  const name = Object.hasOwn(regionNames, code) ? regionNames[code] : undefined;
  if (name === undefined) return <Text value={code} />;
  return (
    <>
      <Text value={name} lang={languageOf(code)} />{' '}
      <span className="quiet">
        <Text value={code} />
      </span>
    </>
  );
}

/** Several regions, separated by commas. */
export const AreaNames = ({ codes }: { readonly codes: readonly string[] }) =>
  codes.map((code, index) => (
    <span key={code}>
      {index > 0 && ', '}
      <AreaName code={code} />
    </span>
  ));

/** The language of the names of regions. Undefined in Belgium, where it differs. */
const languageOf = (code: string): string | undefined => languages[code.slice(0, 2)];

const languages: Readonly<Record<string, string>> = { DK: 'da', IT: 'it' };
