import { useSearchParams } from 'react-router';

/**
 * Keeps what else the view shows when a form changes some of its parameters. Positions in lists are not kept: they are those of the
 * view before.
 */
export function KeptParameters({ except }: { readonly except: readonly string[] }) {
  const [search] = useSearchParams();
  return [...search]
    .filter(([name]) => !except.includes(name) && !/after$/i.test(name))
    .map(([name, value]) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />);
}
