import js from '@eslint/js'
import boundaries from 'eslint-plugin-boundaries'
import checkFile from 'eslint-plugin-check-file'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const layers = [
  { type: 'app', pattern: 'src/app' },
  { type: 'feature', pattern: 'src/features/*', capture: ['name'] },
  { type: 'shared', pattern: 'src/shared' },
  { type: 'testing', pattern: 'src/testing' },
]

const element = (type) => ({ to: { element: { type } } })
const from = (type) => ({ element: { type } })

/** Imports go one way: app, then features, then shared; a feature never reads another. */
const downhill = {
  default: 'disallow',
  policies: [
    { from: from('app'), allow: ['app', 'feature', 'shared'].map(element) },
    {
      from: from('feature'),
      allow: [
        {
          to: {
            element: { type: 'feature', captured: { name: '{{ from.element.captured.name }}' } },
          },
        },
        element('shared'),
      ],
    },
    { from: from('shared'), allow: element('shared') },
    { from: from('testing'), allow: ['shared', 'testing'].map(element) },
    { allow: { to: { module: { origin: ['external', 'core'] } } } },
  ],
}

export default tseslint.config(
  { ignores: ['dist', 'src/shared/api/schema.ts'] },
  js.configs.recommended,
  {
    files: ['public/*.js'],
    languageOptions: {
      globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' },
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { boundaries, 'check-file': checkFile, 'react-hooks': reactHooks },
    settings: {
      'boundaries/elements': layers,
      'import/resolver': { typescript: true },
    },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'boundaries/dependencies': ['error', downhill],
      'check-file/filename-naming-convention': [
        'error',
        { '**/!(pt-BR).{ts,tsx}': 'KEBAB_CASE' },
        { ignoreMiddleExtensions: true },
      ],
      'check-file/no-index': 'off',
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 120],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration',
          message: 'No barrels: import from the file that owns it.',
        },
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
      ],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      // TanStack Router's redirect is thrown by design.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  { files: ['vite.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/**/*.test.{ts,tsx}'],
    rules: {
      'max-lines-per-function': 'off',
      'boundaries/dependencies': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
)
