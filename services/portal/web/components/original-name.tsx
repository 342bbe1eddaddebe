import { Text } from './text.js';

interface OriginalNameProps {
  readonly solution: {
    readonly name: string | null;
    /** The name in the language of its catalogue, by which many know it. */
    readonly originalName: string | null;
  };
}

/** The original name of a solution, after the one in the reader's language, if it is another. */
export const OriginalName = ({ solution: { name, originalName } }: OriginalNameProps) =>
  originalName !== null && originalName !== name ? (
    <span className="quiet">
      {' '}
      (<Text value={originalName} />)
    </span>
  ) : null;
