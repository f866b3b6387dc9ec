import astro from 'eslint-plugin-astro'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Attributes that htmx would have to evaluate, and styles that our Content-Security-Policy refuses. */
const evaluated = [
  {
    selector: 'JSXAttribute[name.name=/^hx-on/], JSXAttribute[name.namespace.name=/^hx-on/]',
    message:
      'hx-on needs eval, which the Content-Security-Policy refuses: listen in a script of the page instead.',
  },
  {
    selector:
      'JSXAttribute[name.name=/^hx-(vals|headers|vars)/] ' +
      ':matches(Literal[value=/^\\s*js(avascript)?:/], TemplateElement[value.raw=/^\\s*js(avascript)?:/])',
    message: 'js: values need eval, which the Content-Security-Policy refuses: send a hidden field instead.',
  },
  {
    selector: "JSXAttribute[name.name='hx-trigger'] Literal[value=/\\[/]",
    message:
      'Filters in hx-trigger need eval, which the Content-Security-Policy refuses: name another event.',
  },
  {
    selector: "JSXAttribute[name.name='style']",
    message: 'The Content-Security-Policy refuses style attributes: use a class, or an attribute of SVG.',
  },
]

/** Reads of the environment outside src/env.ts. */
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings are parsed once, in src/env.ts: import `env` from there.',
}

export default defineConfig(
  globalIgnores(['dist/', '.astro/', '.data/', 'test-results/', 'playwright-report/']),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  astro.configs.recommended,
  astro.configs['jsx-a11y-strict'],
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', ...evaluated],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.astro'],
    ignores: ['src/env.ts'],
    rules: { 'no-restricted-syntax': ['error', ...evaluated, environment] },
  },
  {
    // Astro's own types of components are loose, and the type check of `astro check` covers them.
    files: ['**/*.astro', '**/*.astro/*.ts', '**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
  },
)
