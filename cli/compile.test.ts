import { readdirSync } from 'node:fs';

import { projectPath, readProjectFile } from '../schema/files.js';

/** The names of the files below a folder that match. */
const filesIn = (folder: string, pattern: RegExp): string[] =>
  readdirSync(projectPath(folder), { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file));

it('programs have the migrations by their names, of which a database keeps those that it has run', () => {
  const migrations = filesIn('services', /^\w+\/migrations\/\d+-.*\.ts$/).map(
    (file) => /^export class (\w+)/m.exec(readProjectFile(`services/${file}`))?.[1],
  );
  const classes = filesIn('dist/chunks', /\.js$/).flatMap((file) =>
    [...readProjectFile(`dist/chunks/${file}`).matchAll(/^var (\w+\d{13}) = class \{/gm)].map(([, name]) => name),
  );
  expect(migrations.length).toBeGreaterThan(10);
  expect(classes.sort()).toEqual(migrations.sort());
});
