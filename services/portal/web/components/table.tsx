import { Children, type ReactNode, useId } from 'react';

import { Part } from './part.js';

interface TableProps {
  /** What the table contains, which screen readers read first. */
  readonly caption: ReactNode;
  /** The heads of the columns. */
  readonly head: readonly ReactNode[];
  /** Rows (`tr`), each with as many cells as there are heads. */
  readonly children: ReactNode;
}

/** A table that scrolls within itself where the screen is narrow, below its caption: also by keyboard, for which it takes the focus. */
export function Table({ caption, head, children }: TableProps) {
  const id = useId();
  return (
    <>
      <p className="caption" id={id}>
        {caption}
      </p>
      <div className="table" role="group" aria-labelledby={id} tabIndex={0}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              {head.map((content, index) => (
                <th key={index} scope="col">
                  {content}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Children.map(children, (row) => (
              <Part>{row}</Part>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
