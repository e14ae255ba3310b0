import { canonicalTable } from '../domain/canonical.ts'
import type { Phrase } from '../domain/phrase.ts'
import { catalogue } from './catalogue.ts'
import type { Indicator, InputDeclaration } from './recipe.ts'

/** `docs/indicators.md`: every recipe as an auditor reads it, from the recipes themselves. */
export function cataloguePage(): string {
  return [
    '# Indicators',
    '',
    `The ${catalogue.length} indicators of the catalogue as the recipes declare them. Renew this page with`,
    '`npx vitest run src/indicators/catalogue-page.test.ts -u`.',
    '',
    '| id | name | 名称 | unit | needs |',
    '|---|---|---|---|---|',
    ...catalogue.map(
      ({ id, name, unit, needs }) =>
        `| [${id}](#${anchor(id, name)}) | ${name.en} | ${name.zh} | ${unit} | ${needs.map(table => `\`${table}\``).join(', ')} |`,
    ),
    ...catalogue.flatMap(section),
    '',
  ].join('\n')
}

function anchor(id: string, { en, zh }: Phrase): string {
  return `${id} ${en} ${zh}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replace(/ /g, '-')
}

function section(indicator: Indicator): readonly string[] {
  const { id, name, version, explanation, source, uses = [], details = {} } = indicator
  const { formula, symbols, meaning, source: origin, cautions } = explanation
  const inputs = Object.entries(indicator.inputs)
  const used = uses.map(table => canonicalTable(table).name.en)
  return [
    '',
    `## ${id} ${name.en} ${name.zh}`,
    '',
    `Version ${version}. ${source}.${used.length > 0 ? ` Used where present: ${used.join(', ')}.` : ''}`,
    '',
    '```tex',
    formula,
    '```',
    ...(symbols ? ['', symbols.en, '', symbols.zh] : []),
    ...[meaning, cautions, origin].flatMap(({ en, zh }) => ['', en, '', zh]),
    ...(inputs.length > 0
      ? ['', 'Inputs:', '', ...inputs.map(([key, input]) => `- ${inputLine(key, input)}`)]
      : []),
    ...(Object.keys(details).length > 0
      ? [
          '',
          'Behind the number:',
          '',
          ...Object.values(details).map(one => `- ${one.name.en}: ${one.meaning.en}`),
        ]
      : []),
  ]
}

function inputLine(key: string, input: InputDeclaration): string {
  const named = `\`${key}\`, ${input.name.en} / ${input.name.zh}: `
  if (input.kind === 'choice') {
    const others = Object.keys(input.choices).map(choice =>
      choice === input.default ? `**${choice}**` : choice,
    )
    return named + others.join(', ')
  }
  const unit = input.unit ? ` ${input.unit.en}` : ''
  return `${named}${input.min} to ${input.max}${unit}, **${input.default}**`
}
