import { useState } from 'react';
import { FormattedMessage } from 'react-intl';

import { useIsHydrated } from '../use-is-hydrated.js';
import { savePng } from './save-png.js';

interface PngButtonProps {
  /** The path of the picture as SVG. */
  readonly path: string;
  /** The name of the file. */
  readonly name: string;
}

/** Saves a picture as PNG, which the browser makes of the SVG: there is no button without scripts. */
export function PngButton({ path, name }: PngButtonProps) {
  const isHydrated = useIsHydrated();
  const [hasFailed, setHasFailed] = useState(false);
  if (!isHydrated) return null;
  const save = (): void => {
    savePng(path, name).then(
      () => {
        setHasFailed(false);
      },
      () => {
        setHasFailed(true);
      },
    );
  };
  return (
    <>
      <button type="button" className="link" onClick={save}>
        PNG
      </button>
      {hasFailed && (
        <span role="alert">
          <FormattedMessage id="figures.failed" />
        </span>
      )}
    </>
  );
}
