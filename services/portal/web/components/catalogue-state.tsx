import { EnumText } from './enum-text.js';

/** A shape for each state, because colours alone are not seen by everyone, nor in print. */
const signs: Readonly<Record<string, string>> = { OK: '●', STALE: '◐', UNREACHABLE: '○', NEVER_SEEN: '○' };

/** How up to date the index is for a catalogue. */
export const CatalogueStateText = ({ state }: { readonly state: string }) => (
  <span className={`state state-${state.toLowerCase().replaceAll('_', '-')}`}>
    <span aria-hidden="true">{signs[state]}</span> <EnumText of="catalogueState" value={state} />
  </span>
);
