/** More than the reader of publiccode.yml accepts, so that it can report a file that is too large, without reading all of it. */
export const maxFileBytes = 2_000_000;
