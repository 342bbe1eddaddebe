import type { ComponentType } from 'react';

import type { Loader } from '../model/loader.js';

/** A picture that has an address of its own: `/{language}/pictures/<name>.svg`. Its parameters are those of its address. */
export interface Picture<Data> {
  readonly load: Loader<Data>;
  readonly Draw: ComponentType<{ readonly data: Data }>;
  /** The title of the picture where it is embedded, as the id of a message, with the values that it takes of the data. */
  readonly title: { readonly id: string; readonly values: (data: Data) => Readonly<Record<string, string>> };
  /** The page that shows it, without the language. */
  readonly page: (search: URLSearchParams) => string;
}
