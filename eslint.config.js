import tseslint from 'typescript-eslint';

/** Who may import what is checked by .dependency-cruiser.mjs. */
export default tseslint.config(
  { ignores: ['dist/', '.data/', '**/generated/', 'node_modules/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    // Named projects, not projectService: a quarter less CPU time for a run over everything.
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'gateway/playground/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // A variable that is left out on purpose says so by its name.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // TypeORM declares the options of an EntitySchema as a class; everybody gives it an object.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
