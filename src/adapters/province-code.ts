import { provinces } from '../domain/province.ts'
import { join, type Sql, sql } from '../sql/sql.ts'

const municipalities = new Set(['11', '12', '31', '50'])
const autonomousRegions: Readonly<Record<string, string>> = {
  '15': '内蒙古自治区',
  '45': '广西壮族自治区',
  '54': '西藏自治区',
  '64': '宁夏回族自治区',
  '65': '新疆维吾尔自治区',
}
const codes = provinces.map(({ code }) => code)

/**
 * The two-digit province code that a text says: a code of two or six digits, a province's short name in either
 * language, or its official Chinese name. Null for everything else: a guess would put a device on the wrong map.
 */
export function textToProvinceCode(text: Sql): Sql {
  const names = provinces.flatMap(({ code, name }) =>
    [name.zh, officialName(code, name.zh), name.en.toLowerCase()].map(
      spelling => sql`when ${spelling} then ${code}`,
    ),
  )
  return sql`case
    when regexp_full_match(${text}, '[0-9]{2}([0-9]{4})?')
      then case when left(${text}, 2) in ${codes} then left(${text}, 2) end
    else case lower(${text}) ${join(names, ' ')} end
  end`
}

function officialName(code: string, name: string): string {
  return autonomousRegions[code] ?? `${name}${municipalities.has(code) ? '市' : '省'}`
}
