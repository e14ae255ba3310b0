import { expect, test } from 'vitest'
import { assertPureDrawing, elementsOf } from './svg-gate.ts'

test('a drawing passes', () => {
  const svg =
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0" fill="url(#a)"/></g></svg>\n'
  expect(() => assertPureDrawing(svg)).not.toThrow()
  expect(elementsOf(svg).map(({ name }) => name)).toEqual(['svg', 'g', 'path'])
})

test.each([
  '<svg><script>1</script></svg>',
  '<svg onload="x"></svg>',
  '<svg><a href="#x"></a></svg>',
  '<svg><g style="fill:red"/></svg>',
  '<svg><path fill="url(http://x.invalid)"/></svg>',
  '<svg><foreignObject/></svg>',
  '<svg><text>a</text></svg>',
  '<svg><g></svg>',
  '<svg>a & b</svg>',
  '<svg>\u0001</svg>',
  '<svg a=b></svg>',
  '<svg></svg><',
  '<svg><!-- --></svg>',
])('%s does not', svg => {
  expect(() => assertPureDrawing(svg)).toThrow()
})
